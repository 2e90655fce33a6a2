package medspa.charts.figure;

import java.util.Arrays;
import java.util.Optional;
import medspa.charts.read.Kpi;

/**
 * The quarter of some values in which one of them stands; the fourth is the best whatever the
 * direction.
 */
public enum Standing {
  Q1,
  Q2,
  Q3,
  Q4;

  /** Fewer have no quarters. */
  public static final int LEAST = 4;

  /**
   * Where one of the values stands. Empty where there are too few, or where those that are equal to
   * it do not fit into one quarter or half.
   *
   * @param values all that are compared, the one itself among them
   */
  public static Optional<Standing> among(Kpi kpi, double value, double[] values) {
    if (values.length < LEAST) {
      return Optional.empty();
    }
    long above = Arrays.stream(values).filter(v -> v > value).count();
    long below = Arrays.stream(values).filter(v -> v < value).count();
    long notWorse = values.length - (kpi.upIsBetter() ? below : above);
    long notBetter = values.length - (kpi.upIsBetter() ? above : below);
    if (notWorse * 4 <= values.length) {
      return Optional.of(Q4);
    }
    if (notBetter * 4 <= values.length) {
      return Optional.of(Q1);
    }
    if (notWorse * 2 <= values.length) {
      return Optional.of(Q3);
    }
    return notBetter * 2 <= values.length ? Optional.of(Q2) : Optional.empty();
  }
}
