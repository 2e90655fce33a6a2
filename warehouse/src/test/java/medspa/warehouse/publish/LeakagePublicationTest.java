package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LeakagePublicationTest {
  @RegisterExtension final LakeFixture lake = new LakeFixture();

  @BeforeEach
  void open() throws Exception {
    lake.location("glow", "austin", "TX");
    lake.has("glow", "austin", "shifts", "sale_lines", "payments");
  }

  /** Seconds of the location and its one provider. */
  private void minutes(int kept, int noShow, int late, int unresolved, int idle) throws Exception {
    lake.seconds("glow", "austin", "ann", LAST_WEEK, 60L * (kept + idle), 60L * kept);
    add("bookable_seconds", noShow + late + unresolved);
    add("no_show_seconds", noShow);
    add("late_cancelled_seconds", late);
    add("unresolved_seconds", unresolved);
  }

  private void add(String measure, int minutes) throws Exception {
    lake.provider("glow", "austin", "ann", LAST_WEEK, measure, Integer.toString(60 * minutes));
  }

  private void sales(String gross, String net) throws Exception {
    lake.provider("glow", "austin", "ann", LAST_WEEK, "gross_service", gross)
        .provider("glow", "austin", "ann", LAST_WEEK, "net_service", net);
  }

  private List<String> steps() throws Exception {
    return lake.query(
        "SELECT step, role, CAST(minutes AS INTEGER), amount, unavailable_reason FROM"
            + " leakage_weekly WHERE week_start = DATE '2026-03-30' AND location_id = 'austin'"
            + " AND role <> 'beside' ORDER BY position");
  }

  @Test
  void thePotentialLessWhatWasLostIsGrossAndNetService() throws Exception {
    // 10 kept hours bring 3000: 300 an hour. 25 hours could be booked.
    minutes(600, 120, 60, 30, 690);
    sales("3000.00", "2640.50");
    lake.write().publish();

    assertThat(steps())
        .containsExactly(
            "potential|total|1500|7500.00|null",
            "idle|less|690|3450.00|null",
            "unresolved|less|30|150.00|null",
            "late_cancelled|less|60|300.00|null",
            "no_show|less|120|600.00|null",
            "gross_service|total|600|3000.00|null",
            "discounts|less|null|359.50|null",
            "net_service|total|null|2640.50|null");
  }

  @Test
  void roundingGoesToIdleAndEverythingAddsUpToTheCent() throws Exception {
    // 100.01 in 7 minutes: 14.2871… a minute. 1 minute each of the others, none of it idle.
    minutes(7, 1, 1, 1, 0);
    sales("100.0050", "99.9949");
    lake.write().publish();

    // 142.8643 − 3 · 14.29 − 100.01 leaves −0.02 for the idle minutes, of which there are none.
    assertThat(steps())
        .containsExactly(
            "potential|total|10|142.86|null",
            "idle|less|0|-0.02|null",
            "unresolved|less|1|14.29|null",
            "late_cancelled|less|1|14.29|null",
            "no_show|less|1|14.29|null",
            "gross_service|total|7|100.01|null",
            "discounts|less|null|0.02|null",
            "net_service|total|null|99.99|null");
  }

  @Test
  void whereNothingWasKeptAnHourHasNoRate() throws Exception {
    minutes(0, 120, 0, 0, 480);
    sales("50.00", "50.00");
    // Kept in another week, so that the exports tell who came.
    lake.seconds("glow", "austin", "ann", LAST_WEEK.minusWeeks(1), 3600, 3600);
    lake.write().publish();

    String reason = "nothing was kept in this week, so that an hour has no rate";
    assertThat(steps())
        .containsExactly(
            "potential|total|600|null|" + reason,
            "idle|less|480|null|" + reason,
            "unresolved|less|0|null|" + reason,
            "late_cancelled|less|0|null|" + reason,
            "no_show|less|120|null|" + reason,
            "gross_service|total|0|50.00|null",
            "discounts|less|null|0.00|null",
            "net_service|total|null|50.00|null");
  }

  @Test
  void aWeekWithoutServiceSalesHasNoRateEither() throws Exception {
    minutes(60, 0, 0, 0, 60);
    lake.write().publish();

    assertThat(steps())
        .contains(
            "potential|total|120|null|no gross service in this week, so that an hour has no rate",
            "gross_service|total|60|0.00|null",
            "net_service|total|null|0.00|null");
  }

  @Test
  void whereNobodyKnowsWhoCameBookableMinutesAreKnownAndTheirUseIsNot() throws Exception {
    minutes(0, 0, 0, 0, 480);
    sales("50.00", "50.00");
    lake.write().publish();

    assertThat(lake.query("SELECT step, minutes FROM leakage_weekly WHERE position <= 6"))
        .containsExactly(
            "potential|480.000000",
            "idle|null",
            "unresolved|null",
            "late_cancelled|null",
            "no_show|null",
            "gross_service|null");
  }

  @Test
  void aLocationWithoutSalesOrShiftsSaysWhy() throws Exception {
    lake.location("glow", "waco", "TX")
        .has("glow", "waco", "sale_lines")
        .provider("glow", "waco", "ann", LAST_WEEK, "gross_service", "10")
        .provider("glow", "waco", "ann", LAST_WEEK, "net_service", "10")
        .location("glow", "dallas", "TX")
        .has("glow", "dallas", "shifts")
        .seconds("glow", "dallas", "ann", LAST_WEEK, 3600, 3600)
        .location("glow", "new", "TX")
        .write()
        .publish();

    assertThat(
            lake.query(
                "SELECT location_id, step, amount, unavailable_reason FROM leakage_weekly WHERE"
                    + " step IN ('potential', 'net_service', 'uncollected') ORDER BY location_id,"
                    + " position"))
        .containsExactly(
            "dallas|potential|null|no point-of-sale export",
            "dallas|net_service|null|no point-of-sale export",
            "dallas|uncollected|null|no point-of-sale export",
            "waco|potential|null|no shift export and no shift template, so nobody knows which"
                + " hours could be booked",
            "waco|net_service|10.00|null",
            "waco|uncollected|null|no payment export");
    assertThat(
            lake.query(
                "SELECT location_id, step, CAST(minutes AS INTEGER) FROM leakage_weekly WHERE"
                    + " position <= 6 ORDER BY location_id, position"))
        .as("minutes that nobody knows are not 0")
        .containsExactly(
            "dallas|potential|60",
            "dallas|idle|0",
            "dallas|unresolved|0",
            "dallas|late_cancelled|0",
            "dallas|no_show|0",
            "dallas|gross_service|60",
            "waco|potential|null",
            "waco|idle|null",
            "waco|unresolved|null",
            "waco|late_cancelled|null",
            "waco|no_show|null",
            "waco|gross_service|null");
  }

  private void ledger(String product, boolean isConsignment, String expired, String shrinkage)
      throws Exception {
    lake.rows(
        "gold/stock_ledger",
        "practice_id, location_id, product_id, is_consignment, date, opening_on_hand, received,"
            + " used, wasted, expired, adjusted, transferred, opening_balance, count_correction,"
            + " on_hand, expired_cost, shrinkage_cost",
        String.format(
            "'glow', 'austin', '%s', %s, DATE '2026-04-05', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, %s, %s",
            product, isConsignment, expired, shrinkage));
    lake.rows(
        "gold/inventory_on_hand",
        "practice_id, location_id, product_id, on_date, on_hand",
        String.format("'glow', 'austin', '%s', DATE '2026-04-05', 0", product));
  }

  private void stockWeek(
      String product, java.time.LocalDate week, int used, int stockoutDays, boolean isInUse)
      throws Exception {
    lake.rows(
        "gold/stock_weekly",
        "practice_id, location_id, product_id, is_consignment, week_start, opening_on_hand,"
            + " movements, count_corrections, on_hand, units_used, stockout_days, is_in_use",
        String.format(
            "'glow', 'austin', '%s', false, DATE '%s', 0, 0, 0, 0, %d, %d, %s",
            product, week, used, stockoutDays, isInUse));
  }

  private List<String> stockSteps() throws Exception {
    return lake.query(
        "SELECT step, amount, unavailable_reason FROM leakage_weekly WHERE position > 9 AND"
            + " week_start = DATE '2026-03-30' ORDER BY position");
  }

  @Test
  void stockThatExpiredWentMissingOrWasNotThereStandsBesideTheWaterfall() throws Exception {
    minutes(60, 0, 0, 0, 60);
    sales("100", "100");
    lake.rows(
        "silver/products",
        "practice_id, product_id, name, retail_price, is_deleted",
        "'glow', 'serum', 'Serum', 30.50, false",
        "'glow', 'toxin', 'Toxin', NULL, false",
        "'glow', 'old', 'Old', 99, false");
    ledger("serum", false, "12.345", "-1.5");
    ledger("toxin", false, "7.5", "4");
    ledger("other", true, "1000", "1000");
    // 44 units on 14 − 3 days with stock: 4 a day, 3 days without. Before the 13 weeks: nothing.
    stockWeek("serum", LAST_WEEK, 20, 3, true);
    stockWeek("serum", LAST_WEEK.minusWeeks(12), 24, 0, true);
    stockWeek("serum", LAST_WEEK.minusWeeks(13), 900, 0, true);
    stockWeek("toxin", LAST_WEEK, 20, 3, true);
    stockWeek("old", LAST_WEEK, 20, 3, false);
    lake.write().publish();

    assertThat(stockSteps())
        .containsExactly("expired|19.85|null", "shrinkage|2.50|null", "stockouts|366.00|null");
  }

  @Test
  void withoutStockHistoryOrRetailPricesTheStepsSaySo() throws Exception {
    minutes(60, 0, 0, 0, 60);
    sales("100", "100");
    lake.write().publish();
    assertThat(stockSteps())
        .containsExactly(
            "expired|null|no stock history in this week",
            "shrinkage|null|no stock history in this week",
            "stockouts|null|no stock history in this week");

    stockWeek("toxin", LAST_WEEK, 20, 3, true);
    lake.runId("run-2").write().publish();
    assertThat(stockSteps())
        .containsExactly(
            "expired|0.00|null",
            "shrinkage|0.00|null",
            "stockouts|null|no product in stock has a retail price");
  }

  @Test
  void whatIsNotCollectedStandsBesideTheWaterfall() throws Exception {
    minutes(60, 0, 0, 0, 60);
    sales("100", "100");
    lake.measure("glow", "austin", LAST_WEEK, "billed", "108.255")
        .measure("glow", "austin", LAST_WEEK, "collected", "100");
    lake.write().publish();

    assertThat(
            lake.query(
                "SELECT role, minutes, amount, unavailable_reason FROM leakage_weekly WHERE step ="
                    + " 'uncollected'"))
        .containsExactly("beside|null|8.26|null");
  }
}
