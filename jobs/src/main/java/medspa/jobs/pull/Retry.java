package medspa.jobs.pull;

import java.time.Duration;

/**
 * Tries again what may work later: after 1 second, 2, 4 and so on up to a minute, shortened by up
 * to half at random, or after the time that the server named. A server that asks for more patience
 * than a command should have is left to the next run.
 */
final class Retry {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Transport transport;
  private final int attempts;

  Retry(Transport transport, int attempts) {
    this.transport = transport;
    this.attempts = attempts;
  }

  /** Something that may fail for now. */
  @FunctionalInterface
  interface Attempt<T> {
    T run() throws PullException;
  }

  <T> T run(Attempt<T> attempt) throws PullException {
    for (int failed = 1; ; failed++) {
      try {
        return attempt.run();
      } catch (PullException e) {
        boolean again =
            e.failure() == Failure.UNREACHABLE
                && failed < attempts
                && e.retryAfter().filter(time -> time.compareTo(PATIENCE) > 0).isEmpty()
                && !Thread.currentThread().isInterrupted();
        if (!again) {
          throw e;
        }
        transport.waiter().pause(pause(failed, e));
      }
    }
  }

  private Duration pause(int failed, PullException e) {
    Duration doubled = FIRST.multipliedBy(1L << Math.min(failed - 1, 10));
    Duration longest = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    double share = 0.5 + 0.5 * transport.random().getAsDouble();
    Duration spread = Duration.ofMillis(Math.round(longest.toMillis() * share));
    return e.retryAfter().filter(asked -> asked.compareTo(spread) > 0).orElse(spread);
  }
}
