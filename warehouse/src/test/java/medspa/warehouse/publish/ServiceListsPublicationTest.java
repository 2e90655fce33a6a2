package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Durations, revenue by provider and category, and why revenue changed. */
class ServiceListsPublicationTest {
  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(
          ServiceListsPublicationTest::write,
          "provider_category",
          "revenue_change_weekly",
          "seasonality_weekly",
          "service_durations");

  /** For what depends on how many weeks were computed. */
  @RegisterExtension final LakeFixture lake = new LakeFixture();

  private static final AtomicInteger LINES = new AtomicInteger();

  /** A practice for each situation, whose location is named after it. */
  private record Menu(LakeFixture lake, String practice) {
    void service(String id, String category) throws Exception {
      lake.rows(
          "silver/services",
          "practice_id, service_id, name, category, duration_minutes, is_deleted",
          String.format("'%s', '%s', '%s', %s, 25, false", practice, id, id, category));
    }

    void sale(LocalDate day, String provider, String service, int quantity, String net)
        throws Exception {
      lake.rows(
          "silver/sale_lines",
          "practice_id, location_id, sale_id, line_id, provider_id, service_id, kind, quantity,"
              + " net_amount, local_date, is_deleted",
          String.format(
              "'%s', '%s-austin', 's%d', '1', %s, %s, 'service', %d, %s, DATE '%s', false",
              practice,
              practice,
              LINES.incrementAndGet(),
              provider == null ? "NULL" : "'" + provider + "'",
              service == null ? "NULL" : "'" + service + "'",
              quantity,
              net,
              day));
    }

    /** Attended rows of 30 minutes on the day, which took 21, 22, 23 … minutes. */
    void timed(String service, LocalDate day, String status, int rows) throws Exception {
      lake.execute(
          String.format(
              "INSERT INTO \"silver/appointments\" (practice_id, location_id, appointment_id,"
                  + " service_id, status, start_at, end_at, started_at, finished_at, local_date,"
                  + " is_deleted) SELECT '%s', '%s-austin', '%s%s%s' || i, '%s', '%s', '%s"
                  + " 15:00Z', '%s 15:30Z', TIMESTAMPTZ '%s 15:05Z', TIMESTAMPTZ '%s 15:05Z' +"
                  + " to_minutes(21 + i), DATE '%s', false FROM range(%d) t(i)",
              practice, practice, service, day, status, service, status, day, day, day, day, day,
              rows));
    }

    void attended(String id, String provider, String service, int hours) throws Exception {
      lake.rows(
          "silver/appointments",
          "practice_id, location_id, appointment_id, provider_id, service_id, status, start_at,"
              + " end_at, local_date, is_deleted",
          String.format(
              "'%s', '%s-austin', '%s', '%s', '%s', 'completed', TIMESTAMPTZ '2026-03-30 15:00Z',"
                  + " TIMESTAMPTZ '2026-03-30 15:00Z' + to_hours(%d), DATE '2026-03-30', false",
              practice, practice, id, provider, service, hours));
    }
  }

  private static List<String> changes(String practice) throws Exception {
    return LAKE.query(
        "SELECT week_start, category, quantity, base_quantity, net_revenue, base_revenue, change,"
            + " volume_change, price_change, mix_change FROM revenue_change_weekly WHERE practice_id = '"
            + practice
            + "' ORDER BY ALL");
  }

  private static void write(LakeFixture lake) throws Exception {
    durations(open(lake, "durations"));
    shrunk(open(lake, "shrunk"));
    nobody(open(lake, "nobody"));
    change(open(lake, "change"));
    rounding(told(open(lake, "rounding")));
    menu(told(open(lake, "menu")));
    refunds(told(open(lake, "refunds")));
    unarrived(open(lake, "unarrived"));
    begun(open(lake, "begun"));
  }

  private static Menu open(LakeFixture lake, String practice) throws Exception {
    lake.location(practice, practice + "-austin", practice);
    return new Menu(lake, practice);
  }

  /** Each week has a fee, so that its sales are told. */
  private static Menu told(Menu at) throws Exception {
    for (int week = 0; week < 5; week++) {
      LocalDate day = LAST_WEEK.minusWeeks(week);
      at.lake.rows(
          "silver/sale_lines",
          "practice_id, location_id, sale_id, line_id, kind, quantity, gross_amount,"
              + " discount_amount, net_amount, tax_amount, local_date, is_deleted",
          String.format(
              "'%s', '%s-austin', 'fee%d', '1', 'fee', 1, 5, 0, 5, 0, DATE '%s', false",
              at.practice, at.practice, week, day));
    }
    return at;
  }

  private static void durations(Menu at) throws Exception {
    at.service("laser", "'skin'");
    at.timed("laser", LAST_WEEK, "completed", 19);
    at.timed("peel", LAST_WEEK, "arrived", 19);
    // The first of the 91 days, and the day before; a row that did not take place.
    at.lake.rows(
        "silver/appointments",
        "practice_id, location_id, appointment_id, service_id, status, start_at, end_at,"
            + " started_at, finished_at, local_date, is_deleted",
        "'durations', 'durations-austin', 'f1', 'laser', 'completed', '2026-01-05 15:00Z', '2026-01-05 15:30Z',"
            + " '2026-01-05 15:00Z', '2026-01-05 15:40Z', DATE '2026-01-05', false",
        "'durations', 'durations-austin', 'f2', 'laser', 'completed', '2026-01-04 15:00Z', '2026-01-04 15:30Z',"
            + " '2026-01-04 15:00Z', '2026-01-04 20:00Z', DATE '2026-01-04', false",
        // Finished before it started, and never finished.
        "'durations', 'durations-austin', 'f3', 'laser', 'completed', '2026-03-30 15:00Z', '2026-03-30 15:30Z',"
            + " '2026-03-30 15:00Z', '2026-03-30 14:00Z', DATE '2026-03-30', false",
        "'durations', 'durations-austin', 'f4', 'laser', 'completed', '2026-03-30 15:00Z', '2026-03-30 15:30Z',"
            + " '2026-03-30 15:00Z', NULL, DATE '2026-03-30', false");
    at.timed("laser", LAST_WEEK, "booked", 10);
  }

  @Test
  void medianAndEightiethPercentileAreTakenOverTwentyRowsOrMore() throws Exception {
    // 21 … 40 minutes: the median lies between 30 and 31, the percentile at 21 + 0.8 · 19.
    assertThat(
            LAKE.query(
                "SELECT service_id, category, week_start, menu_minutes, rows_timed,"
                    + " scheduled_median_minutes, scheduled_p80_minutes, actual_median_minutes,"
                    + " round(actual_p80_minutes, 6), median_difference_minutes, withheld_reason"
                    + " FROM service_durations WHERE practice_id = 'durations'"))
        .containsExactly(
            "laser|skin|2026-03-30|25|20|30.0|30.0|30.5|36.2|0.5|null",
            "peel|null|2026-03-30|null|19|null|null|null|null|null|only 19 timed, 20 are needed");
  }

  private static void shrunk(Menu at) throws Exception {
    at.service("laser", "'skin'");
    at.service("peel", "'skin'");
    at.service("other", "NULL");
    at.attended("a1", "ann", "laser", 1);
    at.attended("a2", "ann", "peel", 1);
    at.attended("b1", "bea", "laser", 8);
    at.attended("b2", "bea", "other", 2);
    at.sale(LAST_WEEK, "ann", "laser", 1, "1000.00");
    at.sale(LAST_WEEK, "bea", "laser", 1, "2100.50");
    at.sale(LAST_WEEK, "bea", "laser", -1, "-100.50");
    // Revenue of one who treated nobody, of nobody, and from before the 91 days.
    at.sale(LAST_WEEK, "cleo", "laser", 1, "400");
    at.sale(LAST_WEEK, null, "laser", 1, "400");
    at.sale(LocalDate.of(2026, 1, 4), "ann", "laser", 1, "400");
  }

  @Test
  void revenuePerTreatedHourIsShrunkToTheMeanOfTheCategoryByTwentyHours() throws Exception {
    // The mean of skin is 3000 ÷ 10 hours. Ann: (1000 + 20·300) ÷ 22; Bea: (2000 + 20·300) ÷ 28.
    assertThat(
            LAKE.query(
                "SELECT provider_id, category, rows_attended, treated_hours, net_service,"
                    + " revenue_per_treated_hour, category_mean,"
                    + " round(shrunk_revenue_per_treated_hour, 6) FROM provider_category WHERE practice_id = 'shrunk'"))
        .containsExactly(
            "ann|skin|2|2.0|1000.0000|500.0|300.0|318.181818",
            "bea|skin|1|8.0|2000.0000|250.0|300.0|285.714286",
            "bea|uncategorised|1|2.0|0.0000|0.0|0.0|0.0");
  }

  private static void nobody(Menu at) throws Exception {
    at.service("laser", "'skin'");
    at.attended("a1", "ann", "laser", 1);
    at.sale(LAST_WEEK, null, "laser", 1, "1000.00");
  }

  @Test
  void whereAnExportNamesNobodyNoProviderHasRevenue() throws Exception {
    assertThat(LAKE.query("SELECT * FROM provider_category WHERE practice_id = 'nobody'"))
        .isEmpty();
  }

  private static void change(Menu at) throws Exception {
    at.service("botox", "'injectables'");
    at.service("filler", "'injectables'");
    at.service("new", "'injectables'");
    for (int week = 1; week <= 4; week++) {
      at.sale(LAST_WEEK.minusWeeks(week), "ann", "botox", 10, "1000");
      at.sale(LAST_WEEK.minusWeeks(week).plusDays(6), "ann", "filler", 5, "2000");
    }
    at.sale(LAST_WEEK, "ann", "botox", 12, "1320");
    at.sale(LAST_WEEK, "ann", "filler", 6, "2400");
    at.sale(LAST_WEEK.plusDays(6), "ann", "new", 2, "100");
  }

  @Test
  void theChangeOfRevenueIsVolumePriceAndMix() throws Exception {
    // 15 services at 200 on average before, 20 now: volume 5 · 200. Botox is dearer by 10: 12 · 10.
    assertThat(changes("change"))
        .containsExactly(
            "2026-03-30|injectables|20.0000|15.0000|3820.00|3000.00|820.00|1000.00|120.00|-300.00");
  }

  private static void rounding(Menu at) throws Exception {
    at.service("botox", "'injectables'");
    at.service("peel", "'skin'");
    at.sale(LAST_WEEK.minusWeeks(4), "ann", "botox", 3, "100");
    at.sale(LAST_WEEK.minusWeeks(4), "ann", "peel", 7, "333.33");
    at.sale(LAST_WEEK, "ann", "botox", 1, "50");
    at.sale(LAST_WEEK, "ann", "peel", 3, "100.01");
  }

  @Test
  void whatRoundingLeavesIsMixAndTheThreeAddUpToTheCent() throws Exception {
    // Botox: volume (1 − 3/4) · 33.33, price 50 − 33.33. Skin: base 83.3325, volume 1.25 · 47.62,
    // price 100.01 − 3 · 47.619 = −42.8471.
    assertThat(changes("rounding"))
        .containsExactly(
            "2026-03-30|injectables|1.0000|0.7500|50.00|25.00|25.00|8.33|16.67|0.00",
            "2026-03-30|skin|3.0000|1.7500|100.01|83.33|16.68|59.52|-42.85|0.01");
    assertThat(
            LAKE.query(
                "SELECT count(*) FROM revenue_change_weekly WHERE practice_id = 'rounding' AND (volume_change + price_change +"
                    + " mix_change <> change OR net_revenue - base_revenue <> change)"))
        .containsExactly("0");
  }

  private static void menu(Menu at) throws Exception {
    at.service("botox", "'injectables'");
    at.service("peel", "'skin'");
    at.sale(LAST_WEEK.minusWeeks(4), "ann", "botox", 4, "400");
    at.sale(LAST_WEEK.minusWeeks(1), "ann", null, 4, "80");
    at.sale(LAST_WEEK, "ann", "peel", 2, "300");
    at.sale(LAST_WEEK, "ann", null, 1, "30");
  }

  @Test
  void whatIsNoLongerSoldIsVolumeAndWhatIsNewOrNamelessIsMix() throws Exception {
    assertThat(changes("menu"))
        .containsExactly(
            "2026-03-30|injectables|0.0000|1.0000|0.00|100.00|-100.00|-100.00|0.00|0.00",
            "2026-03-30|skin|2.0000|0.0000|300.00|0.00|300.00|0.00|0.00|300.00",
            "2026-03-30|uncategorised|1.0000|1.0000|30.00|20.00|10.00|0.00|0.00|10.00");
  }

  private static void refunds(Menu at) throws Exception {
    at.service("botox", "'injectables'");
    at.sale(LAST_WEEK.minusWeeks(4), "ann", "botox", 4, "400");
    at.sale(LAST_WEEK, "ann", "botox", 1, "100");
    at.sale(LAST_WEEK, "ann", "botox", -2, "-190");
  }

  @Test
  void aRefundLowersQuantityAndRevenueAndMoreRefundsThanSalesHaveNoPrice() throws Exception {
    // Volume (−1 − 1) · 100.
    assertThat(changes("refunds"))
        .containsExactly(
            "2026-03-30|injectables|-1.0000|1.0000|-90.00|100.00|-190.00|-200.00|0.00|10.00");
  }

  private static void unarrived(Menu at) throws Exception {
    at.service("botox", "'injectables'");
    for (int week = 1; week < 9; week++) {
      if (week != 2) {
        at.sale(LAST_WEEK.minusWeeks(week), "ann", "botox", 1, "100");
      }
    }
  }

  @Test
  void aWeekWithoutSalesIsNoLossAndNoBase() throws Exception {
    assertThat(changes("unarrived"))
        .as("neither the last week nor the one two before it arrived")
        .containsExactly(
            "2026-03-02|injectables|1.0000|1.0000|100.00|100.00|0.00|0.00|0.00|0.00",
            "2026-03-09|injectables|1.0000|1.0000|100.00|100.00|0.00|0.00|0.00|0.00");
  }

  private static void begun(Menu at) throws Exception {
    at.service("botox", "'injectables'");
    for (int week = 0; week < 5; week++) {
      at.sale(LAST_WEEK.minusWeeks(week), "ann", "botox", 1, "100");
    }
    // The week that is running is none yet.
    at.sale(LAST_WEEK.plusWeeks(1), "ann", "botox", 1, "100");
  }

  @Test
  void aLocationHasNoChangeInItsFirstFourWeeks() throws Exception {
    assertThat(changes("begun"))
        .containsExactly("2026-03-30|injectables|1.0000|1.0000|100.00|100.00|0.00|0.00|0.00|0.00");
  }

  private void revenue(int weeks) throws Exception {
    lake.reading("seasonality_weekly");
    lake.location("glow", "austin", "TX");
    lake.has("glow", "austin", "sale_lines").weeksComputed(weeks);
    for (int back = 0; back < weeks; back++) {
      // Each year the first week back is twice an ordinary one, and the second year is the half.
      int amount = (back % 52 == 0 ? 200 : 100) * (back < 52 ? 2 : 1);
      lake.provider(
          "glow",
          "austin",
          "ann",
          LAST_WEEK.minusWeeks(back),
          "net_service",
          Integer.toString(amount));
    }
    lake.write().publish();
  }

  @Test
  void theIndexOfAWeekIsItsShareOfAnOrdinaryWeekOfItsYear() throws Exception {
    revenue(104);

    // The mean of a year is 5300 ÷ 52: 200 is 1.962264 of it, 100 is 0.981132.
    assertThat(
            lake.query(
                "SELECT week_of_year, weeks, net_revenue, round(index, 6) FROM seasonality_weekly"
                    + " WHERE week_of_year IN (13, 14)"))
        .containsExactly("13|2|300.000000|0.981132", "14|2|600.000000|1.962264");
    assertThat(lake.query("SELECT count(*), sum(weeks) FROM seasonality_weekly"))
        .containsExactly("52|104");
  }

  @Test
  void hundredAndThreeWeeksHaveNoSeason() throws Exception {
    revenue(103);

    assertThat(lake.query("SELECT * FROM seasonality_weekly")).isEmpty();
  }
}
