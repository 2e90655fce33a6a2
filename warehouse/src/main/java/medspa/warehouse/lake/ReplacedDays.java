package medspa.warehouse.lake;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.Run;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Batch.Window;

/**
 * The local days of a location for which a window delivery is complete, so that a row of its source
 * that it lacks was deleted there.
 *
 * <p>A period that the file states is just that. Without one its rows tell, but a mistyped date
 * must not: rows that are set apart by a gap longer than usual do not extend what is replaced, and
 * of several such stretches the one with the most rows counts, of equal ones the last. A gap is
 * usual up to {@value #USUAL_GAP_DAYS} days, or as long as one that an earlier delivery of the
 * source has between two parts that each hold at least a quarter of its rows: a few stray rows make
 * no gap usual.
 *
 * @param batch the delivery
 * @param locationId the location
 * @param firstDate first day that is replaced
 * @param lastDate last day that is replaced
 */
public record ReplacedDays(
    Batch batch, String locationId, LocalDate firstDate, LocalDate lastDate) {
  /** Days from one row to the next that set nothing apart. */
  public static final int USUAL_GAP_DAYS = 14;

  /** Of a delivery's rows, the part that must lie on each side of a gap to make it usual: 1 / 4. */
  private static final int PARTS = 4;

  /**
   * What the window deliveries among the batches replace of a table.
   *
   * @param batches those that count, of any sources
   */
  public static List<ReplacedDays> of(String table, List<Batch> batches) {
    List<ReplacedDays> replaced = new ArrayList<>();
    Map<List<String>, Long> usualGaps = new HashMap<>();
    for (Batch batch : batches.stream().sorted(Comparator.comparingLong(Batch::order)).toList()) {
      for (Window window : batch.table(table).map(TableCounts::windows).orElse(List.of())) {
        List<String> place = List.of(batch.source(), window.locationId());
        long usualGap = usualGaps.getOrDefault(place, (long) USUAL_GAP_DAYS);
        if (batch.delivery() == Delivery.WINDOW) {
          replaced.add(
              batch
                  .period()
                  .map(
                      period ->
                          new ReplacedDays(
                              batch, window.locationId(), period.firstDate(), period.lastDate()))
                  .orElseGet(() -> body(batch, window, usualGap)));
        }
        usualGaps.put(place, Math.max(usualGap, longestGap(window.runs())));
      }
    }
    return List.copyOf(replaced);
  }

  /** Whether the day is one of them. */
  public boolean contains(LocalDate day) {
    return !day.isBefore(firstDate) && !day.isAfter(lastDate);
  }

  private static ReplacedDays body(Batch batch, Window window, long usualGap) {
    List<Run> joined = new ArrayList<>();
    for (Run run : window.runs()) {
      int last = joined.size() - 1;
      if (last >= 0 && gap(joined.get(last), run) <= usualGap) {
        Run before = joined.get(last);
        joined.set(last, new Run(before.firstDate(), run.lastDate(), before.rows() + run.rows()));
      } else {
        joined.add(run);
      }
    }
    Run most =
        joined.stream()
            .max(Comparator.comparingLong(Run::rows).thenComparing(Run::lastDate))
            .orElseThrow();
    return new ReplacedDays(batch, window.locationId(), most.firstDate(), most.lastDate());
  }

  /** The longest gap between parts of some weight; 0 for none. */
  private static long longestGap(List<Run> runs) {
    long all = runs.stream().mapToLong(Run::rows).sum();
    long longest = 0;
    long before = 0;
    for (int i = 1; i < runs.size(); i++) {
      before += runs.get(i - 1).rows();
      if (Math.min(before, all - before) * PARTS >= all) {
        longest = Math.max(longest, gap(runs.get(i - 1), runs.get(i)));
      }
    }
    return longest;
  }

  private static long gap(Run before, Run after) {
    return ChronoUnit.DAYS.between(before.lastDate(), after.firstDate());
  }
}
