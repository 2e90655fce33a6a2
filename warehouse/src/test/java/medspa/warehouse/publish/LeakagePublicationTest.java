package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LeakagePublicationTest {
  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(LeakagePublicationTest::write, "leakage_weekly");

  /** A practice for each situation, whose location is named after it. */
  private record Week(LakeFixture lake, String practice) {
    /** Seconds of the location and its one provider. */
    void minutes(int kept, int noShow, int late, int unresolved, int idle) throws Exception {
      lake.seconds(
          practice, practice + "-austin", "ann", LAST_WEEK, 60L * (kept + idle), 60L * kept);
      add("bookable_seconds", noShow + late + unresolved);
      add("no_show_seconds", noShow);
      add("late_cancelled_seconds", late);
      add("unresolved_seconds", unresolved);
    }

    void add(String measure, int minutes) throws Exception {
      lake.provider(
          practice,
          practice + "-austin",
          "ann",
          LAST_WEEK,
          measure,
          Integer.toString(60 * minutes));
    }

    void sales(String gross, String net) throws Exception {
      lake.provider(practice, practice + "-austin", "ann", LAST_WEEK, "gross_service", gross)
          .provider(practice, practice + "-austin", "ann", LAST_WEEK, "net_service", net);
    }

    void ledger(String product, boolean isConsignment, String expired, String shrinkage)
        throws Exception {
      lake.rows(
          "gold/stock_ledger",
          "practice_id, location_id, product_id, is_consignment, date, opening_on_hand, received,"
              + " used, wasted, expired, adjusted, transferred, opening_balance, count_correction,"
              + " on_hand, expired_cost, shrinkage_cost",
          String.format(
              "'%s', '%s-austin', '%s', %s, DATE '2026-04-05', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, %s, %s",
              practice, practice, product, isConsignment, expired, shrinkage));
      lake.rows(
          "gold/inventory_on_hand",
          "practice_id, location_id, product_id, on_date, on_hand",
          String.format(
              "'%s', '%s-austin', '%s', DATE '2026-04-05', 0", practice, practice, product));
    }

    void stockWeek(
        String product, java.time.LocalDate week, int used, int stockoutDays, boolean isInUse)
        throws Exception {
      lake.rows(
          "gold/stock_weekly",
          "practice_id, location_id, product_id, is_consignment, week_start, opening_on_hand,"
              + " movements, count_corrections, on_hand, units_used, stockout_days, is_in_use",
          String.format(
              "'%s', '%s-austin', '%s', false, DATE '%s', 0, 0, 0, 0, %d, %d, %s",
              practice, practice, product, week, used, stockoutDays, isInUse));
    }
  }

  private static List<String> steps(String practice) throws Exception {
    return LAKE.query(
        "SELECT step, role, CAST(minutes AS INTEGER), amount, unavailable_reason FROM"
            + " leakage_weekly WHERE week_start = DATE '2026-03-30' AND location_id = '"
            + practice
            + "-austin'"
            + " AND role <> 'beside' ORDER BY position");
  }

  private static List<String> stockSteps(String practice) throws Exception {
    return LAKE.query(
        "SELECT step, amount, unavailable_reason FROM leakage_weekly WHERE position > 9 AND"
            + " week_start = DATE '2026-03-30' AND practice_id = '"
            + practice
            + "' ORDER BY position");
  }

  private static void write(LakeFixture lake) throws Exception {
    lost(open(lake, "lost"));
    rounding(open(lake, "rounding"));
    unkept(open(lake, "unkept"));
    unsold(open(lake, "unsold"));
    unknown(open(lake, "unknown"));
    absent(open(lake, "absent"));
    stock(open(lake, "stock"));
    unshelved(open(lake, "unshelved"));
    unpriced(open(lake, "unpriced"));
    billed(open(lake, "billed"));
  }

  private static Week open(LakeFixture lake, String practice) throws Exception {
    String austin = practice + "-austin";
    lake.location(practice, austin, practice)
        .has(practice, austin, "shifts", "sale_lines", "payments");
    return new Week(lake, practice);
  }

  private static void lost(Week at) throws Exception {
    // 10 kept hours bring 3000: 300 an hour. 25 hours could be booked.
    at.minutes(600, 120, 60, 30, 690);
    at.sales("3000.00", "2640.50");
  }

  private static void rounding(Week at) throws Exception {
    // 100.01 in 7 minutes: 14.2871… a minute. 1 minute each of the others, none of it idle.
    at.minutes(7, 1, 1, 1, 0);
    at.sales("100.0050", "99.9949");
  }

  private static void unkept(Week at) throws Exception {
    at.minutes(0, 120, 0, 0, 480);
    at.sales("50.00", "50.00");
    // Kept in another week, so that the exports tell who came.
    at.lake.seconds("unkept", "unkept-austin", "ann", LAST_WEEK.minusWeeks(1), 3600, 3600);
  }

  private static void unsold(Week at) throws Exception {
    at.minutes(60, 0, 0, 0, 60);
    // A cream was sold, so that the sales of the week are told.
    at.lake.provider("unsold", "unsold-austin", "ann", LAST_WEEK, "lines_sold", "1");
  }

  private static void unknown(Week at) throws Exception {
    at.minutes(0, 0, 0, 0, 480);
    at.sales("50.00", "50.00");
  }

  private static void absent(Week at) throws Exception {
    at.lake
        .location("absent", "absent-waco", "absent")
        .has("absent", "absent-waco", "sale_lines")
        .provider("absent", "absent-waco", "ann", LAST_WEEK, "gross_service", "10")
        .provider("absent", "absent-waco", "ann", LAST_WEEK, "net_service", "10")
        .location("absent", "absent-dallas", "absent")
        .has("absent", "absent-dallas", "shifts")
        .seconds("absent", "absent-dallas", "ann", LAST_WEEK, 3600, 3600)
        .location("absent", "absent-new", "absent");
  }

  private static void stock(Week at) throws Exception {
    at.minutes(60, 0, 0, 0, 60);
    at.sales("100", "100");
    at.lake.rows(
        "silver/products",
        "practice_id, product_id, name, retail_price, is_deleted",
        "'stock', 'serum', 'Serum', 30.50, false",
        "'stock', 'toxin', 'Toxin', NULL, false",
        "'stock', 'old', 'Old', 99, false");
    at.ledger("serum", false, "12.345", "-1.5");
    at.ledger("toxin", false, "7.5", "4");
    at.ledger("other", true, "1000", "1000");
    // 44 units on 14 − 3 days with stock: 4 a day, 3 days without. Before the 13 weeks: nothing.
    at.stockWeek("serum", LAST_WEEK, 20, 3, true);
    at.stockWeek("serum", LAST_WEEK.minusWeeks(12), 24, 0, true);
    at.stockWeek("serum", LAST_WEEK.minusWeeks(13), 900, 0, true);
    at.stockWeek("toxin", LAST_WEEK, 20, 3, true);
    at.stockWeek("old", LAST_WEEK, 20, 3, false);
  }

  private static void unshelved(Week at) throws Exception {
    at.minutes(60, 0, 0, 0, 60);
    at.sales("100", "100");
  }

  private static void unpriced(Week at) throws Exception {
    at.minutes(60, 0, 0, 0, 60);
    at.sales("100", "100");
    at.stockWeek("toxin", LAST_WEEK, 20, 3, true);
  }

  private static void billed(Week at) throws Exception {
    at.minutes(60, 0, 0, 0, 60);
    at.sales("100", "100");
    at.lake
        .measure("billed", "billed-austin", LAST_WEEK, "billed", "108.255")
        .measure("billed", "billed-austin", LAST_WEEK, "collected", "100");
  }

  @Test
  void thePotentialLessWhatWasLostIsGrossAndNetService() throws Exception {
    assertThat(steps("lost"))
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
    // 142.8643 − 3 · 14.29 − 100.01 leaves −0.02 for the idle minutes, of which there are none.
    assertThat(steps("rounding"))
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
    String reason = "nothing was kept in this week, so that an hour has no rate";
    assertThat(steps("unkept"))
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
    assertThat(steps("unsold"))
        .contains(
            "potential|total|120|null|no gross service in this week, so that an hour has no rate",
            "gross_service|total|60|0.00|null",
            "net_service|total|null|0.00|null");
  }

  @Test
  void whereNobodyKnowsWhoCameBookableMinutesAreKnownAndTheirUseIsNot() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT step, minutes FROM leakage_weekly WHERE practice_id = 'unknown' AND position <= 6"))
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
    assertThat(
            LAKE.query(
                "SELECT location_id, step, amount, unavailable_reason FROM leakage_weekly WHERE practice_id = 'absent' AND"
                    + " step IN ('potential', 'net_service', 'uncollected') ORDER BY location_id,"
                    + " position"))
        .containsExactly(
            "absent-dallas|potential|null|no point-of-sale export",
            "absent-dallas|net_service|null|no point-of-sale export",
            "absent-dallas|uncollected|null|no point-of-sale export",
            "absent-waco|potential|null|no shift export and no shift template, so nobody knows which"
                + " hours could be booked",
            "absent-waco|net_service|10.00|null",
            "absent-waco|uncollected|null|no payment export");
    assertThat(
            LAKE.query(
                "SELECT location_id, step, CAST(minutes AS INTEGER) FROM leakage_weekly WHERE practice_id = 'absent' AND"
                    + " position <= 6 ORDER BY location_id, position"))
        .as("minutes that nobody knows are not 0")
        .containsExactly(
            "absent-dallas|potential|60",
            "absent-dallas|idle|0",
            "absent-dallas|unresolved|0",
            "absent-dallas|late_cancelled|0",
            "absent-dallas|no_show|0",
            "absent-dallas|gross_service|60",
            "absent-waco|potential|null",
            "absent-waco|idle|null",
            "absent-waco|unresolved|null",
            "absent-waco|late_cancelled|null",
            "absent-waco|no_show|null",
            "absent-waco|gross_service|null");
  }

  @Test
  void stockThatExpiredWentMissingOrWasNotThereStandsBesideTheWaterfall() throws Exception {
    assertThat(stockSteps("stock"))
        .containsExactly("expired|19.85|null", "shrinkage|2.50|null", "stockouts|366.00|null");
  }

  @Test
  void withoutStockHistoryOrRetailPricesTheStepsSaySo() throws Exception {
    assertThat(stockSteps("unshelved"))
        .containsExactly(
            "expired|null|no stock history in this week",
            "shrinkage|null|no stock history in this week",
            "stockouts|null|no stock history in this week");
    assertThat(stockSteps("unpriced"))
        .containsExactly(
            "expired|0.00|null",
            "shrinkage|0.00|null",
            "stockouts|null|no product in stock has a retail price");
  }

  @Test
  void whatIsNotCollectedStandsBesideTheWaterfall() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT role, minutes, amount, unavailable_reason FROM leakage_weekly WHERE practice_id = 'billed' AND step ="
                    + " 'uncollected'"))
        .containsExactly("beside|null|8.26|null");
  }
}
