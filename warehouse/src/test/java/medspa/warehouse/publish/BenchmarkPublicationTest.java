package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkPublicationTest {
  private static final LocalDate WEEK = LAST_WEEK;

  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(BenchmarkPublicationTest::write, "kpi_benchmark");

  /** Practices of a region that is named after its test. */
  private record Peers(LakeFixture lake, String region) {
    String practice(int number) {
      return String.format(Locale.ROOT, "%s-p%02d", region, number);
    }

    String location(int number) {
      return String.format(Locale.ROOT, "%s-l%02d", region, number);
    }

    /** A location of its own practice, with exports of these tables. */
    void open(int practice, String... tables) throws Exception {
      lake.location(practice(practice), location(practice), region)
          .has(practice(practice), location(practice), tables);
    }

    void measure(int practice, LocalDate week, String measure, int amount) throws Exception {
      lake.measure(practice(practice), location(practice), week, measure, Integer.toString(amount));
    }

    void service(int practice, LocalDate week, int net) throws Exception {
      lake.provider(
          practice(practice),
          location(practice),
          "ann",
          week,
          "net_service",
          Integer.toString(net));
    }

    /** A location of its own practice with that many no-shows among the visits due. */
    void noShows(int practice, LocalDate week, int noShows, int due) throws Exception {
      if (week.equals(WEEK)) {
        open(practice, "appointments");
      }
      measure(practice, week, "visits_no_show", noShows);
      measure(practice, week, "visits_due", due);
    }
  }

  /** Rows of one week's benchmark among the region's practices, by location. */
  private static List<String> noShows(String region, String columns) throws Exception {
    return LAKE.query(
        "SELECT split_part(location_id, '-', 2), %s FROM kpi_benchmark WHERE kpi = 'no_show_rate'"
                .formatted(columns)
            + " AND range_weeks = 1 AND week_start = DATE '2026-03-30' AND peer_group = 'region:%s'"
                .formatted(region)
            + " ORDER BY location_id");
  }

  private static void write(LakeFixture lake) throws Exception {
    lake.weeksComputed(26);
    quartiles(new Peers(lake, "quartiles"));
    metro(new Peers(lake, "metro"));
    tickets(new Peers(lake, "tickets"));
    four(new Peers(lake, "four"));
    weight(new Peers(lake, "weight"));
    owner(new Peers(lake, "owner"), 4);
    owner(new Peers(lake, "owners"), 5);
    unstable(new Peers(lake, "unstable"));
    thirteen(new Peers(lake, "thirteen"));
    turn(new Peers(lake, "turn"));
    sums(new Peers(lake, "sums"));
    revenue(new Peers(lake, "revenue"));
    average(new Peers(lake, "average"));
    unmet(new Peers(lake, "unmet"));
  }

  private static void quartiles(Peers at) throws Exception {
    // Rates 0.10, 0.20, 0.30, 0.40, 0.55: quartiles 0.20, 0.30, 0.40. Down is better.
    at.noShows(1, WEEK, 10, 100);
    at.noShows(2, WEEK, 20, 100);
    at.noShows(3, WEEK, 30, 100);
    at.noShows(4, WEEK, 40, 100);
    at.noShows(5, WEEK, 55, 100);
  }

  @Test
  void fivePracticesAreComparedAndTheQuartilesAreThoseOfTheirValues() throws Exception {
    assertThat(
            noShows(
                "quartiles",
                "value, rank, percentile, p25, p50, p75, round(gap_p50, 9), round(gap_p75, 9),"
                    + " contributors, withheld_reason"))
        .containsExactly(
            "l01|0.1|1|1.0|0.2|0.3|0.4|-0.2|-0.1|5|null",
            "l02|0.2|2|0.75|0.2|0.3|0.4|-0.1|0.0|5|null",
            "l03|0.3|3|0.5|0.2|0.3|0.4|0.0|0.1|5|null",
            "l04|0.4|4|0.25|0.2|0.3|0.4|0.1|0.2|5|null",
            "l05|0.55|5|0.0|0.2|0.3|0.4|0.25|0.35|5|null");
  }

  private static void metro(Peers at) throws Exception {
    for (int i = 1; i <= 6; i++) {
      String[] groups = i <= 5 ? new String[] {"metro"} : new String[0];
      at.lake
          .location(
              at.practice(i),
              at.location(i),
              "metro-" + i,
              Optional.empty(),
              List.of(),
              Map.of(),
              groups)
          .has(at.practice(i), at.location(i), "appointments");
      at.measure(i, WEEK, "visits_no_show", i * 10);
      at.measure(i, WEEK, "visits_due", 100);
    }
  }

  @Test
  void aPeerGroupOfTheConfigurationIsComparedWithinItself() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT location_id, rank, p50, contributors FROM kpi_benchmark WHERE kpi ="
                    + " 'no_show_rate' AND range_weeks = 1 AND peer_group = 'group:metro' ORDER BY"
                    + " location_id"))
        .containsExactly(
            "metro-l01|1|0.3|5",
            "metro-l02|2|0.3|5",
            "metro-l03|3|0.3|5",
            "metro-l04|4|0.3|5",
            "metro-l05|5|0.3|5");
  }

  private static void tickets(Peers at) throws Exception {
    // Tickets 100, 200, 300, 400, 500 over 20 sales visits each.
    for (int i = 1; i <= 5; i++) {
      at.open(i, "sale_lines");
      at.service(i, WEEK, i * 2000);
      at.measure(i, WEEK, "sales_visits", 20);
    }
  }

  @Test
  void whereUpIsBetterTheBetterQuartileIsTheUpperOne() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT location_id, value, rank, percentile, p75, gap_p75 FROM kpi_benchmark WHERE"
                    + " kpi = 'average_ticket' AND range_weeks = 1 AND peer_group ="
                    + " 'region:tickets' ORDER BY location_id"))
        .containsExactly(
            "tickets-l01|100.0|5|0.0|400.0|-300.0",
            "tickets-l02|200.0|4|0.25|400.0|-200.0",
            "tickets-l03|300.0|3|0.5|400.0|-100.0",
            "tickets-l04|400.0|2|0.75|400.0|0.0",
            "tickets-l05|500.0|1|1.0|400.0|100.0");
  }

  private static void four(Peers at) throws Exception {
    for (int i = 1; i <= 4; i++) {
      at.noShows(i, WEEK, 10 * i, 100);
    }
  }

  @Test
  void fourPracticesAreTooFew() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT DISTINCT rank, percentile, p25, p50, p75, gap_p50, gap_p75, contributors,"
                    + " withheld_reason FROM kpi_benchmark WHERE kpi = 'no_show_rate' AND"
                    + " peer_group = 'region:four'"))
        .containsExactly(
            "null|null|null|null|null|null|null|4|only 4 practices contribute, 5 are needed");
    assertThat(noShows("four", "value"))
        .containsExactly("l01|0.1", "l02|0.2", "l03|0.3", "l04|0.4");
  }

  private static void weight(Peers at) throws Exception {
    // 100 of 400 is a quarter: shown. 104 of 400 is 26 %: withheld.
    at.noShows(1, WEEK, 10, 100);
    for (int i = 2; i <= 5; i++) {
      at.noShows(i, WEEK, 10, 75);
    }
    at.noShows(1, WEEK.minusWeeks(1), 10, 104);
    for (int i = 2; i <= 5; i++) {
      at.noShows(i, WEEK.minusWeeks(1), 10, 74);
    }
  }

  @Test
  void aPracticeWithMoreThanAQuarterOfTheWeightWithholdsTheStatistics() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT DISTINCT week_start, p50 IS NOT NULL, rank IS NOT NULL, withheld_reason"
                    + " FROM kpi_benchmark WHERE kpi = 'no_show_rate' AND range_weeks = 1 AND"
                    + " peer_group = 'region:weight' ORDER BY ALL"))
        .containsExactly(
            "2026-03-23|false|false|one practice has more than 25 % of the weight",
            "2026-03-30|true|true|null");
  }

  /** Of the fourth practice there are two locations. */
  private static void owner(Peers at, int practices) throws Exception {
    for (int i = 1; i <= practices; i++) {
      at.noShows(i, WEEK, 10 * i, 100);
    }
    String second = at.location(4) + "b";
    at.lake
        .location(at.practice(4), second, at.region)
        .has(at.practice(4), second, "appointments")
        .measure(at.practice(4), second, WEEK, "visits_no_show", "0")
        .measure(at.practice(4), second, WEEK, "visits_due", "20");
  }

  @Test
  void aPracticeWithManyLocationsSpeaksOnceWithItsRollUp() throws Exception {
    assertThat(noShows("owner", "contributors, withheld_reason"))
        .as("five locations are not five practices")
        .hasSize(5)
        .allMatch(row -> row.endsWith("|4|only 4 practices contribute, 5 are needed"));

    // A fifth practice: 0.1, 0.2, 0.3, 40 ÷ 120 and 0.5; the median is 0.3, not that of 6
    // locations.
    assertThat(noShows("owners", "p50, p75, rank, percentile"))
        .containsExactly(
            "l01|0.3|0.33|2|1.0",
            "l02|0.3|0.33|3|0.75",
            "l03|0.3|0.33|4|0.5",
            "l04|0.3|0.33|5|0.25",
            "l04b|0.3|0.33|1|1.0",
            "l05|0.3|0.33|6|0.0");
  }

  private static void unstable(Peers at) throws Exception {
    for (int i = 1; i <= 5; i++) {
      at.noShows(i, WEEK, 10 * i, 100);
    }
    at.noShows(6, WEEK, 19, 19);
  }

  @Test
  void anUnstableValueIsShownButNeitherRankedNorContributing() throws Exception {
    assertThat(noShows("unstable", "value, is_stable, rank, percentile, p50, contributors"))
        .contains("l06|1.0|false|null|null|0.3|5", "l01|0.1|true|1|1.0|0.3|5");
  }

  @Test
  void fewerThanTenPracticesShowTwoSignificantDigitsAndTenShowAll(@TempDir Path directory)
      throws Exception {
    try (LakeFixture lake = new LakeFixture(directory)) {
      lake.reading("kpi_benchmark");
      Peers texas = new Peers(lake, "TX");
      // 1/101 … 9/101 in one region, and a tenth practice elsewhere.
      for (int i = 1; i <= 9; i++) {
        texas.noShows(i, WEEK, i, 101);
      }
      new Peers(lake, "CA").noShows(10, WEEK, 10, 101);
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
  }

  @Test
  void aRangeDividesTheSumsOfItsWeeksAndNeedsAllOfThem(@TempDir Path directory) throws Exception {
    try (LakeFixture lake = new LakeFixture(directory)) {
      lake.reading("kpi_benchmark");
      Peers at = new Peers(lake, "TX");
      // Four weeks of 10 ÷ 100, the last 70 ÷ 100: over 4 weeks 100 ÷ 400.
      at.noShows(1, WEEK, 70, 100);
      for (int i = 1; i <= 3; i++) {
        at.noShows(1, WEEK.minusWeeks(i), 10, 100);
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
  }

  private static void thirteen(Peers at) throws Exception {
    for (int i = 0; i < 26; i++) {
      at.noShows(1, WEEK.minusWeeks(i), 10, 100);
    }
  }

  @Test
  void thirteenWeeksAreARangeAndRangesEndInTheLastThirteenWeeks() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT range_weeks, count(*), min(week_start), max(value) FROM kpi_benchmark WHERE"
                    + " kpi = 'no_show_rate' AND peer_group = 'region:thirteen' GROUP BY ALL ORDER BY ALL"))
        .containsExactly("1|13|2026-01-05|0.1", "4|13|2026-01-05|0.1", "13|13|2026-01-05|0.1");
  }

  private static void turn(Peers at) throws Exception {
    at.open(1, "stock_movements");
    for (int i = 0; i < 13; i++) {
      at.measure(1, WEEK.minusWeeks(i), "annual_goods_used", 5000);
      at.measure(1, WEEK.minusWeeks(i), "mean_inventory", 1000);
    }
  }

  @Test
  void aKpiOverNinetyOneDaysHasOnlyTheRangeOfOneWeek() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT DISTINCT range_weeks, value FROM kpi_benchmark WHERE kpi ="
                    + " 'inventory_turn' AND peer_group = 'region:turn'"))
        .containsExactly("1|5.0");
  }

  private static void sums(Peers at) throws Exception {
    for (int i = 1; i <= 5; i++) {
      // The first has most stockout days of the week and a fifth of the revenue; a week before
      // it has most of the revenue, and in the week before that nobody knows.
      at.open(i, "sale_lines", "stock_movements");
      at.service(i, WEEK, 100);
      at.service(i, WEEK.minusWeeks(1), i == 1 ? 140 : 100);
      for (int week = 0; week < 3; week++) {
        LocalDate start = WEEK.minusWeeks(week);
        at.measure(i, start, "sales_visits", week < 2 ? 20 : 0);
        at.measure(i, start, "products_in_use", 11);
        at.measure(i, start, "stockout_days", i == 1 && week != 1 ? 6 : 2);
      }
    }
  }

  @Test
  void aSumIsWeighedByRevenueAndWhereThatIsUnknownByItself() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT DISTINCT week_start, p50, withheld_reason FROM kpi_benchmark WHERE kpi ="
                    + " 'stockout_days' AND range_weeks = 1 AND peer_group = 'region:sums' ORDER BY ALL"))
        .containsExactly(
            "2026-03-16|null|one practice has more than 25 % of the weight",
            "2026-03-23|null|one practice has more than 25 % of the weight", "2026-03-30|2.0|null");
  }

  private static void revenue(Peers at) throws Exception {
    // Five practices with revenue 100 each would pass; 140 of 540 is 25.9 %.
    for (int i = 1; i <= 5; i++) {
      at.open(i, "sale_lines");
      at.service(i, WEEK, i == 1 ? 140 : 100);
      at.measure(i, WEEK, "sales_visits", 20);
    }
  }

  @Test
  void revenueIsWeighedByItself() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT DISTINCT withheld_reason FROM kpi_benchmark WHERE kpi = 'net_revenue' AND"
                    + " range_weeks = 1 AND peer_group = 'region:revenue'"))
        .containsExactly("one practice has more than 25 % of the weight");
    assertThat(
            LAKE.query(
                "SELECT DISTINCT withheld_reason FROM kpi_benchmark WHERE kpi = 'average_ticket'"
                    + " AND range_weeks = 1 AND peer_group = 'region:revenue'"))
        .containsExactly("null");
  }

  private static void average(Peers at) throws Exception {
    // Six practices of one location with 400 to 900; the seventh has three with 200, 300 and 400.
    for (int i = 4; i <= 9; i++) {
      at.open(i, "sale_lines");
      at.service(i, WEEK, i * 100);
      at.measure(i, WEEK, "sales_visits", 20);
    }
    for (int i = 1; i <= 3; i++) {
      String location = at.location(i);
      at.lake
          .location(at.practice(1), location, at.region)
          .has(at.practice(1), location, "sale_lines")
          .provider(at.practice(1), location, "ann", WEEK, "net_service", (i + 1) + "00")
          .measure(at.practice(1), location, WEEK, "sales_visits", "20");
    }
  }

  @Test
  void ofASumAPracticeContributesTheAverageOfItsLocations() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT DISTINCT p50, contributors, withheld_reason FROM kpi_benchmark WHERE kpi ="
                    + " 'net_revenue' AND peer_group = 'region:average' AND range_weeks = 1"))
        .as("300, 400 … 900; with a roll-up of 900 the median would be 700")
        .containsExactly("600.0|7|null");
  }

  private static void unmet(Peers at) throws Exception {
    for (int i = 1; i <= 5; i++) {
      at.noShows(i, WEEK, 10 * i, 100);
    }
    // Visits, but no appointment export any more.
    at.open(6);
    at.measure(6, WEEK, "visits_no_show", 1);
    at.measure(6, WEEK, "visits_due", 100);
  }

  @Test
  void aLocationWhoseNeedsAreUnmetIsNoPeer() throws Exception {
    assertThat(noShows("unmet", "contributors"))
        .containsExactly("l01|5", "l02|5", "l03|5", "l04|5", "l05|5");
  }
}
