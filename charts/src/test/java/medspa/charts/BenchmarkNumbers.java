package medspa.charts;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import medspa.warehouse.query.Sql;

/**
 * Holds every number of a consultant's workbook against the warehouse that it was made from, by
 * statements that share nothing with those that made it.
 */
public final class BenchmarkNumbers {
  private static final String OWN =
      "SELECT practice_id FROM w.consultants WHERE consultant_id = $consultant";
  private static final String LAST = "(SELECT max(last_week_start) FROM w.runs)";

  /** What a sheet must hold, by its name. */
  private static final Map<String, String> EXPECTED = new LinkedHashMap<>();

  static {
    EXPECTED.put(
        "SELECT \"Location id\", \"KPI id\", \"Last week of\", CAST(\"Weeks\" AS INTEGER),"
            + " \"Value\", \"Place\", \"Peers, 25 %\", \"Peers, median\", \"Peers, 75 %\","
            + " \"To be gained, low\", \"To be gained\", \"To be gained, high\""
            + " FROM Numbers WHERE \"Weeks\" > 1 OR \"Last week of\" >= (SELECT"
            + " min(week_start) FROM w.kpi_benchmark_consultant WHERE consultant_id = $consultant)",
        "SELECT location_id, kpi, week_start, range_weeks, value, CAST(CASE WHEN is_stable AND"
            + " value IS NOT NULL THEN rank END AS DOUBLE), CASE WHEN withheld_reason IS NULL THEN"
            + " p25 END, CASE WHEN withheld_reason IS NULL THEN p50 END, CASE WHEN withheld_reason"
            + " IS NULL THEN p75 END, CAST(gap_dollars_low AS DOUBLE), CAST(gap_dollars_expected AS"
            + " DOUBLE), CAST(gap_dollars_high AS DOUBLE)"
            + " FROM w.kpi_benchmark_consultant WHERE peer_group = 'all' AND consultant_id ="
            + " $consultant");
    EXPECTED.put(
        "SELECT \"Location id\", \"KPI id\", \"Last week of\", \"Value\", \"Numerator\","
            + " \"Denominator\" FROM Numbers WHERE \"Weeks\" = 1 AND \"Value\" IS NOT NULL",
        // A sum that is known to be 0 has no row among the numbers.
        "SELECT location_id, kpi, week_start, value, CAST(numerator AS DOUBLE), CAST(denominator AS"
            + " DOUBLE) FROM (SELECT practice_id, location_id, kpi, week_start, value, numerator,"
            + " denominator FROM w.kpi_weekly UNION ALL SELECT practice_id, location_id, kpi,"
            + " week_start, 0, 0, NULL FROM w.kpi_weekly_zeros WHERE grain = 'location')"
            + " WHERE value IS NOT NULL AND practice_id IN ("
            + OWN
            + ") AND kpi IN (SELECT kpi FROM w.kpi_benchmark_consultant WHERE consultant_id ="
            + " $consultant AND peer_group = 'all') AND week_start BETWEEN "
            + LAST
            + " - 175 AND "
            + LAST);
    EXPECTED.put(
        "SELECT \"KPI\", \"Peer group\", \"Last week of\", \"Weeks\", \"Peers, 25 %\","
            + " \"Peers, median\", \"Peers, 75 %\", \"Practices that contribute\","
            + " \"Withheld because\" IS NOT NULL FROM Peers",
        "SELECT DISTINCT d.label, b.peer_group, b.week_start, CAST(b.range_weeks AS DOUBLE), CASE"
            + " WHEN withheld_reason IS NULL THEN p25 END, CASE WHEN withheld_reason IS NULL THEN"
            + " p50 END, CASE WHEN withheld_reason IS NULL THEN p75 END, CAST(contributors AS"
            + " DOUBLE), withheld_reason IS NOT NULL OR p50 IS NULL FROM w.kpi_benchmark_consultant b JOIN"
            + " w.kpi_definitions d ON d.kpi = b.kpi WHERE consultant_id = $consultant");
    EXPECTED.put(
        "SELECT \"Location\", \"KPI\", \"A week\", \"Low\", \"High\", \"Value\", \"Held against\","
            + " \"Reference\" FROM Opportunities",
        "SELECT l.name, d.label, CAST(expected AS DOUBLE), CAST(low AS DOUBLE), CAST(high AS"
            + " DOUBLE), value, held_against, reference FROM w.portfolio_gaps g JOIN w.locations l"
            + " USING (practice_id, location_id) JOIN w.kpi_definitions d USING (kpi) WHERE"
            + " consultant_id = $consultant AND expected > 0");
    EXPECTED.put(
        "SELECT \"Location id\", \"A week\" FROM Locations",
        "SELECT l.location_id, CAST(max(g.expected) FILTER (g.expected > 0) AS DOUBLE) FROM"
            + " w.locations l LEFT JOIN w.portfolio_gaps g ON g.practice_id = l.practice_id AND"
            + " g.location_id = l.location_id AND g.consultant_id = $consultant WHERE l.practice_id"
            + " IN ("
            + OWN
            + ") GROUP BY ALL");
    EXPECTED.put(
        "SELECT \"KPI id\", \"KPI\", \"Formula\", \"Left out\" FROM Definitions",
        "SELECT kpi, label, formula, exclusions FROM w.kpi_definitions WHERE kpi IN (SELECT kpi"
            + " FROM w.kpi_benchmark_consultant WHERE consultant_id = $consultant)");
    // The columns of this sheet are named by what they hold.
    EXPECTED.put(
        "FROM (UNPIVOT (SELECT * EXCLUDE (\"Practice\", \"Region\") FROM Kpis) ON * EXCLUDE"
            + " (\"Location\") INTO NAME label VALUE value)",
        "SELECT l.name, d.label, b.value FROM w.kpi_benchmark_consultant b JOIN w.locations l USING"
            + " (practice_id, location_id) JOIN w.kpi_definitions d ON d.kpi = b.kpi WHERE"
            + " b.peer_group = 'all' AND b.consultant_id = $consultant AND b.value IS NOT NULL AND"
            + " b.week_start = "
            + LAST
            + " AND b.range_weeks IN (1, 13) QUALIFY b.range_weeks = max(b.range_weeks) OVER"
            + " (PARTITION BY b.location_id, b.kpi)");
  }

  static {
    EXPECTED.put(
        "SELECT \"Location id\", \"KPI id\", \"What\", \"Weeks\", \"A week before\", \"A week since\","
            + " round(CAST(\"Change a week\" AS DOUBLE), 2) FROM Moves",
        "SELECT location_id, kpi, CASE measure WHEN 'revenue' THEN 'net revenue' ELSE 'to be"
            + " gained' END, CAST(range_weeks AS DOUBLE), CAST(before AS DOUBLE), CAST(since AS"
            + " DOUBLE), CAST(since - before AS DOUBLE) FROM w.portfolio_moves WHERE consultant_id"
            + " = $consultant");
    EXPECTED.put(
        "SELECT \"Location id\", \"KPI id\", CAST(\"Last week of\" AS DATE), CAST(\"Weeks\" AS DOUBLE),"
            + " CAST(\"Place before\" AS DOUBLE), CAST(\"Place since\" AS DOUBLE), CAST(\"To be gained,"
            + " before\" AS DOUBLE), CAST(\"To be gained, since\" AS DOUBLE), len(string_split(\"Why\","
            + " '; ')) FROM Restated",
        "SELECT location_id, kpi, week_start, CAST(range_weeks AS DOUBLE), CAST(any_value(from_rank)"
            + " AS DOUBLE), CAST(any_value(to_rank) AS DOUBLE), CAST(any_value(from_gap_dollars) AS"
            + " DOUBLE), CAST(any_value(to_gap_dollars) AS DOUBLE), count(DISTINCT cause) FROM"
            + " w.benchmark_restatements WHERE audience = 'consultant' AND audience_id ="
            + " $consultant AND peer_group = 'all' AND publication = (SELECT max(publication) FROM"
            + " w.publications) GROUP BY location_id, kpi, week_start, range_weeks");
    EXPECTED.put(
        "SELECT \"KPI id\", \"Published, low\", \"Published, high\", \"Kind\", \"Source\", CAST(\"Year\" AS"
            + " INTEGER), \"Grade\", \"Sample\", \"Counts\", \"Not the same number\", \"Link\" FROM"
            + " Published",
        "SELECT kpi, CAST(low AS DOUBLE), CAST(high AS DOUBLE), kind, source, year, grade, sample,"
            + " definition, difference, link FROM w.published_figures WHERE (currency IS NULL OR"
            + " currency = (SELECT currency FROM w.practices WHERE practice_id IN ("
            + OWN
            + ") ORDER BY practice_id LIMIT 1)) AND kpi IN (SELECT kpi FROM"
            + " w.kpi_benchmark_consultant WHERE consultant_id = $consultant)");
  }

  private BenchmarkNumbers() {}

  /**
   * What was compared.
   *
   * @param differing rows that only one side has, at most ten
   * @param rows of the warehouse
   */
  public record Compared(List<String> differing, long rows) {}

  /** Compares all of them. */
  public static Map<String, Compared> compare(Path workbook, Path warehouse, String consultant) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      WorkbookTables.load(workbook, connection);
      statement.execute(
          "ATTACH " + Sql.literal(warehouse.toAbsolutePath().toString()) + " AS w (READ_ONLY)");
      Map<String, Compared> compared = new LinkedHashMap<>();
      for (Map.Entry<String, String> pair : EXPECTED.entrySet()) {
        String expected = pair.getValue().replace("$consultant", Sql.literal(consultant));
        statement.execute("CREATE OR REPLACE TEMP TABLE house AS " + expected);
        // Figures of the trade have a sheet only where they are shown.
        boolean hasSheet =
            !pair.getKey().endsWith(" FROM Published") || has(statement, "Published");
        statement.execute(
            "CREATE OR REPLACE TEMP TABLE book AS "
                + (hasSheet
                    ? pair.getKey().replace("$consultant", Sql.literal(consultant))
                    : "FROM house LIMIT 0"));
        compared.put(pair.getKey(), compared(statement));
      }
      return compared;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean has(Statement statement, String sheet) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT count(*) FROM duckdb_tables() WHERE table_name = " + Sql.literal(sheet))) {
      rows.next();
      return rows.getInt(1) > 0;
    }
  }

  private static Compared compared(Statement statement) throws SQLException {
    List<String> differing = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "SELECT 'workbook', b::VARCHAR FROM (FROM book EXCEPT ALL FROM house) b"
                + " UNION ALL SELECT 'warehouse', h::VARCHAR FROM (FROM house EXCEPT ALL FROM book)"
                + " h LIMIT 10")) {
      while (rows.next()) {
        differing.add(rows.getString(1) + " " + rows.getString(2));
      }
    }
    try (ResultSet count = statement.executeQuery("SELECT count(*) FROM house")) {
      count.next();
      return new Compared(differing, count.getLong(1));
    }
  }
}
