package medspa.warehouse.lake;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
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
    Map<String, String> datasets) {

  /** The state of the lake, if anything has been computed. */
  public static Optional<LakeState> read(Lake lake) {
    return Files.exists(lake.state())
        ? Optional.of(LakeJson.read(lake.state(), LakeState.class))
        : Optional.empty();
  }

  /** Makes this the state of the lake. */
  public void write(Lake lake) {
    LakeJson.replace(lake.state(), this);
  }

  /** The directory of a dataset such as {@code silver/appointments}. */
  public Optional<Path> dataset(Lake lake, String name) {
    return Optional.ofNullable(datasets.get(name)).map(lake.directory()::resolve);
  }
}
