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
  /** Fewer weeks than this tell nothing about what is usual. */
  public static final int WEEKS_NEEDED = 12;

  /** Weeks that limits look back over. */
  public static final int WEEKS_JUDGED = 26;

  /** Why a week is more than noise; named as in the warehouse. */
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

  /** The signal of the report's own week. */
  public Optional<Rule> latest() {
    return Optional.ofNullable(signals.get(Series.WEEKS - 1));
  }
}
