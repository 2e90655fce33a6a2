package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkPublicationTest {
  private static final LocalDate WEEK = LAST_WEEK;

  /** The first week of the quarter, and the first one computed. */
  private static final LocalDate FIRST = WEEK.minusWeeks(12);

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

    /** What is measured in the last week is also in the first, which decides who contributes. */
    void measure(int practice, LocalDate week, String measure, int amount) throws Exception {
      for (LocalDate day : week.equals(WEEK) ? List.of(FIRST, WEEK) : List.of(week)) {
        lake.measure(
            practice(practice), location(practice), day, measure, Integer.toString(amount));
      }
    }

    void service(int practice, LocalDate week, int net) throws Exception {
      for (LocalDate day : week.equals(WEEK) ? List.of(FIRST, WEEK) : List.of(week)) {
        lake.provider(
            practice(practice),
            location(practice),
            "ann",
            day,
            "net_service",
            Integer.toString(net));
      }
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
    quartiles(new Peers(lake, "quartiles"));
    rounded(new Peers(lake, "rounded"));
    joined(new Peers(lake, "joined"));
    left(new Peers(lake, "left"));
    apart(new Peers(lake, "apart"));
    young(new Peers(lake, "young"));
    metro(new Peers(lake, "metro"));
    tickets(new Peers(lake, "tickets"));
    four(new Peers(lake, "four"));
    weight(new Peers(lake, "weight"));
    owner(new Peers(lake, "owner"), 5);
    owner(new Peers(lake, "owners"), 6);
    unstable(new Peers(lake, "unstable"));
    turn(new Peers(lake, "turn"));
    sums(new Peers(lake, "sums"));
    revenue(new Peers(lake, "revenue"));
    average(new Peers(lake, "average"));
    unmet(new Peers(lake, "unmet"));
    intervals(new Peers(lake, "intervals"));
  }

  private static void quartiles(Peers at) throws Exception {
    // Own rate 0.30; the peers' are preferred numbers. Down is better.
    at.noShows(1, WEEK, 300, 1000);
    at.noShows(2, WEEK, 100, 1000);
    at.noShows(3, WEEK, 200, 1000);
    at.noShows(4, WEEK, 315, 1000);
    at.noShows(5, WEEK, 400, 1000);
    at.noShows(6, WEEK, 500, 1000);
  }

  @Test
  void aPracticeIsComparedWithFiveOthersAndNotWithItself() throws Exception {
    assertThat(
            noShows(
                "quartiles",
                "value, rank, percentile, p25, p50, p75, round(gap_p50, 9), round(gap_p75, 9),"
                    + " contributors, withheld_reason"))
        .contains(
            "l01|0.3|1|0.25|0.2|0.315|0.4|-0.015|0.1|5|null",
            "l02|0.1|1|0.75|0.315|0.315|0.4|-0.215|-0.215|5|null",
            "l06|0.5|1|0.0|0.2|0.315|0.315|0.185|0.3|5|null");
  }

  private static void rounded(Peers at) throws Exception {
    int[] noShows = {50, 11, 27, 94, 730, 960};
    for (int i = 1; i <= 6; i++) {
      at.noShows(i, WEEK, noShows[i - 1], 1000);
    }
  }

  @Test
  void valuesAreRoundedToPreferredNumbersAndSharesAboveAHalfByWhatIsMissing() throws Exception {
    // 0.011, 0.027, 0.094, 0.73 and 0.96 are 0.01, 0.025, 0.1, 1 − 0.25 and 1 − 0.04.
    assertThat(noShows("rounded", "p25, p50, p75"))
        .contains("l01|0.025|0.1|0.75", "l02|0.05|0.1|0.75", "l05|0.025|0.05|0.1");
  }

  private static void metro(Peers at) throws Exception {
    for (int i = 1; i <= 7; i++) {
      String[] groups = i <= 6 ? new String[] {"metro"} : new String[0];
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
                "SELECT location_id, p50, contributors FROM kpi_benchmark WHERE kpi ="
                    + " 'no_show_rate' AND range_weeks = 1 AND peer_group = 'group:metro' AND"
                    + " week_start = DATE '2026-03-30' ORDER BY location_id"))
        .containsExactly(
            "metro-l01|0.4|5",
            "metro-l02|0.4|5",
            "metro-l03|0.4|5",
            "metro-l04|0.315|5",
            "metro-l05|0.315|5",
            "metro-l06|0.315|5");
  }

  private static void joined(Peers at) throws Exception {
    for (int i = 1; i <= 6; i++) {
      at.noShows(i, WEEK, 10 * i, 100);
    }
    at.open(7, "appointments");
    at.measure(7, WEEK.minusWeeks(1), "visits_no_show", 1);
    at.measure(7, WEEK.minusWeeks(1), "visits_due", 100);
    at.lake
        .measure(at.practice(7), at.location(7), WEEK, "visits_no_show", "1")
        .measure(at.practice(7), at.location(7), WEEK, "visits_due", "100");
  }

  @Test
  void whoComesAfterTheQuartersFirstWeekIsComparedAndContributesOnlyInTheNextQuarter()
      throws Exception {
    assertThat(noShows("joined", "contributors, p50"))
        .contains("l01|5|0.4", "l07|6|0.3575")
        .hasSize(7);
  }

  private static void left(Peers at) throws Exception {
    for (int i = 1; i <= 7; i++) {
      at.noShows(i, WEEK, 10 * i, 100);
      if (i < 7) {
        at.measure(i, WEEK.minusWeeks(1), "visits_no_show", 10 * i);
        at.measure(i, WEEK.minusWeeks(1), "visits_due", 100);
      }
    }
  }

  @Test
  void whereOneOfThoseWhoContributeHasNoValueNothingIsToldOfTheOthers() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT week_start, contributors, p50, withheld_reason FROM kpi_benchmark WHERE kpi"
                    + " = 'no_show_rate' AND range_weeks = 1 AND peer_group = 'region:left' AND"
                    + " location_id = 'left-l01' AND week_start >= DATE '2026-03-23' ORDER BY ALL"))
        .containsExactly(
            "2026-03-23|6|null|one of the practices that contribute in this quarter has no value",
            "2026-03-30|6|0.45|null");
  }

  private static void apart(Peers at) throws Exception {
    // The region has 14 practices; nine of them are in one group and the first five in another, so
    // that both groups together would tell one practice apart.
    for (int i = 1; i <= 14; i++) {
      List<String> groups = new ArrayList<>();
      if (i <= 9) {
        groups.add("nine");
      }
      if (i == 1 || i >= 9) {
        groups.add("seven");
      }
      at.lake
          .location(
              at.practice(i),
              at.location(i),
              at.region,
              Optional.empty(),
              List.of(),
              Map.of(),
              groups.toArray(String[]::new))
          .has(at.practice(i), at.location(i), "appointments");
      at.measure(i, WEEK, "visits_no_show", 10);
      at.measure(i, WEEK, "visits_due", 100);
    }
  }

  @Test
  void groupsThatTogetherWouldTellOnePracticeApartAreNotAllTold() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT peer_group, contributors, withheld_reason FROM kpi_benchmark WHERE kpi ="
                    + " 'no_show_rate' AND range_weeks = 1 AND location_id = 'apart-l01' AND"
                    + " week_start = DATE '2026-03-30' AND peer_group <> 'all' ORDER BY ALL"))
        .containsExactly(
            "group:nine|8|fewer than 5 practices could be told apart by comparing peer groups",
            "group:seven|6|fewer than 5 practices could be told apart by comparing peer groups",
            "region:apart|13|null");
  }

  private static void young(Peers at) throws Exception {
    for (int i = 1; i <= 6; i++) {
      at.noShows(i, WEEK, 10 * i, 100);
    }
    String second = at.location(1) + "b";
    at.lake
        .openedOn(second, WEEK)
        .location(at.practice(1), second, at.region)
        .has(at.practice(1), second, "appointments")
        .measure(at.practice(1), second, WEEK, "visits_no_show", "1")
        .measure(at.practice(1), second, WEEK, "visits_due", "100");
  }

  @Test
  void aLocationThatOpenedWithinTheRangeIsNotRankedInIt() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT range_weeks, rank IS NOT NULL FROM kpi_benchmark WHERE kpi = 'no_show_rate'"
                    + " AND peer_group = 'region:young' AND location_id = 'young-l01b' AND"
                    + " week_start = DATE '2026-03-30' ORDER BY ALL"))
        .containsExactly("1|true", "4|false", "13|false");
  }

  private static void tickets(Peers at) throws Exception {
    // Tickets 100, 200, 300, 400, 500, 600 over 20 sales visits each.
    for (int i = 1; i <= 6; i++) {
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
                    + " 'region:tickets' AND week_start = DATE '2026-03-30' ORDER BY location_id"))
        .contains("tickets-l01|100.0|1|0.0|500.0|-400.0", "tickets-l06|600.0|1|0.75|400.0|200.0");
  }

  private static void four(Peers at) throws Exception {
    for (int i = 1; i <= 5; i++) {
      at.noShows(i, WEEK, 10 * i, 100);
    }
  }

  @Test
  void fourOtherPracticesAreTooFew() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT DISTINCT percentile, p25, p50, p75, gap_p50, gap_p75, contributors,"
                    + " withheld_reason FROM kpi_benchmark WHERE kpi = 'no_show_rate' AND"
                    + " peer_group = 'region:four'"))
        .containsExactly(
            "null|null|null|null|null|null|4|only 4 other practices contribute, 5 are needed");
    assertThat(noShows("four", "value, rank"))
        .containsExactly("l01|0.1|1", "l02|0.2|1", "l03|0.3|1", "l04|0.4|1", "l05|0.5|1");
  }

  private static void weight(Peers at) throws Exception {
    // 100 of 400 is a quarter: shown. 104 of 400 is 26 %: withheld.
    at.noShows(1, WEEK, 10, 100);
    for (int i = 2; i <= 5; i++) {
      at.noShows(i, WEEK, 10, 75);
    }
    at.noShows(6, WEEK, 10, 75);
    at.noShows(1, WEEK.minusWeeks(1), 10, 104);
    for (int i = 2; i <= 5; i++) {
      at.noShows(i, WEEK.minusWeeks(1), 10, 74);
    }
    at.noShows(6, WEEK.minusWeeks(1), 10, 74);
  }

  @Test
  void aPracticeWithMoreThanAQuarterOfTheWeightWithholdsTheStatistics() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT week_start, p50 IS NOT NULL, withheld_reason FROM kpi_benchmark WHERE kpi ="
                    + " 'no_show_rate' AND range_weeks = 1 AND peer_group = 'region:weight' AND"
                    + " location_id = 'weight-l06' AND week_start > DATE '2026-03-20' ORDER BY ALL"))
        .containsExactly(
            "2026-03-23|false|one practice has more than 25 % of the weight",
            "2026-03-30|true|null");
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
        .as("six locations are not six practices")
        .hasSize(6)
        .contains("l01|4|only 4 other practices contribute, 5 are needed");

    // To the first the others are 0.2, 0.3, 40 ÷ 120, 0.5 and 0.6, with 0.3 and 0.33 as 0.315; six
    // locations would have another lower quartile.
    assertThat(noShows("owners", "p25, p50, p75, rank"))
        .contains("l01|0.315|0.315|0.5|1", "l04|0.2|0.315|0.5|2", "l04b|0.2|0.315|0.5|1");
  }

  private static void unstable(Peers at) throws Exception {
    for (int i = 1; i <= 6; i++) {
      at.noShows(i, WEEK, 10 * i, 100);
    }
    at.noShows(7, WEEK, 19, 19);
  }

  @Test
  void anUnstableValueIsShownButNeitherRankedNorContributing() throws Exception {
    assertThat(noShows("unstable", "value, is_stable, rank, percentile, p50, contributors"))
        .contains("l07|1.0|false|null|null|0.3575|6", "l01|0.1|true|1|0.75|0.4|5");
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

  @Test
  void thirteenWeeksAreARangeAndRangesEndInTheLastThirteenWeeks(@TempDir Path directory)
      throws Exception {
    try (LakeFixture lake = new LakeFixture(directory)) {
      Peers at = new Peers(lake, "thirteen");
      for (int i = 0; i < 26; i++) {
        at.noShows(1, WEEK.minusWeeks(i), 10, 100);
      }
      lake.weeksComputed(26).write().publish();

      assertThat(
              lake.query(
                  "SELECT range_weeks, count(*), min(week_start), max(value) FROM kpi_benchmark"
                      + " WHERE kpi = 'no_show_rate' AND peer_group = 'region:thirteen' GROUP BY ALL"
                      + " ORDER BY ALL"))
          .containsExactly("1|13|2026-01-05|0.1", "4|13|2026-01-05|0.1", "13|13|2026-01-05|0.1");
    }
  }

  private static void intervals(Peers at) throws Exception {
    at.open(1, "appointments", "sale_lines");
    at.open(2, "sale_lines");
    for (int week = 0; week < 4; week++) {
      LocalDate start = WEEK.minusWeeks(3 - week);
      at.lake
          .measure(at.practice(1), at.location(1), start, "visits_no_show", "10")
          .measure(at.practice(1), at.location(1), start, "visits_due", "100");
      // Of 100 each week 10, 20, 30 and 40 are retail; the other location takes 100 to 400.
      int retail = 10 * (week + 1);
      for (String[] sold :
          new String[][] {
            {at.practice(1), at.location(1), "net_retail", "" + retail},
            {at.practice(1), at.location(1), "net_service", "" + (100 - retail)},
            {at.practice(2), at.location(2), "net_service", "" + 100 * (week + 1)}
          }) {
        at.lake.provider(sold[0], sold[1], "ann", start, sold[2], sold[3]);
      }
    }
  }

  private static List<String> interval(String kpi, int location, int weeks) throws Exception {
    return LAKE.query(
        "SELECT round(value, 6), round(value_low, 6), round(value_high, 6) FROM kpi_benchmark WHERE"
            + " kpi = '%s' AND location_id = 'intervals-l%02d' AND range_weeks = %d"
                .formatted(kpi, location, weeks)
            + " AND peer_group = 'all' AND week_start = DATE '2026-03-30'");
  }

  @Test
  void aShareOfWhatIsCountedHasWilsonsInterval() throws Exception {
    assertThat(interval("no_show_rate", 1, 1)).containsExactly("0.1|0.055229|0.174366");
    assertThat(interval("no_show_rate", 1, 4)).containsExactly("0.1|0.074299|0.133311");
  }

  @Test
  void aSumHasTheIntervalOfItsWeeksAndASingleWeekHasNone() throws Exception {
    // Mean 250, s = 129.0994, t = 3.182446: 1000 ± 3.182446 · 2 · 129.0994.
    assertThat(interval("net_revenue", 2, 4)).containsExactly("1000.0|178.295976|1821.704024");
    assertThat(interval("net_revenue", 1, 4)).containsExactly("400.0|400.0|400.0");
    assertThat(interval("net_revenue", 2, 1)).containsExactly("400.0|null|null");
  }

  @Test
  void aRatioHasTheIntervalOfItsWeeksResiduals() throws Exception {
    // 0.25 ± 3.182446 · √(4 · 500 ÷ 3) ÷ 400.
    assertThat(interval("retail_share", 1, 4)).containsExactly("0.25|0.044574|0.455426");
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
    for (int i = 1; i <= 6; i++) {
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
                "SELECT week_start, p50, withheld_reason FROM kpi_benchmark WHERE kpi ="
                    + " 'stockout_days' AND range_weeks = 1 AND peer_group = 'region:sums' AND"
                    + " location_id = 'sums-l06' AND week_start > DATE '2026-03-10' ORDER BY ALL"))
        .containsExactly(
            "2026-03-16|null|one practice has more than 25 % of the weight",
            "2026-03-23|null|one practice has more than 25 % of the weight", "2026-03-30|2.0|null");
  }

  private static void revenue(Peers at) throws Exception {
    // To the sixth five practices with revenue 100 each would pass; 140 of 540 is 25.9 %.
    for (int i = 1; i <= 6; i++) {
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
                    + " range_weeks = 1 AND peer_group = 'region:revenue' AND location_id = 'revenue-l06'"
                    + " AND week_start = DATE '2026-03-30'"))
        .containsExactly("one practice has more than 25 % of the weight");
    assertThat(
            LAKE.query(
                "SELECT DISTINCT withheld_reason FROM kpi_benchmark WHERE kpi = 'average_ticket'"
                    + " AND range_weeks = 1 AND peer_group = 'region:revenue' AND location_id = 'revenue-l06'"
                    + " AND week_start = DATE '2026-03-30'"))
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
          .provider(at.practice(1), location, "ann", FIRST, "net_service", (i + 1) + "00")
          .provider(at.practice(1), location, "ann", WEEK, "net_service", (i + 1) + "00")
          .measure(at.practice(1), location, FIRST, "sales_visits", "20")
          .measure(at.practice(1), location, WEEK, "sales_visits", "20");
    }
  }

  @Test
  void ofASumAPracticeContributesTheAverageOfItsLocations() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT p50, contributors, withheld_reason FROM kpi_benchmark WHERE kpi ="
                    + " 'net_revenue' AND peer_group = 'region:average' AND range_weeks = 1 AND"
                    + " location_id = 'average-l09' AND week_start = DATE '2026-03-30'"))
        .as("315, 400, 500, 630, 630, 800; with a roll-up of 900 the median would be 630")
        .containsExactly("565.0|6|null");
  }

  private static void unmet(Peers at) throws Exception {
    for (int i = 1; i <= 6; i++) {
      at.noShows(i, WEEK, 10 * i, 100);
    }
    // Visits, but no appointment export any more.
    at.open(7);
    at.measure(7, WEEK, "visits_no_show", 1);
    at.measure(7, WEEK, "visits_due", 100);
  }

  @Test
  void aLocationWhoseNeedsAreUnmetIsNoPeer() throws Exception {
    assertThat(noShows("unmet", "contributors"))
        .containsExactly("l01|5", "l02|5", "l03|5", "l04|5", "l05|5", "l06|5");
  }
}
