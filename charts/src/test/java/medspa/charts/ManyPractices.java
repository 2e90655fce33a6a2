package medspa.charts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A published warehouse in which some practices stand many times, each time under names of its own,
 * so that a benchmark reads as many practices as it writes letters.
 */
public final class ManyPractices {
  /**
   * What no letter reads and is most of a warehouse: the rows of exports, and what is made of them.
   */
  private static final Set<String> UNREAD =
      Set.of(
          "appointments",
          "clients",
          "measures_weekly",
          "overbooked_rooms",
          "payments",
          "sale_lines",
          "shifts",
          "stock_counts",
          "stock_ledger",
          "stock_movements",
          "timecards",
          "visits");

  /** The columns that name a practice, one of its locations, or it as a reader of others. */
  private static final List<String> NAMES = List.of("practice_id", "location_id", "audience_id");

  private ManyPractices() {}

  /**
   * Writes a copy of a warehouse that has so many practices.
   *
   * @param arguments the warehouse, the copy, how many practices, and the ids of those that are
   *     repeated
   */
  public static void main(String... arguments) throws IOException, SQLException {
    List<String> practices = List.of(arguments).subList(3, arguments.length);
    write(
        Path.of(arguments[0]),
        Path.of(arguments[1]),
        practices,
        Integer.parseInt(arguments[2]) / practices.size());
  }

  private static void write(Path warehouse, Path copy, List<String> practices, int times)
      throws IOException, SQLException {
    Files.copy(warehouse, copy, StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
    String some = practices.stream().map(id -> "'" + id + "'").collect(Collectors.joining(","));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + copy);
        Statement statement = connection.createStatement()) {
      for (String table : tables(statement)) {
        Set<String> columns = columns(statement, table);
        String owner = columns.contains("practice_id") ? "practice_id" : "audience_id";
        if (!columns.contains(owner)) {
          continue;
        }
        statement.execute("DELETE FROM " + table + " WHERE " + owner + " NOT IN (" + some + ")");
        if (UNREAD.contains(table)) {
          statement.execute("DELETE FROM " + table);
          continue;
        }
        List<String> renamed = new ArrayList<>();
        for (String name : NAMES) {
          if (columns.contains(name)) {
            renamed.add(name + " || '-' || n AS " + name);
          }
        }
        if (columns.contains("member_id")) {
          renamed.add(
              "CASE WHEN member_id = location_id THEN member_id || '-' || n ELSE member_id END"
                  + " AS member_id");
        }
        statement.execute(
            "INSERT INTO %1$s SELECT * EXCLUDE (n) REPLACE (%2$s) FROM %1$s, range(2, %3$d) r(n) ORDER BY n"
                .formatted(table, String.join(", ", renamed), times + 1));
      }
    }
  }

  private static List<String> tables(Statement statement) throws SQLException {
    return texts(statement, "SELECT table_name FROM duckdb_tables() ORDER BY ALL");
  }

  private static Set<String> columns(Statement statement, String table) throws SQLException {
    return new TreeSet<>(
        texts(
            statement,
            "SELECT column_name FROM duckdb_columns() WHERE table_name = '" + table + "'"));
  }

  private static List<String> texts(Statement statement, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }
}
