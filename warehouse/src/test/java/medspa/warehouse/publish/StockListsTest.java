package medspa.warehouse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The lists of stock against cases computed by hand; stock is taken on Sunday, 5 April 2026. */
class StockListsTest {
  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(
          StockListsTest::write,
          "lists_unavailable",
          "inventory_expiring",
          "inventory_expiry_breaches",
          "inventory_overstock",
          "inventory_reorder",
          "stock_at_risk");

  /** The stock of a practice that is named after its test and has one location, "-austin". */
  private static final class Shelf {
    private final LakeFixture lake;
    private final String practice;

    Shelf(LakeFixture lake, String practice) {
      this.lake = lake;
      this.practice = practice;
      lake.location(practice, practice + "-austin", practice);
    }

    StockFixture stock(String product) {
      return new StockFixture(practice, practice + "-austin", product);
    }
  }

  private static List<String> list(String practice, String list, String columns) throws Exception {
    return LAKE.query(
        "SELECT %s FROM %s WHERE practice_id = '%s' ORDER BY ALL"
            .formatted(columns, list, practice));
  }

  private static void write(LakeFixture lake) throws Exception {
    reorder(new Shelf(lake, "reorder"));
    par(new Shelf(lake, "par"));
    reasons(new Shelf(lake, "reasons"));
    risk(new Shelf(lake, "risk"));
    unknown(new Shelf(lake, "unknown"));
    overstock(new Shelf(lake, "overstock"));
    booked(new Shelf(lake, "booked"));
    missing(new Shelf(lake, "missing"));
  }

  private static void reorder(Shelf at) throws Exception {
    // The ninth week back and the stockout week, though used in, are left out: 28 in 7 weeks,
    // squares of the deviations from 4 add up to 32, σ = √(32 ÷ 6). Lot A lasts 14 days: 8 of its
    // 10 are used.
    at.stock("tox")
        .reference("14", "NULL", "5")
        .used(100, 2, 4, 6)
        .usedWithStockout(1, 2)
        .used(4, 8, 2, 2)
        .lot("A", "2026-04-19", "10")
        .lot("B", "2027-04-01", "5")
        .into(at.lake);
  }

  @Test
  void theArithmeticOfAReorderIsShown() throws Exception {
    assertThat(
            list(
                "reorder",
                "inventory_reorder",
                "on_date, usage_weeks, stockout_weeks, units_used, weekly_usage, "
                    + "usage_deviation, lead_time_days, demand_in_lead_time, safety_stock, "
                    + "safety_stock_source, par"))
        .containsExactly(
            "2026-04-05|7|1|28.0000|4.000000|2.309401|14|8.000000|5.388877|computed|13.388877");
    assertThat(
            list(
                "reorder",
                "inventory_reorder",
                "on_hand, expiring_before_use, available, is_reorder, pack_quantity, "
                    + "order_packs, order_quantity, order_cost, unavailable_reason"))
        .containsExactly("15.0000|2.000000|13.000000|true|5.0000|1|5.0000|12.500000|null");
  }

  private static void par(Shelf at) throws Exception {
    at.stock("a").reference("3", "2", "NULL").used(7, 7, 7, 7, 7, 7, 7, 7).left("5").into(at.lake);
    // 7 in 3 weeks over 21 days are 7 exactly; a rounded mean would give less.
    at.stock("b").reference("21", "0", "4").used(2, 2, 3).left("7").into(at.lake);
    at.stock("c").reference("21", "0", "4").used(2, 2, 3).left("7.0001").into(at.lake);
    // 0.9 short in packs of 0.3 are three of them.
    at.stock("d").reference("7", "0", "0.3").used(1, 1).left("0.1").into(at.lake);
    // 6.9 short in packs of 4: the second is opened.
    at.stock("e").reference("21", "0", "4").used(2, 2, 3).left("0.1").into(at.lake);
  }

  @Test
  void whatIsOnParIsReorderedAndTheProductsOwnSafetyStockWins() throws Exception {
    assertThat(
            list(
                "par",
                "inventory_reorder",
                "product_id, par, available, is_reorder, order_packs, order_quantity, "
                    + "safety_stock_source"))
        .containsExactly(
            "a|5.000000|5.000000|true|1|1.0000|product",
            "b|7.000000|7.000000|true|1|4.0000|product",
            "c|7.000000|7.000100|false|null|null|product",
            "d|1.000000|0.100000|true|3|0.9000|product",
            "e|7.000000|0.100000|true|2|8.0000|product");
  }

  private static void reasons(Shelf at) throws Exception {
    at.stock("a").used(1, 2, 3).left("1").into(at.lake);
    at.stock("b")
        .reference("7", "NULL", "1")
        .usedWithStockout(1, 1)
        .usedWithStockout(2, 7)
        .left("1")
        .into(at.lake);
    // The week in which the history began on a Tuesday is no whole week.
    at.stock("c").reference("7", "NULL", "1").begunOnWeekday(1).used(50, 5).left("1").into(at.lake);
    at.stock("d").reference("7", "2", "1").begunOnWeekday(1).used(50, 5).left("1").into(at.lake);
    // Nothing is used: nothing is reordered, even with nothing left.
    at.stock("e").reference("7", "NULL", "1").used(0, 0, 0).into(at.lake);
  }

  @Test
  void withoutWhatItNeedsThereIsNoParAndAReasonIsGiven() throws Exception {
    assertThat(
            list(
                "reasons",
                "inventory_reorder",
                "product_id, usage_weeks, weekly_usage, par, is_reorder, " + "unavailable_reason"))
        .containsExactly(
            "a|3|2.000000|null|null|no lead time",
            "b|0|null|null|null|no whole week without a stockout among the last 8",
            "c|1|5.000000|null|null|no safety stock, and only one whole week without a stockout"
                + " among the last 8",
            "d|1|5.000000|7.000000|true|null",
            "e|3|0.000000|0.000000|false|null");
  }

  private static void risk(Shelf at) throws Exception {
    // One a day. X has expired; Y can be used until today; A is used up; of B 26 are used in what
    // is left of 30 days; C takes the 31st day; D 59 of the days to the 90th; E is not listed.
    at.stock("tox")
        .reference("7", "0", "1")
        .used(7, 7)
        .cost("2.5")
        .lot("X", "2026-04-04", "3")
        .lot("Y", "2026-04-05", "2")
        .lot("A", "2026-04-15", "4")
        .lot("B", "2026-05-05", "40")
        .lot("C", "2026-05-06", "1")
        .lot("D", "2026-07-04", "100")
        .lot("E", "2026-07-05", "1")
        .left("8")
        .into(at.lake)
        .rows(
            "gold/inventory_expiry_breaches",
            "practice_id, location_id, product_id, movement_id, date, earlier_lot,"
                + " earlier_expires_on",
            "'risk', 'risk-austin', 'tox', '1', DATE '2026-01-04', 'B', DATE '2026-05-05'",
            "'risk', 'risk-austin', 'tox', '2', DATE '2026-01-05', 'B', DATE '2026-05-05'",
            "'risk', 'risk-austin', 'tox', '3', DATE '2026-03-05', 'B', DATE '2026-05-05'");
  }

  @Test
  void lotsAreAtRiskThatWillNotBeUsedFirstExpiryFirstOut() throws Exception {
    assertThat(
            list(
                "risk",
                "inventory_expiring",
                "expires_on, lot, days_left, horizon_days, on_hand, projected_use, at_risk, "
                    + "at_risk_cost, breaches_91"))
        .containsExactly(
            "2026-04-04|X|-1|0|3.0000|0.000000|3.000000|7.500000|0",
            "2026-04-05|Y|0|30|2.0000|0.000000|2.000000|5.000000|0",
            "2026-04-15|A|10|30|4.0000|4.000000|0.000000|0.000000|0",
            "2026-05-05|B|30|30|40.0000|26.000000|14.000000|35.000000|2",
            "2026-05-06|C|31|60|1.0000|1.000000|0.000000|0.000000|0",
            "2026-07-04|D|90|90|100.0000|59.000000|41.000000|102.500000|0");
    assertThat(list("risk", "inventory_reorder", "expiring_before_use, available"))
        .containsExactly("60.000000|99.000000");
  }

  private static void unknown(Shelf at) throws Exception {
    at.stock("tox")
        .usedWithStockout(1, 1)
        .lot("X", "2026-04-04", "3")
        .lot("A", "2026-05-01", "4")
        .into(at.lake);
  }

  @Test
  void whatExpiresOfAProductOfUnknownUsageIsAtRiskOnlyWhereItHasExpired() throws Exception {
    assertThat(list("unknown", "inventory_expiring", "lot, weekly_usage, projected_use, at_risk"))
        .containsExactly("A|null|null|null", "X|null|0.000000|3.000000");
  }

  private static void overstock(Shelf at) throws Exception {
    // Par is 4 + 1, four weeks' usage 16.
    at.stock("a").reference("7", "1", "1").used(4, 4).left("40").into(at.lake);
    at.stock("b").reference("7", "1", "1").used(4, 4).left("21").into(at.lake);
    at.stock("c").reference("7", "1", "1").used(4, 4).left("40").consigned().into(at.lake);
    at.stock("d").used(4, 4).left("40").into(at.lake);
  }

  @Test
  void overstockIsWhatIsAboveParAndFourWeeksUsageOfOwnedProducts() throws Exception {
    assertThat(
            list(
                "overstock",
                "inventory_overstock",
                "product_id, on_date, on_hand, par, four_weeks_usage, overstock, "
                    + "overstock_cost"))
        .containsExactly("a|2026-04-05|40.0000|5.000000|16.000000|19.000000|47.500000");
  }

  private static void booked(Shelf at) throws Exception {
    // Two of lot A are used on its last day and two are lost: 8 are left for the 10 that are
    // needed.
    String columns =
        "practice_id, location_id, appointment_id, service_id, status, booked_at, local_date,"
            + " is_deleted";
    at.stock("tox")
        .reference("5", "0", "1")
        .used(1, 1)
        .lot("A", "2026-04-06", "4")
        .lot("X", "2026-04-03", "9")
        .left("6")
        .into(at.lake)
        .rows(
            "silver/service_products",
            "practice_id, service_id, product_id, quantity, is_deleted",
            "'booked', 'lips', 'tox', 2, false",
            "'booked', 'lips', 'swab', 1, false")
        .rows(
            "silver/appointments",
            columns,
            "'booked', 'booked-austin', '0', 'lips', 'booked', NULL, DATE '2026-04-05', false",
            "'booked', 'booked-austin', '1', 'lips', 'completed', NULL, DATE '2026-04-06', false",
            "'booked', 'booked-austin', '2', 'lips', 'booked', NULL, DATE '2026-04-07', false",
            "'booked', 'booked-austin', '3', 'lips', 'confirmed', NULL, DATE '2026-04-07', false",
            "'booked', 'booked-austin', '4', 'lips', 'booked', '2026-04-06 04:59:59+00',"
                + " DATE '2026-04-07', false",
            // Booked at the as-of, which is midnight in Chicago.
            "'booked', 'booked-austin', '5', 'lips', 'booked', '2026-04-06 05:00:00+00',"
                + " DATE '2026-04-07', false",
            "'booked', 'booked-austin', '6', 'lips', 'cancelled', NULL, DATE '2026-04-07', false",
            "'booked', 'booked-austin', '7', 'lips', 'no_show', NULL, DATE '2026-04-07', false",
            "'booked', 'booked-austin', '8', 'peel', 'booked', NULL, DATE '2026-04-08', false",
            "'booked', 'booked-austin', '9', 'lips', 'booked', NULL, DATE '2026-04-10', false",
            "'booked', 'booked-austin', '10', 'lips', 'booked', NULL, DATE '2026-04-11', false");
  }

  @Test
  void stockIsAtRiskWhereWhatIsBookedInTheLeadTimeIsAboveWhatCanStillBeUsed() throws Exception {
    assertThat(
            list(
                "booked",
                "stock_at_risk",
                "product_id, date, booked_rows, need, cumulative_need, usable_on_hand, "
                    + "short_quantity"))
        .containsExactly(
            "tox|2026-04-06|1|2.0000|2.0000|10.0000|0.0000",
            "tox|2026-04-07|3|6.0000|8.0000|8.0000|0.0000",
            "tox|2026-04-10|1|2.0000|10.0000|8.0000|2.0000");
    assertThat(
            LAKE.query(
                "SELECT list FROM lists_unavailable WHERE list = 'stock_at_risk' AND practice_id ="
                    + " 'booked'"))
        .isEmpty();
  }

  private static void missing(Shelf at) throws Exception {
    at.lake.location("missing", "missing-dallas", "TX").location("other", "other-waco", "TX");
    at.stock("tox").used(1, 1).left("5").into(at.lake);
    at.lake
        .rows(
            "silver/service_products",
            "practice_id, service_id, product_id, quantity, is_deleted",
            "'missing', 'lips', 'tox', 2, false")
        .has("missing", "missing-dallas", "appointments");
  }

  @Test
  void aListThatIsNotAvailableSaysWhatIsMissing() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT location_id, list, reason FROM lists_unavailable"
                    + " WHERE practice_id IN ('missing', 'other')"
                    + " AND (list LIKE '%stock%' OR list LIKE 'inventory%')"
                    + " ORDER BY location_id, list"))
        .containsExactly(
            "missing-austin|inventory_consignment|fewer than four owned products of known cost with 28 days of history",
            "missing-austin|inventory_expiring|no stock movement has an expiry date",
            "missing-austin|stock_at_risk|no appointment export",
            "missing-dallas|inventory_consignment|no stock movements or counts by the end of the last week",
            "missing-dallas|inventory_expiring|no stock movements or counts by the end of the last week",
            "missing-dallas|inventory_overstock|no stock movements or counts by the end of the last week",
            "missing-dallas|inventory_reorder|no stock movements or counts by the end of the last week",
            "missing-dallas|stock_at_risk|no stock movements or counts by the end of the last week",
            "other-waco|inventory_consignment|no stock movements or counts by the end of the last week",
            "other-waco|inventory_expiring|no stock movements or counts by the end of the last week",
            "other-waco|inventory_overstock|no stock movements or counts by the end of the last week",
            "other-waco|inventory_reorder|no stock movements or counts by the end of the last week",
            "other-waco|stock_at_risk|no export of what services use (service_products)");
  }
}
