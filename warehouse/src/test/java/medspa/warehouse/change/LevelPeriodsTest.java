package medspa.warehouse.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import medspa.warehouse.change.LevelPeriods.Period;
import org.junit.jupiter.api.Test;

/** Hand-made series whose weeks do not depend on each other, unless a test says so. */
class LevelPeriodsTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);

  /** Noise without a pattern: mean 0, standard deviation 1.0, next to no correlation. */
  private static final double[] NOISE = {
    -0.6, 1.2, 0.3, -1.4, 0.8, -0.2, -1.1, 1.6, 0.1, 0.7, -0.9, 0.4, -1.7, 0.9, 1.3, -0.3, -0.8,
    0.2, 1.1, -1.2, 0.6, -0.5, 1.5, -1.0, -0.1, 0.5, -1.5, 1.0, 0.0, -0.7, 1.4, -0.4
  };

  private static WeeklySeries series(double... values) {
    List<LocalDate> weeks = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      weeks.add(FIRST.plusWeeks(i));
    }
    return new WeeklySeries(weeks, Arrays.stream(values).boxed().toList());
  }

  /** The noise, times a factor, around levels that begin at a place each. */
  private static WeeklySeries levels(int weeks, double noise, double... placesAndLevels) {
    double[] values = new double[weeks];
    double level = 0;
    for (int i = 0; i < weeks; i++) {
      for (int j = 0; j < placesAndLevels.length; j += 2) {
        level = placesAndLevels[j] == i ? placesAndLevels[j + 1] : level;
      }
      values[i] = level + noise * NOISE[i % NOISE.length];
    }
    return series(values);
  }

  /** First week, and after a slash the week at whose end it was known, of each period. */
  private static String periods(WeeklySeries series, double correlation) {
    StringBuilder said = new StringBuilder();
    for (Period period : LevelPeriods.of(series, WeekCorrelation.constant(correlation))) {
      said.append(said.isEmpty() ? "" : " ").append(period.first());
      period.told().ifPresent(told -> said.append('/').append(told));
    }
    return said.toString();
  }

  private static String periods(WeeklySeries series) {
    return periods(series, 0);
  }

  @Test
  void noiseIsOnePeriod() {
    assertThat(periods(levels(32, 1, 0, 50))).isEqualTo("0");
    assertThat(LevelPeriods.of(series(), WeekCorrelation.constant(0))).isEmpty();
  }

  @Test
  void aGreatStepIsKnownInItsThirdWeekAndBeginsInItsFirst() {
    // A fill rate of 59 % that falls to 34 %, with a standard deviation of 4 points.
    assertThat(periods(levels(30, 4, 0, 59, 20, 34))).isEqualTo("0 20/22");
    assertThat(periods(levels(30, 4, 0, 34, 20, 59))).as("upwards").isEqualTo("0 20/22");
    assertThat(periods(levels(22, 4, 0, 59, 20, 34))).as("two weeks are none yet").isEqualTo("0");
  }

  @Test
  void aStepOfTwoDeviationsIsKnownWithinSevenWeeks() {
    assertThat(periods(levels(32, 1, 0, 10, 24, 12))).isEqualTo("0 24/28");
  }

  @Test
  void aRampIsKnownAsAStepOnItsWay() {
    double[] ramp = new double[36];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = NOISE[i % NOISE.length] + 0.5 * Math.max(0, i - 19);
    }
    List<Period> periods = LevelPeriods.of(series(ramp), WeekCorrelation.constant(0));
    assertThat(periods).hasSizeGreaterThan(1);
    assertThat(periods.get(1).first()).isBetween(20, 26);
    assertThat(periods.get(1).told().getAsInt()).isBetween(24, 31);
  }

  @Test
  void aSingleSpikeIsNoPeriodHoweverHigh() {
    for (double spike : new double[] {5, 20, 1000}) {
      assertThat(periods(levels(32, 1, 0, 50, 20, 50 + spike, 21, 50))).isEqualTo("0");
    }
  }

  @Test
  void aLevelThatReturnsIsThreePeriods() {
    assertThat(periods(levels(32, 1, 0, 50, 16, 40, 21, 50))).isEqualTo("0 16/18 21/23");
    assertThat(periods(levels(32, 1, 0, 50, 16, 40, 19, 50))).isEqualTo("0 16/18 19/21");
  }

  @Test
  void weeksThatAreNotToldArePassedOver() {
    WeeklySeries whole = levels(30, 4, 0, 59, 20, 34);
    List<LocalDate> weeks = new ArrayList<>(whole.weeks());
    List<Double> values = new ArrayList<>(whole.values());
    // The first and the third week of the collapse, and one long before.
    for (int untold : new int[] {22, 20, 5}) {
      weeks.remove(untold);
      values.remove(untold);
    }
    WeeklySeries gaps = new WeeklySeries(weeks, values);

    List<Period> periods = LevelPeriods.of(gaps, WeekCorrelation.constant(0));
    assertThat(periods).hasSize(2);
    assertThat(gaps.weeks().get(periods.get(1).first())).isEqualTo(FIRST.plusWeeks(21));
    assertThat(gaps.weeks().get(periods.get(1).told().getAsInt())).isEqualTo(FIRST.plusWeeks(24));
  }

  @Test
  void aSeriesThatNeverVariesHasOnePeriodAndAnyStepOfItIsKnown() {
    double[] constant = new double[30];
    Arrays.fill(constant, 0.1);
    assertThat(periods(series(constant))).isEqualTo("0");
    Arrays.fill(constant, 20, 30, 0.2);
    assertThat(periods(series(constant))).isEqualTo("0 20/22");
  }

  @Test
  void aFirstPeriodHasSixWeeksAtLeast() {
    assertThat(periods(levels(12, 1, 0, 50, 5, 10))).doesNotContain("5/");
    assertThat(periods(levels(12, 1, 0, 50, 6, 10))).isEqualTo("0 6/8");
  }

  @Test
  void weeksThatFollowEachOtherTellLess() {
    WeeklySeries step = levels(32, 1, 0, 10, 24, 11.7);
    assertThat(periods(step)).startsWith("0 24/");
    assertThat(periods(step, 0.3)).isEqualTo("0");
    assertThat(periods(levels(32, 1, 0, 10, 24, 14), 0.3)).startsWith("0 24/");
  }

  @Test
  void whatWasKnownAtTheEndOfAWeekStays() {
    Random random = new Random(7);
    for (int run = 0; run < 50; run++) {
      double[] values = new double[60];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextGaussian() + (i / 15 % 2) * 2.5;
      }
      List<Period> all = LevelPeriods.of(series(values), WeekCorrelation.constant(0.1));
      for (int end = 1; end < values.length; end++) {
        int known = end;
        assertThat(
                LevelPeriods.of(series(Arrays.copyOf(values, end)), WeekCorrelation.constant(0.1)))
            .extracting(Period::first, Period::told)
            .isEqualTo(
                all.stream()
                    .filter(p -> p.told().isEmpty() || p.told().getAsInt() < known)
                    .map(p -> org.assertj.core.groups.Tuple.tuple(p.first(), p.told()))
                    .toList());
      }
    }
  }

  @Test
  void theVarianceOfAMeanIsThatOfItsCorrelatedWeeks() {
    assertThat(LevelPeriods.varianceOfMean(1, 0.3)).isCloseTo(1, within(1e-12));
    assertThat(LevelPeriods.varianceOfMean(4, 0)).isCloseTo(0.25, within(1e-12));
    // (3 + 2 (2·0.3 + 0.09)) ÷ 9
    assertThat(LevelPeriods.varianceOfMean(3, 0.3)).isCloseTo(4.38 / 9, within(1e-12));
  }

  @Test
  void theCorrelationOfAPracticeIsTheMedianOfItsSeriesAtThatTime() {
    Random random = new Random(3);
    List<WeeklySeries> family = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      double[] values = new double[60];
      double week = random.nextGaussian();
      for (int j = 0; j < values.length; j++) {
        week = 0.3 * week + Math.sqrt(1 - 0.09) * random.nextGaussian();
        // A third of them collapse.
        values[j] = 1e6 * (week + (i % 3 == 0 && j >= 40 ? -8 : 0));
      }
      family.add(series(values));
    }
    WeekCorrelation correlation = WeekCorrelation.of(family);
    assertThat(correlation.at(FIRST.plusWeeks(39))).isCloseTo(0.3, within(0.08));
    assertThat(correlation.at(FIRST.plusWeeks(59))).isCloseTo(0.3, within(0.12));
    assertThat(correlation.at(FIRST.plusWeeks(70))).isEqualTo(correlation.at(FIRST.plusWeeks(59)));
    assertThat(correlation.at(FIRST.plusWeeks(7))).as("too few weeks").isZero();
    assertThat(correlation.at(FIRST.minusWeeks(1))).isZero();
    assertThat(WeekCorrelation.of(List.of(series(new double[20]))).at(FIRST.plusWeeks(19)))
        .as("what never changes tells nothing")
        .isZero();
    double[] zigzag = new double[20];
    for (int i = 0; i < zigzag.length; i++) {
      zigzag[i] = i % 2;
    }
    assertThat(WeekCorrelation.of(List.of(series(zigzag))).at(FIRST.plusWeeks(19))).isZero();
  }

  @Test
  void aWeekHasOneValue() {
    assertThatThrownBy(() -> new WeeklySeries(List.of(FIRST), List.of()))
        .hasMessage("Each week needs one value");
  }
}
