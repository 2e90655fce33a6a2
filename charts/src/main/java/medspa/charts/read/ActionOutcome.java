package medspa.charts.read;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * What became of an action that the letter of the week before named.
 *
 * @param sentence what was to be done
 * @param became what became of it; empty where the exports do not tell
 * @param came dollars that came of it, where they can be told
 */
public record ActionOutcome(
    String locationId,
    String sentence,
    Status status,
    Optional<String> became,
    Optional<BigDecimal> came) {

  /** Whether it was done, as the data show it; named as in the warehouse. */
  public enum Status {
    DONE,
    IN_PART,
    NOT_DONE,
    UNKNOWN
  }
}
