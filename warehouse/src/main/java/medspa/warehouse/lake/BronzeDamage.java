package medspa.warehouse.lake;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import medspa.warehouse.lake.SealedFolders.Fault;
import medspa.warehouse.lake.SealedFolders.Kind;

/**
 * The batches of which a file is gone or changed.
 *
 * @param files the damaged files of each batch, by its id, where something tells what it holds
 * @param unknown markers that are damaged where nothing else tells what the batch holds
 * @param unlogged ids of batches that no ingestion has sealed yet
 */
public record BronzeDamage(
    Map<String, List<Path>> files, List<Path> unknown, Set<String> unlogged) {

  /** Reads every file of bronze and changes nothing. */
  public static BronzeDamage find(Lake lake) {
    Map<String, List<Path>> files = new LinkedHashMap<>();
    List<Path> unknown = new ArrayList<>();
    Set<String> unlogged = new HashSet<>();
    for (Fault<Batch> fault : lake.batches().faults()) {
      if (fault.kind() == Kind.CONTENT) {
        files.computeIfAbsent(fault.folder(), id -> new ArrayList<>()).add(fault.file());
      } else if (fault.kind() == Kind.UNKNOWN) {
        unknown.add(fault.file());
      } else if (fault.kind() == Kind.UNLOGGED) {
        unlogged.add(fault.folder());
      }
    }
    return new BronzeDamage(files, unknown, unlogged);
  }

  /** Whether a file of the batch is damaged. */
  public boolean isOf(Batch batch) {
    return files.containsKey(batch.sourceFileId());
  }

  /** What is damaged of a batch, and what that was, as the beginning of a sentence. */
  public String words(Batch batch) {
    long rows = batch.tables().stream().mapToLong(Batch.TableCounts::rowsRead).sum();
    return files.get(batch.sourceFileId()).stream()
            .map(Path::toString)
            .collect(Collectors.joining(", "))
        + " damaged: what was read of "
        + batch.fileName()
        + ", "
        + rows
        + " rows";
  }

  /**
   * Makes sure that the batches, as far as they were sealed, are what was written.
   *
   * @throws DamagedFileException if one is not; ingestion mends it, or says why it cannot
   */
  public static void refuse(Lake lake, List<Batch> batches) {
    BronzeDamage damage = find(lake);
    List<String> damaged = new ArrayList<>();
    damage.unknown().forEach(file -> damaged.add(file + " damaged."));
    batches.stream()
        .filter(batch -> damage.isOf(batch) && !damage.unlogged().contains(batch.sourceFileId()))
        .forEach(batch -> damaged.add(damage.words(batch) + "."));
    if (!damaged.isEmpty()) {
      throw new DamagedFileException(
          String.join("\n", damaged)
              + "\nNothing was done. Run `medspa ingest`, which reads what is damaged again from the"
              + " exports.");
    }
  }
}
