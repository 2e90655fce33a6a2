package medspa.jobs.ingest;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.jobs.ingest.Inbox.Export;
import medspa.jobs.ingest.Inbox.Found;
import medspa.jobs.read.ExportFile;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.RefusedFile;
import medspa.warehouse.lake.WholeDeliveries;

/**
 * Reference workbooks among the exports that the lake does not hold: refused, or not ingested yet.
 * A workbook that is suggested now would lack what stands in them, and take its place later.
 */
public final class WaitingWorkbooks {
  private WaitingWorkbooks() {}

  /**
   * Looks at the files of a source as they are now.
   *
   * @param workspace directory that file names are relative to
   * @param source which reads reference workbooks
   * @return one sentence or two for each sheet or workbook, with what to do; nothing of those that
   *     a later one has replaced
   */
  public static List<String> of(Path workspace, Lake lake, Source source) {
    Found found = new Inbox(workspace, ExportFile::sha256).find(source);
    List<Batch> current =
        Bronze.read(lake).current().stream()
            .filter(batch -> batch.source().equals(source.name()))
            .toList();
    List<RefusedFile> before = RefusedFile.read(lake);
    List<String> waiting = new ArrayList<>();
    for (RefusedFile refused : found.refused()) {
      if (isNewest(refused.fileName(), current.stream())) {
        waiting.add("Refused: " + refused.message());
      }
    }
    for (Export export : found.exports()) {
      String table = export.source().mapping().mapping().tables().get(0).table();
      List<Batch> ofTable = current.stream().filter(b -> b.table(table).isPresent()).toList();
      if (!isTaken(export, ofTable) && isNewest(export.fileName(), ofTable.stream())) {
        waiting.add(
            before.stream()
                .filter(refused -> refused.source().equals(source.name()))
                .filter(refused -> refused.fileName().equals(export.fileName()))
                .findFirst()
                .map(refused -> "Refused: " + refused.message())
                .orElse(export.fileName() + " is not ingested yet."));
      }
    }
    return List.copyOf(waiting);
  }

  /** Whether the lake holds it, and no other version under its name since. */
  private static boolean isTaken(Export export, List<Batch> batches) {
    Optional<Batch> last =
        batches.stream()
            .filter(batch -> batch.fileName().equals(export.fileName()))
            .reduce((earlier, later) -> later);
    return last.isPresent()
        ? last.get().sha256().equals(export.sha256())
        : batches.stream().anyMatch(batch -> export.isCopyOf(batch.fileName(), batch.sha256()));
  }

  private static boolean isNewest(String fileName, Stream<Batch> batches) {
    LocalDate day = day(fileName);
    return batches.noneMatch(batch -> day(batch.fileName()).isAfter(day));
  }

  private static LocalDate day(String fileName) {
    return WholeDeliveries.day(fileName).orElse(LocalDate.MIN);
  }
}
