package medspa.jobs.compute.stock;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.jobs.compute.silver.Schemas;
import medspa.jobs.compute.stock.StockEvent.Kind;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What a replayed product gives to the relations of stock, as Spark's rows. */
final class StockRows {
  private static final DataType QUANTITY = DataTypes.createDecimalType(38, 4);
  private static final DataType PRICE = DataTypes.createDecimalType(38, 6);

  private static final StructType DAY =
      new StructType()
          .add("date", DataTypes.DateType)
          .add("opening_on_hand", QUANTITY)
          .add("received", QUANTITY)
          .add("used", QUANTITY)
          .add("wasted", QUANTITY)
          .add("expired", QUANTITY)
          .add("adjusted", QUANTITY)
          .add("transferred", QUANTITY)
          .add("opening_balance", QUANTITY)
          .add("count_correction", QUANTITY)
          .add("on_hand", QUANTITY)
          .add("usable_on_hand", QUANTITY)
          .add("counts", DataTypes.IntegerType)
          .add("book_before_count", QUANTITY)
          .add("counted", QUANTITY)
          .add("unit_cost", Schemas.AMOUNT)
          .add("stock_value", Schemas.AMOUNT)
          .add("goods_used_cost", Schemas.AMOUNT)
          .add("expired_cost", Schemas.AMOUNT)
          .add("shrinkage_cost", Schemas.AMOUNT)
          .add("count_error_cost", Schemas.AMOUNT)
          .add("count_book_cost", Schemas.AMOUNT);

  private static final StructType WEEK =
      new StructType()
          .add("week_start", DataTypes.DateType)
          .add("opening_on_hand", QUANTITY)
          .add("movements", QUANTITY)
          .add("count_corrections", QUANTITY)
          .add("on_hand", QUANTITY)
          .add("usable_on_hand", QUANTITY)
          .add("unit_cost", Schemas.AMOUNT)
          .add("stock_value", Schemas.AMOUNT)
          .add("units_used", QUANTITY)
          .add("stockout_days", DataTypes.IntegerType)
          .add("is_in_use", DataTypes.BooleanType)
          .add("history_days", DataTypes.IntegerType)
          .add("goods_used_cost_91", Schemas.AMOUNT)
          .add("expired_cost_91", Schemas.AMOUNT)
          .add("mean_stock_value_91", Schemas.AMOUNT)
          .add("annual_goods_used", Schemas.AMOUNT);

  private static final StructType STOCKOUT =
      new StructType().add("date", DataTypes.DateType).add("week_start", DataTypes.DateType);

  private static final StructType LOT =
      new StructType()
          .add("lot", DataTypes.StringType)
          .add("expires_on", DataTypes.DateType)
          .add("on_date", DataTypes.DateType)
          .add("on_hand", QUANTITY)
          .add("is_expired", DataTypes.BooleanType)
          .add("unit_cost", Schemas.AMOUNT)
          .add("stock_value", Schemas.AMOUNT);

  private static final StructType BREACH =
      new StructType()
          .add("movement_id", DataTypes.StringType)
          .add("date", DataTypes.DateType)
          .add("lot", DataTypes.StringType)
          .add("expires_on", DataTypes.DateType)
          .add("quantity", QUANTITY)
          .add("earlier_lot", DataTypes.StringType)
          .add("earlier_expires_on", DataTypes.DateType)
          .add("earlier_on_hand", QUANTITY);

  private static final StructType UNIT_MISMATCH =
      new StructType()
          .add("count_id", DataTypes.StringType)
          .add("date", DataTypes.DateType)
          .add("lot", DataTypes.StringType)
          .add("counted", QUANTITY)
          .add("book_before_count", QUANTITY)
          .add("factor", QUANTITY);

  private static final StructType ON_HAND =
      new StructType()
          .add("on_date", DataTypes.DateType)
          .add("on_hand", QUANTITY)
          .add("usable_on_hand", QUANTITY)
          .add("unit_cost", PRICE)
          .add("stock_value", PRICE)
          .add("used_91_days", QUANTITY)
          .add("stockout_days_91", DataTypes.IntegerType)
          .add("next_expiry_on", DataTypes.DateType)
          .add("expiring_90_days", QUANTITY)
          .add("expired_on_hand", QUANTITY);

  private static final StructType TODAY =
      new StructType()
          .add("date", DataTypes.DateType)
          .add("on_hand", QUANTITY)
          .add("usable_on_hand", QUANTITY);

  /**
   * The days, weeks, stockouts, lots, breaches and counts left out of a product, what is on hand at
   * the end, and what when the as-of date begins.
   */
  static final StructType SCHEMA =
      new StructType()
          .add("days", DataTypes.createArrayType(DAY))
          .add("weeks", DataTypes.createArrayType(WEEK))
          .add("stockouts", DataTypes.createArrayType(STOCKOUT))
          .add("lots", DataTypes.createArrayType(LOT))
          .add("breaches", DataTypes.createArrayType(BREACH))
          .add("unit_mismatches", DataTypes.createArrayType(UNIT_MISMATCH))
          .add("on_hand", DataTypes.createArrayType(ON_HAND))
          .add("today", DataTypes.createArrayType(TODAY));

  private StockRows() {}

  /**
   * A row of {@link #SCHEMA}. Lists of what happened end with the last week; only what is on hand
   * today knows the days since.
   *
   * @param ledger up to the as-of
   * @param historyFrom the day of the location's first movement or count of any product
   * @param lastWeekStart at the end of this week the lots and what is on hand are taken
   * @param asOf the day that begins when the ledger ends
   */
  static Row of(
      StockLedger ledger, LocalDate historyFrom, LocalDate lastWeekStart, LocalDate asOf) {
    LocalDate lastDay = lastWeekStart.plusDays(6);
    Optional<StockLedger.Position> end = ledger.position(lastDay);
    List<StockWeek> weeks = StockWeek.of(ledger, historyFrom, lastWeekStart);
    return RowFactory.create(
        ledger.days().stream()
            .filter(day -> !day.date().isAfter(lastDay))
            .map(StockRows::day)
            .toList(),
        weeks.stream().map(StockRows::week).toList(),
        weeks.stream().filter(StockWeek::isInUse).flatMap(StockRows::stockouts).toList(),
        ledger.lots(lastDay).stream()
            .map(lot -> lot(lot, lastDay, end.flatMap(StockLedger.Position::cost)))
            .toList(),
        ledger.breaches().stream()
            .filter(breach -> !breach.movement().day().isAfter(lastDay))
            .map(StockRows::breach)
            .toList(),
        ledger.unitMismatches().stream()
            .filter(mismatch -> !mismatch.count().day().isAfter(lastDay))
            .map(StockRows::unitMismatch)
            .toList(),
        end.stream().map(position -> onHand(ledger, position, lastDay)).toList(),
        ledger.position(asOf).stream().map(position -> today(position, asOf)).toList());
  }

  private static Row today(StockLedger.Position position, LocalDate asOf) {
    return RowFactory.create(asOf, position.onHand(), position.usable());
  }

  private static Row day(StockDay day) {
    return RowFactory.create(
        day.date(),
        day.opening(),
        day.moved(Kind.RECEIPT),
        day.unitsUsed().negate(),
        day.moved(Kind.WASTE),
        day.moved(Kind.EXPIRED),
        day.moved(Kind.ADJUSTMENT),
        day.moved(Kind.TRANSFER_IN, Kind.TRANSFER_OUT),
        day.opened(),
        day.counted().subtract(day.book()),
        day.onHand(),
        day.usableOn(day.date()),
        day.counts(),
        day.book(),
        day.counted(),
        day.cost().map(StockDay::amount).orElse(null),
        day.cost().map(cost -> StockDay.amount(day.value())).orElse(null),
        day.goodsUsed(),
        day.expiredCost(),
        day.shrinkageCost(),
        day.errorCost(),
        day.bookCost());
  }

  private static Row week(StockWeek week) {
    StockLedger.Position end = week.position();
    return RowFactory.create(
        week.weekStart(),
        week.opening(),
        week.moved(),
        week.corrected(),
        end.onHand(),
        end.usable(),
        end.cost().map(StockDay::amount).orElse(null),
        end.value().map(StockDay::amount).orElse(null),
        week.unitsUsed(),
        week.stockoutDays().size(),
        week.isInUse(),
        week.historyDays(),
        week.goodsUsed(),
        week.expiredCost(),
        week.meanValue(),
        week.annualGoodsUsed());
  }

  private static Stream<Row> stockouts(StockWeek week) {
    return week.stockoutDays().stream().map(day -> RowFactory.create(day, week.weekStart()));
  }

  private static Row lot(LotBook.Lot lot, LocalDate day, Optional<BigDecimal> cost) {
    return RowFactory.create(
        lot.name().orElse(null),
        lot.expiresOn().orElse(null),
        day,
        lot.quantity(),
        lot.isExpiredOn(day),
        cost.map(StockDay::amount).orElse(null),
        cost.map(unit -> StockDay.amount(lot.quantity().multiply(unit))).orElse(null));
  }

  private static Row breach(StockLedger.Breach breach) {
    return RowFactory.create(
        breach.movement().id(),
        breach.movement().day(),
        breach.movement().lot().orElse(null),
        breach.expiresOn(),
        breach.movement().quantity().negate(),
        breach.earlier().name().orElse(null),
        breach.earlier().expiresOn().orElse(null),
        breach.earlier().quantity());
  }

  private static Row unitMismatch(StockLedger.UnitMismatch mismatch) {
    return RowFactory.create(
        mismatch.count().id(),
        mismatch.count().day(),
        mismatch.count().lot().orElse(null),
        mismatch.count().quantity(),
        mismatch.book(),
        mismatch.factor());
  }

  private static Row onHand(StockLedger ledger, StockLedger.Position position, LocalDate day) {
    LocalDate first = day.minusDays(StockWeek.RANGE_DAYS - 1L);
    return RowFactory.create(
        day,
        position.onHand(),
        position.usable(),
        position.cost().map(StockRows::price).orElse(null),
        position.value().map(StockRows::price).orElse(null),
        ledger.unitsUsed(first, day),
        ledger.stockoutDays(first, day).size(),
        position.nextExpiry().orElse(null),
        position.expiring(),
        position.expired());
  }

  private static BigDecimal price(BigDecimal exact) {
    return exact.setScale(6, RoundingMode.HALF_EVEN);
  }
}
