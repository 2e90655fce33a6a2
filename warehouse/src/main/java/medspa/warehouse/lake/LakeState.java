package medspa.warehouse.lake;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is valid in the lake beyond bronze; replaced atomically as the last act of a computation.
 *
 * @param runId digest of everything that went in: batches, configuration, as-of, code version
 * @param asOf nothing at or after 00:00 of this day in a location's zone is in the measures
 * @param knownAt sequence of the last batch that was allowed to count; without it all counted
 * @param lastWeekStart first day of the last computed week
 * @param weeksComputed number of weeks up to it, from the first week with a fact
 * @param bronzeSequence sequence of the newest batch that went in, 0 for none
 * @param bronzeFiles number of batches that went in
 * @param configurationDigest SHA-256 of the configuration that was used
 * @param datasets path below the lake of each dataset, by {@code silver/<name>} or {@code
 *     gold/<name>}
 * @param files seal of each file of these, by its path below the lake
 */
public record LakeState(
    String runId,
    LocalDate asOf,
    Optional<Long> knownAt,
    LocalDate lastWeekStart,
    int weeksComputed,
    long bronzeSequence,
    long bronzeFiles,
    String configurationDigest,
    Map<String, String> datasets,
    Map<String, Seal> files) {

  private static final String REMEDY =
      "Run `medspa compute`, which makes it again from bronze; that costs the time of one"
          + " computation and no number.";

  /** Without seals, as states of earlier versions are. */
  public LakeState {
    files = files == null ? Map.of() : Map.copyOf(files);
  }

  /** A state whose files nobody sealed. */
  public LakeState(
      String runId,
      LocalDate asOf,
      Optional<Long> knownAt,
      LocalDate lastWeekStart,
      int weeksComputed,
      long bronzeSequence,
      long bronzeFiles,
      String configurationDigest,
      Map<String, String> datasets) {
    this(
        runId,
        asOf,
        knownAt,
        lastWeekStart,
        weeksComputed,
        bronzeSequence,
        bronzeFiles,
        configurationDigest,
        datasets,
        Map.of());
  }

  /**
   * The state of the lake, if anything has been computed.
   *
   * @throws DamagedFileException if the file is not what was written
   */
  public static Optional<LakeState> read(Lake lake) {
    try {
      return Files.exists(lake.state())
          ? Optional.of(LakeJson.read(lake.state(), LakeState.class))
          : Optional.empty();
    } catch (DamagedFileException e) {
      throw new DamagedFileException(lake.state(), REMEDY, e);
    }
  }

  /** Makes this the state of the lake. */
  public void write(Lake lake) {
    LakeJson.replace(lake.state(), this);
  }

  /**
   * Makes sure that silver and gold are what was written.
   *
   * @throws DamagedFileException if a file is not; a computation makes it again
   */
  public void refuseDamage(Lake lake) {
    List<Path> damaged = damaged(lake);
    if (!damaged.isEmpty()) {
      throw new DamagedFileException(damaged.get(0), REMEDY);
    }
  }

  /** The files of silver and gold that are not what was written. */
  public List<Path> damaged(Lake lake) {
    List<Path> damaged = new ArrayList<>();
    for (String path : datasets.values()) {
      if (!Files.isDirectory(lake.directory().resolve(path))) {
        damaged.add(lake.directory().resolve(path));
      }
    }
    files.forEach(
        (path, seal) -> {
          Path file = lake.directory().resolve(path);
          if (!seal.holds(file) && damaged.stream().noneMatch(file::startsWith)) {
            damaged.add(file);
          }
        });
    return damaged.stream().sorted().toList();
  }

  /** The directory of a dataset such as {@code silver/appointments}. */
  public Optional<Path> dataset(Lake lake, String name) {
    return Optional.ofNullable(datasets.get(name)).map(lake.directory()::resolve);
  }
}
