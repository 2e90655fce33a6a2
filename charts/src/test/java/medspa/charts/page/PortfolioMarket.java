package medspa.charts.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.List;
import java.util.zip.InflaterInputStream;
import medspa.charts.MarketFixture;
import medspa.charts.read.Consultant;
import medspa.charts.read.PublishedWarehouse;
import medspa.warehouse.definition.Definitions;

/** The market of the fixtures with more locations, and the page of its consultant. */
public final class PortfolioMarket {
  /**
   * Statements after which the market has what it lacks: intervals, who moved, positions that were
   * told otherwise, and figures of the trade.
   */
  public static final List<String> EVERYTHING =
      List.of(
          "UPDATE kpi_benchmark_consultant SET value_low = value - abs(value) * 0.04, value_high ="
              + " value + abs(value) * 0.05 WHERE range_weeks > 1",
          "INSERT INTO portfolio_moves SELECT 'kim', practice_id, location_id, m.*, w.weeks, DATE"
              + " '2026-11-16', DATE '2026-11-16' - CAST(7 * w.weeks AS INTEGER), 20000 + hash(location_id ||"
              + " w.weeks || m.col1) % 9000 + 0.37, 20000 + hash(location_id || m.col1) % 9000 + 0.5 FROM"
              + " locations JOIN consultants USING (practice_id), (VALUES ('revenue',"
              + " 'net_revenue'), ('opportunity', 'fill_rate'), ('opportunity', 'no_show_rate'))"
              + " m, (VALUES (4), (13)) w(weeks) WHERE location_id <> 'quiet'",
          "INSERT INTO publications BY NAME SELECT 2 AS publication",
          "INSERT INTO benchmark_restatements BY NAME SELECT 2 AS publication, 'consultant' AS"
              + " audience, 'kim' AS audience_id, practice_id, location_id, kpi, 'all' AS"
              + " peer_group, range_weeks, week_start, value * 0.9 AS from_value, value AS"
              + " to_value, rank + CAST(hash(location_id || kpi) % 5 AS INTEGER) AS from_rank, rank AS to_rank,"
              + " 100 + hash(location_id || kpi) % 900 AS from_gap_dollars, CASE WHEN"
              + " hash(location_id) % 4 > 0 THEN 1000 + hash(kpi || location_id) % 900 END AS"
              + " to_gap_dollars, c.cause FROM kpi_benchmark_consultant, (VALUES ('file'),"
              + " ('peers')) c(cause) WHERE peer_group = 'all' AND kpi IN ('fill_rate',"
              + " 'no_show_rate') AND range_weeks = 13 AND week_start >= DATE '2026-11-02' AND"
              + " hash(location_id) % 2 = 0",
          "INSERT INTO published_figures VALUES ('a', 'fill_rate', 0.9, 0.95, NULL, 'advice', 'A"
              + " journal', 'https://example.com/a', 2004, 'no sample', 'a', 'Patients seen',"
              + " 'Counts appointments and not minutes'), ('b', 'rebooking_rate', 0.234, 0.234,"
              + " NULL, 'measured', 'Another journal', 'https://example.com/b', 2018, '105"
              + " studies', 'a', 'Visits', 'All of medicine')");

  private PortfolioMarket() {}

  /** Writes a warehouse with so many more locations. */
  public static Path write(Path file, int locations, String... changes) {
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
  public static String page(PublishedWarehouse warehouse) {
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

  /**
   * What a page knows; each KPI has its ranges of weeks, of whatever texts they come: how many
   * weeks, how long ago the last one is, and what the page holds of them.
   */
  static JsonNode data(String page) {
    JsonNode data = text(page, "data");
    for (JsonNode weeks : data.path("weeks")) {
      for (JsonNode row : text(page, "values-" + weeks.get(0) + "-" + weeks.get(1))) {
        ArrayNode range =
            ((ObjectNode) data.path("kpis").get(row.get(0).asInt())).withArray("ranges").addArray();
        range.addAll((ArrayNode) weeks);
        for (int i = 1; i < row.size(); i++) {
          range.add(row.get(i));
        }
      }
    }
    return data;
  }

  private static JsonNode text(String page, String id) {
    String start = "id=\"" + id + "\">";
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
