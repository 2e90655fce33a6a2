package medspa.warehouse.lake;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The batches of a lake, read from their markers. */
public final class Bronze {
  private final List<Batch> all;
  private final List<Batch> current;

  private Bronze(List<Batch> all) {
    this(all, currentOf(all));
  }

  private Bronze(List<Batch> all, List<Batch> current) {
    this.all = all;
    this.current = current;
  }

  /**
   * Reads all complete batches: of each what the log says, else its marker.
   *
   * @throws DamagedFileException if neither of one can be read
   * @throws UncheckedIOException if the lake cannot be read
   */
  public static Bronze read(Lake lake) {
    List<Batch> batches = new ArrayList<>(lake.batches().values());
    batches.sort(Comparator.comparingLong(Batch::sequence));
    return new Bronze(List.copyOf(batches));
  }

  /**
   * What was known when the batch of a sequence had been ingested: later batches are not there, so
   * a batch that one of them replaces counts again.
   */
  public Bronze knownAt(long sequence) {
    return new Bronze(all.stream().filter(batch -> batch.sequence() <= sequence).toList());
  }

  /** With one batch more, which was taken in after these. */
  public Bronze with(Batch batch) {
    return new Bronze(
        sorted(all.stream(), batch, Comparator.comparingLong(Batch::sequence)),
        sorted(
            current.stream()
                .filter(other -> !batch.replaces().equals(Optional.of(other.sourceFileId()))),
            batch,
            Comparator.comparingLong(Batch::order)));
  }

  private static List<Batch> sorted(Stream<Batch> batches, Batch batch, Comparator<Batch> order) {
    return Stream.concat(batches, Stream.of(batch)).sorted(order).toList();
  }

  /** Every batch, by sequence. */
  public List<Batch> all() {
    return all;
  }

  /** The batches that count, in the order of delivery: those that no other batch replaces. */
  public List<Batch> current() {
    return current;
  }

  private static List<Batch> currentOf(List<Batch> all) {
    Set<String> replaced = new HashSet<>();
    all.forEach(batch -> batch.replaces().ifPresent(replaced::add));
    return all.stream()
        .filter(batch -> !replaced.contains(batch.sourceFileId()))
        .sorted(Comparator.comparingLong(Batch::order))
        .toList();
  }

  /** The sequence the next batch gets. */
  public long nextSequence() {
    return all.isEmpty() ? 1 : all.get(all.size() - 1).sequence() + 1;
  }
}
