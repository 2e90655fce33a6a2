package medspa.warehouse.change;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The periods of a weekly series: where it moved to another level and stayed there.
 *
 * <p>Week by week, as a reader would have seen them, the weeks of the current period are cut in two
 * at every place that leaves 1 to 13 weeks at the end, and the two means are compared: the
 * likelihood ratio of a step against none (Hawkins, Qiu and Kang, 2003, "The changepoint model for
 * statistical process control"). With Δ the difference of the means, s² the variance of the weeks
 * around the mean of their part and T² = Δ² ÷ (s² (v₁ + v₂)), where v is the variance of a mean of
 * n weeks that are correlated by ρ, in variances of a week,
 *
 * <p>z = √(f ln(1 + T² ÷ f)) (8f + 1) ÷ (8f + 3)
 *
 * <p>has nearly a normal distribution where nothing has changed, however few degrees of freedom f
 * there are (Wallace, 1959). The cut with the greatest z is a step as soon as its end has 3 weeks
 * and z reaches {@link #USUAL} for an end of 5 to 7 weeks, or {@link #RARE} for a shorter or longer
 * one; a new period begins there. What is known at the end of a week never changes with later
 * weeks.
 *
 * <p>The bounds are chosen by the simulation of {@code LevelSimulationTest}: at most one false
 * story a year in 20 series, and four of five steps of two standard deviations known within seven
 * weeks.
 */
public final class LevelPeriods {
  /** What z has to reach for an end of 5 to 7 weeks. */
  static final double USUAL = 3.37;

  /** What z has to reach for a shorter or longer end. */
  static final double RARE = 4.1;

  /** Weeks of an end; the first in which a step can be known is the third. */
  private static final int SHORTEST = 3;

  private static final int LONGEST = 13;

  /** Weeks that a first period needs before a step; how far its weeks vary is not known before. */
  private static final int FIRST = 6;

  /** Differences below this share of the greatest value are rounding. */
  private static final double ROUNDING = 1e-9;

  /**
   * One period.
   *
   * @param first place of its first week in the series
   * @param end place after its last week
   * @param told place of the week at whose end its beginning was known; empty for the first period
   */
  public record Period(int first, int end, OptionalInt told) {}

  /** The sums that everything follows from, of values less the first one. */
  private final double[] sums;

  private final double[] squares;
  private final double rounding;

  /** Squared deviations in earlier periods, and what they are of. */
  private double earlierSquares = 0;

  private double earlierFreedom = 0;

  private LevelPeriods(List<Double> values) {
    sums = new double[values.size() + 1];
    squares = new double[values.size() + 1];
    double greatest = 0;
    for (int i = 0; i < values.size(); i++) {
      double value = values.get(i) - values.get(0);
      sums[i + 1] = sums[i] + value;
      squares[i + 1] = squares[i] + value * value;
      greatest = Math.max(greatest, Math.abs(values.get(i)));
    }
    rounding = ROUNDING * greatest;
  }

  /** The periods of a series in order; one at least, unless it has no weeks. */
  public static List<Period> of(WeeklySeries series, WeekCorrelation correlation) {
    return new LevelPeriods(series.values()).periods(series, correlation);
  }

  private List<Period> periods(WeeklySeries series, WeekCorrelation correlation) {
    List<Period> periods = new ArrayList<>();
    int first = 0;
    OptionalInt told = OptionalInt.empty();
    for (int end = 1; end <= series.size(); end++) {
      double rho = correlation.at(series.weeks().get(end - 1));
      int least = periods.isEmpty() ? FIRST : SHORTEST;
      double most = 0;
      int cut = -1;
      for (int at = Math.max(first + least, end - LONGEST); at < end; at++) {
        double z = z(first, at, end, rho);
        if (z >= most) {
          most = z;
          cut = at;
        }
      }
      if (cut >= 0 && end - cut >= SHORTEST && most >= bound(end - cut)) {
        periods.add(new Period(first, cut, told));
        earlierSquares += deviations(first, cut);
        earlierFreedom += freedom(cut - first, rho);
        first = cut;
        told = OptionalInt.of(end - 1);
      }
    }
    if (series.size() > 0) {
      periods.add(new Period(first, series.size(), told));
    }
    return periods;
  }

  private static double bound(int weeks) {
    return weeks >= 5 && weeks <= 7 ? USUAL : RARE;
  }

  private double z(int first, int cut, int end, double rho) {
    double change = Math.abs(mean(cut, end) - mean(first, cut));
    if (change <= rounding) {
      return 0;
    }
    double freedom = earlierFreedom + freedom(cut - first, rho) + freedom(end - cut, rho);
    double variance = (earlierSquares + deviations(first, cut) + deviations(cut, end)) / freedom;
    if (variance <= rounding * rounding) {
      return Double.POSITIVE_INFINITY;
    }
    double ofMeans = varianceOfMean(cut - first, rho) + varianceOfMean(end - cut, rho);
    double t2 = change * change / (variance * ofMeans);
    return StrictMath.sqrt(freedom * StrictMath.log1p(t2 / freedom))
        * (8 * freedom + 1)
        / (8 * freedom + 3);
  }

  private double mean(int from, int to) {
    return (sums[to] - sums[from]) / (to - from);
  }

  private double deviations(int from, int to) {
    double sum = sums[to] - sums[from];
    return Math.max(0, squares[to] - squares[from] - sum * sum / (to - from));
  }

  /** What the squared deviations from their mean amount to, in variances of a week. */
  private static double freedom(int weeks, double rho) {
    return weeks * (1 - varianceOfMean(weeks, rho));
  }

  /** The variance of a mean of weeks correlated by ρ, ρ², …, in variances of a week. */
  static double varianceOfMean(int weeks, double rho) {
    double apart = 1 - rho;
    return ((1 + rho) / apart - 2 * rho * (1 - power(rho, weeks)) / (weeks * apart * apart))
        / weeks;
  }

  /** By squaring: the same on every machine, and quick. */
  private static double power(double base, int exponent) {
    double power = 1;
    double square = base;
    for (int rest = exponent; rest > 0; rest >>= 1) {
      power *= (rest & 1) == 1 ? square : 1;
      square *= square;
    }
    return power;
  }
}
