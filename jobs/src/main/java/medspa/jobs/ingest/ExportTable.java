package medspa.jobs.ingest;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import medspa.jobs.ingest.Mapping.Header;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Loads the columns of an export that its mapping reads into a table of text: {@code source_line},
 * {@code is_ragged} and one column per header. Other columns, such as names and phone numbers,
 * never reach the engine. An empty cell is NULL.
 */
final class ExportTable implements DelimitedFile.Sink {
  private static final String HEADER_ADVICE =
      "Check that the source's format fits the file; `medspa mapping list` shows the formats.";

  private final DuckDBConnection connection;
  private final String table;
  private final Header header;
  private final Mappings mappings;
  private final String mappingId;
  private final Map<String, Integer> positions = new LinkedHashMap<>();
  private DuckDBAppender appender;
  private int columnsDropped;

  private ExportTable(
      DuckDBConnection connection, String table, Mapping mapping, Mappings mappings) {
    this.connection = connection;
    this.table = table;
    this.header = mapping.header();
    this.mappingId = mapping.id();
    this.mappings = mappings;
  }

  /**
   * Loads one file into a new table, or appends it when the table is there already.
   *
   * @return how many columns of the file were left out
   */
  static int load(
      DuckDBConnection connection, String table, Path file, Source source, Mappings mappings)
      throws FileRefusedException, SQLException {
    ExportTable sink = new ExportTable(connection, table, source.mapping().mapping(), mappings);
    sink.createTable();
    try {
      DelimitedFile.read(file, source.format(), sink);
    } finally {
      if (sink.appender != null) {
        sink.appender.close();
      }
    }
    return sink.columnsDropped;
  }

  private void createTable() throws SQLException {
    List<String> columns = new ArrayList<>(List.of("source_line BIGINT", "is_ragged BOOLEAN"));
    readColumns().forEach(column -> columns.add(Sql.name(column) + " VARCHAR"));
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS "
              + Sql.name(table)
              + " ("
              + String.join(", ", columns)
              + ")");
    }
  }

  private Set<String> readColumns() {
    Set<String> columns = new LinkedHashSet<>(header.required());
    columns.addAll(header.optional());
    return columns;
  }

  @Override
  public void header(List<String> columns, long line) throws FileRefusedException {
    Set<String> missing = new LinkedHashSet<>(header.required());
    columns.forEach(missing::remove);
    if (!missing.isEmpty() && columns.size() == 1) {
      throw FileRefusedException.line(
          line,
          "The header has one column, where "
              + mappingId
              + " needs "
              + header.required().size()
              + ".",
          "Check the delimiter: an export with ; or tabs needs `file: {delimiter: …}` in its"
              + " mapping.");
    }
    if (!missing.isEmpty()) {
      throw FileRefusedException.column(
          line,
          missing.iterator().next(),
          "The header is not that of "
              + mappingId
              + ": it lacks "
              + String.join(", ", missing)
              + nearest(columns),
          HEADER_ADVICE);
    }
    for (String column : readColumns()) {
      int position = columns.indexOf(column);
      if (position != columns.lastIndexOf(column)) {
        // Only a column that the mapping knows is named: any other cell may be a client's name.
        throw FileRefusedException.column(
            line,
            column,
            "The header has the column twice.",
            "Remove or rename one of them, so that it is clear which one counts.");
      }
      if (position >= 0) {
        positions.put(column, position);
      }
    }
    Set<String> read = new HashSet<>(positions.keySet());
    columnsDropped = (int) columns.stream().filter(c -> !read.contains(c)).count();
    try {
      appender = connection.createAppender("main", table);
    } catch (SQLException e) {
      throw new IllegalStateException("The table " + table + " was made just now", e);
    }
  }

  private String nearest(List<String> columns) {
    Optional<Mapping> nearest =
        mappings.nearest(columns).filter(mapping -> !mapping.id().equals(mappingId));
    if (nearest.isEmpty()) {
      return ".";
    }
    List<String> lacking = new ArrayList<>(nearest.get().header().required());
    lacking.removeAll(columns);
    return lacking.isEmpty()
        ? "; it looks like " + nearest.get().id() + "."
        : "; nearest is "
            + nearest.get().id()
            + ", for which it lacks "
            + String.join(", ", lacking)
            + ".";
  }

  @Override
  public void record(CsvRecord record, boolean ragged) {
    try {
      appender.beginRow();
      appender.append(record.getStartingLineNumber());
      appender.append(ragged);
      for (String column : readColumns()) {
        Integer position = positions.get(column);
        String value =
            position == null || position >= record.getFieldCount() ? "" : record.getField(position);
        if (value.isEmpty()) {
          appender.append((String) null);
        } else {
          appender.append(value);
        }
      }
      appender.endRow();
    } catch (SQLException e) {
      // The engine's message may quote the cell; it must go no further.
      throw new IllegalStateException(
          "Line " + record.getStartingLineNumber() + " cannot be loaded");
    }
  }
}
