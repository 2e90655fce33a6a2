package medspa.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import medspa.charts.document.Document;
import medspa.charts.pdf.PdfRenderer;
import medspa.charts.read.BenchmarkFacts;
import medspa.charts.read.PublishedWarehouse;
import medspa.charts.report.BenchmarkReport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the report of a consultant says, and where its pages break. */
class BenchmarkReportTest {
  private static final Pattern RANKING = Pattern.compile("(Higher|Lower) is better\\.");

  private static final List<String> TWENTY =
      List.of(
          "DELETE FROM locations WHERE location_id = 'lakes'",
          "UPDATE locations SET name = 'Marfa' WHERE location_id = 'quiet'",
          "INSERT INTO locations SELECT practice_id, 'h' || i, 'Pier ' || (100 + i), time_zone,"
              + " region, opened_on, rooms, notice_hours FROM locations, range(18) t(i)"
              + " WHERE location_id = 'pier'",
          "INSERT INTO kpi_benchmark_consultant BY NAME SELECT b.* REPLACE ('h' || t.i AS location_id,"
              + " value * (1 + t.i / 50.0) AS value)"
              + " FROM kpi_benchmark_consultant b, range(18) t(i) WHERE location_id = 'pier'");

  @TempDir static Path folder;

  private static Path unchanged;
  private static Path twentyLocations;

  /** The report of the market's consultant, after changes of the warehouse. */
  private static Path write(String... changes) throws IOException {
    Path file = Files.createTempFile(folder, "benchmark", ".pdf");
    Path market = MarketFixture.write(Path.of(file + ".duckdb"), List.of(changes));
    try (PublishedWarehouse warehouse = PublishedWarehouse.open(market)) {
      Document report =
          new BenchmarkReport()
              .of(
                  warehouse.run(),
                  warehouse.benchmarkFacts(warehouse.consultants().iterator().next()));
      return Files.write(file, new PdfRenderer().render(report, PageSize.A4.paper()));
    }
  }

  @BeforeAll
  static void writeWhatSeveralTestsRead() throws IOException {
    unchanged = write();
    twentyLocations = write(TWENTY.toArray(String[]::new));
  }

  @Test
  void locationsAreRankedByWhatIsToBeGained() {
    String text = PdfText.of(unchanged);
    assertThat(text)
        .contains("Kim & Partners 5 locations of 3 practices")
        .contains(
            "Most is to be gained at Pier 9: about $2.7k a week in average ticket, and at Austin"
                + " Domain: about $1.2k a week in fill rate.")
        .contains("Peers, median – – 6.3% 4.0% $319.66 $548,229");
    assertThat(PdfText.ofPage(unchanged, 1))
        .containsSubsequence(
            "Pier 9 Harbour Laser $2.7k $2.1k to $3.2k average ticket $339.19, peers about $400.00",
            "Austin Domain Lumière Aesthetics & Co $1.2k $820 to $1.7k fill rate 69.0%, target 78.0%"
                + " $310: no-show rate 6.2%, peers about 5.0%",
            "nothing that has a price");
  }

  @Test
  void withheldStatisticsSayWhy() {
    assertThat(PdfText.of(unchanged))
        .contains("Only 4 practices contribute, 5 are needed. Fill rate");
  }

  @Test
  void aPracticeThatDidNotEngageTheConsultantIsNeverNamed() {
    assertThat(PdfText.of(unchanged))
        .doesNotContain("Ästhetik")
        .doesNotContain("Seefeld")
        .doesNotContain("Young Skin")
        .doesNotContain("Soho")
        .doesNotContain("Silent Spa");
  }

  @Test
  void aStatisticThatCarriesAReasonToWithholdItIsNotShown() throws IOException {
    String text =
        PdfText.of(
            write(
                "UPDATE kpi_benchmark_consultant SET withheld_reason = 'one practice is above 25 %'"));
    assertThat(text)
        .contains("One practice is above 25 %.")
        .doesNotContain("$319.66")
        .doesNotContain("Peers, median");
  }

  @Test
  void whatTheTradePublishesIsShownOnlyWhereItIsWantedAndWithWhatMakesItAnotherNumber()
      throws IOException {
    assertThat(PdfText.of(unchanged)).doesNotContain("What the trade publishes");
    assertThat(
            PdfText.of(
                write(
                    "INSERT INTO published_figures VALUES ('a', 'fill_rate', 0.9, 0.95, NULL,"
                        + " 'advice', 'A journal', 'https://example.com/a', 2004, 'no sample', 'a',"
                        + " 'Patients seen', 'Counts appointments and not minutes'), ('b',"
                        + " 'average_ticket', 460, 460, 'CHF', 'measured', 'Another',"
                        + " 'https://example.com/b', 2018, 'a survey', 'b', 'Spend', 'Old')")))
        .contains("What the trade publishes", "none of these figures is a target")
        .contains("90.0% to 95.0%", "A journal (2004, grade a)", "withheld")
        .contains("Counts appointments and not minutes.")
        .as("an amount of another currency is no number to compare")
        .doesNotContain("Another (2018");
  }

  @Test
  void anUnstableLocationHasNoQuartile() throws IOException {
    assertThat(
            PdfText.of(
                write(
                    "UPDATE kpi_benchmark_consultant SET is_stable = false"
                        + " WHERE location_id = 'pier' AND kpi = 'no_show_rate'")))
        .contains("6.5% few data");
  }

  @Test
  void aConsultantWithoutLocationsGetsAnHonestPage() throws IOException {
    assertThat(PdfText.of(write("UPDATE consultants SET practice_id = 'gone'")))
        .contains("there is nothing to compare");
  }

  @Test
  void fourKpisOfTwentyLocationsShareAPage() {
    Path pdf = twentyLocations;
    int last = PdfText.pages(pdf);
    assertThat(
            IntStream.rangeClosed(1, last)
                .mapToLong(page -> RANKING.matcher(PdfText.ofPage(pdf, page)).results().count())
                .max())
        .hasValue(4);
  }

  @Test
  void aKpiOfMoreLocationsThanAFigureHoldsGoesOnBesideIt() throws IOException {
    Path pdf =
        write(
            "INSERT INTO locations SELECT practice_id, 'h' || i, 'Pier ' || (100 + i), time_zone,"
                + " region, opened_on, rooms, notice_hours FROM locations, range(36) t(i)"
                + " WHERE location_id = 'pier'",
            "INSERT INTO kpi_benchmark_consultant BY NAME SELECT b.* REPLACE ('h' || t.i AS location_id,"
                + " value * (1 + t.i / 50.0) AS value)"
                + " FROM kpi_benchmark_consultant b, range(36) t(i) WHERE location_id = 'pier'");
    assertThat(PdfText.of(pdf)).contains("41 locations of 3 practices");
    assertThat(
            IntStream.rangeClosed(1, PdfText.pages(pdf))
                .mapToObj(page -> PdfText.ofPage(pdf, page))
                .filter(text -> text.contains("No-show rate, continued")))
        .singleElement()
        .asString()
        .contains("From the location that comes next.")
        .contains("23. Pier ");
  }

  @Test
  void fourHundredLocationsAreRankedAndOnlyTheEndsAreDrawn() throws IOException {
    Path pdf =
        write(
            "INSERT INTO locations SELECT practice_id, 'h' || i, 'Pier ' || (1000 + i), time_zone,"
                + " region, opened_on, rooms, notice_hours FROM locations, range(395) t(i)"
                + " WHERE location_id = 'pier'",
            "INSERT INTO portfolio_gaps BY NAME SELECT g.* REPLACE ('h' || t.i AS location_id,"
                + " expected + 10 * t.i AS expected) FROM portfolio_gaps g, range(395) t(i) WHERE"
                + " location_id = 'pier'",
            "INSERT INTO kpi_benchmark_consultant BY NAME SELECT b.* REPLACE ('h' || t.i AS"
                + " location_id, value * (1 + t.i / 500.0) AS value) FROM kpi_benchmark_consultant"
                + " b, range(395) t(i) WHERE location_id = 'pier'");
    String text = PdfText.of(pdf);
    assertThat(text)
        .contains("400 locations of 3 practices")
        .contains("Most is to be gained at Pier 1394: about $6.6k a week in average ticket")
        .contains("The last of 399.")
        .contains("The 44 locations with most to be gained.");
    assertThat(IntStream.range(1000, 1395).mapToObj(i -> "Pier " + i)).allMatch(text::contains);
    assertThat(PdfText.pages(pdf)).isLessThanOrEqualTo(30);
  }

  @Test
  void aKpiByWhichLocationsHardlyDifferIsNamedAndNotDrawn() throws IOException {
    assertThat(
            PdfText.of(
                write(
                    "UPDATE kpi_benchmark_consultant SET value = 300 WHERE kpi = 'average_ticket'")))
        .contains("Not drawn, because")
        .containsPattern("neither better nor worse:[^.]*Average ticket");
  }

  @Test
  void locationsThatDifferByNoMoreThanChanceAreNotDrawn() throws IOException {
    String untold = "neither better nor worse:[^.]*No-show rate";
    assertThat(PdfText.of(twentyLocations)).doesNotContainPattern(untold);
    assertThat(
            PdfText.of(
                write(
                    Stream.concat(
                            TWENTY.stream(),
                            Stream.of(
                                "UPDATE kpi_benchmark_consultant SET value_low = value - 0.04,"
                                    + " value_high = value + 0.04 WHERE kpi = 'no_show_rate'"))
                        .toArray(String[]::new))))
        .containsPattern(untold);
  }

  @Test
  void aLocationThatOpenedWithinTheRangeSaysSoInsteadOfAPlace() throws IOException {
    assertThat(
            PdfText.of(
                write(
                    "UPDATE kpi_benchmark_consultant SET rank = NULL WHERE location_id = 'pier'"
                        + " AND kpi = 'no_show_rate'")))
        .contains("6.5% opened since");
  }

  @Test
  void whoMovedIsToldOfFourAndOfThirteenWeeks() throws IOException {
    String row =
        "INSERT INTO portfolio_moves VALUES ('kim', '%s', '%s', '%s', '%s', %d, DATE '2026-11-16',"
            + " DATE '2026-08-24', %d, %d)";
    String text =
        PdfText.of(
            write(
                String.format(
                    Locale.ROOT,
                    row,
                    "harbour",
                    "pier",
                    "revenue",
                    "net_revenue",
                    4,
                    90000,
                    100000),
                String.format(
                    Locale.ROOT,
                    row,
                    "harbour",
                    "pier",
                    "revenue",
                    "net_revenue",
                    13,
                    95000,
                    80000),
                String.format(
                    Locale.ROOT, row, "lumiere", "austin", "opportunity", "fill_rate", 4, 0, 1200),
                String.format(
                    Locale.ROOT,
                    row,
                    "lumiere",
                    "austin",
                    "opportunity",
                    "fill_rate",
                    13,
                    5000,
                    1200)));
    assertThat(text)
        .containsSubsequence(
            "Net revenue a week: who moved most in four weeks",
            "all eight weeks. Not compared: ",
            "net revenue in ",
            "of the 8 weeks)",
            "Pier 9",
            "$90.0k $100.0k +$10.0k",
            "Net revenue a week: who moved most in 13 weeks",
            "all 26 weeks.",
            "$95.0k $80.0k −$15.0k",
            "What is to be gained a week: who moved most in four weeks",
            "Fill rate $0 $1.2k +$1.2k",
            "What is to be gained a week: who moved most in 13 weeks",
            "one week is in both",
            "Fill rate $5.0k $1.2k −$3.8k");
  }

  @Test
  void whereNoRevenueCanBeComparedTheReasonsAreTold() throws IOException {
    assertThat(PdfText.of(write("DELETE FROM portfolio_moves")))
        .containsSubsequence(
            "Net revenue a week: who moved most in four weeks",
            "No location was open and told in all eight weeks. Not compared: ",
            " of the 8 weeks)",
            "Net revenue a week: who moved most in 13 weeks",
            "No location was open and told in all 26 weeks. Not compared: ",
            " of the 26 weeks)")
        .doesNotContain("What is to be gained a week: who moved");
  }

  private static String group(String name, String kpi, String statistics) {
    return "INSERT INTO kpi_benchmark_consultant BY NAME SELECT * REPLACE ("
        + name
        + " AS peer_group, "
        + statistics
        + ") FROM kpi_benchmark_consultant WHERE peer_group = 'all' AND kpi = '"
        + kpi
        + "' AND range_weeks = 13";
  }

  /** Twenty locations in two regions, of which the second is far better. */
  private static final List<String> TWO_REGIONS =
      Stream.concat(
              TWENTY.stream(),
              Stream.of(
                  group(
                      "CASE WHEN location_id LIKE 'h1_' THEN 'region:NORTH' ELSE 'region:SOUTH' END",
                      "no_show_rate",
                      "CASE WHEN location_id LIKE 'h1_' THEN 0.05 END AS p25,"
                          + " CASE WHEN location_id LIKE 'h1_' THEN 0.063 END AS p50,"
                          + " CASE WHEN location_id LIKE 'h1_' THEN 0.08 END AS p75,"
                          + " CASE WHEN location_id NOT LIKE 'h1_' THEN 'only 4 practices' END AS"
                          + " withheld_reason")))
          .toList();

  @Test
  void regionsAreComparedByTheConsultantsOwnLocationsAndWhatIsDisclosedOfPeers()
      throws IOException {
    String text = PdfText.of(write(TWO_REGIONS.toArray(String[]::new)));
    assertThat(text)
        .containsSubsequence(
            "Regions compared",
            "the peers’ median within the group, rounded",
            "The 7 KPIs of which the medians lie furthest apart",
            "SOUTH",
            "locations of",
            "NORTH",
            "8 locations of 1 practice",
            "peers 6.3%")
        .doesNotContain("Peer groups compared");
    assertThat(count(text, "peers 6.3%")).as("withheld in the south").isEqualTo(1);
  }

  @Test
  void onRequestThePracticesLocationsAreToldFromTheOthers() throws IOException {
    Path market = MarketFixture.write(folder.resolve("highlight.duckdb"), TWO_REGIONS);
    try (PublishedWarehouse warehouse = PublishedWarehouse.open(market)) {
      BenchmarkFacts facts = warehouse.benchmarkFacts(warehouse.consultants().get(0));
      byte[] chosen =
          new PdfRenderer()
              .render(
                  new BenchmarkReport().of(warehouse.run(), facts, Optional.of("harbour")),
                  PageSize.A4.paper());
      Path file = Files.write(folder.resolve("highlight.pdf"), chosen);
      assertThat(PdfText.of(file))
          .contains("■ Harbour Laser")
          .contains("Other practices of this consultant")
          .doesNotContain("■ Best quarter");
      byte[] unknown =
          new PdfRenderer()
              .render(
                  new BenchmarkReport().of(warehouse.run(), facts, Optional.of("seefeld")),
                  PageSize.A4.paper());
      assertThat(PdfText.of(Files.write(folder.resolve("unknown.pdf"), unknown)))
          .as("a practice that the consultant does not know changes nothing")
          .contains("■ Best quarter")
          .doesNotContain("Seefeld");
    }
  }

  @Test
  void whatAnEarlierBenchmarkToldOtherwiseIsToldWithItsReasons() throws IOException {
    String row =
        "INSERT INTO benchmark_restatements BY NAME SELECT 2 AS publication, '%s' AS audience,"
            + " '%s' AS audience_id, '%s' AS practice_id, '%s' AS location_id, 'fill_rate' AS kpi,"
            + " 'all' AS peer_group, 13 AS range_weeks, DATE '2026-11-09' AS week_start, 3 AS"
            + " from_rank, 1 AS to_rank, 900 AS from_gap_dollars, 1240 AS to_gap_dollars, '%s' AS"
            + " cause";
    List<String> restated =
        List.of(
            String.format(Locale.ROOT, row, "consultant", "kim", "lumiere", "austin", "peers"),
            String.format(Locale.ROOT, row, "consultant", "kim", "lumiere", "austin", "file"),
            String.format(Locale.ROOT, row, "consultant", "other", "harbour", "pier", "code"),
            String.format(Locale.ROOT, row, "practice", "harbour", "harbour", "pier", "code"));
    List<String> now = new ArrayList<>(restated);
    now.add("INSERT INTO publications BY NAME SELECT 2 AS publication");
    assertThat(PdfText.of(write(now.toArray(String[]::new))))
        .contains("What an earlier benchmark told otherwise")
        .contains("1 position of locations in ranges of weeks that had been published has changed")
        .containsPattern(
            "Austin Domain\\s+Lumière Aesthetics & Co\\s+Fill rate 13 weeks to Nov 15 3 → 1 \\$900 →"
                + " \\$1.2k A file with other rows; the\\s+peers changed")
        .doesNotContain("The program changed");

    now.add("INSERT INTO publications BY NAME SELECT 3 AS publication");
    assertThat(PdfText.of(write(now.toArray(String[]::new))))
        .as("a later publication that changed none says nothing")
        .doesNotContain("told otherwise");
  }

  @Test
  void noTableOrHeadingOfTwentyLocationsIsTornFromItsRest() {
    Path pdf = twentyLocations;
    String whole = PdfText.of(pdf);
    assertThat(whole).contains("Location Fill rate").contains("Location Collection rate");
    for (int page = 1; page <= PdfText.pages(pdf); page++) {
      String text = PdfText.ofPage(pdf, page);
      assertThat(count(text, "Practices that contribute"))
          .as("page %s", page)
          .isEqualTo(count(text, "Location Fill rate") + count(text, "Location Collection rate"));
      assertThat(text.contains("Locations by each KPI"))
          .as("page %s", page)
          .isEqualTo(text.contains("Fill rate Higher is better."));
    }
  }

  private static int count(String text, String words) {
    return text.split(Pattern.quote(words), -1).length - 1;
  }

  @Test
  void filesOfManySourcesAreSummedUpByPractice() throws IOException {
    Path pdf =
        write(
            "INSERT INTO ingest_files BY NAME SELECT f.* REPLACE ('more-' || i AS source)"
                + " FROM ingest_files f, range(30) t(i) WHERE source_file_id = 'h1'");
    assertThat(PdfText.of(pdf))
        .contains("83 files and tables, summed up by practice")
        .contains("Harbour Laser 70 31 7,000 7,000 0 0 0 Aug 24 to Nov 22, 2026")
        .contains("Lumière Aesthetics & Co 13 2 ");
  }
}
