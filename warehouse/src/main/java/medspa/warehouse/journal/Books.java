package medspa.warehouse.journal;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The books of a practice.
 *
 * @param accounts what its accounts are called
 * @param closedThrough the last day on which they are closed; nothing is booked on it or before
 * @param openings what its locations had before the first entry, by location
 */
public record Books(
    Accounts accounts, Optional<LocalDate> closedThrough, Map<String, Opening> openings) {

  /** The account that balances an opening entry. */
  static final String EQUITY = "opening_balances";

  /** What a location has, in the order of {@link Accounts#known()}. */
  private static final Set<String> ASSETS =
      Set.of(
          "cash",
          "card_clearing",
          "financing_clearing",
          "checks",
          "other_clearing",
          "accounts_receivable",
          "inventory");

  /** What a location owes. */
  private static final Set<String> LIABILITIES =
      Set.of(
          "gift_card_liability",
          "package_liability",
          "membership_liability",
          "client_deposits",
          "unapplied_payments",
          "sales_tax_payable",
          "tips_payable",
          "consignment_payable");

  /**
   * What a location had and owed when its books began.
   *
   * @param date at the end of which day
   * @param balances by account; what is had and what is owed are both above 0
   */
  public record Opening(LocalDate date, Map<String, BigDecimal> balances) {}

  /** Accounts that may have an opening balance, in the order of the entry. */
  public static List<String> opened() {
    return Accounts.known().stream()
        .filter(account -> ASSETS.contains(account) || LIABILITIES.contains(account))
        .toList();
  }

  /** The entry that opens the books of a location. */
  static JournalEntry opening(String number, String location, Opening opening) {
    List<JournalEntry.Line> lines = new ArrayList<>();
    BigDecimal rest = BigDecimal.ZERO;
    for (String account : opened()) {
      BigDecimal balance = opening.balances().getOrDefault(account, BigDecimal.ZERO);
      if (balance.signum() != 0) {
        BigDecimal amount = LIABILITIES.contains(account) ? balance.negate() : balance;
        rest = rest.subtract(amount);
        lines.add(new JournalEntry.Line(lines.size() + 1, account, "Opening balance", amount));
      }
    }
    if (rest.signum() != 0) {
      lines.add(new JournalEntry.Line(lines.size() + 1, EQUITY, "Opening balance", rest));
    }
    return new JournalEntry(
        number, Optional.empty(), location, opening.date(), opening.date(), opening.date(), lines);
  }
}
