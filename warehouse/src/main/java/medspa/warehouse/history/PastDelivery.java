package medspa.warehouse.history;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One attempt to send a report to one recipient.
 *
 * @param number its place among all attempts, from 1
 * @param report which report, such as {@code glow-weekly}
 * @param week first day of the week that it is of
 * @param channel such as {@code mail}
 * @param recipient an address, or the variable that holds one which is secret
 * @param content SHA-256 of what was sent: two that differ tell different numbers
 * @param runId publication that it is of
 * @param corrects whether it was marked as the correction of one that was sent before
 * @param intendedAt when it was about to be sent
 * @param endedAt when it was known how that ended; empty if nobody was left to know
 * @param outcome how it ended
 * @param code what the receiver answered, where it answered in numbers
 * @param problem why it did not arrive, or may not have
 */
public record PastDelivery(
    long number,
    String report,
    LocalDate week,
    String channel,
    String recipient,
    String content,
    String runId,
    boolean corrects,
    Instant intendedAt,
    Optional<Instant> endedAt,
    Optional<Outcome> outcome,
    Optional<Integer> code,
    Optional<String> problem) {

  /** How an attempt ended. */
  public enum Outcome {
    /** The receiver has taken it. */
    SENT,
    /** The receiver will never take it. */
    REFUSED,
    /** It was not sent; a later attempt may be. */
    FAILED,
    /** It may have arrived or not. */
    UNKNOWN
  }

  /** How it ended, where an attempt without an end may have arrived or not. */
  public Outcome result() {
    return outcome.orElse(Outcome.UNKNOWN);
  }

  /** The same with how it ended. */
  public PastDelivery ended(
      Instant at, Outcome how, Optional<Integer> answer, Optional<String> why) {
    return new PastDelivery(
        number,
        report,
        week,
        channel,
        recipient,
        content,
        runId,
        corrects,
        intendedAt,
        Optional.of(at),
        Optional.of(how),
        answer,
        why);
  }
}
