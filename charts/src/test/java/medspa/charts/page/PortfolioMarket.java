package medspa.charts.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.zip.InflaterInputStream;
import medspa.charts.MarketFixture;
import medspa.charts.read.Consultant;
import medspa.charts.read.PublishedWarehouse;
import medspa.warehouse.definition.Definitions;

/** The market of the fixtures with more locations, and the page of its consultant. */
final class PortfolioMarket {
  private PortfolioMarket() {}

  /** Writes a warehouse with so many more locations. */
  static Path write(Path file, int locations, String... changes) {
    MarketFixture.write(file);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      String script =
          Definitions.resource("medspa/charts/page/portfolio.sql")
              .replace("$LOCATIONS", Integer.toString(locations));
      statement.execute(script);
      for (String change : changes) {
        statement.execute(change);
      }
      return file;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The page of the market's consultant. */
  static String page(PublishedWarehouse warehouse) {
    Consultant kim = warehouse.consultants().iterator().next();
    return new PortfolioPage()
        .render(
            warehouse.run(),
            warehouse.portfolioTable(kim),
            warehouse.benchmarkFacts(kim),
            kpi -> warehouse.portfolioValues(kim, kpi));
  }

  /** Writes the page. */
  static Path page(Path warehouse, Path file) {
    try (PublishedWarehouse published = PublishedWarehouse.open(warehouse)) {
      return Files.writeString(file, page(published));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a page knows. */
  static JsonNode data(String page) {
    String start = "id=\"data\">";
    int from = page.indexOf(start) + start.length();
    byte[] packed =
        Base64.getDecoder()
            .decode(
                page.substring(from, page.indexOf("</script>", from))
                    .getBytes(StandardCharsets.US_ASCII));
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(packed))) {
      return new ObjectMapper().readTree(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
