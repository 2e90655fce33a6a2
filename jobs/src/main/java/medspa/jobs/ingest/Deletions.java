package medspa.jobs.ingest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Run;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Batch.Window;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.ReplacedDays;
import medspa.warehouse.query.Sql;

/**
 * Which rows of earlier deliveries of a source a delivery deletes, because it replaces their days
 * or their receipts and lacks them. Read from the batches as they are on disk; the rule is that of
 * the fold, for what had been delivered before.
 */
final class Deletions {
  private final Lake lake;
  private final TableContract contract;
  private final Batch batch;
  private final List<Batch> earlier;
  private final Path directory;

  /**
   * For one table of a delivery.
   *
   * @param batch the delivery, its counts of the table included
   * @param current the batches that count without it
   * @param directory where the delivery's rows are
   */
  Deletions(Lake lake, TableContract contract, Batch batch, List<Batch> current, Path directory) {
    this.lake = lake;
    this.contract = contract;
    this.batch = batch;
    this.earlier =
        current.stream()
            .filter(other -> other.source().equals(batch.source()))
            .filter(other -> other.practiceId().equals(batch.practiceId()))
            .filter(other -> other.order() < batch.order())
            .filter(other -> other.table(contract.name()).isPresent())
            .toList();
    this.directory = directory;
  }

  /**
   * Rows of one location that are deleted.
   *
   * @param firstDate first day of which rows are deleted
   * @param lastDate last day of which rows are deleted
   * @param rows the deleted rows, of receipts alone included
   * @param rowsOfDays those of them that lie on days that the delivery replaces
   * @param ofRows all rows that earlier deliveries had on these days
   */
  record Deleted(
      String locationId,
      LocalDate firstDate,
      LocalDate lastDate,
      long rows,
      long rowsOfDays,
      long ofRows) {}

  /**
   * What is deleted, by location; nothing for most deliveries.
   *
   * @param readers by which batches are read
   */
  List<Deleted> find(BatchReaders readers) throws SQLException {
    List<Batch> upToNow = new ArrayList<>(earlier);
    upToNow.add(batch);
    Map<Boolean, List<ReplacedDays>> replaced =
        ReplacedDays.of(contract.name(), upToNow).stream()
            .collect(Collectors.partitioningBy(d -> d.batch().order() == batch.order()));
    List<ReplacedDays> days = replaced.get(true);
    Optional<String> receiptRows = counts(batch).receiptRows();
    List<Batch> near = earlier.stream().filter(other -> isNear(other, days)).toList();
    if (contract.date().isEmpty() || near.isEmpty() || (days.isEmpty() && receiptRows.isEmpty())) {
      return List.of();
    }
    return readers.read(
        statement -> {
          loadDays(statement, "replaced", days);
          loadDays(statement, "replaced_before", replaced.get(false));
          loadRows(statement, "told", near);
          loadNow(statement);
          statement.execute(gone(receiptRows));
          return isEmpty(statement, "gone") ? List.of() : deleted(statement, near);
        });
  }

  private TableCounts counts(Batch other) {
    return other.table(contract.name()).orElseThrow();
  }

  /** Whether a delivery has rows on days that are replaced, or on which receipts are told again. */
  private boolean isNear(Batch other, List<ReplacedDays> days) {
    for (Window window : counts(other).windows()) {
      for (Run run : window.runs()) {
        boolean replaced =
            days.stream()
                .filter(d -> d.locationId().equals(window.locationId()))
                .anyMatch(d -> overlap(run, d.firstDate(), d.lastDate()));
        boolean told =
            counts(batch).receiptRows().isPresent()
                && counts(batch).windows().stream()
                    .filter(w -> w.locationId().equals(window.locationId()))
                    .flatMap(w -> w.runs().stream())
                    .anyMatch(r -> overlap(run, r.firstDate(), r.lastDate()));
        if (replaced || told) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean overlap(Run run, LocalDate firstDate, LocalDate lastDate) {
    return !run.firstDate().isAfter(lastDate) && !run.lastDate().isBefore(firstDate);
  }

  private static void loadDays(Statement statement, String table, List<ReplacedDays> days)
      throws SQLException {
    statement.execute(
        "CREATE TABLE %s (location_id VARCHAR, first_date DATE, last_date DATE, delivery BIGINT)"
            .formatted(table));
    if (!days.isEmpty()) {
      statement.execute(
          days.stream()
              .map(
                  d ->
                      "(%s, DATE '%s', DATE '%s', %s)"
                          .formatted(
                              Sql.literal(d.locationId()),
                              d.firstDate(),
                              d.lastDate(),
                              d.batch().order()))
              .collect(Collectors.joining(", ", "INSERT INTO " + table + " VALUES ", "")));
    }
  }

  /** The key of a row as one text. */
  private String key() {
    return contract.storedKey().stream()
        .map(Sql::identifier)
        .collect(Collectors.joining(" || chr(31) || "));
  }

  private String receipt() {
    return contract.column("sale_id").isPresent() ? "sale_id" : "NULL::VARCHAR";
  }

  /** Every accepted row of the batches: key, place, day, receipt, and the delivery's order. */
  private void loadRows(Statement statement, String table, List<Batch> batches)
      throws SQLException {
    statement.execute(
        """
        CREATE TABLE %s (row_key VARCHAR, location_id VARCHAR, local_date DATE, receipt VARCHAR,
          receipt_rows VARCHAR, delivery BIGINT)
        """
            .formatted(table));
    for (Batch other : batches) {
      if (counts(other).rowsAccepted() > 0) {
        insert(
            statement,
            table,
            lake.batchTable(other.sourceFileId(), contract.name()),
            counts(other).receiptRows(),
            other.order());
      }
    }
  }

  private void insert(
      Statement statement, String table, Path rows, Optional<String> receiptRows, long order)
      throws SQLException {
    statement.execute(
        """
        INSERT INTO %s
        SELECT %s, location_id, local_date, %s, %s, %s FROM read_parquet(%s)
        """
            .formatted(
                table,
                key(),
                receipt(),
                receiptRows.map(Sql::literal).orElse("NULL"),
                order,
                Sql.literal(rows.toString())));
  }

  /** The delivery's own rows, and the keys of those that it rejected. */
  private void loadNow(Statement statement) throws SQLException {
    loadRows(statement, "now", List.of());
    if (counts(batch).rowsAccepted() > 0) {
      insert(
          statement,
          "now",
          directory.resolve(contract.name() + ".parquet"),
          counts(batch).receiptRows(),
          batch.order());
    }
    Path rejected = directory.resolve("rejected_rows.parquet");
    statement.execute(
        Files.exists(rejected)
            ? "CREATE TABLE rejected AS SELECT row_key FROM read_parquet(%s) WHERE table_name = %s"
                .formatted(Sql.literal(rejected.toString()), Sql.literal(contract.name()))
            : "CREATE TABLE rejected (row_key VARCHAR)");
  }

  /**
   * The newest row of each key that the delivery replaces and lacks, if it was not gone before; all
   * rows of replaced days stand in {@code standing}.
   */
  private String gone(Optional<String> receiptRows) {
    return """
        CREATE TABLE standing AS
        SELECT *, EXISTS (
            FROM replaced d WHERE d.location_id = t.location_id
              AND t.local_date BETWEEN d.first_date AND d.last_date) AS of_days
        FROM (
          SELECT *, max(delivery) OVER (
              PARTITION BY location_id, receipt, local_date, receipt_rows) AS told_again
          FROM told) t
        WHERE (receipt_rows IS NULL OR told_again = delivery)
          AND NOT EXISTS (
            FROM replaced_before d WHERE d.location_id = t.location_id
              AND t.local_date BETWEEN d.first_date AND d.last_date AND d.delivery > t.delivery)
        QUALIFY row_number() OVER (PARTITION BY row_key ORDER BY delivery DESC) = 1;
        CREATE TABLE gone AS
        FROM standing
        WHERE (of_days OR (location_id, receipt, local_date, receipt_rows) IN (
            SELECT (location_id, receipt, local_date, %s) FROM now))
          AND row_key NOT IN (SELECT row_key FROM now)
          AND sha256(%s || chr(31) || row_key) NOT IN (
            SELECT row_key FROM rejected WHERE row_key IS NOT NULL)
        """
        .formatted(receiptRows.map(Sql::literal).orElse("NULL"), Sql.literal(batch.practiceId()));
  }

  private static boolean isEmpty(Statement statement, String table) throws SQLException {
    try (ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
      row.next();
      return row.getLong(1) == 0;
    }
  }

  private List<Deleted> deleted(Statement statement, List<Batch> near) throws SQLException {
    // What lies elsewhere now was told by a delivery that is not near.
    loadRows(statement, "elsewhere", earlier.stream().filter(b -> !near.contains(b)).toList());
    statement.execute(
        """
        DELETE FROM gone WHERE EXISTS (
          FROM elsewhere e WHERE e.row_key = gone.row_key AND e.delivery > gone.delivery)
        """);
    List<Deleted> deleted = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            """
            SELECT location_id, min(local_date), max(local_date), count(*),
              count(*) FILTER (of_days),
              (SELECT count(*) FROM standing b WHERE b.location_id = gone.location_id AND b.of_days)
            FROM gone GROUP BY location_id ORDER BY location_id
            """)) {
      while (rows.next()) {
        deleted.add(
            new Deleted(
                rows.getString(1),
                rows.getObject(2, LocalDate.class),
                rows.getObject(3, LocalDate.class),
                rows.getLong(4),
                rows.getLong(5),
                rows.getLong(6)));
      }
    }
    return deleted;
  }
}
