package medspa.charts.read;

import java.time.LocalDate;
import java.util.OptionalDouble;

/**
 * One KPI in one week.
 *
 * @param value empty where there is no row or its denominator is 0
 * @param isStable whether the sample is large enough to rank the value or to raise an alert
 * @param sampleSize how much the value rests on; empty where the definition has no sample
 */
public record Point(
    LocalDate week, OptionalDouble value, boolean isStable, OptionalDouble sampleSize) {

  /** A week without a row. */
  public static Point absent(LocalDate week) {
    return new Point(week, OptionalDouble.empty(), false, OptionalDouble.empty());
  }

  /** Whether there is a value that may raise an alert. */
  public boolean isReliable() {
    return value.isPresent() && isStable;
  }
}
