package medspa.jobs.pull;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import javax.net.ssl.SSLContext;

/**
 * What a pull needs of the machine.
 *
 * @param waiter waits between attempts and between requests
 * @param random numbers from 0 to 1 that spread the waits of many who were throttled at once
 * @param tls whom to trust, where it is not what the machine trusts
 * @param connectTimeout until a connection stands
 * @param idleTimeout until the next bytes must come
 */
public record Transport(
    Waiter waiter,
    DoubleSupplier random,
    Optional<SSLContext> tls,
    Duration connectTimeout,
    Duration idleTimeout) {

  /** Waits for a time. */
  @FunctionalInterface
  public interface Waiter {
    /** Returns when the time is over, or early with the thread's interrupt set. */
    void pause(Duration time);
  }

  /** That of a command. */
  public static Transport standard() {
    return new Transport(
        Transport::sleep,
        () -> ThreadLocalRandom.current().nextDouble(),
        Optional.empty(),
        Duration.ofSeconds(20),
        Duration.ofSeconds(60));
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
