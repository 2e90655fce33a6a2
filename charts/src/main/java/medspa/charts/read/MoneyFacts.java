package medspa.charts.read;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Where the money of a location's week is.
 *
 * @param leakage from what the bookable hours could have brought to net service revenue, and what
 *     is lost beside it
 * @param bridge from cash to revenue; empty in a week without a sale or a payment
 * @param owed what receipts owe, by age, the youngest first
 * @param advances what clients have paid in advance
 */
public record MoneyFacts(
    List<Leak> leakage, Optional<Bridge> bridge, List<Owed> owed, List<Advance> advances) {

  /** Copies the lists. */
  public MoneyFacts {
    leakage = List.copyOf(leakage);
    owed = List.copyOf(owed);
    advances = List.copyOf(advances);
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
   * @param cash what was paid, stored value left out; empty where no payments are exported
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

  /** Stored value of one kind that clients have not used. */
  public record Advance(String kind, BigDecimal amount) {}
}
