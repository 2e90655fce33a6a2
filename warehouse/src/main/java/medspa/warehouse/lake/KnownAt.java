package medspa.warehouse.lake;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;

/**
 * A state of knowledge: everything that had been ingested by some batch. It is asked for by the
 * batch's sequence or by an instant; either way it is a beginning of the log of bronze.
 *
 * @param sequence that of the newest batch that was known
 * @param at when that was all that was known: the instant asked for, or that of the batch
 */
public record KnownAt(long sequence, Instant at) {

  /**
   * What was known.
   *
   * @param text a sequence such as {@code 120}, or an instant with its offset such as {@code
   *     2026-06-03T00:00:00Z}
   * @param bronze all batches
   * @param now an instant after this has not come yet
   * @throws IllegalArgumentException if the text is neither, or nothing was known then, or it is
   *     not yet known what will be
   */
  public static KnownAt of(String text, Bronze bronze, Instant now) {
    List<Batch> all = bronze.all();
    if (all.isEmpty()) {
      throw new IllegalArgumentException(
          "Nothing has been ingested yet, so nothing was known at " + text + ".");
    }
    Batch first = all.get(0);
    Batch last = all.get(all.size() - 1);
    boolean isSequence = text.matches("\\d{1,18}");
    if (isSequence ? Long.parseLong(text) > last.sequence() : instant(text).isAfter(now)) {
      throw new IllegalArgumentException(
          text
              + " is in the future: what will be known then is not known yet. The newest ingested"
              + " file has the sequence "
              + last.sequence()
              + ", of "
              + last.ingestedAt()
              + ".");
    }
    // By sequence, not by time alone: a clock that was set back must not tear a hole into the log.
    return all.stream()
        .filter(
            batch ->
                isSequence
                    ? batch.sequence() <= Long.parseLong(text)
                    // As it is published: to the microsecond.
                    : !batch.ingestedAt().truncatedTo(ChronoUnit.MICROS).isAfter(instant(text)))
        .max(Comparator.comparingLong(Batch::sequence))
        .map(
            newest ->
                new KnownAt(newest.sequence(), isSequence ? newest.ingestedAt() : instant(text)))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Nothing had been ingested at "
                        + text
                        + ": the first file has the sequence "
                        + first.sequence()
                        + ", of "
                        + first.ingestedAt()
                        + "."));
  }

  private static Instant instant(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is neither an ingestion sequence such as 120 nor an instant with its offset such"
              + " as 2026-06-03T00:00:00Z.",
          e);
    }
  }
}
