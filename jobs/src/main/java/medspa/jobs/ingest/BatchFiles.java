package medspa.jobs.ingest;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.query.Sql;

/**
 * The Parquet files of one batch: accepted rows by table, rejected rows and their money, replaced
 * rows.
 */
final class BatchFiles {
  private static final TableContracts TABLES = TableContracts.load();

  private BatchFiles() {}

  /**
   * Writes them, where there are rows.
   *
   * @param statement of the database that holds the tables
   */
  static void write(Statement statement, Work work, List<TableCounts> tables, Path directory)
      throws SQLException {
    for (TableCounts counts : tables) {
      copyAccepted(statement, work, counts, directory);
    }
    copyRejected(statement, tables, directory);
    copyRejectedAmounts(statement, tables, directory);
    copySuperseded(statement, tables, directory);
  }

  /** A query for the rejected rows of all tables. */
  static String rejected(List<TableCounts> tables) {
    return tables.stream()
        .map(t -> "SELECT * FROM " + Sql.identifier(t.table() + "_rejected"))
        .collect(Collectors.joining(" UNION ALL "));
  }

  private static void copyAccepted(
      Statement statement, Work work, TableCounts counts, Path directory) throws SQLException {
    if (counts.rowsAccepted() == 0) {
      return;
    }
    statement.execute(
        """
        COPY (
          SELECT * EXCLUDE (source_line), %s AS source_file_id, source_line,
            TIMESTAMPTZ %s AS ingested_at
          FROM %s
        ) TO %s (FORMAT parquet, COMPRESSION zstd)
        """
            .formatted(
                Sql.literal(work.sourceFileId()),
                Sql.literal(work.ingestedAt().toString()),
                Sql.identifier(counts.table() + "_accepted"),
                Sql.literal(directory.resolve(counts.table() + ".parquet").toString())));
  }

  private static void copyRejected(Statement statement, List<TableCounts> tables, Path directory)
      throws SQLException {
    if (tables.stream().allMatch(t -> t.rowsRejected() == 0)) {
      return;
    }
    statement.execute(
        """
        COPY (%s ORDER BY table_name, source_line)
        TO %s (FORMAT parquet, COMPRESSION zstd)
        """
            .formatted(
                rejected(tables),
                Sql.literal(directory.resolve("rejected_rows.parquet").toString())));
  }

  private static void copyRejectedAmounts(
      Statement statement, List<TableCounts> tables, Path directory) throws SQLException {
    String amounts =
        tables.stream()
            .filter(t -> t.rowsRejected() > 0)
            .filter(t -> RejectedAmounts.areOf(TABLES.table(t.table())))
            .map(t -> "SELECT * FROM " + Sql.identifier(t.table() + "_rejected_amounts"))
            .collect(Collectors.joining(" UNION ALL "));
    if (amounts.isEmpty()) {
      return;
    }
    statement.execute(
        """
        COPY (%s ORDER BY table_name, source_line)
        TO %s (FORMAT parquet, COMPRESSION zstd)
        """
            .formatted(
                amounts, Sql.literal(directory.resolve("rejected_amounts.parquet").toString())));
  }

  private static void copySuperseded(Statement statement, List<TableCounts> tables, Path directory)
      throws SQLException {
    String superseded =
        tables.stream()
            .filter(t -> t.rowsSuperseded() > 0)
            .map(t -> "SELECT * FROM " + Sql.identifier(t.table() + "_superseded"))
            .collect(Collectors.joining(" UNION ALL "));
    if (superseded.isEmpty()) {
      return;
    }
    statement.execute(
        """
        COPY (%s ORDER BY table_name, source_line)
        TO %s (FORMAT parquet, COMPRESSION zstd)
        """
            .formatted(
                superseded, Sql.literal(directory.resolve("superseded_rows.parquet").toString())));
  }

  /** Which line of a batch's file replaced which, in words, the first few of them. */
  static List<String> replacedLines(BatchReaders readers, Lake lake, Batch batch) {
    String query =
        """
        SELECT 'line ' || source_line || ' by line ' || replaced_by_line
        FROM read_parquet(%s)
        ORDER BY table_name, source_line
        LIMIT 5
        """
            .formatted(Sql.literal(lake.supersededRows(batch.sourceFileId()).toString()));
    try {
      return readers.read(
          statement -> {
            List<String> lines = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(query)) {
              while (rows.next()) {
                lines.add(rows.getString(1));
              }
            }
            return lines;
          });
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot read the batch " + batch.sourceFileId(), e);
    }
  }
}
