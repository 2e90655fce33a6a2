package medspa.jobs.compute.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import medspa.jobs.compute.time.Timeline.Interval;
import org.junit.jupiter.api.Test;

final class TimelineTest {
  private static Timeline of(long... bounds) {
    List<Interval> intervals = new ArrayList<>();
    for (int i = 0; i < bounds.length; i += 2) {
      intervals.add(new Interval(bounds[i], bounds[i + 1]));
    }
    return Timeline.union(intervals);
  }

  @Test
  void overlappingAndTouchingIntervalsCountOnce() {
    assertThat(of(0, 10, 5, 15, 15, 20, 2, 3).length()).isEqualTo(20);
    assertThat(of(30, 40, 0, 10).length()).isEqualTo(20);
  }

  @Test
  void anIntervalThatEndsAtItsStartHoldsNothing() {
    assertThat(of(5, 5, 9, 7).length()).isZero();
  }

  @Test
  void intersectionAndDifferencePartitionTheSet() {
    Timeline set = of(0, 10, 20, 30, 40, 50);
    Timeline other = of(5, 25, 29, 45);
    assertThat(set.intersect(other).length()).isEqualTo(5 + 5 + 1 + 5);
    assertThat(set.minus(other).length()).isEqualTo(5 + 4 + 5);
  }

  @Test
  void theDifferenceWithNothingIsTheSet() {
    assertThat(of(1, 4).minus(Timeline.EMPTY).length()).isEqualTo(3);
    assertThat(Timeline.EMPTY.minus(of(1, 4)).length()).isZero();
  }
}
