package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SignalPublicationTest {
  /** A week without a row. */
  private static final int NONE = -1;

  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(SignalPublicationTest::write, "kpi_limits", "kpi_signals");

  /** Each practice has one location in Austin, one of them and another one in Waco. */
  private static void write(LakeFixture lake) throws Exception {
    lake.weeksComputed(52);
    noShows(lake, "even", 100, 120, 100, 120, 100, 120, 100, 120, 100, 120, 100, 120);
    noShows(lake, "short", 100, 120, 100, 120, 100, 120, 100, 120, 100, 120, 900);
    int[] jump = new int[26];
    for (int i = 0; i < 25; i++) {
      jump[i] = i % 2 == 0 ? 100 : 120;
    }
    jump[25] = 300;
    noShows(lake, "jump", jump);
    noShows(
        lake, "drop", 500, 520, 500, 520, 500, 520, 500, 520, 500, 520, 500, 520, 500, 520, 300);
    int[] frozen = new int[30];
    for (int i = 0; i < frozen.length; i++) {
      frozen[i] = i < 12 ? 100 + 20 * (i % 2) : 112 - 3 * (i % 2);
    }
    noShows(lake, "frozen", frozen);
    noShows(lake, "run", 140, 60, 140, 60, 140, 60, 110, 120, 110, 120, 110, 120, 110);
    noShows(lake, "thin", 140, 60, 140, 60, 140, 60, 110, 120, 110, NONE, 110, 120, 110);
    week(lake, "thin", "thin-austin", LAST_WEEK.minusWeeks(3), 19, 19);
    noShows(lake, "gap", 140, 60, 140, 60, 140, 60, 110, 120, 110, 120, NONE, 110, 120, 110);
    week(lake, "gap", "gap-austin", LAST_WEEK.minusWeeks(3), 19, 19);
    noShows(lake, "rise", 150, 50, 150, 50, 150, 50, 60, 70, 80, 90, 100, 110, 120);
    noShows(lake, "fall", 50, 150, 50, 150, 50, 150, 140, 130, 120, 110, 100, 90, 90, 80);
    noShows(lake, "near", 100, 110, 100, 110, 100, 110, 100, 110, 100, 110, 136, 110, 136);
    noShows(lake, "flat", 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100);
    lake.target("flat-austin", "no_show_rate", 0.1);
    noShows(lake, "missed", 100, 120);
    lake.target("missed-austin", "no_show_rate", 0.11);
    stockOfAQuarter(lake);
    twoLocations(lake);
    revenueByCategory(lake);
    overtime(lake);
  }

  /** No-shows per thousand visits due, of weeks in a row up to the last one. */
  private static void noShows(LakeFixture lake, String practice, int... weeks) throws Exception {
    String austin = austin(lake, practice);
    for (int i = 0; i < weeks.length; i++) {
      if (weeks[i] != NONE) {
        week(lake, practice, austin, LAST_WEEK.minusWeeks(weeks.length - 1 - i), weeks[i], 1000);
      }
    }
  }

  private static String austin(LakeFixture lake, String practice) throws Exception {
    String austin = practice + "-austin";
    lake.location(practice, austin, practice).has(practice, austin, "appointments");
    return austin;
  }

  private static void week(
      LakeFixture lake, String practice, String location, LocalDate week, int noShows, int due)
      throws Exception {
    lake.measure(practice, location, week, "visits_no_show", Integer.toString(noShows))
        .measure(practice, location, week, "visits_due", Integer.toString(due));
  }

  private static void stockOfAQuarter(LakeFixture lake) throws Exception {
    String austin = austin(lake, "quarter");
    lake.has("quarter", austin, "stock_movements").target(austin, "inventory_turn", 6);
    for (int i = 0; i < 20; i++) {
      lake.measure("quarter", austin, LAST_WEEK.minusWeeks(i), "annual_goods_used", "5000")
          .measure("quarter", austin, LAST_WEEK.minusWeeks(i), "mean_inventory", "1000");
    }
  }

  private static void twoLocations(LakeFixture lake) throws Exception {
    String austin = austin(lake, "two");
    lake.location("two", "two-waco", "two").has("two", "two-waco", "appointments");
    for (int i = 0; i < 12; i++) {
      week(lake, "two", austin, LAST_WEEK.minusWeeks(i), 10, 100);
      week(lake, "two", "two-waco", LAST_WEEK.minusWeeks(i), 60, 300);
    }
  }

  private static void revenueByCategory(LakeFixture lake) throws Exception {
    String austin = austin(lake, "skin");
    lake.has("skin", austin, "sale_lines");
    for (int i = 0; i < 12; i++) {
      LocalDate week = LAST_WEEK.minusWeeks(i);
      category(lake, austin, week, "net_service", i == 0 ? "900" : i % 2 == 0 ? "100" : "110");
      category(lake, austin, week, "sales_visits", "20");
      lake.provider("skin", austin, "ann", week, "net_service", i == 0 ? "900" : "100")
          .measure("skin", austin, week, "sales_visits", "19");
    }
  }

  private static void category(
      LakeFixture lake, String location, LocalDate week, String measure, String amount)
      throws Exception {
    lake.rows(
        "gold/measures_weekly",
        "practice_id, location_id, grain, member_id, week_start, measure, amount",
        String.format(
            "'skin', '%s', 'category', 'skin', DATE '%s', '%s', %s",
            location, week, measure, amount));
  }

  /** Of thirteen weeks one has no time card, and two have overtime. */
  private static void overtime(LakeFixture lake) throws Exception {
    String austin = austin(lake, "late");
    lake.location("late", "late-waco", "late");
    for (String location : List.of(austin, "late-waco")) {
      lake.has("late", location, "timecards");
      for (int i = 0; i < 13; i++) {
        LocalDate week = LAST_WEEK.minusWeeks(i);
        if (i != 5) {
          lake.provider("late", location, "ann", week, "worked_seconds", "90000");
        }
        if (location.equals(austin) && (i == 2 || i == 7)) {
          lake.provider("late", location, "ann", week, "overtime_seconds", "21600")
              .rows(
                  "gold/measures_weekly",
                  "practice_id, grain, week_start, measure, amount",
                  "'late', 'practice', DATE '" + week + "', 'overtime_seconds', 21600");
        }
      }
    }
  }

  private static List<String> limits(String practice) throws Exception {
    return LAKE.query(
        "SELECT weeks, first_week_start, round(lower_limit, 6), round(center, 6),"
            + " round(upper_limit, 6), is_provisional, withheld_reason FROM kpi_limits WHERE kpi ="
            + " 'no_show_rate'"
            + " AND location_id = '"
            + practice
            + "-austin'");
  }

  /** Those of the last week: an outlier draws the mean, and leaves the weeks before on one side. */
  private static List<String> lastSignals(String practice) throws Exception {
    return signals(practice).stream()
        .filter(signal -> signal.startsWith(LAST_WEEK.toString()))
        .toList();
  }

  private static List<String> signals(String practice) throws Exception {
    return LAKE.query(
        "SELECT week_start, rule, is_favourable FROM kpi_signals WHERE kpi = 'no_show_rate'"
            + " AND practice_id = '"
            + practice
            + "' ORDER BY ALL");
  }

  @Test
  void limitsAreTheMeanAnd266MeanMovingRangesAroundIt() throws Exception {
    assertThat(limits("even")).containsExactly("12|2026-01-12|0.0568|0.11|0.1632|false|null");
    assertThat(signals("even")).isEmpty();
  }

  @Test
  void limitsOfSixToElevenWeeksAreProvisionalAndRaiseNoSignal() throws Exception {
    // Mean 2000 ÷ 11, mean moving range (9·20 + 780) ÷ 10.
    assertThat(limits("short"))
        .containsExactly("11|2026-01-19|-0.073542|0.181818|0.437178|true|null");
    assertThat(signals("short")).isEmpty();
    assertThat(limits("missed"))
        .containsExactly(
            "2|2026-03-23|null|null|null|true|only 2 weeks with enough data, 6 are needed");
  }

  @Test
  void aValueOutsideOfTheLimitsIsASignal() throws Exception {
    // 25 weeks of 100 and 120, then 300; the first 12 weeks say what is usual.
    assertThat(limits("jump")).containsExactly("26|2025-10-06|0.0568|0.11|0.1632|false|null");
    assertThat(signals("jump")).containsExactly("2026-03-30|above_limit|false");
    assertThat(
            LAKE.query(
                "SELECT practice_id, location_id, kpi, category, value, round(center, 6), target"
                    + " FROM kpi_signals WHERE practice_id = 'jump'"))
        .containsExactly("jump|jump-austin|no_show_rate|null|0.3|0.11|null");
  }

  @Test
  void belowTheLowerLimitIsForTheBetterWhereDownIs() throws Exception {
    assertThat(lastSignals("drop")).containsExactly("2026-03-30|below_limit|true");
  }

  @Test
  void limitsAreFrozenAfterTwelveWeeks() throws Exception {
    // The 18 weeks after them are nearer to the mean, and would draw the limits together.
    assertThat(limits("frozen")).containsExactly("30|2025-09-08|0.0568|0.11|0.1632|false|null");
    assertThat(signals("frozen")).isEmpty();
  }

  @Test
  void theSeventhWeekOnOneSideOfTheMeanIsASignal() throws Exception {
    // Mean of the first 12 weeks 1290 ÷ 12 = 107.5.
    assertThat(signals("run")).containsExactly("2026-03-30|run_above|false");
  }

  @Test
  void aWeekWithoutEnoughDataEndsARunAndTakesNoPart() throws Exception {
    // As before, but the fourth week from the end rests on 19 visits.
    // Mean 1280 ÷ 12; the range over the gap is that of its neighbours, 0: 40·10 + 50 + 10 + 10 + 0
    // + 10 + 10 over 11.
    assertThat(limits("thin"))
        .containsExactly("12|2026-01-05|-0.011824|0.106667|0.225158|false|null");
    assertThat(signals("thin")).isEmpty();
  }

  @Test
  void sevenWeeksOnOneSideWithAGapAmongThemAreNoRun() throws Exception {
    assertThat(signals("gap")).isEmpty();
  }

  @Test
  void sevenWeeksOfRiseAreASignal() throws Exception {
    assertThat(signals("rise"))
        .containsExactly("2026-03-23|rising|false", "2026-03-30|rising|false");
  }

  @Test
  void sevenWeeksOfFallAreASignalAndTwoEqualWeeksAreNoFall() throws Exception {
    assertThat(signals("fall")).containsExactly("2026-03-16|falling|true");
  }

  @Test
  void twoOfThreeWeeksBeyondTwoSigmaAreASignal() throws Exception {
    // Mean 1296 ÷ 12 = 108, mean moving range 142 ÷ 11: two sigma lie at 130.9, the limit at 142.3.
    assertThat(lastSignals("near")).containsExactly("2026-03-30|near_upper|false");
    assertThat(signals("near")).noneMatch(signal -> signal.startsWith("2026-03-16|near"));
  }

  @Test
  void aSeriesThatNeverChangesHasNoSignal() throws Exception {
    // The mean of thirteen times 0.1 is not 0.1 in binary fractions.
    assertThat(limits("flat")).containsExactly("13|2026-01-05|0.1|0.1|0.1|false|null");
    assertThat(signals("flat")).isEmpty();
  }

  @Test
  void aMissedTargetIsASignalWithOrWithoutLimits() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT week_start, rule, value, lower_limit, center, upper_limit, target,"
                    + " is_favourable FROM kpi_signals WHERE practice_id = 'missed'"))
        .containsExactly("2026-03-30|target_missed|0.12|null|null|null|0.11|false");
  }

  @Test
  void aKpiOverNinetyOneDaysHasNeitherLimitsNorSignals() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT kpi FROM (FROM kpi_limits SELECT practice_id, kpi UNION FROM kpi_signals"
                    + " SELECT practice_id, kpi) WHERE practice_id = 'quarter'"))
        .isEmpty();
  }

  @Test
  void aPracticeWithSeveralLocationsHasItsOwnLimits() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT location_id, weeks, round(center, 9) FROM kpi_limits WHERE kpi ="
                    + " 'no_show_rate' AND practice_id = 'two' ORDER BY location_id NULLS LAST"))
        .containsExactly("two-austin|12|0.1", "two-waco|12|0.2", "null|12|0.175");
  }

  @Test
  void netRevenueIsWatchedByCategoryToo() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT location_id, week_start, kpi, category, rule, value, is_favourable FROM"
                    + " kpi_signals WHERE week_start = DATE '2026-03-30' AND practice_id = 'skin'"))
        .as("the location's 19 visits a week are too few, the category's 20 are not")
        .containsExactly("skin-austin|2026-03-30|net_revenue|skin|above_limit|900.0|true");
  }

  @Test
  void aSumWithoutASampleIsZeroInWeeksOfWhichTheExportTells() throws Exception {
    // Twice 6 hours in 12 weeks, up and down again: the ranges are 4 · 6 over 11.
    assertThat(
            LAKE.query(
                "SELECT location_id, weeks, first_week_start, round(center, 6),"
                    + " round(upper_limit, 6), withheld_reason FROM kpi_limits WHERE kpi ="
                    + " 'overtime_hours' AND practice_id = 'late' ORDER BY location_id NULLS LAST"))
        .containsExactly(
            "late-austin|12|2026-01-05|1.0|6.803636|null",
            "late-waco|12|2026-01-05|0.0|0.0|null",
            "null|12|2026-01-05|1.0|6.803636|null");
  }
}
