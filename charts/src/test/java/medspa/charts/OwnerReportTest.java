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
  void theVerdictIsInDollarsAndLikeForLike() {
    assertThat(PdfText.ofPage(report("lumiere"), 1))
        .contains(
            "Net revenue $81.4k; like for like $1.1k under the mean of the four weeks before."
                + " Houston Heights ($41.0k, opened Apr 1) is not in that comparison.");
    assertThat(PdfText.ofPage(report("northern"), 1))
        .contains("Net revenue CA$44.2k, as in the mean of the four weeks before;");
  }

  @Test
  void aSustainedMoveIsToldWithSinceWhenBeforeAfterAndDollars() {
    assertThat(PdfText.ofPage(report("northern"), 1))
        .contains(
            "Still missing: about CA$15.5k a week; since the week of Sep 14 its fill rate has"
                + " averaged 34.0% (59.0% before).");
  }

  @Test
  void aStoryTellsWhenHowMuchWhoAndWhatElseMoved() {
    String text = PdfText.of(report("northern"));
    assertThat(text)
        .contains("Missing since the week of Sep 14: about CA$15.5k a week")
        .contains("Fill rate fell from 59.0% to 34.0%")
        .contains("◆ Worse since the week of Sep 14: 10 weeks, 16 weeks before")
        .contains("Fill rate Sep 14 59.0% ◆ 34.0% −CA$15.5k 1 of 4: A")
        .contains("No-show rate Sep 21 4.0% ◆ 12.0%")
        .contains("Rebooking rate Jul 6 30.0% ▲ 40.0%")
        .doesNotContain("99,000");
    assertThat(
            PdfText.<List<String>>ask(
                report("northern"),
                document ->
                    PdfText.structure(document).stream()
                        .map(PDStructureElement::getAlternateDescription)
                        .filter(words -> words != null && words.contains("59.0% before"))
                        .toList()))
        .singleElement()
        .asString()
        .contains("Fill rate by week from May 25: 59.0%, ")
        .contains("Since the week of Sep 14 it is 34.0%, 59.0% before.");
  }

  @Test
  void theDearestStoryDecidesWhichLocationIsToldFirst() {
    assertThat(PdfText.of(report("lumiere"))).doesNotContain("moved to another level and stayed");
    Path warehouse =
        MarketFixture.write(
            folder.resolve("story.duckdb"),
            List.of(
                "INSERT INTO kpi_stories BY NAME SELECT 'lumiere' AS practice_id, 'houston' AS"
                    + " location_id, 'net_revenue' AS kpi, DATE '2026-10-05' AS since_week_start, 12"
                    + " AS before_weeks, 7 AS weeks, 10000 AS before_value, 60000 AS value, true AS"
                    + " is_favourable, 50000 AS dollars_per_week"));
    Path out = folder.resolve("story");
    Reports.write(
        new ReportRequest(
            warehouse, out, Optional.of("lumiere"), Optional.empty(), PageSize.LETTER),
        line -> {});
    String text = PdfText.of(out.resolve(MarketFixture.WEEK).resolve("lumiere-weekly.pdf"));
    assertThat(text)
        .contains(
            "Still gained: about $50.0k a week at Houston Heights; since the week of Oct 5 its net"
                + " revenue has averaged $60,000 a week ($10,000 before).")
        .contains("One location moved to another level and stayed there")
        .contains("Houston Heights: net revenue Oct 5 $10,000 ▲ $60,000 +$50.0k");
    assertThat(text.indexOf("Houston Heights Lumière"))
        .isLessThan(text.indexOf("Austin Domain Lumière"));
  }

  @Test
  void salesThatDidNotArriveAreUnknownAndNotZero() {
    assertThat(PdfText.ofPage(report("zurich"), 1))
        .contains("No sales of this week are known: its revenue is unknown, not 0.")
        .doesNotContain("What moved it");
  }

  @Test
  void whatMovedTheRevenueAddsUpByLocationAndByService() {
    assertThat(PdfText.ofPage(report("lumiere"), 1))
        .contains("What moved it, against the mean of the four weeks before")
        .contains("Houston Heights (opened) +$30.8k $41.0k $10.3k")
        .contains("Austin Domain −$1.1k $40.4k $41.5k")
        .contains("Change +$29.6k $81.4k $51.8k")
        .contains("Injectables −$2.5k −$3.1k +$400 +$200")
        .contains("Change +$29.6k −$1.9k +$250 +$150");
  }

  @Test
  void theThreeActionsAreOfThreeKindsWithTheirDollarsEvidenceWhoAndWhen() {
    String page = PdfText.ofPage(report("lumiere"), 1);
    assertThat(page)
        .contains("Austin Domain: Get 6 more of OnabotulinumtoxinA, 100 U by Wed Nov 25")
        .contains("9 bookings need it within the 7 days that an order takes; 9 on hand.")
        .contains("Inventory Tuesday $2.1k to $4.1k")
        .contains("Houston Heights: Collect 14 receipts")
        .contains("$8.0k to $11.0k in cash, once")
        .contains("Do this (estimates, they do not add up) Who By Worth, low to high")
        .doesNotContain("Collect 3 receipts");
    assertThat(PdfText.ofPage(report("harbour"), 1)).contains("No action stands out this week.");
  }

  @Test
  void nextWeekIsBookedOfBookableHoursByDay() {
    assertThat(PdfText.ofPage(report("lumiere"), 1))
        .contains("Next week: 57% of bookable hours are booked")
        .contains("Mon 23 Tue 24")
        .contains("40 of 88 44 of 88")
        .contains("closed");
    assertThat(PdfText.ofPage(report("zurich"), 1))
        .contains(
            "Next week: 31 bookings; no export tells its shifts, so how full it is is not known.");
  }

  @Test
  void whatNextWeekBringsIsToldWhereTheForecastHasSkillAndElseWhyNot() {
    assertThat(PdfText.ofPage(report("lumiere"), 1))
        .contains("Expected net revenue without Houston Heights: $42.6k ($38.9k to $47.1k).");
    assertThat(PdfText.ofPage(report("zurich"), 1))
        .contains(
            "Its revenue is not forecast: the exports do not tell when bookings were cancelled.");
    assertThat(PdfText.ofPage(report("northern"), 1))
        .contains(
            "Its revenue is not forecast: lately the mean of the four weeks before told it better.")
        .doesNotContain("$44.0k");
    assertThat(PdfText.ofPage(report("harbour"), 1))
        .contains("too few weeks tell yet how good a forecast would be.")
        .doesNotContain("$44.0k");
  }

  @Test
  void whatBecameOfLastWeeksActionsIsToldAndOfNoOthers() {
    assertThat(PdfText.ofPage(report("lumiere"), 1))
        .contains("Last week’s actions As the data show it Came of it")
        .contains("Houston Heights: 4 of 18 unpaid receipts were paid ▲ In part $340")
        .contains("Austin Domain: 12 of Filler came in, 12 were short ● Done")
        .contains(
            "Austin Domain: Call 40 clients who left last week without a next appointment Cannot be"
                + " told")
        .doesNotContain("0 of 2 unpaid receipts")
        .doesNotContain("0 of 41 clients");
    assertThat(PdfText.ofPage(report("northern"), 1)).doesNotContain("Last week’s actions");
  }

  @Test
  void everyPinnedKpiIsARowWithItsLabelAndValueAsText() {
    assertThat(PdfText.ofPage(report("harbour"), 1))
        .contains("KPI This week 13 weeks, usual range Change against usual")
        .contains("Fill rate 79.3%")
        .contains("Net revenue $44,354")
        .doesNotContain("vs week before");
  }

  @Test
  void aSumOfOtherLocationsEveryWeekSaysThatItIsNotLikeForLike() {
    assertThat(PdfText.ofPage(report("lumiere"), 1)).contains("not like for like");
    assertThat(PdfText.ofPage(report("northern"), 1)).doesNotContain("not like for like");
  }

  @Test
  void whatDividesSalesByTheHoursOfOthersIsNotShownAsKnown() {
    assertThat(PdfText.ofPage(report("lumiere"), 1))
        .contains("Revenue per provider hour (schedule and sales name other providers")
        .doesNotContain("$294.07");
  }

  private static Path only(String location) {
    Path out = folder.resolve(location);
    Reports.write(
        new ReportRequest(
            folder.resolve("medspa.duckdb"),
            out,
            Optional.empty(),
            Optional.of(location),
            PageSize.LETTER),
        line -> {});
    return out.resolve(MarketFixture.WEEK).resolve("lumiere-" + location + "-weekly.pdf");
  }

  @Test
  void aTargetIsStatedInWordAndShape() {
    assertThat(PdfText.of(only("austin")))
        .contains("■ Off target ≥ 78.0%")
        .contains("▲ Near target ≥ $41,000");
    assertThat(PdfText.ofPage(report("lumiere"), 1)).contains("■ 1 of 2 on target");
  }

  @Test
  void peersAreShownByTheirMiddleHalf() {
    assertThat(PdfText.of(only("austin")))
        .contains("Peers’ middle half")
        .containsPattern("No-show rate 14.8% .*5\\.\\d% to 7\\.\\d%");
  }

  @Test
  void aSignalIsBetterOrWorseInWordAndShape() {
    assertThat(PdfText.of(only("austin")))
        .contains("◆ Worse: +")
        .containsPattern("usual mean \\d+\\.\\d%")
        .contains("above its usual range")
        .doesNotContain("against its mean")
        .contains("More than noise this week");
  }

  @Test
  void anUnstableWeekRaisesNoSignalAndMeetsNoTarget() {
    String houston = PdfText.of(only("houston"));
    assertThat(houston).contains("No-show rate 7.4% few data").doesNotContain("Worse:");
    assertThat(houston).contains("Average ticket (no sales visit in this week)");
  }

  @Test
  void aKpiWithoutAValueSaysWhyAndIsNotDrawn() {
    assertThat(PdfText.of(report("zurich")))
        .contains("Not known this week: Fill rate (no shift export and no shift template")
        .contains("Revenue per provider hour: no shift export and no shift template");
  }

  @Test
  void whatIsEmptyForAllIsLeftOut() {
    assertThat(PdfText.of(report("zurich"))).doesNotContain("Bookable h");
    assertThat(PdfText.of(only("austin")))
        .contains("Provider Bookable h Kept h No-show h Late h Unresolved h Idle h");
    String harbour = PdfText.of(report("harbour"));
    assertThat(harbour.substring(harbour.indexOf("Where the time went")))
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
      if (text.contains("Locations, by what is to be gained")) {
        assertThat(text).as("page %s has the locations together", page).contains("Marfa (closed");
      }
    }
  }

  @Test
  void aProviderHasHoursThatAddUpAndStaffWithoutTimeStandsApart() {
    assertThat(PdfText.of(only("austin")))
        .contains("Dr. J. Whitfield 25.0 13.5 2.0 – 0.8 8.8 54.0%")
        .contains("Net revenue without bookable time: No provider named in the export −$1.2k.")
        .contains("Θεοδώρα Παπαδοπούλου");
  }

  @Test
  void whereTheMoneyIsHangsFromWhatTheHoursCouldHaveBrought() {
    assertThat(PdfText.of(only("austin")))
        .contains("Where the money is: idle $16.4k")
        .contains("Potential 150.0 $61.7k")
        .contains("Idle 40.0 −$16.4k")
        .contains("Beside it, of another kind and not subtracted: uncollected $2.4k.")
        .contains("Owed $3.0k: $2.4k for less than four weeks, $600 for four to thirteen weeks.")
        .contains(
            "Clients have paid in advance and not used: gift card $8.4k. One week that did not arrive"
                + " is not in it.");
  }

  @Test
  void aPracticeAddsUpTheMoneyOfItsLocationsAndNamesThoseThatAreNotInIt() {
    String text = PdfText.of(report("lumiere"));
    assertThat(text.substring(0, text.indexOf("Austin Domain Lumière")))
        .contains("Where the money is: idle $16.4k")
        .contains("Potential 150.0 $61.7k")
        .contains("The hours of these have no price and are not in the table: Houston Heights")
        .contains("Owed $3.0k: $2.4k for less than four weeks")
        .contains("Clients have paid in advance and not used: gift card $8.4k.");
  }

  @Test
  void locationsThatAreNotInANumberOfThePracticeAreNamed() {
    assertThat(PdfText.ofPage(report("lumiere"), 1))
        .containsPattern("Without Houston Heights[^.]*: [^.]*average ticket");
  }

  @Test
  void whatAnHourOfEachProviderBringsIsToldWithWhatItRestsOn() {
    Path warehouse =
        MarketFixture.write(
            folder.resolve("rates.duckdb"), List.of("DELETE FROM identity_coverage"));
    Path out = folder.resolve("rates");
    Reports.write(
        new ReportRequest(warehouse, out, Optional.empty(), Optional.of("austin"), PageSize.LETTER),
        line -> {});
    assertThat(PdfText.of(out.resolve(MarketFixture.WEEK).resolve("lumiere-austin-weekly.pdf")))
        .contains("What an hour brings, by provider and service")
        .contains("A $612 (40)")
        .contains("B $456 (20)")
        .contains("Mean of the practice $500")
        .doesNotContain("(4)");
    assertThat(PdfText.of(only("austin")))
        .as("where schedule and sales name other providers it is wrong")
        .doesNotContain("What an hour brings");
  }

  @Test
  void hoursOfTheWeekAreFullOrEmptyInWordAndShape() {
    assertThat(PdfText.of(report("northern")))
        .contains("Hours of the week: 4 hours are full, 2 are more than half empty")
        .contains("Mon ○ 31% ○ 31% ■ 97%")
        .contains("Fri 70% ■ 70% ■ 97%");
  }

  @Test
  void whereNoSaleNamesAProviderOneLineSaysSoInsteadOfDashes() {
    Path warehouse =
        MarketFixture.write(
            folder.resolve("nobody.duckdb"),
            List.of("DELETE FROM kpi_weekly_provider WHERE kpi NOT LIKE '%fill_rate'"));
    Path out = folder.resolve("nobody");
    Reports.write(
        new ReportRequest(warehouse, out, Optional.empty(), Optional.of("austin"), PageSize.LETTER),
        line -> {});
    assertThat(PdfText.of(out.resolve(MarketFixture.WEEK).resolve("lumiere-austin-weekly.pdf")))
        .contains(
            "No sale names any of these providers, so what an hour of each brings is not known.")
        .contains("Idle h Fill rate Mónica")
        .doesNotContain("Revenue per bookable h");
    assertThat(PdfText.of(only("austin"))).doesNotContain("No sale names any of these providers");
  }

  @Test
  void hoursWhoseOutcomeIsNotToldAreNotCharted() {
    Path warehouse =
        MarketFixture.write(
            folder.resolve("unresolved.duckdb"),
            List.of(
                "INSERT INTO kpi_unavailable BY NAME SELECT 'lumiere' AS practice_id, 'austin' AS"
                    + " location_id, DATE '2026-11-16' AS week_start, 'fill_rate' AS kpi, 'nobody"
                    + " tells who came' AS reason"));
    Path out = folder.resolve("unresolved");
    Reports.write(
        new ReportRequest(warehouse, out, Optional.empty(), Optional.of("austin"), PageSize.LETTER),
        line -> {});
    assertThat(PdfText.of(out.resolve(MarketFixture.WEEK).resolve("lumiere-austin-weekly.pdf")))
        .contains("bookable hours; how many were kept is not known: nobody tells who came.")
        .doesNotContain("Hours by provider");
  }

  @Test
  void templatesThatRealityContradictsAndFullHoursAreTold() {
    assertThat(PdfText.of(only("austin")))
        .contains(
            "Booked for another time than they take: Laser, full face 60 min, half within 38 and"
                + " four of five within 44 (n 41).")
        .contains("Full over 13 weeks: Thu 16:00 (97% booked).")
        .contains("Emptiest: Mon 9:00 (21% booked).")
        .doesNotContain("PEEL");
  }

  @Test
  void whatTheBookingsCannotBeServedWithIsTheFirstLineOfStock() {
    String text = PdfText.of(only("austin"));
    assertThat(text)
        .contains("Stock: not enough OnabotulinumtoxinA, 100 U for the bookings from Wed 25")
        .contains(
            "■ OnabotulinumtoxinA, 100 U: 6 too few by Nov 25; 9 bookings need it within the 7"
                + " days that an order takes, and 9 can be used.")
        .contains(
            "Above par and four weeks’ use: $11.8k in 1 product, most in Sunscreen SPF 50 & primer"
                + " ($11.8k).")
        .contains(
            "Dear and slow, so worth asking the supplier to leave on consignment: Sunscreen SPF 50"
                + " & primer. $11.2k of own money lies in it, which turns 0.9× a year where all"
                + " owned stock turns 6.1×; holding it costs $2.2k a year.");
    assertThat(text.indexOf("6 too few")).isLessThan(text.indexOf("8 products; owned"));
  }

  @Test
  void whatToOrderComesWithItsArithmetic() {
    String text = PdfText.of(only("austin"));
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
            "CaHA filler, 1.5 mL (consigned) ▲ At or below par 1.8 14 3.5 3.0 6.5 6 6.0 1 × 2")
        .contains("1 product needs no order.")
        .contains(
            "Whether to order cannot be told of 1 product without a par: the products export tells"
                + " no lead time.")
        .doesNotContain("Discontinued peel");
    assertThat(PdfText.of(only("houston")))
        .contains("OnabotulinumtoxinA, 100 U ■ Out of stock 4.0 7 4.0 2.0 6.0 0 0.0 6 × 1 –")
        .contains("The orders of owned products cost $0, 1 of unknown cost left out.");
  }

  @Test
  void lotsThatExpireBeforeTheyAreUsedComeWithTheirValue() {
    assertThat(PdfText.of(only("austin")))
        .contains(
            "Owned stock at risk, at cost: $570.00 expired, $0 within 60 days, $1,470 within 90 days;"
                + " 1 of unknown value.")
        .contains("HA filler, 1 mL mid-density HA-1 Nov 1, 2026 ■ Expired 2 0 2 $570.00")
        .contains("CaHA filler, 1.5 mL (consigned) – Dec 1, 2026 ▲ In 9 days 3 2 1 $290.00")
        .contains("Topical lidocaine 23/7 L9 Dec 28, 2026 ▲ In 36 days 7.5 – – –")
        .contains("1 more lot is used before the date.")
        .contains("2 uses of the last 91 days took a later lot while one of these was the first")
        .doesNotContain(" H2 ");
    assertThat(PdfText.of(only("houston")))
        .contains("Lots: no lot on hand has expired or expires within 90 days.");
  }

  @Test
  void dataHealthSaysWhatShareOfRevenueAndHoursIsMatchedAcrossSystems() {
    assertThat(PdfText.of(report("lumiere")))
        .contains(
            "70.0% of the week’s revenue that names a provider names one whom the schedule has too;"
                + " 81.3% of the hours are of providers whom the sales name too.")
        .contains("There is no crosswalk between the systems yet (identities.csv).")
        .contains("Most often without a match: TM_9x2 (Claire A.); Desk");
    assertThat(PdfText.of(report("harbour")))
        .contains("The crosswalk between the systems (identities.csv) is not complete.");
    assertThat(PdfText.of(report("zurich"))).doesNotContain("Who is who");
  }

  @Test
  void dataHealthSaysWhatIsInAndOut() {
    assertThat(PdfText.of(report("lumiere")))
        .contains("pseudonymised limited data set, still protected health information")
        .contains("Publication 0f3a9c51d2")
        .contains("Nothing from November 23, 2026 on is in the numbers")
        .contains("The last line is truncated. Export the file again and put it in its place.")
        .contains(
            "Rejected 11 rows, most of them unknown word in status (austin-schedule). In no number"
                + " are their sales of $1,235, as far as they can be read (rejected_amounts).")
        .contains("Late lumiere-sales (late).")
        .contains("no row of this week is from lumiere-sales (newest Nov 8)")
        .contains("lumiere-sales holds 61 rows of sale lines for the week of Nov 2, usual are 402.")
        .contains("Fill rate kept minutes ÷ bookable minutes")
        .doesNotContain("week of Aug 3, usual");
  }

  @Test
  void aWeekOfWhichNothingArrivedIsSaidToBeOne() {
    Path warehouse =
        MarketFixture.write(
            folder.resolve("nothing.duckdb"),
            List.of(
                "UPDATE sources SET newest_date = DATE '2026-11-08' WHERE practice_id = 'lumiere'",
                "DELETE FROM kpi_weekly WHERE week_start = DATE '2026-11-16'",
                "DELETE FROM kpi_weekly_practice WHERE week_start = DATE '2026-11-16'",
                "UPDATE revenue_steps SET net_revenue = NULL, comparison = 'not_told'"));
    Path out = folder.resolve("nothing");
    Reports.write(
        new ReportRequest(
            warehouse, out, Optional.of("lumiere"), Optional.empty(), PageSize.LETTER),
        line -> {});
    assertThat(PdfText.of(out.resolve(MarketFixture.WEEK).resolve("lumiere-weekly.pdf")))
        .contains(
            "No sales of Austin Domain and Houston Heights are known: their revenue is unknown,"
                + " not 0. No location has numbers for this week.")
        .contains("Arrived Nothing of this week: the newest row is of Nov 8, 2026.")
        .doesNotContain("target meets it")
        .doesNotContain("No source is late")
        .doesNotContain("on target");
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
  void whatOneMoreColumnWouldBringIsToldOfListsThatLackOne() {
    assertThat(PdfText.of(report("lumiere")))
        .contains(
            "Lists Reminders and no-shows, empty at Houston Heights: times of reminders are in none of 812"
                + " appointments: nobody knows who was reminded. Providers by category of service, empty at"
                + " Austin Domain: providers are in none of 8,486 sale lines (service): revenue is credited"
                + " to nobody. True room capacity, in part at 2 locations. Austin Domain: turnover minutes"
                + " of 6 of 12 services are missing; for those, room capacity is the naive one.")
        .doesNotContain("What expires, empty")
        .as("gaps below 5 % are no harm")
        .doesNotContain("stand without their category");
    assertThat(PdfText.of(report("harbour")))
        .contains("True room capacity, in part: turnover minutes of 1 of 2 services are missing");
    assertThat(PdfText.of(report("northern"))).doesNotContain("turnover_minutes");
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
    assertThat(PdfText.of(report("harbour"))).contains("<script>alert(\"x\")</script>");
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
        .contains("Net revenue $41.1k; it takes the four weeks before".replace("$", "£"))
        .contains("too few weeks")
        .doesNotContain("What moved it");
  }

  @Test
  void aPracticeWithoutDataGetsAWholeReport() {
    assertThat(PdfText.of(report("silent")))
        .contains("There are no numbers for this week or the 12 weeks before it")
        .contains("no row of this week in any export")
        .contains("Arrived No file has been ingested.")
        .doesNotContain("$0");
  }

  @Test
  void aNameFromRightToLeftThatFillsLinesIsBrokenAsItIsRead() {
    Path warehouse =
        MarketFixture.write(
            folder.resolve("long-hebrew.duckdb"),
            List.of(
                "UPDATE locations SET name = 'המרכז הגדול לרפואה אסתטית ולטיפולי לייזר בצפון הארץ'"
                    + " WHERE location_id = 'austin'"));
    Path out = folder.resolve("long-hebrew");
    Reports.write(
        new ReportRequest(warehouse, out, Optional.empty(), Optional.of("austin"), PageSize.LETTER),
        line -> {});
    String page =
        PdfText.ofPage(out.resolve(MarketFixture.WEEK).resolve("lumiere-austin-weekly.pdf"), 1);
    assertThat(page).contains("המרכז הגדול").contains("בצפון הארץ");
    assertThat(page.indexOf("המרכז")).isLessThan(page.indexOf("הארץ"));
  }

  @Test
  void namesOfAnyScriptAreThereAsText() {
    Path warehouse =
        MarketFixture.write(
            folder.resolve("scripts.duckdb"),
            List.of(
                "UPDATE locations SET name = 'Κλινική Київ שלום 美容医院 클리닉 ★' WHERE location_id ="
                    + " 'austin'",
                "UPDATE providers SET name = 'ليلى حداد' WHERE practice_id = 'lumiere' AND provider_id = 'p2'",
                "UPDATE providers SET name = '田中 さくら' WHERE practice_id = 'lumiere' AND provider_id = 'p1'"));
    Path out = folder.resolve("scripts");
    Reports.write(
        new ReportRequest(warehouse, out, Optional.empty(), Optional.of("austin"), PageSize.LETTER),
        line -> {});
    Path pdf = out.resolve(MarketFixture.WEEK).resolve("lumiere-austin-weekly.pdf");
    String text = java.text.Normalizer.normalize(PdfText.of(pdf), java.text.Normalizer.Form.NFKC);
    assertThat(text)
        .contains("Κλινική Київ שלום 美容医院 클리닉 ★")
        .contains("田中 さくら")
        .contains("ليلى حداد")
        .doesNotContain("(?)", "□", "No font of the PDF has");
    assertThat(PdfText.ask(pdf, PdfText::fonts)).allMatch(PDFont::isEmbedded);
    assertThat(PdfText.<String>ask(pdf, d -> d.getDocumentInformation().getTitle()))
        .contains("Κλινική Київ שלום 美容医院 클리닉 ★");
    assertThat(PdfText.ask(report("northern"), PdfText::fonts))
        .as("a font that no letter needs is not in the file")
        .noneMatch(font -> font.getName().contains("Droid"));
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
        .hasSizeGreaterThanOrEqualTo(5)
        .allMatch(text -> text != null && !text.isBlank())
        .anyMatch(text -> text.startsWith("No-show rate by week from Aug 24: "))
        .anyMatch(text -> text.contains("K. Osei, RN: 13.0 h Kept"));
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
