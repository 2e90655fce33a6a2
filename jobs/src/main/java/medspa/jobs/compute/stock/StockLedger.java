package medspa.jobs.compute.stock;

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
 * "Inventory". The mean cost is not rounded: divisions keep 60 digits.
 */
public final class StockLedger {
  private static final MathContext PRECISE = new MathContext(60);

  /** A day with events and the running sums to its end. */
  private record Entry(
      StockDay day,
      BigDecimal valueBefore,
      BigDecimal goodsUsed,
      BigDecimal expiredCost,
      BigDecimal unitsUsed,
      BigDecimal moved,
      BigDecimal corrected,
      int uses) {}

  private final NavigableMap<LocalDate, Entry> entries = new TreeMap<>();
  private final List<Breach> breaches = new ArrayList<>();
  private final List<UnitMismatch> unitMismatches = new ArrayList<>();

  private StockLedger() {}

  /**
   * A usage or sale of a lot while another lot was on hand that had not expired but expires
   * earlier.
   *
   * @param movement what was taken
   * @param expiresOn expiry date of the lot it was taken from
   * @param earlier the lot to use first, as it was on hand before the movement
   */
  record Breach(StockEvent movement, LocalDate expiresOn, LotBook.Lot earlier) {}

  /**
   * A count in another unit than the books; it resets nothing.
   *
   * @param book what the books held of what was counted
   * @param factor how many of the smaller unit the larger one holds
   */
  record UnitMismatch(StockEvent count, BigDecimal book, BigDecimal factor) {}

  /**
   * Replays the events, in whatever order they come.
   *
   * @param productCost the product's own unit cost, used before the first receipt with a cost
   * @param packQuantity base units of a pack of the product
   */
  static StockLedger replay(
      Optional<BigDecimal> productCost,
      Optional<BigDecimal> packQuantity,
      List<StockEvent> events) {
    List<StockEvent> ordered = events.stream().sorted(StockEvent.ORDER).toList();
    StockLedger ledger = new StockLedger();
    if (ordered.isEmpty()) {
      return ledger;
    }
    TreeMap<LocalDate, List<StockEvent>> byDay = new TreeMap<>();
    ordered.forEach(event -> byDay.computeIfAbsent(event.day(), d -> new ArrayList<>()).add(event));
    StockEvent first = ordered.get(0);
    LotBook book = new LotBook();
    BigDecimal received = BigDecimal.ZERO;
    BigDecimal paid = BigDecimal.ZERO;
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
      StockDay.Sums sums = new StockDay.Sums(day.getKey(), book.total(), cost);
      for (StockEvent event : day.getValue()) {
        if (event.kind() != StockEvent.Kind.COUNT) {
          ledger.noteBreach(book, event);
          book.move(event);
          sums.movement(event);
        } else if (first.kind() == StockEvent.Kind.COUNT && event.at() == first.at()) {
          // Movements come first at an instant, so nothing had happened before.
          sums.opening(book.count(event));
        } else {
          Optional<BigDecimal> factor =
              CountUnit.factor(book.bookOf(event), event.quantity(), packQuantity);
          if (factor.isPresent()) {
            ledger.unitMismatches.add(new UnitMismatch(event, book.bookOf(event), factor.get()));
          } else {
            sums.count(book.count(event));
          }
        }
      }
      ledger.add(sums.end(book));
    }
    return ledger;
  }

  private void noteBreach(LotBook book, StockEvent movement) {
    if (movement.kind().isProofOfUse() && movement.quantity().signum() < 0) {
      book.earlierThan(movement)
          .ifPresent(
              earlier ->
                  breaches.add(
                      new Breach(movement, book.expiryOf(movement).orElseThrow(), earlier)));
    }
  }

  private void add(StockDay day) {
    LocalDate before = day.date().minusDays(1);
    entries.put(
        day.date(),
        new Entry(
            day,
            valueBefore(day.date()),
            through(before, Entry::goodsUsed).add(day.goodsUsed()),
            through(before, Entry::expiredCost).add(day.expiredCost()),
            through(before, Entry::unitsUsed).add(day.unitsUsed()),
            through(before, Entry::moved).add(day.moved(StockEvent.Kind.values())),
            through(before, Entry::corrected).add(day.corrected()),
            uses(before) + day.uses()));
  }

  /** The days with movements or counts, in rising order. */
  List<StockDay> days() {
    return entries.values().stream().map(Entry::day).toList();
  }

  /** Usage that did not take the lot that expires first, in the order in which it happened. */
  List<Breach> breaches() {
    return List.copyOf(breaches);
  }

  /** Counts in another unit than the books, in the order in which they were made. */
  List<UnitMismatch> unitMismatches() {
    return List.copyOf(unitMismatches);
  }

  /** The day of the first movement or count; empty without any. */
  Optional<LocalDate> firstDay() {
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries.firstKey());
  }

  /** Σ of the values on hand at the end of each day from first to last, both included. */
  BigDecimal valueOfDays(LocalDate first, LocalDate last) {
    return valueBefore(last.plusDays(1)).subtract(valueBefore(first));
  }

  /** Cost of goods used on the days from first to last, both included; returns count against it. */
  BigDecimal goodsUsed(LocalDate first, LocalDate last) {
    return between(first, last, Entry::goodsUsed);
  }

  /** Cost of what expired and was written off on the days from first to last, both included. */
  BigDecimal expiredCost(LocalDate first, LocalDate last) {
    return between(first, last, Entry::expiredCost);
  }

  /** Base units used or sold, less returns, on the days from first to last, both included. */
  BigDecimal unitsUsed(LocalDate first, LocalDate last) {
    return between(first, last, Entry::unitsUsed);
  }

  /** Signed quantities of all movements on the days from first to last, both included. */
  BigDecimal moved(LocalDate first, LocalDate last) {
    return between(first, last, Entry::moved);
  }

  /** What counts added to the books on the days from first to last, both included. */
  BigDecimal corrected(LocalDate first, LocalDate last) {
    return between(first, last, Entry::corrected);
  }

  /** Whether there was a usage or a sale on the days from first to last, both included. */
  boolean isUsed(LocalDate first, LocalDate last) {
    return uses(last) > uses(first.minusDays(1));
  }

  /** Days with history, from first to last, that ended with no usable stock. */
  List<LocalDate> stockoutDays(LocalDate first, LocalDate last) {
    List<LocalDate> days = new ArrayList<>();
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      Map.Entry<LocalDate, Entry> end = entries.floorEntry(day);
      if (end != null && end.getValue().day().usableOn(day).signum() <= 0) {
        days.add(day);
      }
    }
    return days;
  }

  /** On hand at the end of a day; 0 before the first movement or count. */
  BigDecimal onHand(LocalDate day) {
    return through(day, entry -> entry.day().onHand());
  }

  /** The lots on hand at the end of a day, the first to expire first. */
  List<LotBook.Lot> lots(LocalDate day) {
    Map.Entry<LocalDate, Entry> end = entries.floorEntry(day);
    return end == null ? List.of() : end.getValue().day().lots();
  }

  /** Where the stock stands at the end of a day; empty before the first movement or count. */
  Optional<Position> position(LocalDate day) {
    return Optional.ofNullable(entries.floorEntry(day))
        .map(
            entry -> {
              StockDay end = entry.getValue().day();
              LocalDate soon = day.plusDays(90);
              return new Position(
                  end.onHand(),
                  end.usableOn(day),
                  end.cost(),
                  end.cost().map(cost -> end.value()),
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
                  sum(end.lots(), lot -> lot.isExpiredOn(day)));
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
    Map.Entry<LocalDate, Entry> last = entries.lowerEntry(day);
    if (last == null) {
      return BigDecimal.ZERO;
    }
    BigDecimal days = BigDecimal.valueOf(ChronoUnit.DAYS.between(last.getKey(), day));
    return last.getValue().valueBefore().add(last.getValue().day().value().multiply(days));
  }

  private BigDecimal between(
      LocalDate first, LocalDate last, Function<Entry, BigDecimal> runningSum) {
    return through(last, runningSum).subtract(through(first.minusDays(1), runningSum));
  }

  private BigDecimal through(LocalDate day, Function<Entry, BigDecimal> runningSum) {
    Map.Entry<LocalDate, Entry> end = entries.floorEntry(day);
    return end == null ? BigDecimal.ZERO : runningSum.apply(end.getValue());
  }

  private int uses(LocalDate day) {
    Map.Entry<LocalDate, Entry> end = entries.floorEntry(day);
    return end == null ? 0 : end.getValue().uses();
  }

  private static BigDecimal sum(List<LotBook.Lot> lots, Predicate<LotBook.Lot> which) {
    return lots.stream()
        .filter(which)
        .map(LotBook.Lot::quantity)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
