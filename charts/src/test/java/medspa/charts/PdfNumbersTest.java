package medspa.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import medspa.charts.PdfStructure.Item;
import medspa.charts.PdfStructure.Table;
import medspa.charts.page.PortfolioMarket;
import medspa.charts.pdf.PdfRenderer;
import medspa.charts.read.PublishedWarehouse;
import medspa.charts.report.BenchmarkReport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every number that a consultant's PDF prints, against the warehouse. */
class PdfNumbersTest {
  @TempDir static Path folder;

  private static Path warehouse;
  private static List<Item> printed;

  @BeforeAll
  static void write() throws IOException {
    warehouse =
        PortfolioMarket.write(
            folder.resolve("market.duckdb"), 30, PortfolioMarket.EVERYTHING.toArray(String[]::new));
    printed = PdfStructure.of(render(warehouse, folder.resolve("benchmark.pdf")));
  }

  private static Path render(Path warehouse, Path file) throws IOException {
    try (PublishedWarehouse published = PublishedWarehouse.open(warehouse)) {
      return Files.write(
          file,
          new PdfRenderer()
              .render(
                  new BenchmarkReport()
                      .of(
                          published.run(),
                          published.benchmarkFacts(published.consultants().get(0))),
                  PageSize.A4.paper()));
    }
  }

  @Test
  void everyPrintedNumberIsThatOfTheWarehouse() {
    Map<String, Long> compared = PdfNumbers.compare(printed, warehouse, "kim");
    assertThat(compared)
        .containsOnlyKeys(
            "all KPIs",
            "definitions",
            "files",
            "groups",
            "headline",
            "identities",
            "intervals and places of charts",
            "levels",
            "movers",
            "not computed",
            "opportunities",
            "peers of charts",
            "positions",
            "published figures",
            "refused files",
            "rejected rows",
            "rows of charts",
            "sources");
    assertThat(compared.get("all KPIs")).isGreaterThan(1_000);
    assertThat(compared.get("intervals and places of charts")).isGreaterThan(2_000);
    assertThat(compared.get("movers")).isGreaterThan(100);
    assertThat(compared.get("opportunities")).isGreaterThan(200);
    assertThat(compared.get("positions")).isGreaterThan(50);
  }

  /** A warehouse that says something else than the PDF is noticed where that is printed. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "all KPIs, Pier 1003 | kpi_benchmark_consultant | value = value * 1.01 | location_id = 'h3' AND kpi = 'stock_value'",
        "all KPIs, Practices that contribute | kpi_benchmark_consultant | contributors = 11 | kpi = 'no_show_rate'",
        "intervals and places of charts | kpi_benchmark_consultant | value_low = value_low * 0.98 | location_id = 'h3' AND kpi = 'average_ticket'",
        "intervals and places of charts | kpi_benchmark_consultant | rank = rank + 1 | location_id = 'h3' AND kpi = 'average_ticket'",
        "peers of charts | kpi_benchmark_consultant | p75 = 0.5 | kpi = 'no_show_rate'",
        "opportunities, Pier 1003 | portfolio_gaps | high = high + 500 | location_id = 'h3'",
        "movers | portfolio_moves | since = since + 7000 | range_weeks = 13 AND measure = 'revenue'",
        "levels | kpi_stories | before_value = 0.57 | kpi = 'fill_rate'",
        "positions | benchmark_restatements | to_rank = to_rank + 1 | true",
        "published figures | published_figures | high = 0.96 | true",
        "The warehouse has no such row | ingest_files | rows_read = rows_read + 1 | true"
      })
  void aNumberThatIsAnotherOneIsNoticed(String at, String relation, String change, String where)
      throws IOException, SQLException {
    Path other = Files.copy(warehouse, folder.resolve("other-" + change.hashCode() + ".duckdb"));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + other);
        Statement statement = connection.createStatement()) {
      assertThat(
              statement.executeUpdate("UPDATE " + relation + " SET " + change + " WHERE " + where))
          .isPositive();
    }
    assertThatThrownBy(() -> PdfNumbers.compare(printed, other, "kim"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining(at);
  }

  @Test
  void aTableThatNothingIsHeldAgainstIsNoticed() {
    List<Item> more = new ArrayList<>(printed);
    more.add(new Table(List.of("Location", "Secret"), List.of(List.of("Pier 9", "17"))));
    assertThatThrownBy(() -> PdfNumbers.compare(more, warehouse, "kim"))
        .hasMessageContaining("Secret");
  }
}
