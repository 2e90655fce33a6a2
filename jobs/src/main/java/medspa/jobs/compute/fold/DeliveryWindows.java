package medspa.jobs.compute.fold;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.ReplacedDays;

/**
 * The days that window deliveries of one table replace: for each source, location and day the
 * newest delivery that spans it. Sent to Spark's tasks.
 */
final class DeliveryWindows implements Serializable {
  private static final long serialVersionUID = 1L;

  /** By source and location: days at which the newest delivery changes, rising. */
  private final HashMap<String, long[]> firstDays = new HashMap<>();

  /** By source and location: the newest delivery from that day on, 0 for none. */
  private final HashMap<String, long[]> newest = new HashMap<>();

  private DeliveryWindows() {}

  /** What the batches that delivered the table as a window replace of it. */
  static DeliveryWindows of(String table, List<Batch> batches) {
    Map<String, List<ReplacedDays>> spans = new HashMap<>();
    for (ReplacedDays days : ReplacedDays.of(table, batches)) {
      spans
          .computeIfAbsent(key(days.batch().source(), days.locationId()), k -> new ArrayList<>())
          .add(days);
    }
    DeliveryWindows result = new DeliveryWindows();
    spans.forEach(
        (key, list) -> {
          TreeSet<Long> bounds = new TreeSet<>();
          for (ReplacedDays span : list) {
            bounds.add(span.firstDate().toEpochDay());
            bounds.add(span.lastDate().toEpochDay() + 1);
          }
          long[] days = bounds.stream().mapToLong(Long::longValue).toArray();
          long[] orders = new long[days.length];
          for (ReplacedDays span : list) {
            for (int i = 0; i < days.length; i++) {
              if (span.firstDate().toEpochDay() <= days[i]
                  && days[i] <= span.lastDate().toEpochDay()) {
                orders[i] = Math.max(orders[i], span.batch().order());
              }
            }
          }
          result.firstDays.put(key, days);
          result.newest.put(key, orders);
        });
    return result;
  }

  /** Whether no delivery replaces anything. */
  boolean isEmpty() {
    return firstDays.isEmpty();
  }

  /**
   * Whether a row was deleted at its source: a later window delivery of the source spans its day,
   * and its key was not in it.
   *
   * @param epochDay the row's local date
   * @param lastDelivery order of the newest batch of the source that named the row's key
   */
  boolean deletes(String source, String locationId, long epochDay, long lastDelivery) {
    long[] days = firstDays.get(key(source, locationId));
    if (days == null) {
      return false;
    }
    int found = Arrays.binarySearch(days, epochDay);
    int segment = found >= 0 ? found : -found - 2;
    return segment >= 0 && newest.get(key(source, locationId))[segment] > lastDelivery;
  }

  private static String key(String source, String locationId) {
    return source + '\u001f' + locationId;
  }
}
