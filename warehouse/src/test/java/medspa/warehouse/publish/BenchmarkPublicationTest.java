package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BenchmarkPublicationTest {
  private static final LocalDate WEEK = LAST_WEEK;
  private static final String NO_SHOWS =
      " FROM kpi_benchmark WHERE kpi = 'no_show_rate' AND range_weeks = 1 AND week_start ="
          + " DATE '2026-03-30' AND peer_group = 'all' ORDER BY location_id";

  @RegisterExtension final LakeFixture lake = new LakeFixture();

  /** A location of its own practice with that many no-shows among the visits due. */
  private void noShows(int practice, String region, LocalDate week, int noShows, int due)
      throws Exception {
    String id = String.format(java.util.Locale.ROOT, "%02d", practice);
    if (week.equals(WEEK)) {
      lake.location("p" + id, "l" + id, region).has("p" + id, "l" + id, "appointments");
    }
    lake.measure("p" + id, "l" + id, week, "visits_no_show", Integer.toString(noShows));
    lake.measure("p" + id, "l" + id, week, "visits_due", Integer.toString(due));
  }

  @Test
  void fivePracticesAreComparedAndTheQuartilesAreThoseOfTheirValues() throws Exception {
    // Rates 0.10, 0.20, 0.30, 0.40, 0.55: quartiles 0.20, 0.30, 0.40. Down is better.
    noShows(1, "TX", WEEK, 10, 100);
    noShows(2, "TX", WEEK, 20, 100);
    noShows(3, "TX", WEEK, 30, 100);
    noShows(4, "TX", WEEK, 40, 100);
    noShows(5, "TX", WEEK, 55, 100);
    lake.write().publish();

    assertThat(
            lake.query(
                "SELECT location_id, value, rank, percentile, p25, p50, p75, round(gap_p50, 9),"
                    + " round(gap_p75, 9), contributors, withheld_reason"
                    + NO_SHOWS))
        .containsExactly(
            "l01|0.1|1|1.0|0.2|0.3|0.4|-0.2|-0.1|5|null",
            "l02|0.2|2|0.75|0.2|0.3|0.4|-0.1|0.0|5|null",
            "l03|0.3|3|0.5|0.2|0.3|0.4|0.0|0.1|5|null",
            "l04|0.4|4|0.25|0.2|0.3|0.4|0.1|0.2|5|null",
            "l05|0.55|5|0.0|0.2|0.3|0.4|0.25|0.35|5|null");
  }

  @Test
  void aPeerGroupOfTheConfigurationIsComparedWithinItself() throws Exception {
    for (int i = 1; i <= 6; i++) {
      String[] groups = i <= 5 ? new String[] {"metro"} : new String[0];
      lake.location(
              "p" + i, "l" + i, "R" + i, Optional.empty(), List.of(), java.util.Map.of(), groups)
          .has("p" + i, "l" + i, "appointments")
          .measure("p" + i, "l" + i, WEEK, "visits_no_show", Integer.toString(i * 10))
          .measure("p" + i, "l" + i, WEEK, "visits_due", "100");
    }
    lake.write().publish();

    assertThat(
            lake.query(
                "SELECT location_id, rank, p50, contributors FROM kpi_benchmark WHERE kpi ="
                    + " 'no_show_rate' AND range_weeks = 1 AND peer_group = 'group:metro' ORDER BY"
                    + " location_id"))
        .containsExactly("l1|1|0.3|5", "l2|2|0.3|5", "l3|3|0.3|5", "l4|4|0.3|5", "l5|5|0.3|5");
  }

  @Test
  void whereUpIsBetterTheBetterQuartileIsTheUpperOne() throws Exception {
    // Tickets 100, 200, 300, 400, 500 over 20 sales visits each.
    for (int i = 1; i <= 5; i++) {
      lake.location("p" + i, "l" + i, "TX")
          .has("p" + i, "l" + i, "sale_lines")
          .provider("p" + i, "l" + i, "ann", WEEK, "net_service", Integer.toString(i * 2000))
          .measure("p" + i, "l" + i, WEEK, "sales_visits", "20");
    }
    lake.write().publish();

    assertThat(
            lake.query(
                "SELECT location_id, value, rank, percentile, p75, gap_p75 FROM kpi_benchmark WHERE"
                    + " kpi = 'average_ticket' AND range_weeks = 1 AND peer_group = 'all' ORDER BY"
                    + " location_id"))
        .containsExactly(
            "l1|100.0|5|0.0|400.0|-300.0",
            "l2|200.0|4|0.25|400.0|-200.0",
            "l3|300.0|3|0.5|400.0|-100.0",
            "l4|400.0|2|0.75|400.0|0.0",
            "l5|500.0|1|1.0|400.0|100.0");
  }

  @Test
  void fourPracticesAreTooFew() throws Exception {
    for (int i = 1; i <= 4; i++) {
      noShows(i, "TX", WEEK, 10 * i, 100);
    }
    lake.write().publish();

    assertThat(
            lake.query(
                "SELECT DISTINCT rank, percentile, p25, p50, p75, gap_p50, gap_p75, contributors,"
                    + " withheld_reason FROM kpi_benchmark WHERE kpi = 'no_show_rate'"))
        .containsExactly(
            "null|null|null|null|null|null|null|4|only 4 practices contribute, 5 are needed");
    assertThat(lake.query("SELECT value" + NO_SHOWS)).containsExactly("0.1", "0.2", "0.3", "0.4");
  }

  @Test
  void aPracticeWithMoreThanAQuarterOfTheWeightWithholdsTheStatistics() throws Exception {
    // 100 of 400 is a quarter: shown. 104 of 400 is 26 %: withheld.
    noShows(1, "TX", WEEK, 10, 100);
    for (int i = 2; i <= 5; i++) {
      noShows(i, "TX", WEEK, 10, 75);
    }
    noShows(1, "TX", WEEK.minusWeeks(1), 10, 104);
    for (int i = 2; i <= 5; i++) {
      noShows(i, "TX", WEEK.minusWeeks(1), 10, 74);
    }
    lake.write().publish();

    assertThat(
            lake.query(
                "SELECT DISTINCT week_start, p50 IS NOT NULL, rank IS NOT NULL, withheld_reason"
                    + " FROM kpi_benchmark WHERE kpi = 'no_show_rate' AND range_weeks = 1 AND"
                    + " peer_group = 'all' ORDER BY ALL"))
        .containsExactly(
            "2026-03-23|false|false|one practice has more than 25 % of the weight",
            "2026-03-30|true|true|null");
  }

  @Test
  void aPracticeWithManyLocationsSpeaksOnceWithItsRollUp() throws Exception {
    // Four practices, one of them with two locations: five locations are not five practices.
    for (int i = 1; i <= 4; i++) {
      noShows(i, "TX", WEEK, 10 * i, 100);
    }
    lake.location("p04", "l04b", "TX")
        .has("p04", "l04b", "appointments")
        .measure("p04", "l04b", WEEK, "visits_no_show", "0")
        .measure("p04", "l04b", WEEK, "visits_due", "20");
    lake.write().publish();
    assertThat(
            lake.query(
                "SELECT DISTINCT contributors, withheld_reason FROM kpi_benchmark WHERE"
                    + " kpi = 'no_show_rate'"))
        .containsExactly("4|only 4 practices contribute, 5 are needed");

    // A fifth practice: 0.1, 0.2, 0.3, 40 ÷ 120 and 0.5; the median is 0.3, not that of 6
    // locations.
    noShows(5, "TX", WEEK, 50, 100);
    lake.runId("run-2").write().publish();
    assertThat(lake.query("SELECT location_id, p50, p75, rank, percentile" + NO_SHOWS))
        .containsExactly(
            "l01|0.3|0.33|2|1.0",
            "l02|0.3|0.33|3|0.75",
            "l03|0.3|0.33|4|0.5",
            "l04|0.3|0.33|5|0.25",
            "l04b|0.3|0.33|1|1.0",
            "l05|0.3|0.33|6|0.0");
  }

  @Test
  void anUnstableValueIsShownButNeitherRankedNorContributing() throws Exception {
    for (int i = 1; i <= 5; i++) {
      noShows(i, "TX", WEEK, 10 * i, 100);
    }
    noShows(6, "TX", WEEK, 19, 19);
    lake.write().publish();

    assertThat(
            lake.query(
                "SELECT location_id, value, is_stable, rank, percentile, p50, contributors"
                    + NO_SHOWS))
        .contains("l06|1.0|false|null|null|0.3|5", "l01|0.1|true|1|1.0|0.3|5");
  }

  @Test
  void fewerThanTenPracticesShowTwoSignificantDigitsAndTenShowAll() throws Exception {
    // 1/101 … 9/101 in one region, and a tenth practice elsewhere.
    for (int i = 1; i <= 9; i++) {
      noShows(i, "TX", WEEK, i, 101);
    }
    noShows(10, "CA", WEEK, 10, 101);
    lake.write().publish();

    String select =
        "SELECT DISTINCT round(p25, 6), round(p50, 6), round(p75, 6), contributors FROM"
            + " kpi_benchmark WHERE kpi = 'no_show_rate' AND"
            + " range_weeks = 1 AND peer_group = ";
    // Of nine: 3/101 = 0.0297…, 5/101 = 0.0495…, 7/101 = 0.0693…; of ten: 3.25/101, 5.5/101 and
    // 7.75/101.
    assertThat(lake.query(select + "'region:TX'")).containsExactly("0.03|0.05|0.069|9");
    assertThat(lake.query(select + "'all'")).containsExactly("0.032178|0.054455|0.076733|10");
    assertThat(
            lake.query(
                "SELECT contributors, withheld_reason FROM kpi_benchmark WHERE kpi ="
                    + " 'no_show_rate' AND range_weeks = 1 AND peer_group = 'region:CA'"))
        .containsExactly("1|only 1 practice contributes, 5 are needed");
  }

  @Test
  void aRangeDividesTheSumsOfItsWeeksAndNeedsAllOfThem() throws Exception {
    // Four weeks of 10 ÷ 100, the last 70 ÷ 100: over 4 weeks 100 ÷ 400.
    noShows(1, "TX", WEEK, 70, 100);
    for (int i = 1; i <= 3; i++) {
      noShows(1, "TX", WEEK.minusWeeks(i), 10, 100);
    }
    lake.weeksComputed(4).write().publish();

    assertThat(
            lake.query(
                "SELECT week_start, range_weeks, value FROM kpi_benchmark WHERE kpi ="
                    + " 'no_show_rate' AND peer_group = 'all' ORDER BY ALL"))
        .containsExactly(
            "2026-03-09|1|0.1",
            "2026-03-16|1|0.1",
            "2026-03-23|1|0.1",
            "2026-03-30|1|0.7",
            "2026-03-30|4|0.25");
  }

  @Test
  void thirteenWeeksAreARangeAndRangesEndInTheLastThirteenWeeks() throws Exception {
    for (int i = 0; i < 26; i++) {
      noShows(1, "TX", WEEK.minusWeeks(i), 10, 100);
    }
    lake.weeksComputed(26).write().publish();

    assertThat(
            lake.query(
                "SELECT range_weeks, count(*), min(week_start), max(value) FROM kpi_benchmark WHERE"
                    + " kpi = 'no_show_rate' AND peer_group = 'all' GROUP BY ALL ORDER BY ALL"))
        .containsExactly("1|13|2026-01-05|0.1", "4|13|2026-01-05|0.1", "13|13|2026-01-05|0.1");
  }

  @Test
  void aKpiOverNinetyOneDaysHasOnlyTheRangeOfOneWeek() throws Exception {
    lake.location("glow", "austin", "TX").has("glow", "austin", "stock_movements");
    for (int i = 0; i < 13; i++) {
      lake.measure("glow", "austin", WEEK.minusWeeks(i), "annual_goods_used", "5000")
          .measure("glow", "austin", WEEK.minusWeeks(i), "mean_inventory", "1000");
    }
    lake.write().publish();

    assertThat(
            lake.query(
                "SELECT DISTINCT range_weeks, value FROM kpi_benchmark WHERE kpi ="
                    + " 'inventory_turn'"))
        .containsExactly("1|5.0");
  }

  @Test
  void aSumIsWeighedByRevenueAndWhereThatIsUnknownByItself() throws Exception {
    for (int i = 1; i <= 5; i++) {
      // The first has most stockout days of the week and a fifth of the revenue; a week before
      // it has most of the revenue, and in the week before that nobody knows.
      lake.location("p" + i, "l" + i, "TX")
          .has("p" + i, "l" + i, "sale_lines", "stock_movements")
          .provider("p" + i, "l" + i, "ann", WEEK, "net_service", "100")
          .provider(
              "p" + i, "l" + i, "ann", WEEK.minusWeeks(1), "net_service", i == 1 ? "140" : "100");
      for (int week = 0; week < 3; week++) {
        LocalDate start = WEEK.minusWeeks(week);
        lake.measure("p" + i, "l" + i, start, "sales_visits", week < 2 ? "20" : "0")
            .measure("p" + i, "l" + i, start, "products_in_use", "11")
            .measure("p" + i, "l" + i, start, "stockout_days", i == 1 && week != 1 ? "6" : "2");
      }
    }
    lake.weeksComputed(3).write().publish();

    assertThat(
            lake.query(
                "SELECT DISTINCT week_start, p50, withheld_reason FROM kpi_benchmark WHERE kpi ="
                    + " 'stockout_days' AND range_weeks = 1 AND peer_group = 'all' ORDER BY ALL"))
        .containsExactly(
            "2026-03-16|null|one practice has more than 25 % of the weight",
            "2026-03-23|null|one practice has more than 25 % of the weight", "2026-03-30|2.0|null");
  }

  @Test
  void revenueIsWeighedByItself() throws Exception {
    // Five practices with revenue 100 each would pass; 140 of 540 is 25.9 %.
    for (int i = 1; i <= 5; i++) {
      lake.location("p" + i, "l" + i, "TX")
          .has("p" + i, "l" + i, "sale_lines")
          .provider("p" + i, "l" + i, "ann", WEEK, "net_service", i == 1 ? "140" : "100")
          .measure("p" + i, "l" + i, WEEK, "sales_visits", "20");
    }
    lake.write().publish();

    assertThat(
            lake.query(
                "SELECT DISTINCT withheld_reason FROM kpi_benchmark WHERE kpi = 'net_revenue' AND"
                    + " range_weeks = 1"))
        .containsExactly("one practice has more than 25 % of the weight");
    assertThat(
            lake.query(
                "SELECT DISTINCT withheld_reason FROM kpi_benchmark WHERE kpi = 'average_ticket'"
                    + " AND range_weeks = 1"))
        .containsExactly("null");
  }

  @Test
  void ofASumAPracticeContributesTheAverageOfItsLocations() throws Exception {
    // Six practices of one location with 400 to 900; the seventh has three with 200, 300 and 400.
    for (int i = 4; i <= 9; i++) {
      revenue("p" + i, "l" + i, i * 100);
    }
    revenue("p1", "l1", 200);
    revenue("p1", "l2", 300);
    revenue("p1", "l3", 400);
    lake.write().publish();

    assertThat(
            lake.query(
                "SELECT DISTINCT p50, contributors, withheld_reason FROM kpi_benchmark WHERE kpi ="
                    + " 'net_revenue' AND peer_group = 'all' AND range_weeks = 1"))
        .as("300, 400 … 900; with a roll-up of 900 the median would be 700")
        .containsExactly("600.0|7|null");
  }

  private void revenue(String practice, String location, int amount) throws Exception {
    lake.location(practice, location, "TX")
        .has(practice, location, "sale_lines")
        .provider(practice, location, "ann", WEEK, "net_service", Integer.toString(amount))
        .measure(practice, location, WEEK, "sales_visits", "20");
  }

  @Test
  void aLocationWhoseNeedsAreUnmetIsNoPeer() throws Exception {
    for (int i = 1; i <= 5; i++) {
      noShows(i, "TX", WEEK, 10 * i, 100);
    }
    // Visits, but no appointment export any more.
    lake.location("p06", "l06", "TX")
        .measure("p06", "l06", WEEK, "visits_no_show", "1")
        .measure("p06", "l06", WEEK, "visits_due", "100");
    lake.write().publish();

    assertThat(lake.query("SELECT location_id, contributors" + NO_SHOWS))
        .containsExactly("l01|5", "l02|5", "l03|5", "l04|5", "l05|5");
  }
}
