package medspa.jobs.compute.stock;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import medspa.jobs.compute.Results;
import medspa.jobs.compute.TestBatch;
import medspa.jobs.compute.TestLake;
import medspa.jobs.compute.TestMarket;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.market.Market;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures and relations of stock; the last whole week is 23 to 29 March 2026. */
final class StockMeasuresTest {
  @TempDir static Path directory;
  private static Results results;
  private static TestBatch batch;
  private static int id;

  @BeforeAll
  static void compute() {
    Market market =
        new TestMarket()
            .location("glow", "turn")
            .location("glow", "counts")
            .location("glow", "lots")
            .location("glow", "freight")
            .location("glow", "late")
            .location("glow", "stated")
            .location("other", "twin")
            .build();
    TestLake lake = new TestLake(directory, market);
    batch = lake.batch(Delivery.UPSERT);
    batch.row("products", "practice_id=glow product_id=tox unit_cost=9 is_consignment=false");
    batch.row("products", "practice_id=glow product_id=loan unit_cost=100 is_consignment=true");
    // Another practice's product of the same id.
    batch.row("products", "practice_id=other product_id=tox unit_cost=1 is_consignment=true");
    turn();
    counts();
    lots();
    freight();
    late();
    batch.write();
    batch = lake.batch("ledger", Delivery.UPSERT).stating("2026-03-01", "2026-03-25");
    stated();
    batch.write();
    results = lake.compute("2026-04-01");
  }

  private static void move(String location, String product, String at, String kind, String rest) {
    batch.row(
        "stock_movements",
        String.join(
            " ",
            "movement_id=" + ++id,
            "location_id=" + location,
            "product_id=" + product,
            "moved_at=2026-" + at,
            "kind=" + kind,
            rest));
  }

  private static void count(String location, String product, String at, String rest) {
    batch.row(
        "stock_counts",
        String.join(
            " ",
            "count_id=" + ++id,
            "location_id=" + location,
            "product_id=" + product,
            "counted_at=2026-" + at,
            rest));
  }

  private static List<String> measured(String location, String measures) {
    return results.rows(
        "SELECT measure, coalesce(member_id, ''), week_start, amount::DECIMAL(18,4)"
            + " FROM {gold/measures_weekly} WHERE location_id = '"
            + location
            + "' AND measure IN ("
            + measures
            + ") ORDER BY ALL");
  }

  private static void turn() {
    move("turn", "thread", "02-26T09:00", "receipt", "quantity=2 unit_cost=16");
    move("turn", "tox", "02-26T09:00", "receipt", "quantity=100 unit_cost=4");
    move("turn", "tox", "03-10T09:00", "usage", "quantity=-25");
    move("turn", "tox", "03-15T09:00", "expired", "quantity=-5");
    move("turn", "loan", "03-10T09:00", "usage", "quantity=-1");
    move("turn", "loan", "03-11T09:00", "expired", "quantity=-1");
    // After the end of the last whole week.
    move("turn", "tox", "03-30T09:00", "usage", "quantity=-50");
  }

  @Test
  void turnAndExpiredShareAreOfOwnedProductsOverTheDaysWithHistoryIfThereAre28() {
    // 26 February to 29 March are 32 days of history; the week before has 25: too few.
    // Value: 12 days at 400, 5 at 300, 15 at 280, all at 32 of threads; used 25 at 4, expired 5.
    assertThat(
            measured(
                "turn", "'annual_goods_used', 'mean_inventory', 'used_cost_91', 'expired_cost_91'"))
        .containsExactly(
            "annual_goods_used||2026-03-23|1137.5000",
            "expired_cost_91||2026-03-23|20.0000",
            "mean_inventory||2026-03-23|360.1250",
            "used_cost_91||2026-03-23|100.0000");
  }

  @Test
  void costOfGoodsUsedIsMeasuredInItsWeekWithAndWithoutConsignedProducts() {
    assertThat(measured("turn", "'goods_used', 'goods_used_owned', 'goods_used_deducted'"))
        .containsExactly(
            "goods_used||2026-03-09|200.0000",
            "goods_used_deducted||2026-03-09|-200.0000",
            "goods_used_owned||2026-03-09|100.0000");
  }

  @Test
  void theValueOfTheOwnedStockIsMeasuredAtEachWeeksEndAndPerProduct() {
    assertThat(measured("turn", "'stock_value'"))
        .containsExactly(
            "stock_value||2026-02-23|432.0000",
            "stock_value||2026-03-02|432.0000",
            "stock_value||2026-03-09|312.0000",
            "stock_value||2026-03-16|312.0000",
            "stock_value||2026-03-23|312.0000",
            "stock_value|thread|2026-02-23|32.0000",
            "stock_value|thread|2026-03-02|32.0000",
            "stock_value|thread|2026-03-09|32.0000",
            "stock_value|thread|2026-03-16|32.0000",
            "stock_value|thread|2026-03-23|32.0000",
            "stock_value|tox|2026-02-23|400.0000",
            "stock_value|tox|2026-03-02|400.0000",
            "stock_value|tox|2026-03-09|280.0000",
            "stock_value|tox|2026-03-16|280.0000",
            "stock_value|tox|2026-03-23|280.0000");
  }

  @Test
  void stockoutDaysAreOfProductsInUseConsignedOnesToo() {
    // The loan is below 0 from 10 March on: 6 days of its first week; threads were never used.
    assertThat(measured("turn", "'stockout_days', 'products_in_use'"))
        .containsExactly(
            "products_in_use||2026-03-09|2.0000",
            "products_in_use||2026-03-16|2.0000",
            "products_in_use||2026-03-23|2.0000",
            "stockout_days||2026-03-09|6.0000",
            "stockout_days||2026-03-16|7.0000",
            "stockout_days||2026-03-23|7.0000");
    assertThat(
            results.rows(
                "SELECT min(date), max(date), sum(amount)::INTEGER FROM {gold/measures_daily} WHERE"
                    + " location_id = 'turn' AND measure = 'stockout_days'"))
        .as("each on the day that ended so")
        .containsExactly("2026-03-10|2026-03-29|20");
  }

  @Test
  void onHandIsListedAtTheEndOfTheLastWeek() {
    assertThat(
            results.rows(
                "SELECT product_id, on_date, on_hand, usable_on_hand, unit_cost, stock_value,"
                    + " is_consignment, used_91_days, stockout_days_91, next_expiry_on,"
                    + " expiring_90_days, expired_on_hand FROM {gold/inventory_on_hand}"
                    + " WHERE location_id = 'turn' ORDER BY ALL"))
        .containsExactly(
            "loan|2026-03-29|-2.0000|-2.0000|100.000000|0.000000|true|1.0000|20|null|0.0000|0.0000",
            "thread|2026-03-29|2.0000|2.0000|16.000000|32.000000|false|0.0000|0|null|0.0000|0.0000",
            "tox|2026-03-29|70.0000|70.0000|4.000000|280.000000|false|25.0000|0|null|0.0000|0.0000");
  }

  private static void counts() {
    count("counts", "tox", "03-02T20:00", "quantity=10");
    count("counts", "tox", "03-10T20:00", "quantity=8");
    count("counts", "tox", "03-12T20:00", "quantity=9");
    count("counts", "loan", "03-02T20:00", "quantity=3");
    count("counts", "loan", "03-11T20:00", "quantity=2");
    // Before midnight in Chicago, and the day after in UTC.
    count("counts", "tox", "03-15T23:30", "quantity=9");
    // The twin's product is consigned and has another cost.
    count("twin", "tox", "03-02T20:00", "quantity=10");
    count("twin", "tox", "03-10T20:00", "quantity=7");
  }

  @Test
  void shrinkageIsOfOwnedProductsAndCountErrorsAreOfAllWithoutOpenings() {
    // tox: book 10, 8 and 9 against 8, 9 and 9 at 9 each; loan: book 3 against 2 at 100.
    assertThat(
            measured(
                "counts",
                "'shrinkage_cost', 'counts_owned', 'counts', 'count_error_cost',"
                    + " 'count_book_cost'"))
        .containsExactly(
            "count_book_cost||2026-03-09|543.0000",
            "count_book_cost|loan|2026-03-09|300.0000",
            "count_book_cost|tox|2026-03-09|243.0000",
            "count_error_cost||2026-03-09|127.0000",
            "count_error_cost|loan|2026-03-09|100.0000",
            "count_error_cost|tox|2026-03-09|27.0000",
            "counts||2026-03-09|4.0000",
            "counts|loan|2026-03-09|1.0000",
            "counts|tox|2026-03-09|3.0000",
            "counts_owned||2026-03-09|3.0000",
            "shrinkage_cost||2026-03-09|9.0000");
    assertThat(measured("twin", "'shrinkage_cost', 'count_error_cost'"))
        .containsExactly(
            "count_error_cost||2026-03-09|3.0000", "count_error_cost|tox|2026-03-09|3.0000");
  }

  @Test
  void theLedgerTellsWhatCountsFound() {
    assertThat(
            results.rows(
                "SELECT date, opening_on_hand, opening_balance, count_correction, on_hand, counts,"
                    + " book_before_count, counted, unit_cost, shrinkage_cost::DECIMAL(18,4)"
                    + " FROM {gold/stock_ledger} WHERE location_id = 'counts'"
                    + " AND product_id = 'loan' ORDER BY ALL"))
        .containsExactly(
            "2026-03-02|0.0000|3.0000|0.0000|3.0000|0|0.0000|0.0000|100.0000000000|0.0000",
            "2026-03-11|3.0000|0.0000|-1.0000|2.0000|1|3.0000|2.0000|100.0000000000|100.0000");
  }

  private static void lots() {
    // After the end of the last whole week: so that week is told.
    move("lots", "tox", "03-31T09:00", "usage", "quantity=-1");
    move("lots", "gel", "03-03T09:00", "receipt", "lot=A expires_on=2026-03-26 quantity=8");
    move("lots", "gel", "03-03T09:00", "receipt", "lot=B expires_on=2026-06-30 quantity=9");
    move("lots", "gel", "03-16T09:00", "usage", "lot=B quantity=-2");
    move("lots", "gel", "03-17T09:00", "usage", "quantity=-1");
    move("lots", "gel", "03-17T10:00", "receipt", "quantity=4 unit_cost=2.5");
  }

  @Test
  void lotsAreListedAtTheEndOfTheLastWeek() {
    assertThat(
            results.rows(
                "SELECT lot, expires_on, on_date, on_hand, is_expired, stock_value"
                    + " FROM {gold/stock_lots} WHERE location_id = 'lots'"
                    + " ORDER BY expires_on NULLS LAST"))
        .containsExactly(
            "A|2026-03-26|2026-03-29|7.0000|true|17.5000000000",
            "B|2026-06-30|2026-03-29|7.0000|false|17.5000000000",
            "null|null|2026-03-29|4.0000|false|10.0000000000");
  }

  @Test
  void whatIsOnHandTodayKnowsTheDaysAfterTheLastWeek() {
    assertThat(
            results.rows(
                "SELECT product_id, date, on_hand, usable_on_hand FROM {gold/stock_today}"
                    + " WHERE location_id = 'lots' ORDER BY ALL"))
        .containsExactly("gel|2026-04-01|18.0000|11.0000", "tox|2026-04-01|-1.0000|-1.0000");
    assertThat(
            results.rows(
                "FROM {gold/stock_ledger} WHERE location_id = 'lots' AND product_id = 'tox'"))
        .as("the ledger ends with the last week")
        .isEmpty();
  }

  @Test
  void usageOfALaterLotIsListedAsABreach() {
    assertThat(
            results.rows(
                "SELECT product_id, is_consignment, date, lot, expires_on, quantity, earlier_lot,"
                    + " earlier_expires_on, earlier_on_hand FROM {gold/inventory_expiry_breaches}"))
        .containsExactly("gel|false|2026-03-16|B|2026-06-30|2.0000|A|2026-03-26|8.0000");
  }

  @Test
  void aWeekRollsAndTellsWhatIsUsable() {
    assertThat(
            results.rows(
                "SELECT week_start, opening_on_hand, movements, count_corrections, on_hand,"
                    + " usable_on_hand, units_used, stockout_days, is_in_use, history_days"
                    + " FROM {gold/stock_weekly} WHERE location_id = 'lots' ORDER BY ALL"))
        .containsExactly(
            "2026-03-02|0.0000|17.0000|0.0000|17.0000|17.0000|0.0000|0|false|6",
            "2026-03-09|17.0000|0.0000|0.0000|17.0000|17.0000|0.0000|0|false|13",
            "2026-03-16|17.0000|1.0000|0.0000|18.0000|18.0000|3.0000|0|true|20",
            "2026-03-23|18.0000|0.0000|0.0000|18.0000|11.0000|0.0000|0|true|27");
  }

  private static void freight() {
    String one = "quantity=1 ";
    move("freight", "tox", "03-03T09:00", "receipt", one + "freight_amount=30 is_expedited=true");
    move("freight", "loan", "03-04T09:00", "receipt", one + "freight_amount=5.5 is_expedited=true");
    move("freight", "tox", "03-05T09:00", "receipt", one + "freight_amount=9 is_expedited=false");
    move("freight", "tox", "03-05T10:00", "receipt", one + "freight_amount=9");
    move("freight", "tox", "03-05T11:00", "receipt", one + "is_expedited=true");
    move(
        "freight", "tox", "03-06T09:00", "transfer_in", one + "freight_amount=9 is_expedited=true");
  }

  @Test
  void expeditedFreightIsOfReceiptsConsignedOnesToo() {
    assertThat(measured("freight", "'expedited_freight'"))
        .containsExactly("expedited_freight||2026-03-02|35.5000");
  }

  private static void late() {
    move("late", "tox", "02-02T09:00", "receipt", "quantity=10 unit_cost=4");
    move("late", "tox", "03-10T09:00", "usage", "quantity=-10");
  }

  @Test
  void stockIsNotToldAfterTheLastWeekWithAnyMovementOrCount() {
    assertThat(
            measured(
                "late",
                "'stock_value', 'stockout_days', 'products_in_use', 'mean_inventory',"
                    + " 'annual_goods_used', 'used_cost_91'"))
        .contains("stockout_days||2026-03-09|6.0000", "products_in_use||2026-03-09|1.0000")
        .anySatisfy(row -> assertThat(row).startsWith("mean_inventory||2026-03-09"))
        .noneSatisfy(row -> assertThat(row).containsAnyOf("2026-03-16", "2026-03-23"));
    for (String list : List.of("inventory_on_hand", "stock_lots", "stock_today")) {
      assertThat(results.rows("FROM {gold/" + list + "} WHERE location_id = 'late'"))
          .as(list)
          .isEmpty();
    }
  }

  private static void stated() {
    move("stated", "tox", "03-02T09:00", "receipt", "quantity=10 unit_cost=4");
  }

  @Test
  void aPeriodThatAStockExportStatesIsToldToItsEnd() {
    assertThat(measured("stated", "'stock_value'"))
        .contains("stock_value||2026-03-02|40.0000", "stock_value||2026-03-23|40.0000");
    assertThat(
            results.rows(
                "SELECT on_hand::INTEGER FROM {gold/inventory_on_hand} WHERE location_id ="
                    + " 'stated'"))
        .containsExactly("10");
  }

  @Test
  void theLastToldWeekIsThatOfTheLastDayAndNeverLaterThanTheLastWeek() {
    LocalDate lastWeek = LocalDate.parse("2026-03-23");
    assertThat(Inventory.lastTold(lastWeek, LocalDate.parse("2026-03-22"))).isEqualTo("2026-03-16");
    assertThat(Inventory.lastTold(lastWeek, LocalDate.parse("2026-03-23"))).isEqualTo(lastWeek);
    assertThat(Inventory.lastTold(lastWeek, LocalDate.parse("2026-04-20"))).isEqualTo(lastWeek);
    assertThat(Inventory.lastTold(lastWeek, LocalDate.parse("2026-03-08"))).isEqualTo("2026-03-02");
  }
}
