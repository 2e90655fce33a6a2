package medspa.charts.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import medspa.charts.figure.KpiFormat;
import medspa.charts.figure.Standing;
import medspa.charts.read.BenchmarkFacts;
import medspa.charts.read.BenchmarkFacts.BenchmarkLocation;
import medspa.charts.read.Consultant;
import medspa.charts.read.Kpi;
import medspa.charts.read.Peers;
import medspa.charts.read.PortfolioTable.Value;
import medspa.charts.read.PublishedWarehouse;
import medspa.charts.section.Portfolio;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.kpi.KpiDefinition.Unit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of a consultant in a browser. */
@Tag("full")
@Tag("browser")
class PortfolioPageBrowserTest {
  private static final int LOCATIONS = 60;

  @TempDir static Path folder;

  private static Browser browser;
  private static Path warehouse;
  private static Path page;

  @BeforeAll
  static void start() throws IOException {
    List<String> changes = new ArrayList<>(PortfolioMarket.EVERYTHING);
    changes.add(
        "UPDATE locations SET name = '=1+<img src=x onerror=\"window.hurt=1\">' WHERE location_id ="
            + " 'h7'");
    changes.add(
        "DELETE FROM portfolio_moves WHERE location_id IN ('h9', 'h11') AND measure = 'revenue' AND"
            + " range_weeks = 4");
    changes.add("UPDATE locations SET opened_on = DATE '2026-10-12' WHERE location_id = 'h9'");
    changes.add(
        "DELETE FROM kpi_weekly WHERE location_id = 'h11' AND kpi = 'net_revenue' AND week_start >="
            + " DATE '2026-10-26'");
    warehouse =
        PortfolioMarket.write(
            folder.resolve("market.duckdb"), LOCATIONS, changes.toArray(String[]::new));
    page = PortfolioMarket.page(warehouse, folder.resolve("page.html"));
    browser = Browser.start(folder.resolve("profile"));
  }

  @AfterAll
  static void end() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void look() {
    browser.look("light", 1280, "screen");
  }

  @Test
  void everyNumberIsWrittenAsTheReportsWriteIt() {
    browser.open(page, "");
    try (PublishedWarehouse published = PublishedWarehouse.open(warehouse)) {
      Consultant kim = published.consultants().iterator().next();
      KpiFormat format = new KpiFormat("USD");
      int compared = 0;
      for (Kpi kpi : published.portfolioTable(kim).kpis()) {
        JsonNode shown =
            browser.value(
                String.format(
                    Locale.ROOT,
                    "portfolio.all().then(() => { const k = portfolio.kpi('%s'), all = {};"
                        + " portfolio.data.weeks.forEach(r => { const c = portfolio.column(k,"
                        + " r[0], r[1]); if (c) portfolio.data.places.forEach((p, i) => all[p.id +"
                        + " '/' + c.range + '/' + r[1]] = portfolio.text(k, c, i) + '|' +"
                        + " c.status[i] + c.rank[i]); }); return all; })",
                    kpi.id()));
        for (Value value : published.portfolioValues(kim, kpi)) {
          long ago = ChronoUnit.WEEKS.between(value.week(), published.run().lastWeek());
          String status =
              switch (value.status()) {
                case RANKED -> "r";
                case FEW_DATA -> "f";
                case OPENED_SINCE -> "o";
                case NO_VALUE -> "n";
                case EARLIER -> "e";
              };
          assertThat(shown.path(value.locationId() + "/" + value.rangeWeeks() + "/" + ago).asText())
              .as("%s of %s", kpi.id(), value)
              .isEqualTo(
                  format.value(kpi.unit(), value.value()) + "|" + status + value.rank().orElse(0));
          compared++;
        }
      }
      assertThat(compared).isGreaterThan(90_000);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "percent, 0.000351",
    "percent, 0.0000004",
    "percent, -0.0000004",
    "percent, 0.00996",
    "percent, 1",
    "percent, 0.0995",
    "per_hundred, 0.0351",
    "money, 999.995",
    "money, -1234567.5",
    "money, 0.004",
    "money_per_hour, 438.125",
    "times_per_year, 8.25",
    "days, 1234.05",
    "count, 1200",
    "ratio, 0.995",
    "hours, 0.05",
    "minutes, -0.04"
  })
  void edgesOfRoundingAreThoseOfTheReports(String unit, double value) {
    browser.open(page, "");
    KpiFormat format = new KpiFormat("USD");
    assertThat(browser.text("portfolio.format('" + unit + "', " + value + ")"))
        .isEqualTo(format.value(Unit.valueOf(unit.toUpperCase(Locale.ROOT)), value));
    assertThat(browser.text("portfolio.brief(" + value * 1000 + ")"))
        .isEqualTo(format.brief(BigDecimal.valueOf(value * 1000)));
  }

  @Test
  void quartersAreThoseOfThePdf() {
    browser.open(page, "");
    try (PublishedWarehouse published = PublishedWarehouse.open(warehouse)) {
      BenchmarkFacts facts = published.benchmarkFacts(published.consultants().iterator().next());
      int compared = 0;
      for (Kpi kpi : facts.kpis()) {
        JsonNode quarters =
            browser.value(
                "portfolio.all().then(() => { const k = portfolio.kpi('"
                    + kpi.id()
                    + "'), c = portfolio.column(k, 13, 0); return Object.fromEntries("
                    + "portfolio.data.places.map((p, i) => [p.id, c.quarter[i]])); })");
        double[] ranked =
            facts.locations().stream()
                .filter(location -> isRanked(location, kpi))
                .mapToDouble(l -> l.peers().get(kpi.id()).value().getAsDouble())
                .toArray();
        for (BenchmarkLocation location : facts.locations()) {
          Optional<Standing> standing =
              isRanked(location, kpi) && Portfolio.hasMerit(kpi)
                  ? Standing.among(
                      kpi, location.peers().get(kpi.id()).value().getAsDouble(), ranked)
                  : Optional.empty();
          assertThat(quarters.path(location.location().id()).asInt())
              .as("%s at %s", kpi.id(), location.location().id())
              .isEqualTo(standing.map(PortfolioPageBrowserTest::quarter).orElse(0));
          compared++;
        }
      }
      assertThat(compared).isGreaterThan(2_000);
    }
  }

  private static int quarter(Standing standing) {
    return switch (standing) {
      case Q1 -> 1;
      case Q2 -> 2;
      case Q3 -> 3;
      case Q4 -> 4;
    };
  }

  private static boolean isRanked(BenchmarkLocation location, Kpi kpi) {
    Peers peers = location.peers().get(kpi.id());
    return peers != null
        && peers.isStable()
        && peers.rank().isPresent()
        && peers.value().isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#opportunity",
        "#moves",
        "#moves?measure=opportunity&range=4",
        "#restated",
        "#heat",
        "#heat?range=1&region=Region+1",
        "#kpi/no_show_rate",
        "#kpi/average_ticket?week=2026-06-01&range=1",
        "#kpi/stock_value?practice=northern",
        "#location/h3",
        "#location/h5?range=1",
        "#table",
        "#table?kpi=fill_rate&ago=all&sort=value",
        "#table?find=nobody+is+called+so"
      })
  void axeFindsNothingInLightAndInDark(String fragment) {
    for (String scheme : List.of("light", "dark")) {
      browser.look(scheme, scheme.equals("light") ? 1280 : 390, "screen");
      browser.open(page, fragment);
      browser.value(Definitions.resource("axe.min.js") + "; true");
      JsonNode found =
          browser.value(
              "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations.map(v =>"
                  + " v.id + ': ' + v.nodes.map(n => n.target + ' ' + n.failureSummary).slice(0,"
                  + " 3).join('; ')))");
      assertThat(found).as("%s in %s", fragment, scheme).isEmpty();
    }
  }

  @Test
  void anAddressLeadsToWhatItNames() {
    browser.open(
        page, "#kpi/no_show_rate?week=2026-10-19&range=4&practice=northern&sort=value&order=desc");
    assertThat(heading()).isEqualTo("No-show rate, 4 weeks to the week of Oct 19, 2026");
    assertThat(browser.text("document.getElementById('f-practice').value")).isEqualTo("northern");
    assertThat(browser.text("document.getElementById('f-week').selectedOptions[0].text"))
        .isEqualTo("Oct 19, 2026");
    assertThat(browser.text("document.querySelector('[aria-sort=descending]').innerText"))
        .contains("No-show rate");
    browser.value("document.querySelector('tbody th a').click()");
    browser.await("document.getElementById('heading').textContent.indexOf('No-show') < 0");
    assertThat(browser.text("location.hash")).startsWith("#location/");
    assertThat(browser.text("document.activeElement.id")).isEqualTo("heading");
    String there = heading();
    String hash = browser.text("location.hash");
    browser.value("history.back()");
    browser.await("document.getElementById('heading').textContent.indexOf('No-show') === 0");
    browser.open(page, hash);
    assertThat(heading()).isEqualTo(there);
  }

  @Test
  void anAddressOfNothingLeadsToSomething() {
    browser.open(page, "#kpi/gone?week=1999-01-01&range=7&peers=nobody&practice=%zz");
    assertThat(heading()).startsWith("Fill rate, 13 weeks to the week of Nov 16, 2026");
    browser.open(page, "#location/gone");
    assertThat(heading()).isNotEmpty();
  }

  @Test
  void whatIsFilteredIsSaidShownAndTakenAlong() {
    browser.open(page, "#kpi/no_show_rate");
    choose("f-region", "Region 1");
    assertThat(browser.text("location.hash")).contains("region=Region+1");
    int rows = browser.value("document.querySelectorAll('tbody tr').length").asInt();
    assertThat(rows).isBetween(2, 15);
    assertThat(browser.text("document.getElementById('status').textContent"))
        .startsWith(rows + " locations");
    assertThat(
            browser
                .value(
                    "[...document.querySelectorAll('tbody .sub')].every(s =>"
                        + " s.textContent.endsWith('Region 1'))")
                .asBoolean())
        .isTrue();
    List<String> lines = browser.text("portfolio.csv()").lines().toList();
    assertThat(lines).hasSize(rows + 1);
    assertThat(lines.get(0)).startsWith("location_id,location,practice,region,kpi,unit,week_start");
    assertThat(lines.subList(1, lines.size())).allMatch(line -> line.contains(",Region 1,"));
    choose("f-peers", "region:Region 1");
    assertThat(browser.text("document.querySelector('.says').textContent"))
        .contains("others in the region Region 1")
        .contains("median 50.0%");
    browser.value("document.getElementById('reset').click()");
    assertThat(browser.value("document.querySelectorAll('tbody tr').length").asInt())
        .isGreaterThan(rows);
  }

  @Test
  void aSpreadsheetIsGivenNoFormulaAndAPageNoMarkup() {
    browser.open(page, "#opportunity?find=img");
    assertThat(browser.text("document.body.innerText")).contains("=1+<img src=x onerror=");
    assertThat(
            browser.value("window.hurt").isMissingNode() || browser.value("window.hurt").isNull())
        .isTrue();
    assertThat(browser.text("portfolio.csv()")).contains(",\"'=1+<img").doesNotContain(",=1+");
  }

  @Test
  void savingWritesWhatIsSeen() {
    browser.open(page, "#table?kpi=fill_rate&ago=all&range=1");
    int rows =
        Integer.parseInt(
            browser.text(
                "document.getElementById('status').textContent.replace(',', '').split(' ')[0]"));
    assertThat(rows).isGreaterThan(1_000);
    assertThat(browser.text("portfolio.csv()").lines()).hasSize(rows + 1);
  }

  /** Every control is reached by the Tab key alone, in the order in which it stands. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "#opportunity",
        "#moves",
        "#heat",
        "#kpi/no_show_rate",
        "#location/h3",
        "#table",
        "#restated"
      })
  void theKeyboardReachesEverything(String fragment) {
    browser.open(page, fragment);
    String all =
        "[...document.querySelectorAll('a[href], button, select, input, [tabindex=\"0\"]')]";
    int controls = browser.value(all + ".length").asInt();
    browser.value(
        "window.reached = new Set(); document.addEventListener('focusin', e =>"
            + " reached.add(e.target)); document.activeElement.blur()");
    for (int i = 0; i < controls; i++) {
      browser.press("Tab");
    }
    assertThat(browser.value(all + ".filter(x => !reached.has(x)).map(x => x.outerHTML)"))
        .isEmpty();
    assertThat(controls).isGreaterThan(40);
  }

  @Test
  void theKeyboardSortsAndKeepsItsPlace() {
    browser.open(page, "#kpi/no_show_rate");
    browser.value("document.getElementById('sort-value').focus()");
    browser.press("Enter");
    browser.await("document.querySelector('[aria-sort=descending] #sort-value')");
    assertThat(browser.text("document.activeElement.id")).isEqualTo("sort-value");
    assertThat(browser.text("document.getElementById('status').textContent"))
        .contains("sorted by No-show rate, largest first");
    List<Double> shown = numbers("tbody td:nth-child(2)");
    assertThat(shown).hasSizeGreaterThan(40).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    browser.press("Enter");
    browser.await("document.querySelector('[aria-sort=ascending] #sort-value')");
    browser.value("document.getElementById('next').focus()");
    browser.press("Enter");
    browser.await("location.hash.indexOf('page=2') > 0");
    assertThat(browser.text("document.activeElement.id")).isEqualTo("next");
    browser.value("document.getElementById('f-find').focus()");
    browser.type("Pier 1003");
    browser.await("document.querySelectorAll('tbody tr').length === 1");
    assertThat(browser.text("document.activeElement.id")).isEqualTo("f-find");
    assertThat(browser.text("document.activeElement.value")).isEqualTo("Pier 1003");
  }

  @Test
  void everyChartSaysWhatItShowsInWords() {
    for (String fragment : List.of("#opportunity", "#moves", "#kpi/no_show_rate", "#location/h3")) {
      browser.open(page, fragment);
      assertThat(
              browser.value(
                  "[...document.querySelectorAll('svg[role=img]')].map(s =>"
                      + " s.getAttribute('aria-label')).filter(l => l.length < 20)"))
          .isEmpty();
      assertThat(browser.value("document.querySelectorAll('svg[role=img]').length").asInt())
          .isPositive();
    }
  }

  @Test
  void aLocationThatOpenedWithinTheRangeSaysSoAndHasNeitherPlaceNorQuarter() {
    browser.open(page, "#kpi/no_show_rate?find=Pier+1005");
    assertThat(browser.text("document.querySelector('tbody td:nth-child(3)').textContent"))
        .isEqualTo("opened since");
    assertThat(browser.text("document.querySelector('tbody td.quarter').textContent")).isEmpty();
  }

  @Test
  void whoMovedIsShownWithThoseThatLostMostFirstAndTakenAlong() {
    browser.open(page, "#moves?range=4");
    assertThat(heading()).isEqualTo("Net revenue a week: who moved in four weeks");
    List<String> lines = browser.text("portfolio.csv()").lines().toList();
    assertThat(lines.get(0)).endsWith("measure,kpi,range_weeks,before,since,change");
    assertThat(lines.stream().skip(1).map(l -> l.substring(l.lastIndexOf(',') + 1)).toList())
        .hasSizeGreaterThan(60)
        .isSortedAccordingTo(Comparator.comparing(BigDecimal::new));
    assertThat(browser.text("document.querySelector('.note').textContent"))
        .startsWith("Not compared: ")
        .contains("Pier 1009 (opening day Oct 12, 2026)")
        .containsPattern("Pier 1011 \\(net revenue in \\d of the 8 weeks\\)");
    choose("f-measure", "opportunity");
    choose("f-range", "13");
    assertThat(browser.text("location.hash")).isEqualTo("#moves?measure=opportunity");
    assertThat(heading()).isEqualTo("What is to be gained a week: who moved in 13 weeks");
    assertThat(browser.text("document.querySelector('.says').textContent"))
        .contains("one week is in both");
    browser.open(page, "#moves?range=1");
    assertThat(browser.text("document.getElementById('f-range').value"))
        .as("a range of which nothing is told gives way")
        .isEqualTo("13");
  }

  @Test
  void whatAnEarlierBenchmarkToldOtherwiseIsListedWithItsReasons() {
    browser.open(page, "#restated?kpi=fill_rate&region=Region+1");
    assertThat(browser.text("document.getElementById('main').innerText"))
        .contains("positions of locations in ranges of weeks that had been published have changed")
        .contains("A file with other rows; the peers changed")
        .doesNotContain("No-show rate");
    int rows = browser.value("document.querySelectorAll('tbody tr').length").asInt();
    assertThat(rows).isPositive();
    assertThat(browser.text("portfolio.csv()").lines().toList())
        .hasSize(rows + 1)
        .first()
        .asString()
        .endsWith("from_rank,to_rank,from_gap_dollars,to_gap_dollars,causes");
  }

  @Test
  void whereAFilterLeavesNothingThatChangedThatIsSaid() {
    browser.open(page, "#restated?find=nobody+is+called+so");
    assertThat(browser.text("document.getElementById('main').innerText"))
        .contains("have changed")
        .contains("None of them is of a location and KPI that is chosen here.");
  }

  /** A name that takes too much of a telephone's width stands above its dot. */
  @Test
  void aTelephoneShowsNamesWhole() {
    browser.look("light", 390, "screen");
    for (String fragment : List.of("#moves?measure=opportunity&range=4", "#opportunity")) {
      browser.open(page, fragment);
      assertThat(
              browser.value(
                  "[...document.querySelectorAll('.chart .label')].map(l =>"
                      + " l.textContent).filter(t => t.endsWith('…'))"))
          .as(fragment)
          .isEmpty();
      assertThat(
              browser
                  .value(
                      "[...document.querySelectorAll('.chart .label')].every(l => { const b ="
                          + " l.getBBox(); return b.x >= 0 && b.x + b.width <= 362; })")
                  .asBoolean())
          .as(fragment)
          .isTrue();
    }
  }

  @Test
  void aFigureOfTheTradeStandsBesideItsKpiWithWhatMakesItAnotherNumber() {
    browser.open(page, "#kpi/fill_rate");
    assertThat(browser.text("document.querySelector('.trade').innerText"))
        .contains("90.0% to 95.0%", "A journal (2004, grade a)")
        .contains("Counts appointments and not minutes.");
    browser.open(page, "#kpi/average_ticket");
    assertThat(browser.value("document.querySelectorAll('.trade').length").asInt()).isZero();
  }

  @Test
  void aKpiWithoutMeritHasNoQuarters() {
    browser.open(page, "#kpi/stock_value");
    assertThat(browser.text("document.getElementById('main').innerText"))
        .contains("More is neither better nor worse")
        .doesNotContain("Quarter");
    assertThat(browser.value("document.querySelectorAll('.q1, .q4').length").asInt()).isZero();
  }

  @Test
  void paperGetsAllRowsAndNoControls() {
    browser.open(page, "#kpi/no_show_rate");
    int seen = browser.value("document.querySelectorAll('tbody tr').length").asInt();
    browser.look("dark", 1000, "print");
    browser.value("window.dispatchEvent(new Event('beforeprint'))");
    assertThat(browser.value("document.querySelectorAll('tbody tr').length").asInt())
        .isGreaterThan(seen);
    assertThat(
            browser.text(
                "['nav', 'form', '.pager'].map(s => document.querySelector(s)).filter(x => x &&"
                    + " getComputedStyle(x).display !== 'none').length"))
        .isEqualTo("0");
    assertThat(browser.text("getComputedStyle(document.body).backgroundColor"))
        .isEqualTo("rgb(255, 255, 255)");
    browser.value("window.dispatchEvent(new Event('afterprint'))");
    assertThat(browser.value("document.querySelectorAll('tbody tr').length").asInt())
        .isEqualTo(seen);
  }

  /** Columns of a table that is wider than paper go on below it, with all rows again. */
  @Test
  void paperGetsNoMoreColumnsThanCanBeRead() {
    browser.look("light", 1000, "print");
    for (String fragment : List.of("#heat", "#location/h3?range=1")) {
      browser.open(page, fragment);
      String heads =
          "[...document.querySelectorAll('.part thead tr')].map(r => r.children.length - 1)";
      int columns = browser.value(heads + ".reduce((a, b) => a + b)").asInt();
      browser.value("window.dispatchEvent(new Event('beforeprint'))");
      assertThat(browser.value(heads + ".reduce((a, b) => a + b)").asInt()).isEqualTo(columns);
      assertThat(numbersOf(heads)).as(fragment).hasSizeGreaterThan(1).allMatch(n -> n <= 13);
      assertThat(
              browser
                  .value(
                      "[...document.querySelectorAll('.part td, .part th')].every(c =>"
                          + " parseFloat(getComputedStyle(c).fontSize) >= 9)")
                  .asBoolean())
          .as("letters that can be read")
          .isTrue();
      browser.value("window.dispatchEvent(new Event('afterprint'))");
    }
  }

  /** The page, which reads no weeks before {@code release()}. */
  private static Path held() throws IOException {
    return Files.writeString(
        folder.resolve("held.html"),
        Files.readString(page)
            .replaceFirst(
                "<style>",
                "<script>{ let isFirst = true; const text = Response.prototype.text, held = new"
                    + " Promise(done => { window.release = done; }); Response.prototype.text ="
                    + " async function () { const mustWait = !isFirst; isFirst = false; if"
                    + " (mustWait) await held; return text.call(this); }; }</script><style>"));
  }

  private static final String HEAT_STANDS =
      "document.getElementById('heading').textContent.indexOf('All KPIs') === 0";

  @Test
  void aViewThatWaitsForItsWeeksSaysSoAndNothingElseIsSavedOrPrintedInItsPlace()
      throws IOException {
    browser.open(held(), "");
    browser.value(
        "window.printed = 0; window.print = () => printed++; window.saved = 0; URL.createObjectURL ="
            + " () => { saved++; return 'data:text/csv,'; }");
    String save =
        "document.getElementById('csv').click(), document.getElementById('print').click()";
    String taken = "saved + ' ' + printed";
    String current =
        "[...document.querySelectorAll('#views [aria-current=page]')].map(a => a.id).join()";
    String busy =
        "document.getElementById('main').getAttribute('aria-busy') + ' ' + ['csv', 'print'].map(b =>"
            + " document.getElementById(b).getAttribute('aria-disabled') + '').join(' ')";
    String status = "document.getElementById('status').textContent";
    assertThat(browser.text(busy)).isEqualTo("null null null");

    browser.value("document.getElementById('view-heat').click()");
    browser.await(current + " === 'view-heat'");
    assertThat(browser.text(status)).isEqualTo("Reading the numbers …");
    assertThat(browser.text(busy)).isEqualTo("true true true");
    assertThat(browser.text("document.getElementById('f-week').value")).isEqualTo("0");
    browser.value(save);
    assertThat(browser.text(taken)).isEqualTo("0 0");
    browser.look("light", 1000, "print");
    assertThat(
            browser.text(
                "['main', 'status'].map(i => getComputedStyle(document.getElementById(i)).display)"
                    + ".join()"))
        .isEqualTo("none,block");
    browser.look("light", 1280, "screen");

    browser.value("release()");
    browser.await(HEAT_STANDS);
    assertThat(browser.text(busy)).isEqualTo("null null null");
    assertThat(browser.text(status)).contains("locations");
    browser.value(save);
    assertThat(browser.text(taken)).isEqualTo("1 1");
  }

  @Test
  void whatIsDrawnWhileAnArrivalWaitsLeavesItTheFocus() throws IOException {
    browser.open(held(), "");
    browser.value("document.getElementById('view-heat').click()");
    browser.await("document.getElementById('main').getAttribute('aria-busy')");
    browser.value(
        "window.dispatchEvent(new Event('beforeprint')), window.dispatchEvent(new"
            + " Event('afterprint')), release()");
    browser.await(HEAT_STANDS);
    assertThat(browser.text("document.activeElement.id")).isEqualTo("heading");
  }

  @Test
  void whoTypesWhileAnArrivalWaitsIsNotInterrupted() throws IOException {
    browser.open(held(), "");
    browser.value("document.getElementById('view-heat').click()");
    browser.await("document.getElementById('main').getAttribute('aria-busy')");
    browser.value("document.getElementById('f-find').focus()");
    browser.type("Pier 1003");
    browser.value("release()");
    browser.await(HEAT_STANDS);
    assertThat(browser.text("document.activeElement.id")).isEqualTo("f-find");
    assertThat(browser.value("document.querySelectorAll('tbody tr').length").asInt()).isEqualTo(1);
  }

  /** A browser that saves a page as complete writes what the script left of it. */
  @Test
  void aCopyThatABrowserSavedShowsTheSame() throws IOException {
    browser.open(page, "#heat");
    browser.value("portfolio.all().then(() => true)");
    String seen = browser.text("document.getElementById('main').innerText");
    Path copy =
        Files.writeString(
            folder.resolve("copy.html"),
            "<!DOCTYPE html>" + browser.text("document.documentElement.outerHTML"));
    browser.open(copy, "#heat");
    browser.await("window.portfolio");
    assertThat(seen).contains("Harbour Laser");
    assertThat(browser.text("document.getElementById('main').innerText")).isEqualTo(seen);
    assertThat(browser.value("document.querySelectorAll('#f-week').length").asInt()).isEqualTo(1);
  }

  @Test
  void whereNoRevenueCanBeComparedTheReasonsAreToldOfEachLength() throws IOException {
    List<String> changes = new ArrayList<>(PortfolioMarket.EVERYTHING);
    changes.add("DELETE FROM portfolio_moves WHERE measure = 'revenue'");
    Path unmoved =
        PortfolioMarket.page(
            PortfolioMarket.write(
                folder.resolve("unmoved.duckdb"), 5, changes.toArray(String[]::new)),
            folder.resolve("unmoved.html"));
    browser.open(unmoved, "#moves");
    assertThat(heading()).isEqualTo("Net revenue a week: who moved in 13 weeks");
    assertThat(browser.text("document.querySelector('.note').textContent"))
        .startsWith("Not compared: ")
        .contains(" of the 26 weeks)");
    choose("f-range", "4");
    assertThat(heading()).isEqualTo("Net revenue a week: who moved in four weeks");
    assertThat(browser.text("document.querySelector('.note').textContent"))
        .contains(" of the 8 weeks)");
  }

  /** As one gets it when it was sent or saved in part. */
  @Test
  void aFileThatIsCutSaysSoWhereItsNumbersAreMissing() throws IOException {
    String all = Files.readString(page);
    Path cut =
        Files.writeString(
            folder.resolve("cut.html"), all.substring(0, all.indexOf("id=\"values-13-0\"") + 2000));
    browser.open(cut, "");
    assertThat(browser.value("document.querySelectorAll('tbody tr').length").asInt()).isPositive();
    browser.value("document.getElementById('view-heat').click()");
    browser.await("document.getElementById('main').innerText.indexOf('cannot be read') > 0");
    assertThat(browser.text("document.getElementById('main').innerText"))
        .isEqualTo(
            "The numbers in this file cannot be read. Open it with a current browser, and whole.");
    browser.value("document.getElementById('view-opportunity').click()");
    browser.await("document.querySelectorAll('tbody tr').length > 0");
    browser.errors().clear();
  }

  @Test
  void nothingIsAskedOfANetworkAndNothingFails() {
    for (String fragment :
        List.of(
            "", "#moves", "#heat", "#kpi/no_show_rate", "#location/h3", "#table", "#restated")) {
      browser.open(page, fragment);
    }
    assertThat(browser.errors()).isEmpty();
  }

  /**
   * How long it takes is told as so many times an empty page, because machines differ: the median
   * of several rounds. All values of ranges and all shares of weeks have intervals. All KPIs are
   * asked for once while the numbers are still read, and everything when all of them are.
   */
  @Test
  void fourHundredLocationsFitIntoAFileAndAreFastEnoughToBeAskedAgainAndAgain(TestReporter reporter)
      throws IOException {
    List<String> changes = new ArrayList<>(PortfolioMarket.EVERYTHING);
    changes.add(
        "UPDATE kpi_benchmark_consultant SET value_low = value - abs(value) * (hash(location_id ||"
            + " kpi || week_start) % 1000 + 20) / 20011.0, value_high = value + abs(value) *"
            + " (hash(location_id || kpi || week_start || 1) % 1000 + 20) / 20011.0 WHERE"
            + " range_weeks > 1 OR kpi IN (SELECT kpi FROM kpi_definitions WHERE unit = 'percent'"
            + " OR kpi = 'average_ticket')");
    Path large =
        PortfolioMarket.page(
            PortfolioMarket.write(
                folder.resolve("large.duckdb"), 396, changes.toArray(String[]::new)),
            folder.resolve("large.html"));
    Path empty =
        Files.writeString(
            folder.resolve("empty.html"),
            "<!DOCTYPE html><html lang=\"en\" data-ready=\"yes\"><title>Empty</title></html>");
    List<Double> none = new ArrayList<>();
    List<Double> ready = new ArrayList<>();
    List<Double> early = new ArrayList<>();
    List<Double> read = new ArrayList<>();
    Map<String, List<Double>> clicks = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      none.add(opening(empty));
      opening(large);
      early.add(answered("document.getElementById('view-heat').click()"));
      ready.add(opening(large));
      browser.await(READ);
      read.add(browser.value(READ + ".startTime").asDouble());
      for (String click : CLICKS) {
        clicks.computeIfAbsent(click, c -> new ArrayList<>()).add(answered(click));
      }
    }
    Map<String, String> told = new LinkedHashMap<>();
    told.put("bytes of 400 locations with intervals", Long.toString(Files.size(large)));
    told.put("an empty page is ready after", milliseconds(median(none)));
    told.put("the page is ready after", against(median(ready), median(none)));
    told.put("all numbers are read after", against(median(read), median(none)));
    told.put("all KPIs, asked for as soon as it is ready", against(median(early), median(none)));
    clicks.forEach((click, took) -> told.put(click, against(median(took), median(none))));
    reporter.publishEntry(told);
    assertThat(Files.size(large)).isLessThan(8_000_000);
  }

  private static final int ROUNDS = 5;

  private static final String READ = "performance.getEntriesByName('read')[0]";

  private static final List<String> CLICKS =
      List.of(
          "document.getElementById('view-moves').click()",
          "document.getElementById('view-heat').click()",
          "document.getElementById('sort-fill_rate').click()",
          "portfolioChoose('f-range', '1')",
          "portfolioChoose('f-week', '5')",
          "portfolioChoose('f-practice', 'northern')",
          "document.getElementById('reset').click()",
          "document.getElementById('view-kpi').click()",
          "portfolioChoose('f-kpi', 'no_show_rate')",
          "document.getElementById('sort-value').click()",
          "document.getElementById('next').click()",
          "document.getElementById('view-location').click()",
          "portfolioChoose('f-location', 'h42')",
          "portfolioChoose('f-range', '1')",
          "document.getElementById('view-table').click()",
          "portfolioChoose('f-kpi', 'fill_rate')",
          "portfolioChoose('f-week', 'all')",
          "document.getElementById('sort-value').click()",
          "document.getElementById('last').click()",
          "document.getElementById('view-restated').click()");

  /** Milliseconds until the page after a click is laid out. */
  private static double answered(String click) {
    double took =
        browser
            .value(
                "(() => { window.portfolioChoose = (id, v) => { const s ="
                    + " document.getElementById(id); s.value = v; s.dispatchEvent(new"
                    + " Event('change')); }; const before = document.getElementById('main')"
                    + ".firstChild; return new Promise(done => { const start ="
                    + " performance.now(); "
                    + click
                    + "; const look = () => document.getElementById('main').firstChild !=="
                    + " before ? (document.body.offsetHeight, done(performance.now() - start))"
                    + " : setTimeout(look, 0); look(); }); })()")
            .asDouble();
    assertThat(browser.value("document.querySelectorAll('main tr').length").asInt())
        .as(click)
        .isPositive();
    return took;
  }

  private static double median(List<Double> times) {
    return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
  }

  private static String against(double time, double none) {
    return milliseconds(time)
        + String.format(Locale.ROOT, ", %.1f times an empty page", time / none);
  }

  private static double opening(Path file) {
    browser.open(file, "");
    return browser
        .value(
            "(performance.getEntriesByName('ready')[0] ||"
                + " performance.getEntriesByType('navigation')[0]).startTime ||"
                + " performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
        .asDouble();
  }

  private static String milliseconds(double time) {
    return Math.round(time) + " ms";
  }

  private static String heading() {
    return browser.text("document.getElementById('heading').textContent");
  }

  private static void choose(String id, String value) {
    browser.value(
        "(() => { const s = document.getElementById('"
            + id
            + "'); s.value = '"
            + value
            + "'; s.dispatchEvent(new Event('change')); })()");
  }

  private static List<Integer> numbersOf(String expression) {
    return StreamSupport.stream(browser.value(expression).spliterator(), false)
        .map(JsonNode::asInt)
        .toList();
  }

  private static List<Double> numbers(String selector) {
    return StreamSupport.stream(
            browser
                .value(
                    "[...document.querySelectorAll('"
                        + selector
                        + "')].map(c => parseFloat(c.textContent)).filter(x => !isNaN(x))")
                .spliterator(),
            false)
        .map(JsonNode::asDouble)
        .toList();
  }
}
