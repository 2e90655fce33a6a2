package medspa.charts.read;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Something that a practice can do at one location.
 *
 * @param action which of the defined ones
 * @param subject what it is about there
 * @param role who acts
 * @param sentence what to do
 * @param evidence why, in one line
 * @param worth what the dollars are
 * @param dollars not additive over actions
 * @param isInLetter whether it is one of the three of the practice's letter
 * @param isOfLocation whether it is one of the three of its location's pages
 */
public record Action(
    String locationId,
    String action,
    String subject,
    String role,
    String sentence,
    String evidence,
    Worth worth,
    Dollars dollars,
    LocalDate dueOn,
    boolean isInLetter,
    boolean isOfLocation) {

  /** What the dollars are; named as in the warehouse. */
  public enum Worth {
    REVENUE,
    CASH,
    EXPOSURE
  }

  /** From the least to the most. */
  public record Dollars(BigDecimal low, BigDecimal expected, BigDecimal high) {}
}
