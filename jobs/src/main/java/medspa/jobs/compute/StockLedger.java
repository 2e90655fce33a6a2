package medspa.jobs.compute;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The stock of one product at one location, day by day; section 4 of the KPI definitions under
 * "Inventory". Amounts are not rounded: divisions keep 60 digits.
 */
final class StockLedger {
  private static final MathContext PRECISE = new MathContext(60);

  /** Where the stock stands when a local day with events ends, and until the next such day. */
  private record DayEnd(
      BigDecimal onHand,
      Optional<BigDecimal> cost,
      BigDecimal valueBefore,
      BigDecimal goodsUsed,
      BigDecimal unitsUsed,
      List<LotBook.Lot> lots) {

    /** On hand at cost; a negative on-hand and stock of unknown cost count as 0. */
    BigDecimal value() {
      return onHand.max(BigDecimal.ZERO).multiply(cost.orElse(BigDecimal.ZERO));
    }

    BigDecimal usableOn(LocalDate day) {
      return onHand.subtract(sum(lots, lot -> lot.expiresOn().filter(day::isAfter).isPresent()));
    }
  }

  private final NavigableMap<LocalDate, DayEnd> dayEnds = new TreeMap<>();

  private StockLedger() {}

  /**
   * Replays the events, in whatever order they come.
   *
   * @param productCost the product's own unit cost, used before the first receipt with a cost
   */
  static StockLedger replay(Optional<BigDecimal> productCost, List<StockEvent> events) {
    StockLedger ledger = new StockLedger();
    TreeMap<LocalDate, List<StockEvent>> byDay = new TreeMap<>();
    events.stream()
        .sorted(StockEvent.ORDER)
        .forEach(event -> byDay.computeIfAbsent(event.day(), d -> new ArrayList<>()).add(event));
    LotBook book = new LotBook();
    BigDecimal received = BigDecimal.ZERO;
    BigDecimal paid = BigDecimal.ZERO;
    BigDecimal goodsUsed = BigDecimal.ZERO;
    BigDecimal unitsUsed = BigDecimal.ZERO;
    for (Map.Entry<LocalDate, List<StockEvent>> day : byDay.entrySet()) {
      // The day's cost holds for the whole day, receipts later the same day included.
      for (StockEvent event : day.getValue()) {
        if (event.kind() == StockEvent.Kind.RECEIPT && event.unitCost().isPresent()) {
          received = received.add(event.quantity());
          paid = paid.add(event.quantity().multiply(event.unitCost().get()));
        }
      }
      Optional<BigDecimal> cost =
          received.signum() == 0 ? productCost : Optional.of(paid.divide(received, PRECISE));
      for (StockEvent event : day.getValue()) {
        book.apply(event);
        if (event.kind().isUse()) {
          BigDecimal unitCost = event.unitCost().or(() -> cost).orElse(BigDecimal.ZERO);
          goodsUsed = goodsUsed.subtract(event.quantity().multiply(unitCost));
          unitsUsed = unitsUsed.subtract(event.quantity());
        }
      }
      ledger.dayEnds.put(
          day.getKey(),
          new DayEnd(
              book.total(),
              cost,
              ledger.valueBefore(day.getKey()),
              goodsUsed,
              unitsUsed,
              book.onHand()));
    }
    return ledger;
  }

  /** The day of the first movement or count; empty without any. */
  Optional<LocalDate> firstDay() {
    return dayEnds.isEmpty() ? Optional.empty() : Optional.of(dayEnds.firstKey());
  }

  /** Σ of the values on hand at the end of each day from first to last, both included. */
  BigDecimal valueOfDays(LocalDate first, LocalDate last) {
    return valueBefore(last.plusDays(1)).subtract(valueBefore(first));
  }

  /** Cost of goods used on the days from first to last, both included; returns count against it. */
  BigDecimal goodsUsed(LocalDate first, LocalDate last) {
    return through(last, DayEnd::goodsUsed)
        .subtract(through(first.minusDays(1), DayEnd::goodsUsed));
  }

  /** Base units used or sold, less returns, on the days from first to last, both included. */
  BigDecimal unitsUsed(LocalDate first, LocalDate last) {
    return through(last, DayEnd::unitsUsed)
        .subtract(through(first.minusDays(1), DayEnd::unitsUsed));
  }

  /** Days with history, from first to last, that ended with no usable stock. */
  int stockoutDays(LocalDate first, LocalDate last) {
    int days = 0;
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      Map.Entry<LocalDate, DayEnd> end = dayEnds.floorEntry(day);
      if (end != null && end.getValue().usableOn(day).signum() <= 0) {
        days++;
      }
    }
    return days;
  }

  /** Where the stock stands at the end of a day; empty before the first movement or count. */
  Optional<Position> position(LocalDate day) {
    return Optional.ofNullable(dayEnds.floorEntry(day))
        .map(
            entry -> {
              DayEnd end = entry.getValue();
              LocalDate soon = day.plusDays(90);
              return new Position(
                  end.onHand(),
                  end.usableOn(day),
                  end.cost(),
                  end.cost().map(cost -> end.onHand().max(BigDecimal.ZERO).multiply(cost)),
                  end.lots().stream()
                      .flatMap(lot -> lot.expiresOn().stream())
                      .filter(date -> !date.isBefore(day))
                      .min(LocalDate::compareTo),
                  sum(
                      end.lots(),
                      lot ->
                          lot.expiresOn()
                              .filter(date -> !date.isBefore(day) && !date.isAfter(soon))
                              .isPresent()),
                  sum(end.lots(), lot -> lot.expiresOn().filter(day::isAfter).isPresent()));
            });
  }

  /**
   * Stock at the end of a day. A lot can be used through its expiry date and has expired from the
   * day after.
   *
   * @param onHand quantity in base units
   * @param usable the same without expired lots
   * @param cost cost of one base unit, where known
   * @param value on hand at cost, never below 0, where the cost is known
   * @param nextExpiry expiry date of the first lot on hand that has not expired
   * @param expiring quantity in lots that expire within 90 days
   * @param expired quantity in lots that have expired
   */
  record Position(
      BigDecimal onHand,
      BigDecimal usable,
      Optional<BigDecimal> cost,
      Optional<BigDecimal> value,
      Optional<LocalDate> nextExpiry,
      BigDecimal expiring,
      BigDecimal expired) {}

  private BigDecimal valueBefore(LocalDate day) {
    Map.Entry<LocalDate, DayEnd> last = dayEnds.lowerEntry(day);
    if (last == null) {
      return BigDecimal.ZERO;
    }
    BigDecimal days = BigDecimal.valueOf(ChronoUnit.DAYS.between(last.getKey(), day));
    return last.getValue().valueBefore().add(last.getValue().value().multiply(days));
  }

  private BigDecimal through(LocalDate day, Function<DayEnd, BigDecimal> runningSum) {
    Map.Entry<LocalDate, DayEnd> end = dayEnds.floorEntry(day);
    return end == null ? BigDecimal.ZERO : runningSum.apply(end.getValue());
  }

  private static BigDecimal sum(List<LotBook.Lot> lots, Predicate<LotBook.Lot> which) {
    return lots.stream()
        .filter(which)
        .map(LotBook.Lot::quantity)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
