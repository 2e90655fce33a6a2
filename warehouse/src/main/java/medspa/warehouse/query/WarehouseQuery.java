package medspa.warehouse.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The door to a published warehouse: read-only SQL in a sandbox. The file is opened read-only, no
 * other file, network address or extension can be reached, memory, threads and time are limited,
 * and none of this can be changed by the query. One statement that reads, at a time: SELECT, WITH,
 * FROM, VALUES, DESCRIBE, SHOW, SUMMARIZE and EXPLAIN of these.
 */
public final class WarehouseQuery implements AutoCloseable {
  private static final Pattern EXPLAIN =
      Pattern.compile("\\s*EXPLAIN\\s+(ANALYZE\\s+)?", Pattern.CASE_INSENSITIVE);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REFUSED =
      "Only one statement that reads can be run here: SELECT, WITH, FROM, VALUES, DESCRIBE, SHOW,"
          + " SUMMARIZE or EXPLAIN of these. The warehouse is never written by a query.";

  /** How a connection gives its rows; the driver fixes it when a database is opened. */
  public enum Results {
    /** As they come, whatever their number. */
    STREAMED,
    /** All at once; only this way the driver tells why a query failed. */
    WHOLE
  }

  private final Path warehouse;
  private final Limits limits;
  private final Map<String, PreparedStatement> statements = new HashMap<>();
  private Connection connection;

  private WarehouseQuery(Path warehouse, Limits limits, Results results) {
    this.warehouse = warehouse;
    this.limits = limits;
    this.connection = connect(results);
  }

  /**
   * What a query may use.
   *
   * @param memory as DuckDB writes it, such as {@code 2GB}; nothing spills to disk
   * @param threads number of threads, from 1
   * @param timeout after which a query is cancelled; whole seconds, from 1
   */
  public record Limits(String memory, int threads, Duration timeout) {
    /** What a person at a prompt needs. */
    public static final Limits DEFAULT =
        new Limits(
            "2GB", Math.max(1, Runtime.getRuntime().availableProcessors()), Duration.ofMinutes(5));

    /** Validates. */
    public Limits {
      if (threads < 1 || timeout.toSeconds() < 1) {
        throw new IllegalArgumentException(
            "Invalid limits " + threads + " threads, " + timeout + ": must be 1 or more");
      }
    }
  }

  /**
   * Opens a warehouse for results of any length. One at a time per file in a JVM: the settings of a
   * second one would find those of the first locked.
   *
   * @throws QueryException if it is not there or no DuckDB file
   */
  public static WarehouseQuery open(Path warehouse, Limits limits) {
    return open(warehouse, limits, Results.STREAMED);
  }

  /**
   * Opens a warehouse; one at a time per file in a JVM.
   *
   * @param results {@link Results#WHOLE} where only statements of the program's own are asked
   * @throws QueryException if it is not there or no DuckDB file
   */
  public static WarehouseQuery open(Path warehouse, Limits limits, Results results) {
    if (!Files.isRegularFile(warehouse)) {
      throw new QueryException("There is no warehouse at " + warehouse + "; run medspa run first");
    }
    removeLog(warehouse.resolveSibling(warehouse.getFileName() + ".wal"));
    return new WarehouseQuery(warehouse, limits, results);
  }

  /**
   * Nobody writes a published file, so a log beside it is none of ours: DuckDB would replay it, or
   * refuse to open the file.
   */
  private static void removeLog(Path log) {
    try {
      Files.deleteIfExists(log);
    } catch (IOException e) {
      throw new QueryException(
          "Another program has left "
              + log
              + ", with which the warehouse cannot be opened; remove it, or have somebody remove it"
              + " who may",
          e);
    }
  }

  private Connection connect(Results results) {
    Properties settings = new Properties();
    settings.setProperty("duckdb.read_only", "true");
    settings.setProperty("enable_external_access", "false");
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    settings.setProperty("memory_limit", limits.memory());
    settings.setProperty("threads", Integer.toString(limits.threads()));
    settings.setProperty("temp_directory", "");
    settings.setProperty("jdbc_stream_results", Boolean.toString(results == Results.STREAMED));
    try {
      Connection opened =
          DriverManager.getConnection("jdbc:duckdb:" + warehouse.toAbsolutePath(), settings);
      try (Statement statement = opened.createStatement()) {
        statement.execute("SET TimeZone = 'UTC'");
        // Last, because nothing can be set afterwards.
        statement.execute("SET lock_configuration = true");
        return opened;
      } catch (SQLException e) {
        opened.close();
        throw e;
      }
    } catch (SQLException e) {
      throw new QueryException(
          "The warehouse "
              + warehouse
              + " cannot be opened: "
              + line(e)
              + "; publish it anew (medspa publish)",
          e);
    }
  }

  /**
   * Runs one statement and writes its rows as they come.
   *
   * @return the number of rows
   * @throws QueryException if the statement is refused or fails; rows may have been written by then
   * @throws UncheckedIOException if they cannot be written
   */
  public long run(String sql, QueryFormat format, Appendable out) {
    refuseUnlessItReads(sql);
    long deadline = System.nanoTime() + limits.timeout().toNanos();
    try (Statement statement = connection.createStatement()) {
      return write(statement, sql, deadline, RowWriter.of(format, out));
    } catch (SQLException e) {
      if (System.nanoTime() >= deadline) {
        throw timedOut(e);
      }
      throw explained(sql, e);
    } catch (IOException e) {
      throw new UncheckedIOException("The rows cannot be written", e);
    }
  }

  /**
   * Runs one statement and hands over its values row by row.
   *
   * @return the number of rows
   * @throws QueryException if the statement is refused or fails; rows may have been read by then
   */
  public long read(String sql, ValueReader reader) {
    refuseUnlessItReads(sql);
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(Math.toIntExact(limits.timeout().toSeconds()));
      try (ResultSet rows = statement.executeQuery(sql)) {
        ResultSetMetaData meta = rows.getMetaData();
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= meta.getColumnCount(); i++) {
          names.add(meta.getColumnLabel(i));
        }
        reader.begin(names);
        long count = 0;
        while (rows.next()) {
          List<Object> values = new ArrayList<>(names.size());
          for (int i = 1; i <= names.size(); i++) {
            values.add(Cell.value(rows, i, meta.getColumnTypeName(i)));
          }
          reader.row(values);
          count++;
        }
        return count;
      }
    } catch (SQLException e) {
      throw explained(sql, e);
    }
  }

  /** Makes a record of the current row. */
  public interface RowReader<T> {
    T read(Row row) throws SQLException;
  }

  /**
   * Runs a statement of the program's own with {@code ?} bound in order, or {@code $1}, {@code $2}
   * by number, and gives its rows. An empty {@link Optional} is bound as NULL, a collection of
   * texts as a list, for {@code = ANY(?)}.
   *
   * @throws QueryException if it fails
   */
  public <T> List<T> rows(String sql, RowReader<T> reader, Object... parameters) {
    try {
      PreparedStatement statement = prepared(sql);
      bind(statement, parameters);
      try (ResultSet result = statement.executeQuery()) {
        List<T> rows = new ArrayList<>();
        Row row = new Row(result);
        while (result.next()) {
          rows.add(reader.read(row));
        }
        return rows;
      }
    } catch (SQLException e) {
      throw unanswered(e);
    }
  }

  /**
   * Runs a statement of the program's own and writes its rows as a table.
   *
   * @throws QueryException if it fails
   * @throws UncheckedIOException if they cannot be written
   */
  public void print(String sql, Appendable out) {
    try (Statement statement = connection.createStatement()) {
      write(
          statement,
          sql,
          System.nanoTime() + limits.timeout().toNanos(),
          RowWriter.of(QueryFormat.TABLE, out));
    } catch (SQLException e) {
      throw unanswered(e);
    } catch (IOException e) {
      throw new UncheckedIOException("The rows cannot be written", e);
    }
  }

  /** Our own statements name nothing that a warehouse of the same version lacks. */
  private static QueryException unanswered(SQLException e) {
    String problem = line(e);
    boolean isOfAnotherVersion =
        Stream.of("Binder Error", "Catalog Error").anyMatch(problem::contains);
    return new QueryException(
        isOfAnotherVersion
            ? "The warehouse was published by another version of the program and lacks what this one"
                + " reads; publish it anew (medspa publish)"
            : "The warehouse cannot answer: " + problem,
        e);
  }

  /**
   * The only row of a relation that always has one.
   *
   * @throws QueryException if the statement fails or gives another number of rows
   */
  public <T> T row(String sql, RowReader<T> reader, Object... parameters) {
    List<T> rows = rows(sql, reader, parameters);
    if (rows.size() != 1) {
      throw new QueryException(
          "The warehouse has "
              + rows.size()
              + " rows where it must have one; publish it anew (medspa publish). Asked was: "
              + sql.strip());
    }
    return rows.get(0);
  }

  /**
   * Runs statements of the program's own that later ones of this connection build on: variables,
   * temporary macros and views. The file stays as it is, whatever they say.
   *
   * @throws QueryException if one fails
   */
  public void prepare(String sql, Object... parameters) {
    try {
      // A plan keeps the value that a variable, and the view that a name had when it was made.
      forgetStatements();
      if (parameters.length == 0) {
        try (Statement statement = connection.createStatement()) {
          statement.execute(sql);
        }
        return;
      }
      try (PreparedStatement statement = connection.prepareStatement(sql)) {
        bind(statement, parameters);
        statement.execute();
      }
    } catch (SQLException e) {
      throw new QueryException("The warehouse cannot be asked: " + line(e), e);
    }
  }

  /** A statement is planned once, however many places it is asked about. */
  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement known = statements.get(sql);
    if (known == null) {
      known = connection.prepareStatement(sql);
      statements.put(sql, known);
    }
    return known;
  }

  private void bind(PreparedStatement statement, Object... parameters) throws SQLException {
    statement.setQueryTimeout(Math.toIntExact(limits.timeout().toSeconds()));
    for (int i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, bound(parameters[i]));
    }
  }

  private Object bound(Object parameter) throws SQLException {
    if (parameter instanceof Collection<?> texts) {
      return connection.createArrayOf("VARCHAR", texts.toArray());
    }
    return parameter instanceof Optional<?> optional ? optional.orElse(null) : parameter;
  }

  private long write(Statement statement, String sql, long deadline, RowWriter writer)
      throws SQLException, IOException {
    statement.setQueryTimeout(Math.toIntExact(limits.timeout().toSeconds()));
    try (ResultSet rows = statement.executeQuery(sql)) {
      ResultSetMetaData meta = rows.getMetaData();
      List<String> names = new ArrayList<>();
      List<String> types = new ArrayList<>();
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        names.add(meta.getColumnLabel(i));
        types.add(meta.getColumnTypeName(i));
      }
      writer.begin(names);
      long count = 0;
      while (rows.next()) {
        if (System.nanoTime() >= deadline) {
          throw timedOut(new SQLException("interrupted while rows were read"));
        }
        List<Cell> cells = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
          cells.add(Cell.read(rows, i + 1, types.get(i)));
        }
        writer.row(cells);
        count++;
      }
      writer.end(count);
      return count;
    }
  }

  /** DuckDB's own parser decides what a statement is: no text of ours can be fooled by quoting. */
  private void refuseUnlessItReads(String sql) {
    Matcher explain = EXPLAIN.matcher(sql);
    String inner = explain.lookingAt() ? sql.substring(explain.end()) : sql;
    JsonNode parsed;
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT json_serialize_sql(?)")) {
      statement.setString(1, inner);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        parsed = JSON.readTree(rows.getString(1));
      }
    } catch (SQLException | JsonProcessingException e) {
      throw new QueryException("The statement cannot be parsed: " + line(e), e);
    }
    if (parsed.path("error").asBoolean()) {
      if (parsed.path("error_type").asText().equals("parser")) {
        throw new QueryException(
            "The statement cannot be parsed: " + parsed.path("error_message").asText());
      }
      throw new QueryException(REFUSED);
    }
    if (parsed.path("statements").size() != 1 || writes(parsed)) {
      throw new QueryException(REFUSED);
    }
  }

  /** Whether a common table expression inserts, updates or deletes. */
  private static boolean writes(JsonNode node) {
    String type = node.path("type").asText();
    if (type.matches("(INSERT|UPDATE|DELETE|MERGE).*NODE")) {
      return true;
    }
    for (JsonNode child : node) {
      if (writes(child)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The driver forgets why a result that is read as it comes could not be had. The query has failed
   * anyway, so it is run once more for its message.
   */
  private QueryException explained(String sql, SQLException failure) {
    if (!String.valueOf(failure.getMessage()).contains("Invalid result set")) {
      return failed(failure);
    }
    disconnect();
    try (Connection plain = connect(Results.WHOLE);
        Statement statement = plain.createStatement()) {
      long deadline = System.nanoTime() + limits.timeout().toNanos();
      try {
        statement.setQueryTimeout(Math.toIntExact(limits.timeout().toSeconds()));
        statement.execute(sql);
      } catch (SQLException e) {
        return System.nanoTime() >= deadline ? timedOut(e) : failed(e);
      }
      return new QueryException("The query failed while its rows were read; try again", failure);
    } catch (SQLException e) {
      return failed(e);
    } finally {
      connection = connect(Results.STREAMED);
    }
  }

  private QueryException timedOut(SQLException e) {
    return new QueryException(
        "The query took longer than "
            + limits.timeout().toSeconds()
            + " s and was stopped; ask for fewer weeks or locations",
        e);
  }

  /** In DuckDB's words, with what it proposes, and where the right names are. */
  private static QueryException failed(SQLException e) {
    String proposed =
        String.valueOf(e.getMessage())
            .lines()
            .filter(l -> l.startsWith("Candidate ") || l.startsWith("Did you mean"))
            .map(l -> " " + l)
            .collect(Collectors.joining());
    boolean isOfNames =
        Stream.of("Binder Error", "Catalog Error").anyMatch(kind -> line(e).contains(kind));
    return new QueryException(
        "The query failed: "
            + line(e)
            + proposed
            + (isOfNames
                ? " SHOW TABLES lists the relations, DESCRIBE followed by the name of one its columns."
                : ""),
        e);
  }

  private static String line(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  @Override
  public void close() {
    disconnect();
  }

  private void forgetStatements() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
    statements.clear();
  }

  private void disconnect() {
    try {
      forgetStatements();
      connection.close();
    } catch (SQLException e) {
      throw new QueryException("The warehouse cannot be closed: " + line(e), e);
    }
  }
}
