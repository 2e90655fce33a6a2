package medspa.jobs.compute.provider;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import medspa.jobs.compute.time.Timeline;

/**
 * The time of one provider at one location on one local day, in microseconds of real time; section
 * 2 of the KPI definitions. Exactly: bookable = kept + noShow + lateCancelled + unresolved + idle.
 *
 * @param bookable bookable shifts less blocked time, breaks and time off
 * @param kept bookable time of attended appointments
 * @param noShow bookable time of no-shows that nothing kept covers
 * @param lateCancelled bookable time of late cancellations, less the above
 * @param unresolved bookable time of past bookings without an outcome, less the above
 * @param idle what is left of the bookable time
 * @param overflow attended time outside the bookable time
 * @param breaks time of bookable shifts that breaks take away, and no time off
 * @param blocked time of bookable shifts that blocks take away, and neither of the above
 */
public record ProviderDay(
    long bookable,
    long kept,
    long noShow,
    long lateCancelled,
    long unresolved,
    long idle,
    long overflow,
    long breaks,
    long blocked) {

  /** What an interval of a shift or an appointment says about the provider's time. */
  enum Use {
    BOOKABLE,
    TIME_OFF,
    BREAK,
    BLOCKED,
    ATTENDED,
    NO_SHOW,
    LATE_CANCELLED,
    UNRESOLVED
  }

  /** An interval and its use. */
  record Piece(Use use, Timeline.Interval interval) {}

  /** Splits the day's bookable time; overlapping pieces of one use count once. */
  static ProviderDay of(List<Piece> pieces) {
    Map<Use, List<Timeline.Interval>> byUse = new EnumMap<>(Use.class);
    for (Piece piece : pieces) {
      byUse.computeIfAbsent(piece.use(), use -> new ArrayList<>()).add(piece.interval());
    }
    Timeline atWork = union(byUse, Use.BOOKABLE).minus(union(byUse, Use.TIME_OFF));
    Timeline unpaused = atWork.minus(union(byUse, Use.BREAK));
    Timeline bookable = unpaused.minus(union(byUse, Use.BLOCKED));
    Timeline attended = union(byUse, Use.ATTENDED);
    Timeline kept = attended.intersect(bookable);
    Timeline left = bookable.minus(attended);
    Timeline noShow = union(byUse, Use.NO_SHOW).intersect(left);
    left = left.minus(noShow);
    Timeline lateCancelled = union(byUse, Use.LATE_CANCELLED).intersect(left);
    left = left.minus(lateCancelled);
    Timeline unresolved = union(byUse, Use.UNRESOLVED).intersect(left);
    left = left.minus(unresolved);
    return new ProviderDay(
        bookable.length(),
        kept.length(),
        noShow.length(),
        lateCancelled.length(),
        unresolved.length(),
        left.length(),
        attended.minus(bookable).length(),
        atWork.minus(unpaused).length(),
        unpaused.minus(bookable).length());
  }

  private static Timeline union(Map<Use, List<Timeline.Interval>> byUse, Use use) {
    List<Timeline.Interval> intervals = byUse.get(use);
    return intervals == null ? Timeline.EMPTY : Timeline.union(intervals);
  }
}
