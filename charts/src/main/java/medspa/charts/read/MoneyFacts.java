package medspa.charts.read;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the money of a week is, of a location or of a practice over its locations.
 *
 * @param leakage from what the bookable hours could have brought to net service revenue, and what
 *     is lost beside it
 * @param bridge from cash to revenue; empty in a week of which no sale is told
 * @param owed what receipts owe, by age, the youngest first
 * @param advances what clients have paid in advance
 * @param untold of a practice: names of locations that are not in a part
 */
public record MoneyFacts(
    List<Leak> leakage,
    Optional<Bridge> bridge,
    List<Owed> owed,
    List<Advance> advances,
    Map<Part, List<String>> untold) {

  /** Copies the lists. */
  public MoneyFacts {
    leakage = List.copyOf(leakage);
    owed = List.copyOf(owed);
    advances = List.copyOf(advances);
    untold = Map.copyOf(untold);
  }

  /** What is added up over the locations of a practice. */
  public enum Part {
    /** The price of the bookable hours and what became of them. */
    HOURS,
    /** From cash to revenue. */
    BOOKS,
    /** What was paid in advance. */
    STORED
  }

  /**
   * One step.
   *
   * @param role total, less or beside
   * @param minutes the time behind the amount
   * @param amount empty where it is not available
   */
  public record Leak(
      String label, String role, Optional<BigDecimal> minutes, Optional<BigDecimal> amount) {}

  /**
   * From cash to revenue.
   *
   * @param cash what was paid, stored value left out; empty where no payments are told
   * @param redeemed stored value that was paid with
   * @param ofOthers of both, what was for receipts of other weeks
   * @param unpaid billed in the week and not paid in it
   */
  public record Bridge(
      Optional<BigDecimal> cash,
      Optional<BigDecimal> redeemed,
      Optional<BigDecimal> ofOthers,
      Optional<BigDecimal> unpaid,
      BigDecimal taxAndTips,
      BigDecimal sales,
      BigDecimal soldInAdvance,
      BigDecimal revenue) {}

  /** What receipts of at least that age owe. */
  public record Owed(int fromDays, long receipts, BigDecimal amount) {}

  /**
   * Stored value of one kind that clients have not used.
   *
   * @param weeksMissing weeks that did not arrive, whose moves are not in it
   */
  public record Advance(String kind, BigDecimal amount, int weeksMissing) {}
}
