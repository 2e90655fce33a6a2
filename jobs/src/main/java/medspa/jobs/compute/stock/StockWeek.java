package medspa.jobs.compute.stock;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The stock of one product at one location in a week and in the 91 days to its end. Quantities are
 * base units, amounts are in currency with 10 decimals.
 *
 * @param opening on hand when the week begins
 * @param moved sum of the signed quantities of its movements
 * @param corrected what its counts added to the books, the opening balance included
 * @param position on hand when the week ends
 * @param unitsUsed used or sold, less returns
 * @param stockoutDays days that ended with no usable stock, from the product's first day on
 * @param isInUse whether it was used or sold in the last 91 days
 * @param historyDays days among the last 91 since the location's first movement or count of any
 *     product
 * @param goodsUsed cost of goods used on these days
 * @param expiredCost cost of what expired and was written off on these days
 * @param meanValue mean over these days of the values on hand at their ends
 */
record StockWeek(
    LocalDate weekStart,
    BigDecimal opening,
    BigDecimal moved,
    BigDecimal corrected,
    StockLedger.Position position,
    BigDecimal unitsUsed,
    List<LocalDate> stockoutDays,
    boolean isInUse,
    int historyDays,
    BigDecimal goodsUsed,
    BigDecimal expiredCost,
    BigDecimal meanValue) {

  /** Days an inventory measure looks back. */
  static final int RANGE_DAYS = 91;

  /** Fewer days of history say nothing about a year. */
  static final int LEAST_DAYS = 28;

  private static final BigDecimal YEAR_DAYS = BigDecimal.valueOf(364);

  /**
   * The weeks from the product's first to the last one, in rising order.
   *
   * @param historyFrom the day of the location's first movement or count of any product
   */
  static List<StockWeek> of(StockLedger ledger, LocalDate historyFrom, LocalDate lastWeekStart) {
    List<StockWeek> weeks = new ArrayList<>();
    Optional<LocalDate> first = ledger.firstDay();
    for (LocalDate start = lastWeekStart;
        first.isPresent() && !start.plusDays(6).isBefore(first.get());
        start = start.minusDays(7)) {
      weeks.add(0, week(ledger, historyFrom, start));
    }
    return weeks;
  }

  private static StockWeek week(StockLedger ledger, LocalDate historyFrom, LocalDate start) {
    LocalDate last = start.plusDays(6);
    int days = (int) Math.min(RANGE_DAYS, ChronoUnit.DAYS.between(historyFrom, last) + 1);
    LocalDate first = last.minusDays(days - 1L);
    return new StockWeek(
        start,
        ledger.onHand(start.minusDays(1)),
        ledger.moved(start, last),
        ledger.corrected(start, last),
        ledger.position(last).orElseThrow(),
        ledger.unitsUsed(start, last),
        ledger.stockoutDays(start, last),
        ledger.isUsed(last.minusDays(RANGE_DAYS - 1L), last),
        days,
        ledger.goodsUsed(first, last),
        ledger.expiredCost(first, last),
        ledger
            .valueOfDays(first, last)
            .divide(BigDecimal.valueOf(days), StockDay.SCALE, RoundingMode.HALF_EVEN));
  }

  /** Cost of goods used × 364 ÷ days. */
  BigDecimal annualGoodsUsed() {
    return goodsUsed
        .multiply(YEAR_DAYS)
        .divide(BigDecimal.valueOf(historyDays), StockDay.SCALE, RoundingMode.HALF_EVEN);
  }
}
