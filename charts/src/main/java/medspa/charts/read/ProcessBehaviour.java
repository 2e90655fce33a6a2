package medspa.charts.read;

import java.util.Optional;
import java.util.SortedMap;

/**
 * What the process behaviour (XmR) chart of a weekly series says: what it usually does, and the
 * weeks in which it did something else. Limits and signals are those of the warehouse, {@code
 * kpi_limits} and {@code kpi_signals}.
 *
 * @param lower not below 0 where no value of the report's weeks is negative
 * @param signals by the week's place in the series; of several rules the first in their order
 */
public record ProcessBehaviour(
    double centre, double lower, double upper, SortedMap<Integer, Rule> signals) {
  /** Weeks of a period that say what is usual in it; fewer tell nothing. */
  public static final int WEEKS_NEEDED = 12;

  /** Why a week is more than noise; named as in the warehouse. */
  public enum Rule {
    ABOVE_LIMIT("above its usual range", true),
    BELOW_LIMIT("below its usual range", false),
    RUN_ABOVE("above usual for seven weeks or more", true),
    RUN_BELOW("below usual for seven weeks or more", false),
    RISING("a steady rise of seven weeks or more", true),
    FALLING("a steady fall of seven weeks or more", false),
    NEAR_UPPER("two of three weeks near its upper limit", true),
    NEAR_LOWER("two of three weeks near its lower limit", false);

    private final String words;
    private final boolean isUpward;

    Rule(String words, boolean isUpward) {
      this.words = words;
      this.isUpward = isUpward;
    }

    /** Whether the KPI is higher than it was, and not lower. */
    public boolean isUpward() {
      return isUpward;
    }

    /** Whether it is for the better. */
    public boolean isFavourable(Kpi kpi) {
      return isUpward == kpi.upIsBetter();
    }

    /** The rule, to follow the name of a KPI and a comma. */
    public String words() {
      return words;
    }
  }

  /** The signal of the report's own week. */
  public Optional<Rule> latest() {
    return Optional.ofNullable(signals.get(Series.WEEKS - 1));
  }
}
