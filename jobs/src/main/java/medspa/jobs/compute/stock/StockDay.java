package medspa.jobs.compute.stock;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What happened to one product at one location on a local day with movements or counts, and where
 * it stands when the day ends. Quantities are base units and signed as movements are; amounts are
 * in currency with 10 decimals, formed from unrounded costs.
 *
 * @param opening on hand when the day begins
 * @param moved sum of the signed quantities of each kind of movement
 * @param uses how many movements were usage or sales
 * @param opened what counts that began the product's history have set
 * @param counts how many counts were none of those; those are added up in what follows
 * @param book what the books held before these counts, of the lot where a lot was counted
 * @param counted what was counted
 * @param shrinkageCost Σ (book − counted) × the day's cost
 * @param errorCost Σ |book − counted| × the day's cost
 * @param bookCost Σ max(book, 0) × the day's cost
 * @param cost the day's cost of one base unit, where known
 * @param goodsUsed cost of usage and sales, less returns
 * @param expiredCost cost of movements of the kind expired
 * @param onHand on hand when the day ends; negative where the books say so
 * @param lots the lots on hand when the day ends, the first to expire first
 */
record StockDay(
    LocalDate date,
    BigDecimal opening,
    Map<StockEvent.Kind, BigDecimal> moved,
    int uses,
    BigDecimal opened,
    int counts,
    BigDecimal book,
    BigDecimal counted,
    BigDecimal shrinkageCost,
    BigDecimal errorCost,
    BigDecimal bookCost,
    Optional<BigDecimal> cost,
    BigDecimal goodsUsed,
    BigDecimal expiredCost,
    BigDecimal onHand,
    List<LotBook.Lot> lots) {

  /** Decimals of an amount. */
  static final int SCALE = 10;

  static BigDecimal amount(BigDecimal exact) {
    return exact.setScale(SCALE, RoundingMode.HALF_EVEN);
  }

  /** Sum of the signed quantities of movements of these kinds. */
  BigDecimal moved(StockEvent.Kind... kinds) {
    BigDecimal sum = BigDecimal.ZERO;
    for (StockEvent.Kind kind : kinds) {
      sum = sum.add(moved.getOrDefault(kind, BigDecimal.ZERO));
    }
    return sum;
  }

  /** Base units used or sold, less returns. */
  BigDecimal unitsUsed() {
    return moved(StockEvent.Kind.USAGE, StockEvent.Kind.SALE, StockEvent.Kind.RETURN).negate();
  }

  /** What counts added to the books, those included that began the product's history. */
  BigDecimal corrected() {
    return opened.add(counted).subtract(book);
  }

  /** On hand at cost, not rounded; a negative on-hand and stock of unknown cost count as 0. */
  BigDecimal value() {
    return onHand.max(BigDecimal.ZERO).multiply(cost.orElse(BigDecimal.ZERO));
  }

  /** On hand without the lots that have expired by a day, this one or a later. */
  BigDecimal usableOn(LocalDate day) {
    return lots.stream()
        .filter(lot -> lot.isExpiredOn(day))
        .map(LotBook.Lot::quantity)
        .reduce(onHand, BigDecimal::subtract);
  }

  /** Adds up the events of a day. */
  static final class Sums {
    private final LocalDate date;
    private final BigDecimal opening;
    private final Optional<BigDecimal> cost;
    private final Map<StockEvent.Kind, BigDecimal> moved = new EnumMap<>(StockEvent.Kind.class);
    private int uses;
    private int counts;
    private BigDecimal opened = BigDecimal.ZERO;
    private BigDecimal book = BigDecimal.ZERO;
    private BigDecimal counted = BigDecimal.ZERO;
    private BigDecimal error = BigDecimal.ZERO;
    private BigDecimal positiveBook = BigDecimal.ZERO;
    private BigDecimal goodsUsed = BigDecimal.ZERO;
    private BigDecimal expiredCost = BigDecimal.ZERO;

    Sums(LocalDate date, BigDecimal opening, Optional<BigDecimal> cost) {
      this.date = date;
      this.opening = opening;
      this.cost = cost;
    }

    void movement(StockEvent event) {
      moved.merge(event.kind(), event.quantity(), BigDecimal::add);
      BigDecimal unitCost = event.unitCost().or(() -> cost).orElse(BigDecimal.ZERO);
      if (event.kind().isUse()) {
        goodsUsed = goodsUsed.subtract(event.quantity().multiply(unitCost));
      }
      if (event.kind() == StockEvent.Kind.EXPIRED) {
        expiredCost = expiredCost.subtract(event.quantity().multiply(unitCost));
      }
      if (event.kind().isProofOfUse()) {
        uses++;
      }
    }

    void opening(LotBook.Count count) {
      opened = opened.add(count.counted()).subtract(count.book());
    }

    void count(LotBook.Count count) {
      counts++;
      book = book.add(count.book());
      counted = counted.add(count.counted());
      error = error.add(count.book().subtract(count.counted()).abs());
      positiveBook = positiveBook.add(count.book().max(BigDecimal.ZERO));
    }

    StockDay end(LotBook stock) {
      BigDecimal unit = cost.orElse(BigDecimal.ZERO);
      return new StockDay(
          date,
          opening,
          Collections.unmodifiableMap(moved),
          uses,
          opened,
          counts,
          book,
          counted,
          amount(book.subtract(counted).multiply(unit)),
          amount(error.multiply(unit)),
          amount(positiveBook.multiply(unit)),
          cost,
          amount(goodsUsed),
          amount(expiredCost),
          stock.total(),
          stock.onHand());
    }
  }
}
