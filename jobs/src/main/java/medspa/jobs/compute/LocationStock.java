package medspa.jobs.compute;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The stock of all products of one location: its inventory measures and what is on hand. */
final class LocationStock {
  /** Days an inventory measure looks back. */
  private static final int RANGE_DAYS = 91;

  /** Fewer days of history say nothing about a year. */
  private static final int LEAST_DAYS = 28;

  private static final BigDecimal YEAR_DAYS = BigDecimal.valueOf(364);

  /** Decimals of a measure. */
  private static final int SCALE = 10;

  private final List<Product> products;
  private final Optional<LocalDate> firstDay;

  /**
   * One product of the location.
   *
   * @param isConsignment whether the stock belongs to the vendor until it is used
   */
  record Product(String productId, boolean isConsignment, StockLedger ledger) {}

  /**
   * The inventory measures at the end of a week, over the days with history among its last 91 days;
   * owned products only.
   *
   * @param annualGoodsUsed cost of goods used × 364 ÷ days
   * @param meanInventory mean of the daily values on hand
   */
  record WeekEnd(LocalDate weekStart, BigDecimal annualGoodsUsed, BigDecimal meanInventory) {}

  /**
   * What is on hand of one product; see {@link StockLedger.Position}.
   *
   * @param used base units used in the last 91 days
   * @param stockoutDays days of the last 91 that ended with no usable stock
   */
  record OnHand(
      String productId,
      boolean isConsignment,
      StockLedger.Position position,
      BigDecimal used,
      int stockoutDays) {}

  LocationStock(List<Product> products) {
    this.products = products.stream().sorted(Comparator.comparing(Product::productId)).toList();
    this.firstDay =
        products.stream()
            .flatMap(product -> product.ledger().firstDay().stream())
            .min(LocalDate::compareTo);
  }

  /**
   * The measures of every week up to the last one, in rising order. History begins with the first
   * movement or count of any product; a week with fewer than 28 days of it is left out.
   */
  List<WeekEnd> weekEnds(LocalDate lastWeekStart) {
    List<WeekEnd> weeks = new ArrayList<>();
    if (firstDay.isEmpty()) {
      return weeks;
    }
    for (LocalDate weekStart = lastWeekStart;
        days(weekStart.plusDays(6)) >= LEAST_DAYS;
        weekStart = weekStart.minusDays(7)) {
      weeks.add(0, weekEnd(weekStart));
    }
    return weeks;
  }

  private WeekEnd weekEnd(LocalDate weekStart) {
    LocalDate last = weekStart.plusDays(6);
    BigDecimal days = BigDecimal.valueOf(days(last));
    LocalDate first = last.minusDays(days(last) - 1);
    BigDecimal used = BigDecimal.ZERO;
    BigDecimal value = BigDecimal.ZERO;
    for (Product product : products) {
      if (!product.isConsignment()) {
        used = used.add(product.ledger().goodsUsed(first, last));
        value = value.add(product.ledger().valueOfDays(first, last));
      }
    }
    return new WeekEnd(
        weekStart,
        used.multiply(YEAR_DAYS).divide(days, SCALE, RoundingMode.HALF_EVEN),
        value.divide(days, SCALE, RoundingMode.HALF_EVEN));
  }

  /** Days with history among the 91 days to the last one. */
  private long days(LocalDate last) {
    return Math.min(RANGE_DAYS, ChronoUnit.DAYS.between(firstDay.orElseThrow(), last) + 1);
  }

  /** What is on hand at the end of a day of each product with history by then. */
  List<OnHand> onHand(LocalDate day) {
    LocalDate first = day.minusDays(RANGE_DAYS - 1);
    return products.stream()
        .flatMap(
            product ->
                product.ledger().position(day).stream()
                    .map(
                        position ->
                            new OnHand(
                                product.productId(),
                                product.isConsignment(),
                                position,
                                product.ledger().unitsUsed(first, day),
                                product.ledger().stockoutDays(first, day))))
        .toList();
  }
}
