package medspa.charts;

import static medspa.warehouse.query.Sql.literal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.kpi.KpiCatalogue;
import medspa.warehouse.kpi.KpiDefinition;
import medspa.warehouse.lake.DiskFiles;
import medspa.warehouse.query.Sql;

/**
 * A published warehouse as the reports find it, made from the descriptions of its relations: six
 * practices, among them one of three locations with names that need care, one whose only location
 * opened last week, and one without any data. Values are a fixed function of location, KPI and
 * week.
 */
public final class MarketFixture {
  public static final String WEEK = "2026-11-16";
  public static final String LONG_NAME =
      "Aesthetic Medicine and Wellness Institute of the Greater Upper Northwestern Lakes";

  private static final List<String> RELATIONS =
      List.of(
          "action_outcomes",
          "actions",
          "benchmark_restatements",
          "coming_days",
          "consultants",
          "flash_categories",
          "flash_days",
          "flash_gaps",
          "flash_pace",
          "flash_stock",
          "flash_today",
          "flash_today_providers",
          "flash_today_rooms",
          "forecast_weekly",
          "identities",
          "identity_coverage",
          "ingest_files",
          "inventory_consignment",
          "inventory_expiring",
          "inventory_on_hand",
          "inventory_overstock",
          "inventory_reorder",
          "kpi_benchmark",
          "kpi_benchmark_consultant",
          "portfolio_gaps",
          "portfolio_moves",
          "publications",
          "kpi_definitions",
          "kpi_limits",
          "kpi_pinned",
          "kpi_series",
          "kpi_signals",
          "kpi_stories",
          "kpi_story_company",
          "kpi_story_providers",
          "kpi_targets",
          "kpi_unavailable",
          "kpi_weekly",
          "kpi_weekly_category",
          "kpi_weekly_practice",
          "kpi_weekly_product",
          "kpi_weekly_provider",
          "kpi_weekly_region",
          "kpi_weekly_room",
          "kpi_weekly_zeros",
          "leakage_weekly",
          "list_completeness",
          "lists_unavailable",
          "locations",
          "practices",
          "provider_category",
          "provider_minutes_weekly",
          "published_figures",
          "receivables",
          "refused_files",
          "rejected_amounts",
          "rejected_rows",
          "restatements",
          "revenue_bridge_weekly",
          "revenue_steps",
          "runs",
          "seasonality_hourly",
          "service_durations",
          "source_volumes",
          "sources",
          "stock_at_risk",
          "stock_unit_mismatches",
          "stored_value_weekly",
          "unmatched_identities");

  private static final List<String> PINNED =
      List.of(
          "fill_rate",
          "no_show_rate",
          "average_ticket",
          "inventory_turn",
          "revenue_per_provider_hour",
          "net_revenue",
          "collection_rate");

  private MarketFixture() {}

  /** Writes the whole market. */
  public static Path write(Path file) {
    return write(file, List.of());
  }

  /** Writes the market, then changes it by statements. */
  public static Path write(Path file, List<String> changes) {
    try {
      Files.write(file, Unchanged.MARKET);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      for (String change : changes) {
        statement.execute(change);
      }
      statement.execute(Definitions.resource("medspa/charts/series.sql"));
      statement.execute(
          "CREATE TEMP TABLE kpi_periods AS "
              + Definitions.resource("relations/kpi_periods/query.sql"));
      for (String relation : List.of("kpi_limits", "kpi_signals")) {
        statement.execute(
            "INSERT INTO "
                + relation
                + " BY NAME "
                + Definitions.resource("relations/" + relation + "/query.sql"));
      }
      return file;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The file before any change, which is the same for all tests of a process. */
  private static final class Unchanged {
    static final byte[] MARKET = market();

    private static byte[] market() {
      try {
        Path folder = Files.createTempDirectory("medspa-market");
        Path file = folder.resolve("market.duckdb");
        fill(file);
        byte[] market = Files.readAllBytes(file);
        DiskFiles.remove(folder);
        return market;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void fill(Path file) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file);
        Statement statement = connection.createStatement()) {
      for (String relation : RELATIONS) {
        statement.execute(create(relation));
      }
      statement.execute(
          "CREATE VIEW kpi_weekly_numbers AS "
              + Definitions.resource("relations/kpi_weekly_numbers/query.sql"));
      statement.execute(
          "CREATE TABLE providers (practice_id VARCHAR, provider_id VARCHAR, name VARCHAR,"
              + " role VARCHAR)");
      statement.execute(
          "CREATE TABLE services (practice_id VARCHAR, service_id VARCHAR, name VARCHAR)");
      statement.execute(
          "CREATE TABLE products (practice_id VARCHAR, product_id VARCHAR, sku VARCHAR,"
              + " name VARCHAR, category VARCHAR)");
      statement.execute(
          "CREATE TABLE rooms (practice_id VARCHAR, location_id VARCHAR, room_id VARCHAR, name VARCHAR)");
      for (String script : List.of("market.sql", "daily.sql")) {
        for (String sql : Definitions.resource("medspa/charts/" + script).split(";\\s*\n", -1)) {
          if (!sql.isBlank()) {
            statement.execute(sql);
          }
        }
      }
      for (KpiDefinition kpi : KpiCatalogue.load().all()) {
        statement.execute(definition(kpi));
      }
      for (int i = 0; i < PINNED.size(); i++) {
        statement.execute(
            "INSERT INTO kpi_pinned SELECT practice_id, "
                + (i + 1)
                + ", '"
                + PINNED.get(i)
                + "' FROM practices");
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String create(String relation) {
    Problems problems = new Problems();
    String file = "relations/" + relation + "/definition.yaml";
    YamlValue yaml = YamlValue.parse(file, Definitions.resource(file), problems);
    String columns =
        yaml.find("columns").orElseThrow().entries().entrySet().stream()
            .map(column -> '"' + column.getKey() + "\" " + column.getValue().text("type"))
            .collect(Collectors.joining(", "));
    problems.failIfAny();
    return "CREATE TABLE " + relation + " (" + columns + ")";
  }

  private static String definition(KpiDefinition kpi) {
    return "INSERT INTO kpi_definitions VALUES ("
        + String.join(
            ", ",
            literal(kpi.id()),
            String.valueOf(kpi.version()),
            literal(kpi.label()),
            literal(kpi.description()),
            literal(kpi.unit().name().toLowerCase(Locale.ROOT)),
            literal(kpi.direction().name().toLowerCase(Locale.ROOT)),
            literal(kpi.numerator().words()),
            kpi.denominator().map(term -> literal(term.words())).orElse("NULL"),
            kpi.sample().map(term -> literal(term.words())).orElse("NULL"),
            literal(kpi.exclusions()),
            literal(kpi.formula()),
            String.valueOf(kpi.spansDays()),
            String.valueOf(kpi.grows()),
            literal(kpi.rollup().name().toLowerCase(Locale.ROOT)),
            literal(kpi.months().word()),
            kpi.judgedBy().map(Sql::literal).orElse("NULL"))
        + ")";
  }
}
