package medspa.warehouse.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How one command on the workspace went.
 *
 * @param id tells the entries of one run from those of others
 * @param command such as {@code run}
 * @param startedAt when it began
 * @param endedAt when it ended; empty for a run that was killed, or is running
 * @param exitCode its exit code, once it has ended
 * @param runId digest of all that went into the numbers, if it computed
 * @param asOf the as-of, if it computed
 * @param knownAt the batch up to which was known, if the run looked back
 * @param filesIngested new files, if it ingested
 * @param leftOut the files that were refused and the sources that could not be pulled
 * @param problem why it failed, if it did
 */
public record PastRun(
    String id,
    String command,
    Instant startedAt,
    Optional<Instant> endedAt,
    Optional<Integer> exitCode,
    Optional<String> runId,
    Optional<String> asOf,
    Optional<Long> knownAt,
    Optional<Integer> filesIngested,
    List<String> leftOut,
    Optional<String> problem) {

  /** A run that begins. */
  public static PastRun started(String command, Instant at) {
    return new PastRun(
        at + " " + command,
        command,
        at,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }
}
