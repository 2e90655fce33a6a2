package medspa.charts;

import static medspa.charts.html.HtmlPages.elements;
import static medspa.charts.html.HtmlPages.parsed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;

/** The flash of Monday, 23 November 2026, of the whole market, edge cases among them. */
class DailyReportTest {
  @TempDir static Path folder;

  private static Path warehouse;
  private static Path out;
  private static List<Path> written;

  @BeforeAll
  static void write() {
    warehouse = MarketFixture.write(folder.resolve("medspa.duckdb"));
    out = folder.resolve("out");
    written = write("out", PageSize.LETTER, Optional.empty());
  }

  private static List<Path> write(String place, PageSize paper, Optional<String> location) {
    return Reports.writeDaily(
        new ReportRequest(warehouse, folder.resolve(place), Optional.empty(), location, paper),
        line -> {});
  }

  private static String flash(String name) {
    return PdfText.of(out.resolve("2026-11-23").resolve(name + "-daily.pdf"));
  }

  @Test
  void eachLocationThatHasOpenedGetsAPageInTwoFormsInTheFolderOfTheDay() {
    assertThat(written)
        .extracting(path -> out.relativize(path).toString())
        .containsExactly(
            "2026-11-23/harbour-pier-daily.pdf",
            "2026-11-23/harbour-pier-daily.html",
            "2026-11-23/lumiere-austin-daily.pdf",
            "2026-11-23/lumiere-austin-daily.html",
            "2026-11-23/lumiere-houston-daily.pdf",
            "2026-11-23/lumiere-houston-daily.html",
            "2026-11-23/lumiere-quiet-daily.pdf",
            "2026-11-23/lumiere-quiet-daily.html",
            "2026-11-23/northern-lakes-daily.pdf",
            "2026-11-23/northern-lakes-daily.html",
            "2026-11-23/young-soho-daily.pdf",
            "2026-11-23/young-soho-daily.html",
            "2026-11-23/zurich-see-daily.pdf",
            "2026-11-23/zurich-see-daily.html");
  }

  @ParameterizedTest
  @EnumSource
  void eachFlashIsOnePageOnEitherPaper(PageSize paper) {
    for (Path path : write("paper", paper, Optional.empty())) {
      if (path.toString().endsWith(".pdf")) {
        assertThat(PdfText.pages(path)).as(path.getFileName().toString()).isEqualTo(1);
      }
    }
  }

  @Test
  void theSameWarehouseGivesTheSameBytesInAnyLocaleAndZone() {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG"));
      TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
      List<Path> again = write("again", PageSize.LETTER, Optional.empty());
      for (int i = 0; i < written.size(); i++) {
        assertThat(again.get(i)).hasSameBinaryContentAs(written.get(i));
      }
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void yesterdayTheWeekAndTheBookOfTheDayAreTold() {
    assertThat(flash("lumiere-austin"))
        .contains("Yesterday, Sunday, Nov 22, it was closed. The week ended at $30.7k")
        .contains("$3.1k over the mean of the same days of the four weeks before, more than in any")
        .contains("Average ticket $312.40 7 sales visits")
        .contains("Category 0 $0 $1,000 $900.00 +$100")
        .contains("6 others $390.00 $2,490")
        .contains("Today: 61 bookings, 70% of 51.0 bookable hours")
        .contains("9:15–10:45 am Hydrating Facial & peel; 3 more $3.5k")
        .contains("5 others 21")
        .contains(
            "In the last 28 days 14% of what was free in the morning filled on the day itself")
        .contains("Fullest 8 rooms: taken of open hours")
        .contains("Stock covers what today’s bookings need of 1 product.")
        .contains("no export tells how much is there: HA filler, 1 mL mid-density.");
  }

  @Test
  void whereNothingCameSinceFridayYesterdayAndSaturdayAreUnknownAndNotZero() {
    assertThat(flash("lumiere-houston"))
        .contains("Yesterday, Sunday, Nov 22, it was closed.")
        .contains("The week ended at $30.7k without Sat 21")
        .contains("over the mean of the same 4 days")
        .contains("sales until Nov 20");
  }

  @Test
  void yesterdayWithoutItsSalesIsSaidFirst() {
    Path changed =
        MarketFixture.write(
            folder.resolve("late.duckdb"),
            List.of(
                "UPDATE flash_days SET net_revenue = NULL, is_closed = false WHERE location_id ="
                    + " 'houston' AND date >= DATE '2026-11-21'"));
    Path pdf =
        Reports.writeDaily(
                new ReportRequest(
                    changed,
                    folder.resolve("late"),
                    Optional.empty(),
                    Optional.of("houston"),
                    PageSize.A4),
                line -> {})
            .get(0);
    assertThat(PdfText.of(pdf))
        .contains(
            "No sales of Sunday, Nov 22 arrived: yesterday’s revenue is unknown, not 0; the last day"
                + " with sales is Friday, Nov 20.")
        .contains("without Sat 21, Sun 22");
  }

  @Test
  void aLocationThatOpensTodayHasItsBookAlone() {
    assertThat(flash("young-soho"))
        .contains("It opens today.")
        .contains("Today: 1 booking, 70% of 51.0 bookable hours")
        .contains("9:00 pm–12:00 am brow")
        .doesNotContain("Yesterday")
        .doesNotContain("If filled:");
  }

  @Test
  void whatNobodyTellsIsSaidAndNotDrawn() {
    assertThat(flash("zurich-see"))
        .contains("Not told for any day of the week: no-show rate.")
        .contains("No export tells shifts of today, so how full the day is is not known.")
        .contains("Today: 12 bookings")
        .contains("They never told of what became of visits here.")
        .doesNotContain("still stand")
        .doesNotContain("Net revenue by category");
    assertThat(flash("lumiere-quiet"))
        .contains("Today it is closed")
        .contains("unknown, not 0")
        .doesNotContain("Yesterday and the week to date");
    assertThat(flash("northern-lakes"))
        .contains("Sunday, Nov 22 brought CA$5,723 net revenue.")
        .contains("2 visits of yesterday still stand as booked")
        .contains("Stock at risk today is not known: no export of what services use")
        .contains("Rooms: hours taken");
  }

  @Test
  void lettersThatNoFontHasAreNamed() {
    Path javanese =
        MarketFixture.write(
            folder.resolve("javanese.duckdb"),
            List.of("UPDATE locations SET name = 'Spa ' || chr(43425) WHERE location_id = 'pier'"));
    Path pdf =
        Reports.writeDaily(
                new ReportRequest(
                    javanese,
                    folder.resolve("javanese"),
                    Optional.empty(),
                    Optional.of("pier"),
                    PageSize.A4),
                line -> {})
            .get(0);
    assertThat(PdfText.of(pdf))
        .contains("Spa (?)")
        .contains("No font of the PDF has U+A9A1 JAVANESE LETTER TA MURDA; (?) stands for");
  }

  @Test
  void shortStockIsNamedWithWhatIsMissing() {
    assertThat(flash("harbour-pier"))
        .contains("Stock: too little of 2 products for today’s bookings")
        .contains("TOX 3 150 90.5 59.5")
        .contains("Not held against the four weeks before: it opened on Nov 3, 2026.")
        .doesNotContain("Same days");
  }

  @Test
  void thePageForScreensSaysTheSameAndEscapesWhatDataHold() throws Exception {
    String html = Files.readString(out.resolve("2026-11-23/harbour-pier-daily.html"));
    Element page = parsed(html);
    assertThat(elements(page, "script")).isEmpty();
    assertThat(elements(page, "b")).isEmpty();
    assertThat(page.getTextContent())
        .contains("<script>alert(\"x\")</script>")
        .contains("11:30 am–12:30 pm <b>Laser</b>")
        .contains("too little of 2 products");
    assertThat(elements(page, "table"))
        .allSatisfy(table -> assertThat(elements(table, "th")).isNotEmpty());
  }

  @Test
  void oneLocationAloneIsWrittenAndOneThatHasNotOpenedIsRefused() {
    assertThat(write("one", PageSize.A4, Optional.of("austin"))).hasSize(2);
    assertThatThrownBy(() -> write("one", PageSize.A4, Optional.of("nowhere")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nowhere has not opened on 2026-11-23");
    assertThatThrownBy(() -> write("one", PageSize.A4, Optional.of("nobody")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("There is no location nobody");
  }

  @Test
  void noPageSaysMoreThanItsTablesHold() {
    // What does not exist is an en dash; no word of the program's own stands in a page.
    Stream.of("lumiere-austin", "lumiere-houston", "lumiere-quiet", "northern-lakes", "young-soho")
        .forEach(
            name ->
                assertThat(flash(name))
                    .as(name)
                    .doesNotContain("null", "Optional", "NaN", "unattributed"));
  }
}
