package medspa.jobs.compute;

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
  /** Stock of one lot; stock without a lot has no expiry date either. */
  record Lot(Optional<LocalDate> expiresOn, BigDecimal quantity) {}

  /** Signed running sums by lot; the stock without a lot is under the empty name. */
  private final TreeMap<String, BigDecimal> sums = new TreeMap<>();

  private final Map<String, LocalDate> expiries = new HashMap<>();

  /** Adds a movement, or sets what a count says. */
  void apply(StockEvent event) {
    String bucket = event.bucket();
    event.expiresOn().ifPresent(date -> expiries.put(bucket, date));
    if (event.kind() != StockEvent.Kind.COUNT) {
      add(bucket, event.quantity());
    } else if (event.lot().isPresent()) {
      put(bucket, event.quantity());
    } else {
      countTotal(event.quantity());
    }
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
        .map(bucket -> new Lot(expiry(bucket.getKey()), bucket.getValue()))
        .toList();
  }

  /** A count of the whole product: what is missing was in the lots that expire first. */
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
    List<String> buckets =
        sums.keySet().stream()
            .filter(bucket -> sums.get(bucket).signum() > 0)
            .sorted(
                // A lot that went out and never came in was in the stock whose lot nobody knew.
                Comparator.comparing((String bucket) -> !bucket.isEmpty())
                    .thenComparing(bucket -> expiry(bucket).orElse(LocalDate.MAX))
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    List<Map.Entry<String, BigDecimal>> result = new ArrayList<>();
    for (String bucket : buckets) {
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
