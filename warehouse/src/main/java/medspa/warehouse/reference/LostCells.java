package medspa.warehouse.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.WholeDeliveries;

/**
 * What a sheet of a reference workbook said and its next version, which counts now, leaves empty or
 * has no row for. That may be meant, or a stale workbook.
 *
 * @param fileName the version that counts now
 * @param before the file that said more
 * @param cells each by the ids of its row and the name of its column
 */
public record LostCells(String fileName, String before, List<String> cells) {
  /** More are counted. */
  private static final int MOST_TOLD = 5;

  /**
   * Compares a batch with the version that counted until then.
   *
   * @return nothing if the batch is no sheet of a workbook, does not count, or has all cells
   */
  public static Optional<LostCells> of(Lake lake, Bronze bronze, Batch batch) {
    Optional<ReferenceSheet> sheet =
        batch.mapping().equals(ReferenceSuggestion.FORMAT)
            ? ReferenceSheets.load().stream()
                .filter(s -> batch.table(s.contract().name()).isPresent())
                .findFirst()
            : Optional.empty();
    if (sheet.isEmpty()) {
      return Optional.empty();
    }
    Batch now = newest(bronze.knownAt(batch.sequence()), sheet.get(), batch);
    Batch before = newest(bronze.knownAt(batch.sequence() - 1), sheet.get(), batch);
    if (before == null || !batch.equals(now)) {
      return Optional.empty();
    }
    Map<List<String>, Map<String, String>> kept = ReferenceSuggestion.cells(lake, now, sheet.get());
    List<String> lost = new ArrayList<>();
    ReferenceSuggestion.cells(lake, before, sheet.get())
        .forEach(
            (key, cells) -> {
              for (ReferenceColumn column : sheet.get().filled()) {
                if (cells.containsKey(column.name())
                    && !kept.getOrDefault(key, Map.of()).containsKey(column.name())) {
                  lost.add(String.join(" ", key) + ", " + column.label());
                }
              }
            });
    return lost.isEmpty()
        ? Optional.empty()
        : Optional.of(new LostCells(batch.fileName(), before.fileName(), List.copyOf(lost)));
  }

  private static Batch newest(Bronze bronze, ReferenceSheet sheet, Batch batch) {
    return WholeDeliveries.newest(bronze.current(), sheet.contract().name()).get(batch.source());
  }

  /** How many cells, the first few of them, and how to undo it. */
  public String message() {
    return fileName
        + " no longer has "
        + cells.size()
        + (cells.size() == 1 ? " cell" : " cells")
        + " that "
        + before
        + " had filled in: "
        + String.join("; ", cells.subList(0, Math.min(MOST_TOLD, cells.size())))
        + (cells.size() > MOST_TOLD ? "; …" : "")
        + ". They count no more. If that is not meant, fill them in again, or save the workbook of"
        + " before under a later day, and run `medspa ingest`.";
  }
}
