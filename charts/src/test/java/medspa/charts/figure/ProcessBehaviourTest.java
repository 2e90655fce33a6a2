package medspa.charts.figure;

import static medspa.charts.figure.ChartFixture.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import medspa.charts.figure.ProcessBehaviour.Rule;
import medspa.charts.read.Point;
import medspa.charts.read.Series;
import org.junit.jupiter.api.Test;

class ProcessBehaviourTest {
  @Test
  void limitsAreMeanPlusMinus266MeanMovingRanges() {
    ProcessBehaviour usual =
        ProcessBehaviour.of(series(10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12)).orElseThrow();
    assertThat(usual.centre()).isEqualTo(11);
    assertThat(usual.upper()).isCloseTo(11 + 2.66 * 2, within(1e-9));
    assertThat(usual.lower()).isCloseTo(11 - 2.66 * 2, within(1e-9));
    assertThat(usual.signals()).isEmpty();
  }

  @Test
  void elevenWeeksTellNothing() {
    assertThat(ProcessBehaviour.of(series(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11))).isEmpty();
  }

  @Test
  void aWeekWithFewDataTakesNoPart() {
    Series whole = series(10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 90);
    assertThat(ProcessBehaviour.of(whole).orElseThrow().latest()).contains(Rule.ABOVE_LIMIT);
    List<Point> points = new ArrayList<>(whole.points());
    points.set(
        12, new Point(ChartFixture.WEEK, OptionalDouble.of(90), false, OptionalDouble.of(3)));
    ProcessBehaviour usual = ProcessBehaviour.of(new Series(points)).orElseThrow();
    assertThat(usual.centre()).isEqualTo(11);
    assertThat(usual.signals()).isEmpty();
  }

  @Test
  void sevenWeeksOnOneSideAreASignal() {
    assertThat(
            ProcessBehaviour.of(series(14, 6, 14, 6, 14, 6, 11, 12, 11, 12, 11, 12, 11))
                .orElseThrow()
                .signals())
        .containsEntry(12, Rule.RUN_ABOVE)
        .doesNotContainKey(11);
  }

  @Test
  void sevenWeeksOfRiseAreASignal() {
    assertThat(
            ProcessBehaviour.of(series(15, 5, 15, 5, 15, 5, 9.0, 9.2, 9.4, 9.6, 9.8, 10, 12))
                .orElseThrow()
                .latest())
        .contains(Rule.RISING);
  }

  @Test
  void twoOfThreeNearALimitAreASignal() {
    assertThat(
            ProcessBehaviour.of(series(10, 11, 10, 11, 10, 11, 10, 11, 10, 11, 13.6, 11, 13.6))
                .orElseThrow()
                .latest())
        .contains(Rule.NEAR_UPPER);
  }

  @Test
  void aLowerLimitIsNotBelowZeroWhereNoValueIs() {
    assertThat(
            ProcessBehaviour.of(series(0, 3, 0, 3, 0, 3, 0, 3, 0, 3, 0, 3)).orElseThrow().lower())
        .isZero();
  }

  @Test
  void aConstantSeriesHasNoSignal() {
    assertThat(
            ProcessBehaviour.of(series(5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5))
                .orElseThrow()
                .signals())
        .isEmpty();
  }
}
