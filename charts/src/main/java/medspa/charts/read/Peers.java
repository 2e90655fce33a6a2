package medspa.charts.read;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A location among its peers over a range of weeks.
 *
 * @param rangeWeeks length of the range
 * @param value the location's own value over the range
 * @param rank place among the stable locations, best first
 * @param quartiles the contributing practices' quartiles; empty where they are withheld
 * @param contributors practices that contribute
 * @param withheldReason why the quartiles are withheld
 * @param interval the 95 % interval of the value; empty where it has none
 */
public record Peers(
    int rangeWeeks,
    OptionalDouble value,
    boolean isStable,
    OptionalInt rank,
    Optional<Quartiles> quartiles,
    int contributors,
    Optional<String> withheldReason,
    Optional<Interval> interval) {

  /** The ends of an interval, in the unit of the KPI. */
  public record Interval(double low, double high) {}

  /** The middle half of the peers and its median, in the unit of the KPI. */
  public record Quartiles(double p25, double p50, double p75) {}
}
