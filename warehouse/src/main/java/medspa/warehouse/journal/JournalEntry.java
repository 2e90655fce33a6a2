package medspa.warehouse.journal;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One entry for the books of a practice.
 *
 * @param number what the books know it by, at most 21 characters
 * @param adjusts number of the exported entry whose amounts it corrects; empty for one that stands
 *     by itself
 * @param location whose entry it is
 * @param date the day on which it is booked
 * @param from first of the days that it is of
 * @param to last of them
 * @param lines in their order; they add up to 0
 */
public record JournalEntry(
    String number,
    Optional<String> adjusts,
    String location,
    LocalDate date,
    LocalDate from,
    LocalDate to,
    List<Line> lines) {

  /**
   * A line.
   *
   * @param account as in {@code journal_daily.account}
   * @param amount above 0 for a debit, below 0 for a credit, in whole cents
   */
  public record Line(int position, String account, String memo, BigDecimal amount) {}

  /** Number of the entry that it is about: its own, or that which it adjusts. */
  String about() {
    return adjusts.orElse(number);
  }

  /** Whether it has opening balances, or adjusts some. */
  boolean isOpening() {
    return about().startsWith("O");
  }

  /** What it books to each account; nothing where lines cancel out. */
  Map<String, BigDecimal> amounts() {
    Map<String, BigDecimal> amounts = new TreeMap<>();
    lines.forEach(line -> amounts.merge(line.account(), line.amount(), BigDecimal::add));
    amounts.values().removeIf(amount -> amount.signum() == 0);
    return amounts;
  }

  /** The same on another day, which the memo of each line then tells. */
  JournalEntry on(LocalDate day) {
    if (day.equals(date)) {
      return this;
    }
    String of = from.equals(to) ? " of " + to : " of " + from + " to " + to;
    return new JournalEntry(
        number,
        adjusts,
        location,
        day,
        from,
        to,
        lines.stream()
            .map(l -> new Line(l.position(), l.account(), l.memo() + of, l.amount()))
            .toList());
  }
}
