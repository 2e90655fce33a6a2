package medspa.warehouse.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.warehouse.lake.DiskFiles;
import medspa.warehouse.lake.LakeJson;

/**
 * What was published and how each run went: outside the lake and the warehouse, because these can
 * be made again and history cannot. Nothing in it is ever changed. Below its directory:
 *
 * <pre>
 * publications/&lt;number, 8 digits&gt;/    one publication, never changed
 *     numbers.parquet                   the published numbers that differ from those before
 *     restatements.parquet              those of closed weeks, with what changed them
 *     positions.parquet                 positions in benchmarks that differ from those before
 *     benchmark_restatements.parquet    those of ranges published before, with what changed them
 *     forecasts.parquet                 what it expects of the days of the coming week
 *     actions.parquet                   what it proposed
 *     outcomes.parquet                  what became of what was proposed a week before
 *     publication.json                  when and of what it was made
 * runs.jsonl                            how each run went, see {@link RunLog}
 * deliveries.jsonl                      what was sent to whom, see {@link DeliveryLog}
 * journals.jsonl                        which journal entries were exported, see {@link JournalLog}
 * </pre>
 *
 * A publication is written beside its place before the warehouse is swapped and moved to it after:
 * a run that is killed between the two leaves {@link #pending} behind, and the next one decides by
 * the published warehouse whether it was published.
 */
public record History(Path directory) {
  private static final String MARKER = "publication.json";

  /** How each run went. */
  public RunLog runs() {
    return new RunLog(directory.resolve("runs.jsonl"));
  }

  /** What was sent to whom. */
  public DeliveryLog deliveries() {
    return new DeliveryLog(directory.resolve("deliveries.jsonl"));
  }

  /** Which journal entries were exported. */
  public JournalLog journals() {
    return new JournalLog(directory.resolve("journals.jsonl"));
  }

  /**
   * Every publication, by number.
   *
   * @throws UncheckedIOException if the history cannot be read
   */
  public List<PastPublication> publications() {
    return directories().stream()
        .filter(publication -> !isHidden(publication))
        .map(publication -> LakeJson.read(publication.resolve(MARKER), PastPublication.class))
        .sorted(Comparator.comparingLong(PastPublication::number))
        .toList();
  }

  /** The numbers that a publication changed. */
  public Path numbers(long number) {
    return place(number).resolve("numbers.parquet");
  }

  /** What a publication restated; not there if it restated nothing. */
  public Path restatements(long number) {
    return place(number).resolve("restatements.parquet");
  }

  /** The positions in benchmarks that a publication changed; not there if none. */
  public Path positions(long number) {
    return place(number).resolve("positions.parquet");
  }

  /** What a publication restated of benchmarks; not there if nothing. */
  public Path benchmarkRestatements(long number) {
    return place(number).resolve("benchmark_restatements.parquet");
  }

  /** What a publication expected of the coming week; not there if it is of an older program. */
  public Path forecasts(long number) {
    return place(number).resolve("forecasts.parquet");
  }

  /** What a publication proposed; not there if it is of an older program. */
  public Path actions(long number) {
    return place(number).resolve("actions.parquet");
  }

  /** What became of what had been proposed a week before a publication; not there likewise. */
  public Path outcomes(long number) {
    return place(number).resolve("outcomes.parquet");
  }

  /** Where a publication is written that is not published yet; empty, whatever was there. */
  public Path begin(long number) throws IOException {
    Path beside = beside(number);
    DiskFiles.remove(beside);
    Files.createDirectories(beside);
    return beside;
  }

  /** Makes what was written a publication that waits for its warehouse. */
  public void prepare(PastPublication publication) throws IOException {
    Path beside = beside(publication.number());
    for (Path file : children(beside)) {
      DiskFiles.force(file);
    }
    LakeJson.replace(beside.resolve(MARKER), publication);
  }

  /** Makes a prepared publication part of history: its warehouse has been published. */
  public void commit(long number) throws IOException {
    DiskFiles.move(beside(number), place(number));
  }

  /** Forgets whatever was begun and not committed. */
  public void discard() throws IOException {
    for (Path publication : directories()) {
      if (isHidden(publication)) {
        DiskFiles.remove(publication);
      }
    }
  }

  /** A publication that was prepared and neither committed nor discarded. */
  public Optional<PastPublication> pending() {
    return directories().stream()
        .filter(History::isHidden)
        .map(publication -> publication.resolve(MARKER))
        .filter(Files::exists)
        .map(marker -> LakeJson.read(marker, PastPublication.class))
        .findFirst();
  }

  private Path publicationsDirectory() {
    return directory.resolve("publications");
  }

  private Path place(long number) {
    return publicationsDirectory().resolve(String.format(Locale.ROOT, "%08d", number));
  }

  private Path beside(long number) {
    return publicationsDirectory().resolve(String.format(Locale.ROOT, ".%08d", number));
  }

  private List<Path> directories() {
    Path publications = publicationsDirectory();
    try {
      return Files.isDirectory(publications) ? children(publications) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + publications, e);
    }
  }

  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }

  private static List<Path> children(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }
}
