package medspa.jobs.ingest;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import medspa.jobs.ingest.Deletions.Deleted;
import medspa.jobs.read.FileRefusedException;
import medspa.warehouse.lake.Batch.TableCounts;

/** How much of a file may be rejected, and of earlier deliveries deleted, before it is refused. */
final class DeliveryLimits {
  /** Rows that a delivery may always delete, unless it may delete none. */
  private static final long FEW_DELETIONS = 10;

  private final BigDecimal rejectedShare;
  private final BigDecimal deletedShare;

  /**
   * The workspace's limits.
   *
   * @param rejectedShare of a file's rows
   * @param deletedShare of the rows of the days that a delivery replaces; a source may have another
   */
  DeliveryLimits(BigDecimal rejectedShare, BigDecimal deletedShare) {
    this.rejectedShare = rejectedShare;
    this.deletedShare = deletedShare;
  }

  /**
   * Looks at the rejected rows.
   *
   * @throws FileRefusedException if they are too many; it names the most frequent reason
   */
  void refuseTooManyRejected(Statement statement, Source source, List<TableCounts> tables)
      throws SQLException, FileRefusedException {
    long read = tables.stream().mapToLong(TableCounts::rowsRead).sum();
    long rejected = tables.stream().mapToLong(TableCounts::rowsRejected).sum();
    if (BigDecimal.valueOf(rejected).compareTo(rejectedShare.multiply(BigDecimal.valueOf(read)))
        <= 0) {
      return;
    }
    String share =
        BigDecimal.valueOf(rejected * 100)
            .divide(BigDecimal.valueOf(read), 1, RoundingMode.HALF_UP)
            .toPlainString();
    try (ResultSet row =
        statement.executeQuery(
            """
            SELECT reason, coalesce(column_name, ''), count(*) AS n, min(source_line)
            FROM (%s) GROUP BY ALL ORDER BY n DESC, 1, 2 LIMIT 1
            """
                .formatted(BatchFiles.rejected(tables)))) {
      row.next();
      throw FileRefusedException.column(
          row.getLong(4),
          row.getString(2),
          rejected
              + " of "
              + read
              + " rows ("
              + share
              + " %) are rejected, most of them ("
              + row.getLong(3)
              + ") for "
              + row.getString(1)
              + ", first on this line.",
          Advice.after(row.getString(1), row.getString(2), source)
              + " Only if these rows may be left out for good, raise reject_limit.");
    }
  }

  /**
   * Looks at the rows that a delivery deletes.
   *
   * @param locations what it deletes of the table, by location
   * @throws FileRefusedException if that is too much at one of them
   */
  void refuseTooManyDeleted(Source source, String table, List<Deleted> locations)
      throws FileRefusedException {
    BigDecimal limit = source.safeguards().deletionLimit().orElse(deletedShare);
    for (Deleted deleted : locations) {
      long few = limit.signum() == 0 ? 0 : FEW_DELETIONS;
      if (deleted.rowsOfDays() > few
          && BigDecimal.valueOf(deleted.rowsOfDays())
                  .compareTo(limit.multiply(BigDecimal.valueOf(deleted.ofRows())))
              > 0) {
        throw FileRefusedException.file(
            "It would delete %s of the %s rows of %s that earlier files of the source told of %s on the days it is complete for, from %s to %s: they are not in it."
                .formatted(
                    deleted.rowsOfDays(),
                    deleted.ofRows(),
                    table,
                    deleted.locationId(),
                    deleted.firstDate(),
                    deleted.lastDate()),
            "Export these days again, whole and without a filter. If the rows are gone at the vendor,"
                + " set `deletion_limit: 1` at the source "
                + source.name()
                + ", ingest, and take it out again; if its exports are parts, set `delivery: upsert`.");
      }
    }
  }
}
