package medspa.warehouse.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import medspa.warehouse.lake.DamagedFileException;
import medspa.warehouse.lake.DiskFiles;
import medspa.warehouse.lake.LakeJson;
import medspa.warehouse.lake.SealedFolders;
import medspa.warehouse.lake.SealedFolders.Kind;

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
 * publications.jsonl                    every marker a second time, with the seals of all files
 * lost/                                 damaged files that were given up
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

  /** The publications with their log. */
  public SealedFolders<PastPublication> sealed() {
    return new SealedFolders<>(
        publicationsDirectory(),
        directory.resolve("publications.jsonl"),
        MARKER,
        PastPublication.class,
        publication -> Set.of("numbers.parquet"));
  }

  /**
   * Every publication, by number: of each what the log says, else its marker.
   *
   * @throws UncheckedIOException if the history cannot be read
   */
  public List<PastPublication> publications() {
    return sealed().values().stream()
        .sorted(Comparator.comparingLong(PastPublication::number))
        .toList();
  }

  /** The numbers that a publication changed; not there if they were lost. */
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
    DiskFiles.forceTree(beside);
    LakeJson.replace(beside.resolve(MARKER), publication);
  }

  /** Makes a prepared publication part of history: its warehouse has been published. */
  public void commit(long number) throws IOException {
    DiskFiles.move(beside(number), place(number));
    sealed().log(List.of(place(number).getFileName().toString()));
  }

  /** Forgets whatever was begun and not committed. */
  public void discard() throws IOException {
    for (Path publication : directories()) {
      if (isHidden(publication)) {
        DiskFiles.remove(publication);
      }
    }
  }

  /**
   * A publication that was prepared and neither committed nor discarded; one whose marker is not
   * what was written was not prepared.
   */
  public Optional<PastPublication> pending() {
    return directories().stream()
        .filter(History::isHidden)
        .map(publication -> publication.resolve(MARKER))
        .filter(Files::exists)
        .flatMap(marker -> prepared(marker).stream())
        .findFirst();
  }

  private static Optional<PastPublication> prepared(Path marker) {
    try {
      return Optional.of(LakeJson.read(marker, PastPublication.class));
    } catch (DamagedFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Mends what can be mended: markers and logs.
   *
   * @return a sentence about each file that was damaged
   */
  public List<String> mend() {
    List<String> told = new ArrayList<>(sealed().mend());
    int runs = runs().setDamagedApart();
    if (runs > 0) {
      told.add(
          runs().file()
              + " was damaged: "
              + runs
              + " lines about past runs are lost, and set apart beside it.");
    }
    return told;
  }

  /**
   * Makes sure that nothing which later publications rest upon is damaged.
   *
   * @throws DamagedFileException if something is
   */
  public void refuseDamage() {
    List<String> lost =
        sealed().faults().stream()
            .filter(fault -> fault.kind() == Kind.CONTENT || fault.kind() == Kind.UNKNOWN)
            .map(fault -> fault.file() + " is damaged: " + cost(fault))
            .toList();
    if (!lost.isEmpty()) {
      throw new DamagedFileException(
          String.join("\n", lost)
              + "\nNothing else holds that. Put it back from a backup, or go on without it by"
              + " `medspa check --give-up`.");
    }
  }

  /** What it costs that a file is damaged. */
  public static String cost(SealedFolders.Fault<PastPublication> fault) {
    String name = fault.file().getFileName().toString();
    String of =
        fault
            .value()
            .map(publication -> "publication " + publication.number())
            .orElse("a publication that nothing tells of");
    return switch (name) {
      case MARKER -> "when and of what " + of + " was made.";
      case "numbers.parquet" ->
          "the numbers of " + of + ", so that a later change of them cannot be told as restated.";
      case "positions.parquet" ->
          "the benchmark positions of "
              + of
              + ", so that a later change of them cannot be told as restated.";
      case "restatements.parquet", "benchmark_restatements.parquet" -> "what " + of + " restated.";
      case "forecasts.parquet" -> "what " + of + " expected of the week to come.";
      case "actions.parquet" -> "what " + of + " proposed.";
      default -> "what became of the proposals before " + of + ".";
    };
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
