package medspa.warehouse.publish;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
      Set<String> whole = new TreeSet<>();
      for (ReplacedDays days : later) {
        rows.add(
            List.of(
                batch.sourceFileId(), table, days.locationId(), days.firstDate(), days.lastDate()));
        if (isPeriodIn(batch, days)) {
          whole.add(days.locationId());
        }
      }
      for (String location : whole) {
        rows.add(
            List.of(batch.sourceFileId(), table, location, Optional.empty(), Optional.empty()));
      }
      if (later.stream().anyMatch(days -> isWholeIn(batch, counts.get().windows(), days, later))) {
        rows.add(
            List.of(
                batch.sourceFileId(), table, Optional.empty(), Optional.empty(), Optional.empty()));
      }
    }
    return rows;
  }

  /** Whether the days hold the period that a file states; one that states none may tell of any. */
  private static boolean isPeriodIn(Batch batch, ReplacedDays days) {
    return batch
        .period()
        .filter(period -> days.contains(period.firstDate()) && days.contains(period.lastDate()))
        .isPresent();
  }

  /** Whether one delivery holds the stated period at every place of which a file has rows. */
  private static boolean isWholeIn(
      Batch batch, List<Window> told, ReplacedDays some, List<ReplacedDays> later) {
    return !told.isEmpty()
        && told.stream()
            .allMatch(
                window ->
                    later.stream()
                        .filter(days -> days.batch().equals(some.batch()))
                        .filter(days -> days.locationId().equals(window.locationId()))
                        .anyMatch(days -> isPeriodIn(batch, days)));
  }
}
