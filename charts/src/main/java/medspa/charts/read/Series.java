package medspa.charts.read;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One KPI over the weeks of a report, oldest first.
 *
 * @param points exactly {@link #WEEKS} points, one per week, the report's week last
 */
public record Series(List<Point> points) {
  /** Weeks that a report looks back over, its own included. */
  public static final int WEEKS = 13;

  /** The points of a location's rows, with an absent point where there is no row. */
  static Series of(LocalDate lastWeek, Map<LocalDate, Point> rows) {
    List<Point> points = new ArrayList<>();
    for (LocalDate week : weeks(lastWeek)) {
      points.add(rows.getOrDefault(week, Point.absent(week)));
    }
    return new Series(List.copyOf(points));
  }

  /** The weeks of a report, oldest first. */
  public static List<LocalDate> weeks(LocalDate lastWeek) {
    return lastWeek
        .minusWeeks(WEEKS - 1L)
        .datesUntil(lastWeek.plusDays(1), java.time.Period.ofWeeks(1))
        .toList();
  }

  /** The report's own week. */
  public Point last() {
    return points.get(WEEKS - 1);
  }

  /** The week before. */
  public Point before() {
    return points.get(WEEKS - 2);
  }

  /** Whether no week with enough data is below 0. */
  boolean isNeverNegative() {
    return points.stream().filter(Point::isReliable).allMatch(p -> p.value().orElseThrow() >= 0);
  }

  /** Weeks that have a value. */
  public long weeksWithValue() {
    return points.stream().filter(point -> point.value().isPresent()).count();
  }
}
