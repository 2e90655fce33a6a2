package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignalPublicationTest {
  /** A week without a row. */
  private static final int NONE = -1;

  @TempDir Path directory;
  private LakeFixture lake;

  @BeforeEach
  void open() throws Exception {
    lake = new LakeFixture(directory).location("glow", "austin", "TX").weeksComputed(52);
    lake.has("glow", "austin", "appointments");
  }

  @AfterEach
  void close() throws Exception {
    lake.close();
  }

  /** No-shows per thousand visits due, of weeks in a row up to the last one. */
  private void noShows(int... weeks) throws Exception {
    for (int i = 0; i < weeks.length; i++) {
      if (weeks[i] != NONE) {
        week("austin", LAST_WEEK.minusWeeks(weeks.length - 1 - i), weeks[i], 1000);
      }
    }
  }

  private void week(String location, LocalDate week, int noShows, int due) throws Exception {
    lake.measure("glow", location, week, "visits_no_show", Integer.toString(noShows))
        .measure("glow", location, week, "visits_due", Integer.toString(due));
  }

  private List<String> limits() throws Exception {
    return lake.query(
        "SELECT weeks, first_week_start, round(lower_limit, 6), round(center, 6),"
            + " round(upper_limit, 6), withheld_reason FROM kpi_limits WHERE kpi = 'no_show_rate'"
            + " AND location_id = 'austin'");
  }

  /** Those of the last week: an outlier draws the mean, and leaves the weeks before on one side. */
  private List<String> lastSignals() throws Exception {
    return signals().stream().filter(signal -> signal.startsWith(LAST_WEEK.toString())).toList();
  }

  private List<String> signals() throws Exception {
    return lake.query(
        "SELECT week_start, rule, is_favourable FROM kpi_signals WHERE kpi = 'no_show_rate'"
            + " ORDER BY ALL");
  }

  @Test
  void limitsAreTheMeanAnd266MeanMovingRangesAroundIt() throws Exception {
    noShows(100, 120, 100, 120, 100, 120, 100, 120, 100, 120, 100, 120);
    lake.write().publish();

    assertThat(limits()).containsExactly("12|2026-01-12|0.0568|0.11|0.1632|null");
    assertThat(signals()).isEmpty();
  }

  @Test
  void elevenWeeksTellNothing() throws Exception {
    noShows(100, 120, 100, 120, 100, 120, 100, 120, 100, 120, 900);
    lake.write().publish();

    assertThat(limits())
        .containsExactly(
            "11|2026-01-19|null|null|null|only 11 weeks with enough data, 12 are needed");
    assertThat(signals()).isEmpty();
  }

  @Test
  void aValueOutsideOfTheLimitsIsASignal() throws Exception {
    // 25 weeks of 100 and 120, then 300: mean 3040 ÷ 26, mean moving range (24·20 + 200) ÷ 25.
    int[] weeks = new int[26];
    for (int i = 0; i < 25; i++) {
      weeks[i] = i % 2 == 0 ? 100 : 120;
    }
    weeks[25] = 300;
    noShows(weeks);
    lake.write().publish();

    assertThat(limits()).containsExactly("26|2025-10-06|0.044571|0.116923|0.189275|null");
    assertThat(signals()).containsExactly("2026-03-30|above_limit|false");
    assertThat(
            lake.query(
                "SELECT practice_id, location_id, kpi, category, value, round(center, 6), target"
                    + " FROM kpi_signals"))
        .containsExactly("glow|austin|no_show_rate|null|0.3|0.116923|null");
  }

  @Test
  void belowTheLowerLimitIsForTheBetterWhereDownIs() throws Exception {
    noShows(500, 520, 500, 520, 500, 520, 500, 520, 500, 520, 500, 520, 500, 520, 300);
    lake.write().publish();

    assertThat(lastSignals()).containsExactly("2026-03-30|below_limit|true");
  }

  @Test
  void onlyTheLastTwentySixWeeksCount() throws Exception {
    int[] weeks = new int[30];
    java.util.Arrays.fill(weeks, 100);
    weeks[3] = 900;
    noShows(weeks);
    lake.write().publish();

    assertThat(limits()).containsExactly("26|2025-10-06|0.1|0.1|0.1|null");
    assertThat(signals()).isEmpty();
  }

  @Test
  void theSeventhWeekOnOneSideOfTheMeanIsASignal() throws Exception {
    // Mean 1400 ÷ 13 = 107.7.
    noShows(140, 60, 140, 60, 140, 60, 110, 120, 110, 120, 110, 120, 110);
    lake.write().publish();

    assertThat(signals()).containsExactly("2026-03-30|run_above|false");
  }

  @Test
  void aWeekWithoutEnoughDataEndsARunAndTakesNoPart() throws Exception {
    // As before, but the fourth week from the end rests on 19 visits.
    noShows(140, 60, 140, 60, 140, 60, 110, 120, 110, NONE, 110, 120, 110);
    week("austin", LAST_WEEK.minusWeeks(3), 19, 19);
    lake.write().publish();

    // Mean 1280 ÷ 12; the range over the gap is that of its neighbours, 0: 40·10 + 50 + 10 + 10 + 0
    // + 10 + 10 over 11.
    assertThat(limits()).containsExactly("12|2026-01-05|-0.011824|0.106667|0.225158|null");
    assertThat(signals()).isEmpty();
  }

  @Test
  void sevenWeeksOnOneSideWithAGapAmongThemAreNoRun() throws Exception {
    noShows(140, 60, 140, 60, 140, 60, 110, 120, 110, 120, NONE, 110, 120, 110);
    week("austin", LAST_WEEK.minusWeeks(3), 19, 19);
    lake.write().publish();

    assertThat(signals()).isEmpty();
  }

  @Test
  void sevenWeeksOfRiseAreASignal() throws Exception {
    noShows(150, 50, 150, 50, 150, 50, 60, 70, 80, 90, 100, 110, 120);
    lake.write().publish();

    assertThat(signals()).containsExactly("2026-03-23|rising|false", "2026-03-30|rising|false");
  }

  @Test
  void sevenWeeksOfFallAreASignalAndTwoEqualWeeksAreNoFall() throws Exception {
    noShows(50, 150, 50, 150, 50, 150, 140, 130, 120, 110, 100, 90, 90, 80);
    lake.write().publish();

    assertThat(signals()).containsExactly("2026-03-16|falling|true");
  }

  @Test
  void twoOfThreeWeeksBeyondTwoSigmaAreASignal() throws Exception {
    // Mean 1432 ÷ 13 = 110.15, mean moving range 14: two sigma lie at 134.98, the limit at 147.4.
    noShows(100, 110, 100, 110, 100, 110, 100, 110, 100, 110, 136, 110, 136);
    lake.write().publish();

    assertThat(lastSignals()).containsExactly("2026-03-30|near_upper|false");
    assertThat(signals()).noneMatch(signal -> signal.startsWith("2026-03-16|near"));
  }

  @Test
  void aSeriesThatNeverChangesHasNoSignal() throws Exception {
    // The mean of thirteen times 0.1 is not 0.1 in binary fractions.
    noShows(100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100);
    lake.target("austin", "no_show_rate", 0.1).write().publish();

    assertThat(limits()).containsExactly("13|2026-01-05|0.1|0.1|0.1|null");
    assertThat(signals()).isEmpty();
  }

  @Test
  void aMissedTargetIsASignalWithOrWithoutLimits() throws Exception {
    noShows(100, 120);
    lake.target("austin", "no_show_rate", 0.11).write().publish();

    assertThat(
            lake.query(
                "SELECT week_start, rule, value, lower_limit, center, upper_limit, target,"
                    + " is_favourable FROM kpi_signals"))
        .containsExactly("2026-03-30|target_missed|0.12|null|null|null|0.11|false");
  }

  @Test
  void aKpiOverNinetyOneDaysHasNeitherLimitsNorSignals() throws Exception {
    lake.has("glow", "austin", "stock_movements").target("austin", "inventory_turn", 6);
    for (int i = 0; i < 20; i++) {
      lake.measure("glow", "austin", LAST_WEEK.minusWeeks(i), "annual_goods_used", "5000")
          .measure("glow", "austin", LAST_WEEK.minusWeeks(i), "mean_inventory", "1000");
    }
    lake.write().publish();

    assertThat(lake.query("SELECT kpi FROM kpi_limits UNION SELECT kpi FROM kpi_signals"))
        .isEmpty();
  }

  @Test
  void aPracticeWithSeveralLocationsHasItsOwnLimits() throws Exception {
    lake.location("glow", "waco", "TX").has("glow", "waco", "appointments");
    for (int i = 0; i < 12; i++) {
      week("austin", LAST_WEEK.minusWeeks(i), 10, 100);
      week("waco", LAST_WEEK.minusWeeks(i), 60, 300);
    }
    lake.write().publish();

    assertThat(
            lake.query(
                "SELECT location_id, weeks, round(center, 9) FROM kpi_limits WHERE kpi ="
                    + " 'no_show_rate' ORDER BY location_id NULLS LAST"))
        .containsExactly("austin|12|0.1", "waco|12|0.2", "null|12|0.175");
  }

  @Test
  void netRevenueIsWatchedByCategoryToo() throws Exception {
    lake.has("glow", "austin", "sale_lines");
    for (int i = 0; i < 12; i++) {
      LocalDate week = LAST_WEEK.minusWeeks(i);
      category(week, "net_service", i == 0 ? "900" : i % 2 == 0 ? "100" : "110");
      category(week, "sales_visits", "20");
      lake.provider("glow", "austin", "ann", week, "net_service", i == 0 ? "900" : "100")
          .measure("glow", "austin", week, "sales_visits", "19");
    }
    lake.write().publish();

    assertThat(
            lake.query(
                "SELECT location_id, week_start, kpi, category, rule, value, is_favourable FROM"
                    + " kpi_signals WHERE week_start = DATE '2026-03-30'"))
        .as("the location's 19 visits a week are too few, the category's 20 are not")
        .containsExactly("austin|2026-03-30|net_revenue|skin|above_limit|900.0|true");
  }

  private void category(LocalDate week, String measure, String amount) throws Exception {
    lake.rows(
        "gold/measures_weekly",
        "practice_id, location_id, grain, member_id, week_start, measure, amount",
        String.format(
            "'glow', 'austin', 'category', 'skin', DATE '%s', '%s', %s", week, measure, amount));
  }

  @Test
  void aSumWithoutASampleIsZeroInWeeksOfWhichTheExportTells() throws Exception {
    lake.location("glow", "waco", "TX");
    // Of thirteen weeks one has no time card, and two have overtime.
    for (String location : List.of("austin", "waco")) {
      lake.has("glow", location, "timecards");
      for (int i = 0; i < 13; i++) {
        LocalDate week = LAST_WEEK.minusWeeks(i);
        if (i != 5) {
          lake.provider("glow", location, "ann", week, "worked_seconds", "90000");
        }
        if (location.equals("austin") && (i == 2 || i == 7)) {
          lake.provider("glow", location, "ann", week, "overtime_seconds", "21600")
              .rows(
                  "gold/measures_weekly",
                  "practice_id, grain, week_start, measure, amount",
                  "'glow', 'practice', DATE '" + week + "', 'overtime_seconds', 21600");
        }
      }
    }
    lake.write().publish();

    // Twice 6 hours in 12 weeks, up and down again: the ranges are 4 · 6 over 11.
    assertThat(
            lake.query(
                "SELECT location_id, weeks, first_week_start, round(center, 6),"
                    + " round(upper_limit, 6), withheld_reason FROM kpi_limits WHERE kpi ="
                    + " 'overtime_hours' ORDER BY location_id NULLS LAST"))
        .containsExactly(
            "austin|12|2026-01-05|1.0|6.803636|null",
            "waco|12|2026-01-05|0.0|0.0|null",
            "null|12|2026-01-05|1.0|6.803636|null");
  }
}
