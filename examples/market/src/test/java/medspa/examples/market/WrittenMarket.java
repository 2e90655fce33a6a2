package medspa.examples.market;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A market in a workspace, with its files as tables to ask questions of. */
final class WrittenMarket implements AutoCloseable {
  static final LocalDate UNTIL = LocalDate.of(2026, 11, 16);

  private static final List<String> TABLES =
      List.of(
          "appointments",
          "shifts",
          "sale_lines",
          "payments",
          "stock_movements",
          "stock_counts",
          "products",
          "clients",
          "providers",
          "services",
          "rooms",
          "timecards");

  private final MarketSummary summary;
  private final Connection duckdb;

  /** Writes the small market of seed 7 into the workspace and reads every file as text. */
  WrittenMarket(Path workspace) throws SQLException, IOException {
    this(workspace, MarketSize.SMALL, 7, UNTIL);
  }

  /** Writes that market into the workspace and reads every file as text. */
  WrittenMarket(Path workspace, MarketSize size, long seed, LocalDate until)
      throws SQLException, IOException {
    summary = MadeUpMarket.write(workspace, size, seed, until, line -> {});
    duckdb = DriverManager.getConnection("jdbc:duckdb:");
    for (String table : TABLES) {
      execute(
          "CREATE TABLE %s AS SELECT * REPLACE (parse_filename(filename) AS filename), "
                  .formatted(table)
              + "split_part(filename, '/', -2) AS practice_id FROM ("
              + read(workspace, "exports/*/" + table + "-*.csv")
              + ")");
    }
    List<String> others =
        size == MarketSize.TINY ? List.of() : List.of("harbor", "lakeside", "coastal");
    for (String practice : others) {
      for (String kind : List.of("items", "transactions")) {
        execute(
            "CREATE TABLE %s_%s AS SELECT * REPLACE (replace(filename, '%s-', '') AS filename) "
                    .formatted(kind, practice, kind)
                + "FROM ("
                + read(workspace, "exports/" + practice + "/*/" + kind + "-*.csv")
                + ")");
      }
    }
    execute("CREATE MACRO dollars(t) AS replace(replace(t, '$', ''), ',', '')::DECIMAL(18, 2)");
  }

  /** Reads the files that match, one reader per header: guessing at 800 files takes a minute. */
  private static String read(Path workspace, String glob) throws IOException {
    PathMatcher matcher = workspace.getFileSystem().getPathMatcher("glob:" + glob);
    Map<String, List<Path>> byHeader = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(workspace)) {
      for (Path file :
          paths.filter(p -> matcher.matches(workspace.relativize(p))).sorted().toList()) {
        try (BufferedReader reader = Files.newBufferedReader(file)) {
          byHeader.computeIfAbsent(reader.readLine(), h -> new ArrayList<>()).add(file);
        }
      }
    }
    return byHeader.entrySet().stream()
        .map(e -> read(e.getValue(), List.of(e.getKey().split(",", -1))))
        .collect(Collectors.joining(" UNION ALL BY NAME "));
  }

  private static String read(List<Path> files, List<String> header) {
    return "SELECT * FROM read_csv(["
        + files.stream().map(f -> "'" + f + "'").collect(Collectors.joining(", "))
        + "], auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"',"
        + " filename = true, columns = {"
        + header.stream().map(c -> "'" + c + "': 'VARCHAR'").collect(Collectors.joining(", "))
        + "})";
  }

  MarketSummary summary() {
    return summary;
  }

  /** The one number that the question has for an answer. */
  long number(String sql) throws SQLException {
    try (Statement statement = duckdb.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = duckdb.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    duckdb.close();
  }
}
