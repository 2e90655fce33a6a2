package medspa.warehouse.publish;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Batch.Window;
import medspa.warehouse.lake.ReplacedDays;

/**
 * Of which days of files with rejected rows a later delivery is complete: what it rejects is listed
 * from it, and what it lacks was corrected or deleted at the source, as accepted rows are.
 */
final class ReplacedRejections {
  private ReplacedRejections() {}

  /**
   * Rows of {@code replaced_rejections}.
   *
   * @param batches those that count
   */
  static List<List<Object>> of(String table, List<Batch> batches) {
    List<ReplacedDays> replaced = ReplacedDays.of(table, batches);
    List<List<Object>> rows = new ArrayList<>();
    for (Batch batch : batches) {
      Optional<TableCounts> counts = batch.table(table).filter(some -> some.rowsRejected() > 0);
      if (counts.isEmpty()) {
        continue;
      }
      List<ReplacedDays> later =
          replaced.stream()
              .filter(days -> days.batch().source().equals(batch.source()))
              .filter(days -> days.batch().order() > batch.order())
              .toList();
      for (ReplacedDays days : later) {
        rows.add(
            List.of(
                batch.sourceFileId(), table, days.locationId(), days.firstDate(), days.lastDate()));
      }
      if (later.stream().anyMatch(days -> isWholeIn(batch, counts.get().windows(), days, later))) {
        rows.add(
            List.of(
                batch.sourceFileId(), table, Optional.empty(), Optional.empty(), Optional.empty()));
      }
    }
    return rows;
  }

  /** Whether the delivery of some days is complete for every place and day that a file tells of. */
  private static boolean isWholeIn(
      Batch batch, List<Window> told, ReplacedDays some, List<ReplacedDays> later) {
    return !told.isEmpty()
        && told.stream()
            .allMatch(
                window -> {
                  LocalDate first =
                      batch.period().map(p -> p.firstDate()).orElse(window.firstDate());
                  LocalDate last = batch.period().map(p -> p.lastDate()).orElse(window.lastDate());
                  return later.stream()
                      .filter(days -> days.batch().equals(some.batch()))
                      .filter(days -> days.locationId().equals(window.locationId()))
                      .anyMatch(days -> days.contains(first) && days.contains(last));
                });
  }
}
