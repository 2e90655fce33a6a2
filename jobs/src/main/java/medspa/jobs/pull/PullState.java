package medspa.jobs.pull;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.warehouse.lake.LakeJson;

/**
 * What is known of a source's pulls, beside its files. Without it everything is fetched again, and
 * what is there already is recognised by its content.
 *
 * @param address where the source was; what is known of one address says nothing about another
 * @param triedAt when it was last pulled
 * @param succeededAt when it was last pulled as a whole
 * @param newFiles files that came with the last pull
 * @param failure why the last pull failed
 * @param files what was fetched, by its name at the source
 * @param square how far the Square API was read
 */
public record PullState(
    String address,
    Optional<Instant> triedAt,
    Optional<Instant> succeededAt,
    int newFiles,
    Optional<String> failure,
    Map<String, Fetched> files,
    Optional<SquareState> square) {
  private static final String FILE = ".pull.json";

  /**
   * A file at the source as it was fetched.
   *
   * @param size bytes
   * @param modified when it was last changed, if the server tells
   * @param etag the server's mark of its content
   */
  public record Fetched(long size, Optional<String> modified, Optional<String> etag) {}

  /**
   * How far the Square API was read.
   *
   * @param since where the first pull began
   * @param until the end of what was read as a whole
   * @param locations the locations that were read
   * @param sha256 the content of the last file
   * @param open the pull that has not come to its end
   */
  public record SquareState(
      Optional<Instant> since,
      Optional<Instant> until,
      List<String> locations,
      Optional<String> sha256,
      Optional<OpenPull> open) {}

  /**
   * A pull of the Square API that goes on behind the last complete page.
   *
   * @param from what it reads from
   * @param until when it began, which is what it reads up to
   * @param ahead the end of the bookings it asks for
   * @param since where the first pull began
   * @param locations the locations it reads
   * @param part which part of the question it has come to
   * @param cursor the next page of that part, empty for its first
   * @param partBytes length of the file where that part began
   * @param bytes length of the file with all complete pages
   */
  public record OpenPull(
      Instant from,
      Instant until,
      Instant ahead,
      Instant since,
      List<String> locations,
      int part,
      String cursor,
      long partBytes,
      long bytes) {}

  static PullState none(String address) {
    return new PullState(
        address,
        Optional.empty(),
        Optional.empty(),
        0,
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  /**
   * The state beside the files of a directory. What cannot be read, or is of another address, is as
   * good as none.
   */
  public static PullState read(Path directory, Remote remote) {
    PullState none = none(remote.address());
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return none;
    }
    try {
      PullState state = LakeJson.read(file, PullState.class);
      return remote.address().equals(state.address()) ? state : none;
    } catch (UncheckedIOException e) {
      return none;
    }
  }

  /** How many files of the source are there. */
  public static long count(Path directory) {
    return PulledFiles.count(directory);
  }

  void write(Path directory) {
    LakeJson.replace(directory.resolve(FILE), this);
  }

  PullState withFiles(Map<String, Fetched> other) {
    return new PullState(
        address, triedAt, succeededAt, newFiles, failure, Map.copyOf(other), square);
  }

  PullState withSquare(SquareState other) {
    return new PullState(
        address, triedAt, succeededAt, newFiles, failure, files, Optional.of(other));
  }

  PullState tried(Instant at, int files, Optional<String> problem) {
    return new PullState(
        address,
        Optional.of(at),
        problem.isEmpty() ? Optional.of(at) : succeededAt,
        files,
        problem,
        this.files,
        square);
  }
}
