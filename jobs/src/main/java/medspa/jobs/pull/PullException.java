package medspa.jobs.pull;

import java.time.Duration;
import java.util.Optional;

/**
 * Why a source could not be pulled, in words for its owner. Never has a cause and never carries a
 * secret or anything that a server said beyond codes and file names: messages of clients quote
 * headers and addresses.
 */
final class PullException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Failure failure;
  private final transient Optional<Duration> retryAfter;

  private PullException(Failure failure, String message, Optional<Duration> retryAfter) {
    super(message, null, false, false);
    this.failure = failure;
    this.retryAfter = retryAfter;
  }

  /** What somebody has to correct before it can work. */
  static PullException configuration(String message) {
    return new PullException(Failure.CONFIGURATION, message, Optional.empty());
  }

  /** What came, or did not come, is not what it should be. */
  static PullException data(String message) {
    return new PullException(Failure.DATA, message, Optional.empty());
  }

  /** What may work later. */
  static PullException unreachable(String message) {
    return new PullException(Failure.UNREACHABLE, message, Optional.empty());
  }

  /** What may work after the time that the server named. */
  static PullException unreachable(String message, Optional<Duration> retryAfter) {
    return new PullException(Failure.UNREACHABLE, message, retryAfter);
  }

  Failure failure() {
    return failure;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
