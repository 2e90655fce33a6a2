package medspa.warehouse.change;

import java.time.LocalDate;
import java.util.List;

/**
 * The values of the weeks that are told, in order; a week that is not told is no element.
 *
 * @param weeks first day of each week, rising
 * @param values the value of each, in whatever unit
 */
public record WeeklySeries(List<LocalDate> weeks, List<Double> values) {
  /** Copies the lists, which are equally long. */
  public WeeklySeries {
    weeks = List.copyOf(weeks);
    values = List.copyOf(values);
    if (weeks.size() != values.size()) {
      throw new IllegalArgumentException("Each week needs one value");
    }
  }

  /** How many weeks are told. */
  public int size() {
    return weeks.size();
  }
}
