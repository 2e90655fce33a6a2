package medspa.warehouse.publish;

import static medspa.warehouse.query.Sql.identifier;
import static medspa.warehouse.query.Sql.literal;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import medspa.warehouse.definition.Definitions;

/**
 * The connection on which a new warehouse file is built: an in-memory database for what is
 * temporary, with the new file attached and made the default.
 */
final class BuildConnection implements AutoCloseable {
  /** Storage that every DuckDB since 1.0 opens. */
  static final String STORAGE_VERSION = "v1.0.0";

  private static final String CATALOG = "warehouse";

  private static final int ROWS_OF_A_STATEMENT = 100;

  private final Connection connection;

  private BuildConnection(Connection connection) {
    this.connection = connection;
  }

  /** Opens a connection and creates the file; what does not fit in memory spills beside it. */
  static BuildConnection create(Path file, Path spill) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("temp_directory", spill.toString());
    Connection connection = DriverManager.getConnection("jdbc:duckdb:", settings);
    BuildConnection build = new BuildConnection(connection);
    try {
      // An instant without a zone in a Parquet file is UTC, wherever this runs.
      build.execute("SET TimeZone = 'UTC'");
      // The publisher forces the finished file to disk; half a file is worth nothing.
      build.execute("SET fsync_mode = 'NONE'");
      build.execute(
          "ATTACH "
              + literal(file.toString())
              + " AS "
              + CATALOG
              + " (STORAGE_VERSION "
              + literal(STORAGE_VERSION)
              + ")");
      build.execute("USE " + CATALOG);
      return build;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Writes everything into the file and lets go of it. */
  void detach() throws SQLException {
    execute("USE memory");
    execute("CHECKPOINT " + CATALOG);
    execute("DETACH " + CATALOG);
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new SQLException(firstLine(e) + " in: " + shortened(sql), e);
    }
  }

  /** Steps that are written as one. */
  interface Steps {
    void run() throws SQLException;
  }

  /** Runs many small statements as one transaction, which is forced to disk once. */
  void together(Steps steps) throws SQLException {
    execute("BEGIN TRANSACTION");
    steps.run();
    execute("COMMIT");
  }

  /** Runs the statements of a shipped file. */
  void script(String resource) throws SQLException {
    // The driver runs all statements of a text and gives the result of the last.
    execute(Definitions.resource(resource));
  }

  /** Runs a query and gives its rows as text, column by column, up to a number of rows. */
  List<String> keys(String sql, int limit) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> keys = new java.util.ArrayList<>();
      while (keys.size() < limit && rows.next()) {
        StringBuilder key = new StringBuilder();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          key.append(i == 1 ? "" : ", ")
              .append(rows.getMetaData().getColumnName(i))
              .append('=')
              .append(Optional.ofNullable(rows.getString(i)).orElse("(none)"));
        }
        keys.add(key.toString());
      }
      return keys;
    } catch (SQLException e) {
      throw new SQLException(firstLine(e) + " in: " + shortened(sql), e);
    }
  }

  /** What is done with each row of a query. */
  interface EachRow {
    void read(ResultSet row) throws SQLException;
  }

  /** Runs a query and reads its rows one after the other. */
  void each(String sql, EachRow reader) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    } catch (SQLException e) {
      throw new SQLException(firstLine(e) + " in: " + shortened(sql), e);
    }
  }

  /** The names of the columns that a query gives. */
  List<String> columns(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE " + sql)) {
      List<String> columns = new java.util.ArrayList<>();
      while (rows.next()) {
        columns.add(rows.getString(1));
      }
      return columns;
    }
  }

  long count(String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + identifier(table))) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /** Inserts rows of equal length; an element that is an empty {@link Optional} becomes NULL. */
  void insert(String table, List<List<Object>> rows) throws SQLException {
    // One statement for many rows: a statement costs more than a row does.
    for (int from = 0; from < rows.size(); from += ROWS_OF_A_STATEMENT) {
      insertTogether(table, rows.subList(from, Math.min(from + ROWS_OF_A_STATEMENT, rows.size())));
    }
  }

  private void insertTogether(String table, List<List<Object>> rows) throws SQLException {
    String row = "(" + String.join(", ", Collections.nCopies(rows.get(0).size(), "?")) + ")";
    try (PreparedStatement statement =
        connection.prepareStatement(
            "INSERT INTO "
                + identifier(table)
                + " VALUES "
                + String.join(", ", Collections.nCopies(rows.size(), row)))) {
      int parameter = 1;
      for (List<Object> values : rows) {
        for (Object value : values) {
          statement.setObject(parameter, value instanceof Optional<?> o ? o.orElse(null) : value);
          parameter++;
        }
      }
      statement.execute();
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static String firstLine(SQLException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  private static String shortened(String sql) {
    return sql.length() > 200 ? sql.substring(0, 200) + " …" : sql;
  }
}
