package medspa.jobs.compute.time;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A set of instants: disjoint half-open intervals in rising order, in microseconds since the epoch.
 */
public final class Timeline {
  /** Half-open: the start is in, the end is not. */
  public record Interval(long start, long end) {}

  public static final Timeline EMPTY = new Timeline(new long[0]);

  /** start, end, start, end … strictly rising. */
  private final long[] bounds;

  private Timeline(long[] bounds) {
    this.bounds = bounds;
  }

  /** The union of the intervals; those that end at or before their start hold nothing. */
  public static Timeline union(List<Interval> intervals) {
    List<Interval> sorted =
        intervals.stream()
            .filter(interval -> interval.start() < interval.end())
            .sorted(Comparator.comparingLong(Interval::start))
            .toList();
    long[] bounds = new long[sorted.size() * 2];
    int size = 0;
    for (Interval interval : sorted) {
      if (size > 0 && interval.start() <= bounds[size - 1]) {
        bounds[size - 1] = Math.max(bounds[size - 1], interval.end());
      } else {
        bounds[size] = interval.start();
        bounds[size + 1] = interval.end();
        size += 2;
      }
    }
    return new Timeline(Arrays.copyOf(bounds, size));
  }

  /** The instants that are in both. */
  public Timeline intersect(Timeline other) {
    long[] result = new long[bounds.length + other.bounds.length];
    int size = 0;
    int mine = 0;
    int theirs = 0;
    while (mine < bounds.length && theirs < other.bounds.length) {
      long start = Math.max(bounds[mine], other.bounds[theirs]);
      long end = Math.min(bounds[mine + 1], other.bounds[theirs + 1]);
      if (start < end) {
        result[size] = start;
        result[size + 1] = end;
        size += 2;
      }
      if (bounds[mine + 1] < other.bounds[theirs + 1]) {
        mine += 2;
      } else {
        theirs += 2;
      }
    }
    return new Timeline(Arrays.copyOf(result, size));
  }

  /** The instants of this set that are not in the other. */
  public Timeline minus(Timeline other) {
    long[] gaps = new long[other.bounds.length + 2];
    gaps[0] = Long.MIN_VALUE;
    System.arraycopy(other.bounds, 0, gaps, 1, other.bounds.length);
    gaps[gaps.length - 1] = Long.MAX_VALUE;
    return intersect(new Timeline(gaps));
  }

  /** How long the set lasts, in microseconds of real time. */
  public long length() {
    long length = 0;
    for (int i = 0; i < bounds.length; i += 2) {
      length += bounds[i + 1] - bounds[i];
    }
    return length;
  }
}
