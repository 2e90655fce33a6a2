package medspa.jobs.compute.stock;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_micros;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import medspa.jobs.compute.silver.DatasetSource;
import medspa.jobs.compute.silver.Schemas;
import medspa.jobs.compute.silver.Silver;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF5;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Replays the stock of every product at every location, each by itself, up to the as-of; section 4
 * of the KPI definitions under "Inventory". All but what is on hand today ends with the last week,
 * or with the location's last told week if that ended earlier. A week is told up to the location's
 * last one with a movement or count of any product, or with a day of a period that an export
 * states: of the weeks after it nobody knows what came and went, so there is no stock and no
 * stockout in them.
 */
public final class Inventory implements DatasetSource {
  private static final String[] PRODUCT = {"practice_id", "location_id", "product_id"};

  private static final String LEDGER = "gold/stock_ledger";
  private static final String WEEKS = "gold/stock_weekly";
  private static final String STOCKOUTS = "gold/stockouts";
  private static final String LOTS = "gold/stock_lots";
  private static final String BREACHES = "gold/inventory_expiry_breaches";
  private static final String UNIT_MISMATCHES = "gold/stock_unit_mismatches";
  private static final String ON_HAND = "gold/inventory_on_hand";
  private static final String TODAY = "gold/stock_today";

  @Override
  public Set<String> datasets() {
    return Set.of(LEDGER, WEEKS, STOCKOUTS, LOTS, BREACHES, UNIT_MISMATCHES, ON_HAND, TODAY);
  }

  @Override
  public Set<String> needs() {
    return Set.of("silver/stock_movements", "silver/stock_counts", "silver/products");
  }

  /**
   * Each of them reads the replayed stock, which is kept so that nothing is replayed again. Lots
   * and what is on hand are those of locations whose last week is told.
   */
  @Override
  public Map<String, Dataset<Row>> formed(Inputs in) {
    Dataset<Row> replayed =
        in.kept(
            replayed(
                in.silver(),
                in.lastWeekStart(),
                in.statedUntil(Set.of("stock_movements", "stock_counts"))));
    Dataset<Row> told = replayed.where(col("is_told"));
    return Map.of(
        LEDGER, parts(replayed, "days"),
        WEEKS, parts(replayed, "weeks"),
        STOCKOUTS, parts(replayed, "stockouts"),
        LOTS, parts(told, "lots"),
        BREACHES, parts(replayed, "breaches"),
        UNIT_MISMATCHES, parts(replayed, "unit_mismatches"),
        ON_HAND, parts(told, "on_hand"),
        TODAY, parts(told, "today").drop("is_consignment"));
  }

  /**
   * One row per location and product with a movement or count before the as-of: practice_id,
   * location_id, product_id, is_consignment, is_told (whether the last week is), stock.
   *
   * @param statedUntil last day of the periods that stock exports state, by location
   */
  private static Dataset<Row> replayed(
      Silver silver, LocalDate lastWeekStart, Map<String, LocalDate> statedUntil) {
    Dataset<Row> events = events(silver).where(silver.isBeforeAsOf("day"));
    UDF2<String, LocalDate, LocalDate> toldWeek =
        (location, lastDay) -> {
          LocalDate stated = statedUntil.getOrDefault(location, lastDay);
          return lastTold(lastWeekStart, stated.isAfter(lastDay) ? stated : lastDay);
        };
    Dataset<Row> history =
        events
            .groupBy("practice_id", "location_id")
            .agg(min("day").as("history_from"), max("day").as("last_day"))
            .withColumn(
                "told_week",
                udf(toldWeek, DataTypes.DateType).apply(col("location_id"), col("last_day")));
    Dataset<Row> products =
        silver
            .current("products")
            .select(
                col("practice_id"),
                col("product_id"),
                col("unit_cost").as("product_cost"),
                col("pack_quantity"),
                coalesce(col("is_consignment"), lit(false)).as("is_consignment"));
    return events
        .groupBy("practice_id", "location_id", "product_id")
        .agg(
            collect_list(
                    struct(
                        col("at"),
                        col("day"),
                        col("kind"),
                        col("id"),
                        col("lot"),
                        col("expires_on"),
                        col("quantity"),
                        col("unit_cost")))
                .as("events"))
        .join(broadcast(history), new String[] {"practice_id", "location_id"})
        .join(broadcast(products), new String[] {"practice_id", "product_id"}, "left")
        .select(
            col("practice_id"),
            col("location_id"),
            col("product_id"),
            coalesce(col("is_consignment"), lit(false)).as("is_consignment"),
            col("told_week").equalTo(lit(lastWeekStart)).as("is_told"),
            stock(silver.asOf())
                .apply(
                    col("events"),
                    col("product_cost"),
                    col("pack_quantity"),
                    col("history_from"),
                    col("told_week"))
                .as("stock"));
  }

  /** The first day of the week of the last day that is told, or of the last week if it is later. */
  static LocalDate lastTold(LocalDate lastWeekStart, LocalDate lastDay) {
    long weeks = Math.floorDiv(ChronoUnit.DAYS.between(lastWeekStart, lastDay), 7);
    return lastWeekStart.plusWeeks(Math.min(weeks, 0));
  }

  private static Dataset<Row> parts(Dataset<Row> replayed, String part) {
    return replayed
        .withColumn("part", explode(col("stock." + part)))
        .select(
            col(PRODUCT[0]),
            col(PRODUCT[1]),
            col(PRODUCT[2]),
            col("is_consignment"),
            col("part.*"));
  }

  private static Dataset<Row> events(Silver silver) {
    Dataset<Row> movements =
        events(silver.current("stock_movements").withColumn("at", col("moved_at")), "movement_id");
    Column unknown = lit(null);
    Dataset<Row> counts =
        events(
            silver
                .current("stock_counts")
                .withColumn("at", col("counted_at"))
                .withColumn("kind", lit("count"))
                .withColumn("expires_on", unknown.cast("date"))
                .withColumn("unit_cost", unknown.cast(Schemas.MONEY)),
            "count_id");
    return movements.union(counts);
  }

  private static Dataset<Row> events(Dataset<Row> rows, String id) {
    return rows.select(
        col("practice_id"),
        col("location_id"),
        col("product_id"),
        unix_micros(col("at")).as("at"),
        col("local_date").as("day"),
        col("kind"),
        col(id).as("id"),
        col("lot"),
        col("expires_on"),
        col("quantity"),
        col("unit_cost"));
  }

  private static UserDefinedFunction stock(LocalDate asOf) {
    UDF5<Seq<Row>, BigDecimal, BigDecimal, LocalDate, LocalDate, Row> replay =
        (events, productCost, packQuantity, historyFrom, toldWeek) ->
            StockRows.of(
                StockLedger.replay(
                    Optional.ofNullable(productCost),
                    Optional.ofNullable(packQuantity),
                    CollectionConverters.asJava(events).stream().map(Inventory::event).toList()),
                historyFrom,
                toldWeek,
                asOf);
    return udf(replay, StockRows.SCHEMA);
  }

  private static StockEvent event(Row row) {
    return new StockEvent(
        row.getLong(0),
        row.getAs(1),
        StockEvent.Kind.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
        row.getString(3),
        Optional.ofNullable(row.getString(4)),
        Optional.ofNullable(row.getAs(5)),
        row.getDecimal(6),
        Optional.ofNullable(row.getDecimal(7)));
  }
}
