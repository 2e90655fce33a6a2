package medspa.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerReportTest {
  @TempDir static Path folder;

  private static Path week;

  @BeforeAll
  static void write() {
    Path warehouse = MarketFixture.write(folder.resolve("medspa.duckdb"));
    week = folder.resolve("reports").resolve(MarketFixture.WEEK);
    Reports.write(
        new ReportRequest(
            warehouse,
            folder.resolve("reports"),
            Optional.empty(),
            Optional.empty(),
            PageSize.LETTER),
        line -> {});
  }

  private static Path report(String practice) {
    return week.resolve(practice + "-weekly.pdf");
  }

  @Test
  void theHeadlineNamesTheLargestChangeBeyondNoise() {
    assertThat(PdfText.ofPage(report("lumiere"), 1))
        .contains("No-show rate at Austin Domain was 14.8%, above its usual range of");
  }

  @Test
  void everyPinnedKpiHasItsLabelAndValueAsText() {
    assertThat(PdfText.of(report("lumiere")))
        .contains("Fill rate 63.9%")
        .contains("No-show rate 14.8%")
        .contains("Average ticket $308.58")
        .contains("Inventory turn 8.1×")
        .contains("Revenue per provider hour $294.07/h")
        .contains("Net revenue $40,353")
        .contains("Collection rate 92.4%");
  }

  @Test
  void aTargetIsStatedInWordAndShape() {
    assertThat(PdfText.of(report("lumiere")))
        .contains("■ Off target · goal ≥ 78.0%")
        .contains("▲ Near target · goal ≥ $41,000")
        .contains("● On target · goal ≥ 60.0%");
  }

  @Test
  void peersAreShownByTheirMedianOrByTheReasonToWithholdIt() {
    assertThat(PdfText.of(report("lumiere")))
        .contains("Peer median 5.8%")
        .contains("Peers withheld: only 4 practices contribute, 5 are needed");
  }

  @Test
  void anUnstableValueSaysOnHowLittleItRests() {
    assertThat(PdfText.of(report("lumiere"))).contains("7.4% Few data: 11 visits due");
  }

  @Test
  void anUnstableWeekRaisesNoSignalAndMeetsNoTarget() {
    String houston = PdfText.ofPage(report("lumiere"), 5);
    assertThat(houston).contains("Houston Heights").doesNotContain("Signal:");
    assertThat(houston.substring(houston.indexOf("7.4%"), houston.indexOf("Not available")))
        .doesNotContain("target");
  }

  @Test
  void aKpiWithoutAValueSaysWhy() {
    assertThat(PdfText.of(report("zurich")))
        .contains("Not available No shift export and no shift template")
        .contains("so without a chart: Fill rate, Inventory turn, Revenue per provider hour");
  }

  @Test
  void everyWeekOfAChartStandsInATableToo() {
    assertThat(PdfText.of(report("lumiere")))
        .contains("Aug 24 69.5% 5.0% $320.25 8.2× $266.56 $38,286 93.5%")
        .contains("Nov 16 63.9% ◆ 14.8% $308.58")
        .contains("Mean 66.8%")
        .contains("Target 78.0% 5.0% – – – $41,000 99.0%")
        .contains("Peers, median – 5.8% $329.44");
  }

  @Test
  void whatIsEmptyForAllIsLeftOut() {
    String text = PdfText.of(report("lumiere"));
    String practice = text.substring(text.indexOf("& Co: figures behind the charts"));
    assertThat(practice.substring(0, practice.indexOf("◆ signal")))
        .contains("Upper limit")
        .doesNotContain("Target")
        .doesNotContain("Peers");
    assertThat(PdfText.of(report("zurich")))
        .contains("Week of No-show rate Average ticket Net revenue Collection rate Aug 24")
        .doesNotContain("Bookable h");
    assertThat(text).contains("Provider Bookable h Kept h No-show h Late h Unresolved h Idle h");
    String harbour = PdfText.of(report("harbour"));
    assertThat(harbour.substring(harbour.indexOf("Providers: hours")))
        .contains("Late h Idle h Fill rate")
        .doesNotContain("Unresolved h");
  }

  @Test
  void noTableLeavesALoneRowOrItsHeadsOnAPage() {
    for (String practice : List.of("lumiere", "northern", "harbour", "zurich", "young")) {
      Path pdf = report(practice);
      for (int page = 1; page <= PdfText.pages(pdf); page++) {
        String text = PdfText.ofPage(pdf, page);
        int heads = text.indexOf("KPI Version What it says");
        if (heads >= 0) {
          assertThat(text.substring(heads).split(" v1 ", -1))
              .as("%s page %s", practice, page)
              .hasSizeGreaterThan(3);
        }
        assertThat(text).as("%s page %s", practice, page).doesNotContain("Proposal Page");
      }
    }
  }

  @Test
  void noHeadOfTheTableOfOrdersIsBrokenInsideAWord() {
    Path out = folder.resolve("a4");
    Reports.write(
        new ReportRequest(
            folder.resolve("medspa.duckdb"),
            out,
            Optional.of("lumiere"),
            Optional.empty(),
            PageSize.A4),
        line -> {});
    Path pdf = out.resolve(MarketFixture.WEEK).resolve("lumiere-weekly.pdf");
    assertThat(PdfText.of(pdf)).contains("Par On hand Available Order, packs Cost");
    for (int page = 1; page <= PdfText.pages(pdf); page++) {
      String text = PdfText.ofPage(pdf, page);
      assertThat(text.contains("Austin Domain 63.9%"))
          .as("page %s has the locations together", page)
          .isEqualTo(text.contains("Marfa (closed for works) –"));
    }
  }

  @Test
  void aProviderHasHoursThatAddUpAndMoneyWithATrueMinus() {
    assertThat(PdfText.of(report("lumiere")))
        .contains("Dr. J. Whitfield Medical director 25.0 13.5 2.0 – 0.8 8.8 54.0%")
        .contains("−$1,230")
        .contains("Θεοδώρα Παπαδοπούλου");
  }

  @Test
  void whatToOrderComesWithItsArithmetic() {
    String text = PdfText.of(report("lumiere"));
    assertThat(text)
        .contains("8 products; owned stock is worth")
        .contains(
            "and, over the 91 days to the week’s end, turned 8.1× a year and lasts 42.9 days.")
        .contains("Products: 1 negative in the books, 2 at or below par.")
        .contains("The orders of owned products cost $2,415.")
        .contains(
            "Microneedling cartridge ■ Negative: count it 17.5 14 35.0 5.0 40.0 −3 −3.0 5 × 10"
                + " $1,575")
        .contains(
            "OnabotulinumtoxinA, 100 U ▲ At or below par 6.5 7 6.5 3.0 9.5 9 9.0 1 × 2 $840.00")
        .contains(
            "CaHA filler, 1.5 mL (consigned) ▲ At or below par 1.8 14 3.5 3.0 6.5 6 6.0 1 × 2")
        .contains("5 products need no order.")
        .contains("Without a par: 1, the products export tells no lead time.")
        .contains("OnabotulinumtoxinA, 100 U ■ Out of stock 4.0 7 4.0 2.0 6.0 0 0.0 6 × 1 –")
        .contains("The orders of owned products cost $0, 1 of unknown cost left out.")
        .doesNotContain("Discontinued peel");
    assertThat(text.indexOf("Microneedling cartridge"))
        .isLessThan(text.indexOf("OnabotulinumtoxinA, 100 U"));
  }

  @Test
  void lotsThatExpireBeforeTheyAreUsedComeWithTheirValue() {
    assertThat(PdfText.of(report("lumiere")))
        .contains(
            "Owned stock at risk, at cost: $570.00 expired, $0 within 60 days, $1,470 within 90 days;"
                + " 1 of unknown value.")
        .contains("HA filler, 1 mL mid-density HA-1 Nov 1, 2026 ■ Expired 2 0 2 $570.00")
        .contains("CaHA filler, 1.5 mL (consigned) – Dec 1, 2026 ▲ In 9 days 3 2 1 $290.00")
        .contains("Topical lidocaine 23/7 L9 Dec 28, 2026 ▲ In 36 days 7.5 – – –")
        .contains("1 more lot is used before the date.")
        .contains("2 uses of the last 91 days took a later lot while one of these was the first")
        .contains("No lot on hand has expired or expires within 90 days.")
        .doesNotContain(" H2 ");
  }

  @Test
  void theDataPageSaysWhatShareOfRevenueAndHoursIsMatchedAcrossSystems() {
    assertThat(PdfText.of(report("lumiere")))
        .contains(
            "70.0% of the week’s revenue that names a provider names one whom the schedule has too;"
                + " 81.3% of the hours are of providers whom the sales name too.")
        .contains("There is no crosswalk between the systems yet (identities.csv).")
        .contains("Providers: sales and schedule 70.0% 81.3% 3")
        .contains("Clients: sales and appointments 75.0% – 9")
        .contains(
            "TM_9x2 (Claire A.) provider sales, lumiere-sales, lumiere-staff 62 perhaps Claire")
        .contains("Desk provider sales, lumiere-sales 40 –");
    assertThat(PdfText.of(report("harbour")))
        .contains("99.9% of the week’s revenue")
        .contains("The crosswalk between the systems (identities.csv) is not complete.");
    assertThat(PdfText.of(report("zurich")))
        .contains("No two systems name the same people or things this week");
  }

  @Test
  void theDataPageSaysWhatIsInAndOut() {
    assertThat(PdfText.of(report("lumiere")))
        .contains("pseudonymised limited data set, still protected health information")
        .contains("Publication 0f3a9c51d2")
        .contains("Nothing from November 23, 2026 on is in the numbers")
        .contains("The last line is truncated. Export the file again and put it in its place.")
        .contains("austin-schedule appointments status unknown word 5")
        .contains("lumiere-sales 6 Nov 8, 2026 every 7 days ■ Late")
        .contains("1 source is late, missing or refused")
        .contains("Of the rows of lumiere-sales in the last 28 days 3.1 % were rejected")
        .contains(
            "lumiere-sales holds 61 rows of sale lines for the week of Nov 2, 2026; usual are 402.")
        .doesNotContain("week of Aug 3, 2026; usual")
        .contains("appointments 1,400 1,390 4 3 3 Aug 24 to Aug 30, 2026");
  }

  @Test
  void countsInAnotherUnitAreToldWhereThereAreAny() {
    assertThat(PdfText.of(report("lumiere")))
        .contains(
            "3 stock counts fit another unit than the books and set nothing, the newest of"
                + " OnabotulinumtoxinA, 100 U at Austin Domain on Nov 20, 2026. Count again in the unit of the"
                + " product’s movements, or adjust the stock.");
    assertThat(PdfText.of(report("harbour")))
        .contains(
            "1 stock count fits another unit than the books and sets nothing: that of GEL at");
    assertThat(PdfText.of(report("northern"))).doesNotContain("fit another unit");
  }

  @Test
  void manyFilesAreSummedUpBySource() {
    assertThat(PdfText.of(report("harbour")))
        .contains("40 files and tables, summed up by source")
        .contains("harbour-pos 40 sale_lines 4,000 4,000 0 0 0");
  }

  @Test
  void aReportNamesNoOtherPractice() {
    assertThat(PdfText.of(report("lumiere")))
        .doesNotContain("Harbour")
        .doesNotContain("Northwestern")
        .doesNotContain("Soho");
  }

  @Test
  void markupInADataValueIsText() {
    assertThat(PdfText.of(report("harbour")))
        .contains("<script>alert(\"x\")</script>")
        .contains("Tester & friend");
    assertThat(PdfText.of(report("zurich"))).contains("Ästhetik <Zürich> Ελλάδα Київ");
  }

  @Test
  void aLongNameIsThereInFull() {
    assertThat(PdfText.of(report("northern")).replace("- ", "-"))
        .contains(MarketFixture.LONG_NAME)
        .contains("Maximiliane Alexandrina von Hohenberg-Schwarzenfels");
  }

  @Test
  void aLocationThatOpenedLastWeekIsHonestAboutItsHistory() {
    assertThat(PdfText.ofPage(report("young"), 1))
        .contains("it is 1 so far")
        .contains("£41,113")
        .doesNotContain("vs week before");
  }

  @Test
  void aPracticeWithoutDataGetsAWholeReport() {
    assertThat(PdfText.of(report("silent")))
        .contains("There are no numbers for this week or the 12 weeks before it")
        .contains("No row of this week in any export.")
        .contains("No file has been ingested.")
        .doesNotContain("$0");
  }

  @Test
  void everyFontIsEmbeddedAndNoFigureIsAnImage() {
    assertThat(PdfText.ask(report("lumiere"), PdfText::fonts))
        .isNotEmpty()
        .allMatch(PDFont::isEmbedded);
    assertThat(PdfText.<Long>ask(report("lumiere"), PdfText::images)).isZero();
  }

  @Test
  void everyFigureHasAnAlternativeText() {
    List<String> texts =
        PdfText.ask(
            report("lumiere"),
            document ->
                PdfText.structure(document).stream()
                    .filter(element -> "Figure".equals(element.getStructureType()))
                    .map(PDStructureElement::getAlternateDescription)
                    .toList());
    assertThat(texts)
        .hasSizeGreaterThanOrEqualTo(7 * 3 + 2)
        .allMatch(text -> text != null && !text.isBlank())
        .anyMatch(text -> text.startsWith("No-show rate, weeks of Aug 24 to Nov 16."))
        .anyMatch(text -> text.contains("K. Osei, RN: 13.0 h Kept"));
  }

  @Test
  void theFiguresOfAnOnlyLocationStandInItsSection() {
    assertThat(PdfText.of(report("northern")))
        .contains("figures behind the charts Week of")
        .doesNotContain("Figures behind the charts");
  }

  @Test
  void theDocumentHasTitleLanguageOutlineAndPageNumbers() {
    Path pdf = report("lumiere");
    assertThat(PdfText.<String>ask(pdf, d -> d.getDocumentInformation().getTitle()))
        .isEqualTo("Weekly owner report: Lumière Aesthetics & Co");
    assertThat(PdfText.<String>ask(pdf, d -> d.getDocumentCatalog().getLanguage()))
        .isEqualTo("en-US");
    assertThat(
            PdfText.<String>ask(
                pdf, d -> d.getDocumentCatalog().getDocumentOutline().getFirstChild().getTitle()))
        .isEqualTo("Lumière Aesthetics & Co");
    int pages = PdfText.pages(pdf);
    assertThat(PdfText.ofPage(pdf, pages)).contains("Page " + pages + " of " + pages);
  }

  private static String restated(String location, String kpi, String week, String cause) {
    return "INSERT INTO restatements BY NAME SELECT 'lumiere' AS practice_id, '"
        + location
        + "' AS location_id, 'location' AS grain, '"
        + kpi
        + "' AS kpi, DATE '"
        + week
        + "' AS week_start, "
        + cause;
  }

  @Test
  void numbersThatChangedSinceTheyWerePublishedAreCountedByCause() {
    assertThat(PdfText.of(report("lumiere"))).doesNotContain("have changed since");
    String late = "'file' AS cause, 'exports/late.csv' AS file_name";
    Path warehouse =
        MarketFixture.write(
            folder.resolve("restated.duckdb"),
            java.util.List.of(
                restated("austin", "fill_rate", "2026-11-09", late),
                restated("austin", "fill_rate", "2026-11-09", late),
                restated("austin", "no_show_rate", "2026-10-05", late),
                restated("austin", "fill_rate", "2025-10-06", late),
                restated("nowhere", "fill_rate", "2026-11-09", late),
                restated("austin", "fill_rate", "2026-11-02", "'configuration' AS cause")));
    Path out = folder.resolve("restated");
    Reports.write(
        new ReportRequest(
            warehouse, out, Optional.of("lumiere"), Optional.empty(), PageSize.LETTER),
        line -> {});

    assertThat(
            PdfText.of(out.resolve(MarketFixture.WEEK).resolve("lumiere-weekly.pdf"))
                .replaceAll("\\s+", " "))
        .contains("Published numbers that have changed since")
        .contains(
            "2 published numbers of the weeks of Oct 5, 2026 to Nov 9, 2026 have changed since,"
                + " because of the file exports/late.csv.")
        .contains("1 published number of the week of Nov 2, 2026 has changed since,");
  }

  @Test
  void aFileNameThatNothingBreaksDoesNotLeaveThePage() {
    String name = "exports/" + "late_delivery_".repeat(12) + ".csv";
    Path warehouse =
        MarketFixture.write(
            folder.resolve("long.duckdb"),
            List.of(
                restated(
                    "austin",
                    "fill_rate",
                    "2026-11-09",
                    "'file' AS cause, '" + name + "' AS file_name")));
    Path out = folder.resolve("long");
    Reports.write(
        new ReportRequest(
            warehouse, out, Optional.of("lumiere"), Optional.empty(), PageSize.LETTER),
        line -> {});
    Path pdf = out.resolve(MarketFixture.WEEK).resolve("lumiere-weekly.pdf");

    assertThat(PdfText.of(pdf).replace(" ", "")).contains(name);
    assertThat(PdfText.rightEdge(pdf)).isLessThan(612 - 44);
  }

  @Test
  void aLookBackSaysOnEveryPageWhatWasKnown() {
    Path warehouse =
        MarketFixture.write(
            folder.resolve("known.duckdb"), java.util.List.of("UPDATE runs SET known_at = 120"));
    Path out = folder.resolve("known");
    Reports.write(
        new ReportRequest(
            warehouse, out, Optional.of("lumiere"), Optional.empty(), PageSize.LETTER),
        line -> {});
    Path pdf = out.resolve(MarketFixture.WEEK).resolve("lumiere-weekly.pdf");

    assertThat(PdfText.ofPage(pdf, 1)).contains("As known at ingestion 120 · Confidential");
    assertThat(PdfText.of(pdf).replaceAll("\\s+", " "))
        .contains("This report looks back: only files up to ingestion 120 are in it");
    assertThat(PdfText.of(report("lumiere"))).doesNotContain("As known at", "looks back");
  }
}
