package medspa.warehouse.publish;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The stock of one product in the lake, with all that the checks ask of it: an opening balance on
 * the product's first day, one usage on the Wednesday of each week, and the lots that are left.
 */
final class StockFixture {
  private final String practice;
  private final String location;
  private final String product;
  private final List<int[]> weeks = new ArrayList<>();
  private final List<String[]> lots = new ArrayList<>();
  private String cost = "2.5";
  private boolean isConsignment = false;
  private int firstWeekday = 0;
  private String reference = "NULL, NULL, NULL";

  StockFixture(String practice, String location, String product) {
    this.practice = practice;
    this.location = location;
    this.product = product;
  }

  /** A week with that usage; the last one told is the last computed week. */
  StockFixture used(int... units) {
    for (int unit : units) {
      weeks.add(new int[] {unit, 0});
    }
    return this;
  }

  StockFixture usedWithStockout(int units, int stockoutDays) {
    weeks.add(new int[] {units, stockoutDays});
    return this;
  }

  /** A lot that is left at the end; an empty name or date is unknown. */
  StockFixture lot(String name, String expiresOn, String quantity) {
    lots.add(new String[] {name, expiresOn, quantity});
    return this;
  }

  StockFixture left(String quantity) {
    return lot("", "", quantity);
  }

  StockFixture cost(String amount) {
    cost = amount;
    return this;
  }

  StockFixture consigned() {
    isConsignment = true;
    return this;
  }

  /** The product's first day is that many days after the beginning of its first week. */
  StockFixture begunOnWeekday(int days) {
    firstWeekday = days;
    return this;
  }

  /** SQL literals of the product's own numbers. */
  StockFixture reference(String leadTimeDays, String safetyStock, String packQuantity) {
    reference = leadTimeDays + ", " + safetyStock + ", " + packQuantity;
    return this;
  }

  private static String literal(String text) {
    return text.isEmpty() ? "NULL" : "'" + text + "'";
  }

  LakeFixture into(LakeFixture lake) throws SQLException {
    String place =
        "'" + practice + "', '" + location + "', '" + product + "', " + isConsignment + ", ";
    BigDecimal left = BigDecimal.ZERO;
    BigDecimal usable = BigDecimal.ZERO;
    LocalDate onDate = LakeFixture.LAST_WEEK.plusDays(6);
    for (String[] lot : lots) {
      BigDecimal quantity = new BigDecimal(lot[2]);
      boolean isExpired = !lot[1].isEmpty() && LocalDate.parse(lot[1]).isBefore(onDate);
      left = left.add(quantity);
      usable = isExpired ? usable : usable.add(quantity);
      lake.rows(
          "gold/stock_lots",
          "practice_id, location_id, product_id, is_consignment, lot, expires_on, on_date, on_hand,"
              + " is_expired, unit_cost",
          place
              + String.join(
                  ", ",
                  literal(lot[0]),
                  literal(lot[1]),
                  "DATE '" + onDate + "'",
                  lot[2],
                  String.valueOf(isExpired),
                  cost));
    }
    lake.rows(
        "silver/products",
        "practice_id, product_id, lead_time_days, safety_stock, pack_quantity, is_deleted",
        "'" + practice + "', '" + product + "', " + reference + ", false");
    BigDecimal opening =
        left.add(BigDecimal.valueOf(weeks.stream().mapToInt(week -> week[0]).sum()));
    BigDecimal onHand = BigDecimal.ZERO;
    for (int i = 0; i < weeks.size(); i++) {
      LocalDate start = LakeFixture.LAST_WEEK.minusWeeks(weeks.size() - 1L - i);
      BigDecimal used = BigDecimal.valueOf(weeks.get(i)[0]);
      BigDecimal opened = i == 0 ? opening : BigDecimal.ZERO;
      if (i == 0) {
        day(lake, place, start.plusDays(firstWeekday), BigDecimal.ZERO, opening, BigDecimal.ZERO);
        onHand = opening;
      }
      LocalDate wednesday = start.plusDays(2);
      if (used.signum() != 0) {
        day(lake, place, wednesday, onHand, BigDecimal.ZERO, used);
        lake.rows(
            "silver/stock_movements",
            "practice_id, location_id, product_id, movement_id, kind, quantity, local_date,"
                + " is_deleted",
            String.format(
                Locale.ROOT,
                "'%s', '%s', '%s', '%s %s', 'usage', %s, DATE '%s', false",
                practice,
                location,
                product,
                product,
                start,
                used.negate(),
                wednesday));
      }
      BigDecimal before = i == 0 ? BigDecimal.ZERO : onHand;
      onHand = onHand.subtract(used);
      BigDecimal value = onHand.max(BigDecimal.ZERO).multiply(new BigDecimal(cost));
      lake.rows(
          "gold/stock_weekly",
          "practice_id, location_id, product_id, is_consignment, week_start, opening_on_hand,"
              + " movements, count_corrections, on_hand, usable_on_hand, unit_cost, stock_value,"
              + " units_used, stockout_days",
          place
              + String.join(
                  ", ",
                  "DATE '" + start + "'",
                  before.toPlainString(),
                  used.negate().toPlainString(),
                  opened.toPlainString(),
                  onHand.toPlainString(),
                  (i == weeks.size() - 1 ? usable : onHand).toPlainString(),
                  cost,
                  value.toPlainString(),
                  used.toPlainString(),
                  String.valueOf(weeks.get(i)[1])));
      if (!isConsignment && value.signum() != 0) {
        lake.measure(practice, location, start, "stock_value", value.toPlainString())
            .member(practice, location, "product", product, start, "stock_value", value.toString());
      }
    }
    return lake.rows(
        "gold/inventory_on_hand",
        "practice_id, location_id, product_id, is_consignment, on_date, on_hand",
        place + "DATE '" + onDate + "', " + left);
  }

  private void day(
      LakeFixture lake,
      String place,
      LocalDate date,
      BigDecimal opening,
      BigDecimal opened,
      BigDecimal used)
      throws SQLException {
    lake.rows(
        "gold/stock_ledger",
        "practice_id, location_id, product_id, is_consignment, date, opening_on_hand, received,"
            + " used, wasted, expired, adjusted, transferred, opening_balance, count_correction,"
            + " on_hand, unit_cost, stock_value",
        place
            + String.format(
                Locale.ROOT,
                "DATE '%1$s', %2$s, 0, %3$s, 0, 0, 0, 0, %4$s, 0, %5$s, %6$s, greatest(%5$s, 0) * %6$s",
                date,
                opening,
                used.negate(),
                opened,
                opening.add(opened).subtract(used),
                cost));
  }
}
