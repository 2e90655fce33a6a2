package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What changed, and what only seems to have: made situations of the kind that misled a first
 * version of the letter. Each is a practice of its own.
 */
class ChangePublicationTest {
  private static final int WEEKS = 27;

  /** The first of the last nine weeks. */
  private static final LocalDate SINCE = LAST_WEEK.minusWeeks(8);

  /** Three weeks of this add up to nothing. */
  private static final int[] NOISE = {0, 1, -1};

  @RegisterExtension
  static final PublishedLake LAKE = new PublishedLake(ChangePublicationTest::write);

  private static void write(LakeFixture lake) throws Exception {
    lake.weeksComputed(WEEKS);
    collapse(lake);
    opening(lake);
    untold(lake);
    payments(lake);
    returns(lake);
  }

  private interface Weekly {
    void write(LocalDate week, int noise, boolean isLate) throws Exception;
  }

  /** Every week, with its noise and whether it is one of the last nine. */
  private static void everyWeek(Weekly weekly) throws Exception {
    for (int i = 0; i < WEEKS; i++) {
      LocalDate week = LAST_WEEK.minusWeeks(WEEKS - 1 - i);
      weekly.write(week, NOISE[i % 3], !week.isBefore(SINCE));
    }
  }

  private static void location(LakeFixture lake, String practice, String location)
      throws Exception {
    lake.location(practice, location, practice)
        .has(practice, location, "appointments", "shifts", "sale_lines", "payments");
  }

  private static void revenue(
      LakeFixture lake, String practice, String location, LocalDate week, String who, int net)
      throws Exception {
    lake.provider(practice, location, who, week, "net_service", Integer.toString(net))
        .provider(practice, location, who, week, "gross_service", Integer.toString(net))
        .provider(practice, location, who, week, "lines_sold", "40")
        .provider(practice, location, who, week, "sales_visits", "40");
  }

  /** Of 50 bookable hours. */
  private static void hours(
      LakeFixture lake, String practice, String location, LocalDate week, String who, int kept)
      throws Exception {
    lake.provider(practice, location, who, week, "bookable_seconds", "180000")
        .provider(practice, location, who, week, "kept_seconds", Integer.toString(kept * 3600))
        .provider(
            practice, location, who, week, "idle_seconds", Integer.toString(180000 - kept * 3600));
  }

  /**
   * Nashville's two providers both lose 25 points of fill rate, and revenue with it; no-shows rise
   * from 4 to 12 %. Atlanta's ann goes, and nobody else changes.
   */
  private static void collapse(LakeFixture lake) throws Exception {
    location(lake, "magnolia", "nashville");
    location(lake, "magnolia", "atlanta");
    everyWeek(
        (week, noise, isLate) -> {
          for (String who : new String[] {"ann", "bob"}) {
            int kept = (isLate ? 17 : 29) + noise;
            hours(lake, "magnolia", "nashville", week, who, kept);
            revenue(lake, "magnolia", "nashville", week, who, kept * 600);
          }
          lake.measure("magnolia", "nashville", week, "visits_due", "100")
              .measure("magnolia", "nashville", week, "visits_attended", "85")
              .measure(
                  "magnolia",
                  "nashville",
                  week,
                  "visits_no_show",
                  Integer.toString((isLate ? 12 : 4) + noise));
          for (String who : new String[] {"cyd", "dan", "eve"}) {
            int kept = (isLate && who.equals("cyd") ? 5 : 30) + noise;
            hours(lake, "magnolia", "atlanta", week, who, kept);
            revenue(lake, "magnolia", "atlanta", week, who, kept * 600);
          }
          lake.measure("magnolia", "atlanta", week, "visits_attended", "90");
        });
  }

  private static void opening(LakeFixture lake) throws Exception {
    lake.openedOn("santa-fe", LAST_WEEK.minusWeeks(2).plusDays(2));
    for (String location : new String[] {"phoenix", "tucson", "santa-fe"}) {
      location(lake, "desert", location);
    }
    everyWeek(
        (week, noise, isLate) -> {
          revenue(lake, "desert", "phoenix", week, "ann", 60000 + 2000 * noise);
          revenue(lake, "desert", "tucson", week, "bob", 46000 - 1000 * noise);
          if (!week.isBefore(LAST_WEEK.minusWeeks(2))) {
            revenue(lake, "desert", "santa-fe", week, "cyd", 20000);
          }
        });
  }

  /** Austin's sales of the last week were not delivered; its shifts and visits were. */
  private static void untold(LakeFixture lake) throws Exception {
    location(lake, "late", "austin");
    location(lake, "late", "waco");
    everyWeek(
        (week, noise, isLate) -> {
          for (String location : new String[] {"austin", "waco"}) {
            hours(lake, "late", location, week, "ann", 30 + noise);
            lake.measure("late", location, week, "visits_attended", "90");
            if (location.equals("waco") || !week.equals(LAST_WEEK)) {
              revenue(lake, "late", location, week, "ann", 30000 + 1000 * noise);
            }
          }
        });
  }

  /** Payments of the last four weeks are still coming in. */
  private static void payments(LakeFixture lake) throws Exception {
    location(lake, "owed", "owed");
    everyWeek(
        (week, noise, isLate) -> {
          long age = java.time.temporal.ChronoUnit.WEEKS.between(week, LAST_WEEK);
          lake.measure("owed", "owed", week, "receipts", "50")
              .measure("owed", "owed", week, "paid_card", "9000")
              .measure("owed", "owed", week, "billed", "10000")
              .measure(
                  "owed",
                  "owed",
                  week,
                  "collected",
                  Long.toString(9900 - 600 * (4 - Math.min(age, 4))))
              .measure("owed", "owed", week, "billed_at_close", "9800")
              .measure(
                  "owed", "owed", week, "collected_at_close", Integer.toString(7350 + 98 * noise));
        });
    lake.target("owed", "collection_rate", 0.99);
  }

  /** Half of it comes back after five weeks. */
  private static void returns(LakeFixture lake) throws Exception {
    location(lake, "back", "back");
    everyWeek(
        (week, noise, isLate) -> {
          boolean isLow = isLate && week.isBefore(SINCE.plusWeeks(5));
          revenue(lake, "back", "back", week, "ann", (isLow ? 20000 : 30000) + 1000 * noise);
        });
  }

  @Test
  void aCollapseIsAPeriodOfItsOwnAndNoMeanHoldsIt() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT first_week_start, last_week_start, told_week_start, is_current, weeks,"
                    + " round(mean, 4), is_provisional FROM kpi_periods WHERE location_id ="
                    + " 'nashville' AND kpi = 'fill_rate' ORDER BY 1"))
        .containsExactly(
            "2025-09-29|2026-01-26|null|false|18|0.58|false",
            "2026-02-02|2026-03-30|2026-02-16|true|9|0.34|true");
    assertThat(
            LAKE.query(
                "SELECT weeks, first_week_start, round(center, 4), is_provisional FROM kpi_limits"
                    + " WHERE location_id = 'nashville' AND kpi = 'fill_rate'"))
        .containsExactly("9|2026-02-02|0.34|true");
  }

  @Test
  void aStoryTellsSinceWhenBeforeAfterAndDollars() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT kpi, since_week_start, told_week_start, until_week_start, before_weeks,"
                    + " weeks, round(before_value, 4), round(value, 4), is_favourable,"
                    + " dollars_per_week, providers, providers_moved FROM kpi_stories WHERE"
                    + " location_id = 'nashville' AND kpi IN ('fill_rate', 'no_show_rate',"
                    + " 'net_revenue') ORDER BY kpi"))
        .containsExactly(
            // −0.24 · 100 hours · 600 · 0.5
            "fill_rate|2026-02-02|2026-02-16|null|18|9|0.58|0.34|false|-7200.00|2|2",
            "net_revenue|2026-02-02|2026-02-16|null|18|9|34800.0|20400.0|false|-14400.00|2|2",
            // −0.08 · 100 visits due · 20,400 ÷ 85
            "no_show_rate|2026-02-02|2026-02-16|null|18|9|0.04|0.12|false|-1920.00|null|null");
  }

  @Test
  void aStoryTellsWhatElseMovedAtThatTime() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT other_kpi, other_since_week_start, is_favourable FROM kpi_story_company"
                    + " WHERE location_id = 'nashville' AND kpi = 'no_show_rate' AND other_kpi IN"
                    + " ('fill_rate', 'net_revenue', 'revenue_per_treated_hour') ORDER BY 1"))
        .containsExactly("fill_rate|2026-02-02|false", "net_revenue|2026-02-02|false");
  }

  @Test
  void oneProviderWhoLeavesIsToldApartFromAll() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT kpi, round(before_value, 4), round(value, 4), providers, providers_moved"
                    + " FROM kpi_stories WHERE location_id = 'atlanta' AND kpi IN ('fill_rate',"
                    + " 'net_revenue') ORDER BY kpi"))
        .containsExactly("fill_rate|0.6|0.4333|3|1", "net_revenue|54000.0|39000.0|3|1");
    assertThat(
            LAKE.query(
                "SELECT provider_id, round(before_value, 4), round(value, 4), has_moved FROM"
                    + " kpi_story_providers WHERE location_id = 'atlanta' AND kpi = 'fill_rate'"
                    + " ORDER BY 1"))
        .containsExactly("cyd|0.6|0.1|true", "dan|0.6|0.6|false", "eve|0.6|0.6|false");
  }

  @Test
  void aLevelThatReturnsEndsItsStory() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT since_week_start, until_week_start, weeks, dollars_per_week FROM"
                    + " kpi_stories WHERE location_id = 'back' AND kpi = 'net_revenue'"))
        .containsExactly("2026-02-02|2026-03-02|5|-9800.00");
    assertThat(
            LAKE.query(
                "SELECT first_week_start, round(mean) FROM kpi_periods WHERE location_id = 'back'"
                    + " AND kpi = 'net_revenue' AND is_current"))
        .as("it has four weeks so far, too few for limits")
        .containsExactly("2026-03-09|null");
  }

  @Test
  void anOpeningIsNoGoodWeekOfThePractice() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT value, base_value, change, locations_compared, locations_told,"
                    + " locations_untold, value_told, usual_value, round(usual_center), is_usual"
                    + " FROM practice_changes WHERE practice_id = 'desert' AND kpi = 'net_revenue'"
                    + " AND week_start = DATE '2026-03-30'"))
        .containsExactly("105000.0|106250.0|-1250.0|2|3|0|125000.0|105000.0|106000.0|true");
    assertThat(
            LAKE.query(
                "SELECT week_start, location_id, reason, opened_on, value, base_value FROM"
                    + " practice_change_others WHERE practice_id = 'desert' AND kpi ="
                    + " 'net_revenue' ORDER BY 1"))
        .containsExactly(
            "2026-03-16|santa-fe|opened|2026-03-18|20000.0|null",
            "2026-03-23|santa-fe|opened|2026-03-18|20000.0|null",
            "2026-03-30|santa-fe|opened|2026-03-18|20000.0|20000.0");
    assertThat(
            LAKE.query(
                "SELECT rule FROM kpi_signals WHERE practice_id = 'desert' AND location_id IS NULL"
                    + " AND kpi = 'net_revenue'"))
        .isEmpty();
    assertThat(
            LAKE.query(
                "SELECT week_start FROM kpi_series WHERE location_id = 'santa-fe' AND kpi ="
                    + " 'net_revenue' ORDER BY 1"))
        .as("the week in which it opened is no whole week")
        .containsExactly("2026-03-23", "2026-03-30");
  }

  @Test
  void salesThatDidNotArriveAreUnknownAndNoLoss() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT value, base_value, locations_compared, locations_told, locations_untold,"
                    + " value_told FROM practice_changes WHERE practice_id = 'late' AND kpi ="
                    + " 'net_revenue' AND week_start = DATE '2026-03-30'"))
        .containsExactly("29000.0|30250.0|1|1|1|29000.0");
    assertThat(
            LAKE.query(
                "SELECT location_id, reason, value, base_value FROM practice_change_others WHERE"
                    + " practice_id = 'late' AND kpi = 'net_revenue'"))
        .containsExactly("austin|untold|null|30250.0");
    assertThat(
            LAKE.query(
                "SELECT location_id FROM revenue_change_weekly WHERE practice_id = 'late' AND"
                    + " week_start = DATE '2026-03-30'"))
        .doesNotContain("austin");
    assertThat(
            LAKE.query(
                "SELECT step, minutes, amount, unavailable_reason FROM leakage_weekly WHERE"
                    + " location_id = 'austin' AND week_start = DATE '2026-03-30' AND step IN"
                    + " ('potential', 'gross_service', 'discounts', 'net_service') ORDER BY position"))
        .containsExactly(
            "potential|3000.000000|null|no sales of this week arrived",
            "gross_service|1740.000000|null|no sales of this week arrived",
            "discounts|null|null|no sales of this week arrived",
            "net_service|null|null|no sales of this week arrived");
  }

  @Test
  void paymentsThatAreStillComingInAreNoSignal() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT kpi FROM kpi_limits WHERE location_id = 'owed' AND kpi LIKE 'collect%'"))
        .containsExactly("collected_at_close");
    assertThat(LAKE.query("SELECT kpi, rule FROM kpi_signals WHERE location_id = 'owed'"))
        .isEmpty();
    assertThat(
            LAKE.query(
                "SELECT round(center, 4) FROM kpi_limits WHERE location_id = 'owed' AND kpi ="
                    + " 'collected_at_close'"))
        .containsExactly("0.75");
    assertThat(LAKE.query("SELECT kpi, judged_by FROM kpi_definitions WHERE judged_by IS NOT NULL"))
        .containsExactly("collection_rate|collected_at_close");
  }
}
