package medspa.charts.figure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import medspa.charts.read.Point;
import medspa.charts.read.Series;

/**
 * The process behaviour (XmR) chart of a weekly series: what it usually does, and the weeks in
 * which it did something else. Limits are mean ± 2.66 × mean moving range, over the weeks with
 * enough data.
 *
 * @param lower not below 0 where no value is negative
 * @param upper not above 1 for a share that never was
 * @param signals by the week's place in the series
 */
public record ProcessBehaviour(
    double centre, double lower, double upper, SortedMap<Integer, Rule> signals) {
  /** Fewer weeks than this tell nothing about what is usual. */
  public static final int WEEKS_NEEDED = 12;

  /** What the Shewhart factor for moving ranges of two makes of a mean moving range: 3 ÷ 1.128. */
  private static final double LIMIT_FACTOR = 2.66;

  private static final int RUN = 7;

  /** Why a week is more than noise. */
  public enum Rule {
    ABOVE_LIMIT("above its usual range"),
    BELOW_LIMIT("below its usual range"),
    RUN_ABOVE("seven weeks or more in a row above its mean"),
    RUN_BELOW("seven weeks or more in a row below its mean"),
    RISING("seven weeks or more of a steady rise"),
    FALLING("seven weeks or more of a steady fall"),
    NEAR_UPPER("two of three weeks close to its upper limit"),
    NEAR_LOWER("two of three weeks close to its lower limit");

    private final String words;

    Rule(String words) {
      this.words = words;
    }

    /** The rule, to follow the name of a KPI and a comma. */
    public String words() {
      return words;
    }
  }

  /** Of a series, or empty with fewer than {@link #WEEKS_NEEDED} weeks with enough data. */
  public static Optional<ProcessBehaviour> of(Series series) {
    List<Integer> places = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < series.points().size(); i++) {
      Point point = series.points().get(i);
      if (point.isReliable()) {
        places.add(i);
        values.add(point.value().orElseThrow());
      }
    }
    if (values.size() < WEEKS_NEEDED) {
      return Optional.empty();
    }
    double centre = values.stream().mapToDouble(v -> v).average().orElseThrow();
    double ranges = 0;
    for (int i = 1; i < values.size(); i++) {
      ranges += Math.abs(values.get(i) - values.get(i - 1));
    }
    double reach = LIMIT_FACTOR * ranges / (values.size() - 1);
    SortedMap<Integer, Rule> signals = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      int place = places.get(i);
      rule(values, i, centre, reach).ifPresent(rule -> signals.put(place, rule));
    }
    boolean neverNegative = values.stream().allMatch(v -> v >= 0);
    return Optional.of(
        new ProcessBehaviour(
            centre,
            neverNegative ? Math.max(0, centre - reach) : centre - reach,
            centre + reach,
            signals));
  }

  /** The signal of the report's own week. */
  public Optional<Rule> latest() {
    return Optional.ofNullable(signals.get(Series.WEEKS - 1));
  }

  private static Optional<Rule> rule(List<Double> values, int i, double centre, double reach) {
    double value = values.get(i);
    if (value > centre + reach) {
      return Optional.of(Rule.ABOVE_LIMIT);
    }
    if (value < centre - reach) {
      return Optional.of(Rule.BELOW_LIMIT);
    }
    if (i >= RUN - 1) {
      List<Double> run = values.subList(i - RUN + 1, i + 1);
      if (run.stream().allMatch(v -> v > centre)) {
        return Optional.of(Rule.RUN_ABOVE);
      }
      if (run.stream().allMatch(v -> v < centre)) {
        return Optional.of(Rule.RUN_BELOW);
      }
      if (steps(run, 1)) {
        return Optional.of(Rule.RISING);
      }
      if (steps(run, -1)) {
        return Optional.of(Rule.FALLING);
      }
    }
    if (i >= 2) {
      List<Double> three = values.subList(i - 2, i + 1);
      double twoSigma = reach * 2 / 3;
      if (value > centre + twoSigma
          && three.stream().filter(v -> v > centre + twoSigma).count() >= 2) {
        return Optional.of(Rule.NEAR_UPPER);
      }
      if (value < centre - twoSigma
          && three.stream().filter(v -> v < centre - twoSigma).count() >= 2) {
        return Optional.of(Rule.NEAR_LOWER);
      }
    }
    return Optional.empty();
  }

  private static boolean steps(List<Double> run, int direction) {
    for (int i = 1; i < run.size(); i++) {
      if (Double.compare(run.get(i), run.get(i - 1)) * direction <= 0) {
        return false;
      }
    }
    return true;
  }
}
