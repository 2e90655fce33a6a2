package medspa.jobs.compute.stock;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is on hand of one product, by lot. Stock that left without naming a lot makes a shortage
 * that is taken from the lots that expire first, so that the lots never hold more than the total.
 */
final class LotBook {
  /** Stock of one lot; without a name and an expiry date where nobody knows the lot. */
  record Lot(Optional<String> name, Optional<LocalDate> expiresOn, BigDecimal quantity) {

    /** Whether it has expired by that day: it can be used through its expiry date. */
    boolean isExpiredOn(LocalDate day) {
      return expiresOn.filter(day::isAfter).isPresent();
    }
  }

  /** What a count found: what the books held of what was counted, and what was there. */
  record Count(BigDecimal book, BigDecimal counted) {}

  /** Signed running sums by lot; the stock without a lot is under the empty name. */
  private final TreeMap<String, BigDecimal> sums = new TreeMap<>();

  private final Map<String, LocalDate> expiries = new HashMap<>();

  /** Adds a movement. */
  void move(StockEvent movement) {
    String bucket = movement.bucket();
    movement.expiresOn().ifPresent(date -> expiries.put(bucket, date));
    add(bucket, movement.quantity());
    takeUnnamedFromLots();
  }

  /** What the books hold of what a count counts, before it sets anything. */
  BigDecimal bookOf(StockEvent count) {
    return count.lot().isPresent()
        ? sums.getOrDefault(count.bucket(), BigDecimal.ZERO)
            .add(recognised(count.bucket(), count.quantity()))
        : total();
  }

  /** Sets a lot to what was counted of it, or the product where the count names no lot. */
  Count count(StockEvent count) {
    BigDecimal book;
    if (count.lot().isPresent()) {
      recognise(count.bucket(), count.quantity());
      book = sums.getOrDefault(count.bucket(), BigDecimal.ZERO);
      put(count.bucket(), count.quantity());
    } else {
      book = total();
      countTotal(count.quantity());
    }
    return new Count(book, count.quantity());
  }

  /**
   * The lot that should have been used before the one a movement takes from: on hand, not expired
   * on that day, and the first to expire of those that expire earlier. Empty where the expiry date
   * of what is taken is unknown.
   */
  Optional<Lot> earlierThan(StockEvent movement) {
    return expiryOf(movement)
        .flatMap(
            taken ->
                onHand().stream()
                    .filter(lot -> lot.expiresOn().filter(taken::isAfter).isPresent())
                    .filter(lot -> !lot.isExpiredOn(movement.day()))
                    .findFirst());
  }

  /** The expiry date of what a movement takes from or adds to, where any movement has named it. */
  Optional<LocalDate> expiryOf(StockEvent movement) {
    return movement.expiresOn().or(() -> expiry(movement.bucket()));
  }

  /** Sum over all lots; negative where the books say so. */
  BigDecimal total() {
    return sums.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /**
   * The lots with stock, the first to expire first; together the total, if that is not negative.
   */
  List<Lot> onHand() {
    return lots().stream()
        .map(lot -> new Lot(StockEvent.lotOf(lot.getKey()), expiry(lot.getKey()), lot.getValue()))
        .toList();
  }

  /**
   * What left without naming a lot was stock without a lot, as far as there is any, and then of the
   * lots that expire first; what none of them has stays a shortage.
   */
  private void takeUnnamedFromLots() {
    BigDecimal shortage = sums.getOrDefault("", BigDecimal.ZERO).negate();
    if (shortage.signum() <= 0) {
      return;
    }
    for (String bucket : withStock()) {
      BigDecimal taken = shortage.min(sums.get(bucket));
      shortage = shortage.subtract(taken);
      add(bucket, taken.negate());
      add("", taken);
    }
  }

  /**
   * What a count finds of a lot beyond its books was in the stock whose lot nobody knew, as far as
   * there is any: else an opening counted without lots would be on hand a second time.
   */
  private void recognise(String bucket, BigDecimal counted) {
    BigDecimal known = recognised(bucket, counted);
    add("", known.negate());
    add(bucket, known);
  }

  private BigDecimal recognised(String bucket, BigDecimal counted) {
    BigDecimal unknown = sums.getOrDefault("", BigDecimal.ZERO).max(BigDecimal.ZERO);
    BigDecimal surplus = counted.subtract(sums.getOrDefault(bucket, BigDecimal.ZERO));
    return unknown.min(surplus).max(BigDecimal.ZERO);
  }

  /** A count of the whole product: what is missing left as if without naming a lot. */
  private void countTotal(BigDecimal counted) {
    add("", counted.subtract(total()));
    List<Map.Entry<String, BigDecimal>> left = lots();
    sums.clear();
    left.forEach(lot -> add(lot.getKey(), lot.getValue()));
    // Only a negative count leaves a difference to the lots.
    add("", counted.subtract(total()));
  }

  private List<Map.Entry<String, BigDecimal>> lots() {
    BigDecimal shortage =
        sums.values().stream()
            .filter(sum -> sum.signum() < 0)
            .reduce(BigDecimal.ZERO, BigDecimal::subtract);
    List<Map.Entry<String, BigDecimal>> result = new ArrayList<>();
    // A lot that went out and never came in was in the stock whose lot nobody knew.
    for (String bucket : withStock()) {
      BigDecimal taken = shortage.min(sums.get(bucket));
      shortage = shortage.subtract(taken);
      if (taken.compareTo(sums.get(bucket)) < 0) {
        result.add(Map.entry(bucket, sums.get(bucket).subtract(taken)));
      }
    }
    result.sort(
        Comparator.comparing(
                (Map.Entry<String, BigDecimal> lot) -> expiry(lot.getKey()).orElse(LocalDate.MAX))
            .thenComparing(Map.Entry::getKey));
    return result;
  }

  /** What holds stock, in the order in which a shortage is taken from it. */
  private List<String> withStock() {
    return sums.keySet().stream()
        .filter(bucket -> sums.get(bucket).signum() > 0)
        .sorted(
            Comparator.comparing((String bucket) -> !bucket.isEmpty())
                .thenComparing(bucket -> expiry(bucket).orElse(LocalDate.MAX))
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private Optional<LocalDate> expiry(String bucket) {
    return Optional.ofNullable(expiries.get(bucket));
  }

  private void add(String bucket, BigDecimal quantity) {
    put(bucket, sums.getOrDefault(bucket, BigDecimal.ZERO).add(quantity));
  }

  private void put(String bucket, BigDecimal sum) {
    if (sum.signum() == 0) {
      sums.remove(bucket);
    } else {
      sums.put(bucket, sum);
    }
  }
}
