package medspa.warehouse.relation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.relation.Relation.Kind;
import medspa.warehouse.relation.Relation.Rows;

/**
 * The relations of a warehouse as empty tables, so that the query of one of them runs over rows
 * that a test makes by hand of those that it reads. The last computed week begins on Monday, 30
 * March 2026.
 */
public final class HandMadeRelations implements AutoCloseable {
  private static final Relations RELATIONS = Relations.load();

  private final Connection connection;

  /** All relations, without rows but for the weeks that were computed. */
  public HandMadeRelations() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    run("SET TimeZone = 'UTC'");
    run(Definitions.resource("sql/functions.sql"));
    for (Relation relation : RELATIONS.all()) {
      if (relation.kind() != Kind.MACRO) {
        run(
            "CREATE TABLE "
                + relation.name()
                + " ("
                + relation.columns().stream()
                    .map(column -> '"' + column.name() + "\" " + column.type())
                    .collect(Collectors.joining(", "))
                + ")");
      }
    }
    run("INSERT INTO computed VALUES (DATE '2025-10-06', DATE '2026-03-30', DATE '2026-04-06')");
  }

  /** Runs a statement. */
  public void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** A location of the practice glow in Chicago. */
  public void location(String id) throws SQLException {
    rows(
        "locations",
        "'"
            + id
            + "' AS location_id, '"
            + id
            + "' AS name, 'America/Chicago' AS time_zone, 24 AS notice_hours");
  }

  /** Rows of the practice glow, by the names of their columns. */
  public void rows(String relation, String select) throws SQLException {
    run("INSERT INTO " + relation + " BY NAME SELECT 'glow' AS practice_id, " + select);
  }

  /** The functions that only the query of that relation uses. */
  public void functionsOf(String relation) throws SQLException {
    run(RELATIONS.relation(relation).functions().orElseThrow());
  }

  /** The query of a relation, to be read from. */
  public static String query(String relation) {
    return "(" + ((Rows.Query) RELATIONS.relation(relation).rows()).sql() + ")";
  }

  /** Fills a relation anew by its query. */
  public void derive(String relation) throws SQLException {
    run("DELETE FROM " + relation);
    String columns =
        RELATIONS.relation(relation).columns().stream()
            .map(column -> '"' + column.name() + '"')
            .collect(Collectors.joining(", "));
    run("INSERT INTO " + relation + " SELECT " + columns + " FROM " + query(relation));
  }

  /** Rows as text, columns joined by {@code |}. */
  public List<String> read(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> texts = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(rows.getString(i)));
        }
        texts.add(String.join("|", row));
      }
      return texts;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
