package medspa.charts.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import medspa.charts.read.PublishedWarehouse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page of a consultant knows, against the warehouse itself. */
class PortfolioPageTest {
  @TempDir static Path folder;

  private static Path warehouse;
  private static String page;
  private static JsonNode data;

  @BeforeAll
  static void write() {
    List<String> changes = new ArrayList<>(PortfolioMarket.EVERYTHING);
    changes.add(
        "DELETE FROM portfolio_moves WHERE location_id IN ('h9', 'h11') AND measure = 'revenue' AND"
            + " range_weeks = 4");
    changes.add("UPDATE locations SET opened_on = DATE '2026-10-12' WHERE location_id = 'h9'");
    warehouse =
        PortfolioMarket.write(folder.resolve("market.duckdb"), 12, changes.toArray(String[]::new));
    try (PublishedWarehouse published = PublishedWarehouse.open(warehouse)) {
      page = PortfolioMarket.page(published);
      data = PortfolioMarket.data(page);
    }
  }

  @Test
  void everyNumberIsThatOfTheWarehouseAndIsWrittenAsTheReportsWriteIt() throws IOException {
    Path file = Files.writeString(folder.resolve("page.html"), page);
    assertThat(PageNumbers.compare(file, warehouse, "kim")).isGreaterThan(15_000);
    for (String kind : List.of("gaps", "moves", "unmoved", "published")) {
      assertThat(data.path(kind)).as(kind).isNotEmpty();
    }
    assertThat(data.path("restated").path("rows")).isNotEmpty();
  }

  @Test
  void nobodyWhoDidNotEngageTheConsultantIsInIt() {
    String all = page + data;
    assertThat(all)
        .contains("Pier 1003")
        .doesNotContain("Ästhetik")
        .doesNotContain("zurich")
        .doesNotContain("Seefeld")
        .doesNotContain("Young Skin")
        .doesNotContain("soho")
        .doesNotContain("Silent");
  }

  @Test
  void itAsksForNothingOutsideItself() {
    assertThat(page.replace("http://www.w3.org/2000/svg", ""))
        .contains("default-src 'none'")
        .doesNotContain("http:")
        .doesNotContain("https:")
        .doesNotContain("url(")
        .doesNotContain("@import")
        .doesNotContain("src=");
  }

  @Test
  void equalFactsGiveEqualTextAndWhatNamesHoldIsText() {
    try (PublishedWarehouse published = PublishedWarehouse.open(warehouse)) {
      assertThat(PortfolioMarket.page(published)).isEqualTo(page);
    }
    assertThat(page).contains("<h1>Kim &amp; Partners</h1>");
  }

  @Test
  void aConsultantWithoutLocationsGetsAnHonestPage() {
    Path none =
        PortfolioMarket.write(
            folder.resolve("none.duckdb"),
            1,
            "UPDATE consultants SET practice_id = 'gone'",
            "DELETE FROM kpi_benchmark_consultant",
            "DELETE FROM portfolio_gaps");
    try (PublishedWarehouse published = PublishedWarehouse.open(none)) {
      assertThat(PortfolioMarket.data(PortfolioMarket.page(published)).path("places")).isEmpty();
    }
  }
}
