package medspa.charts.document;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/** What a cell holds besides its text, for outputs that can be reckoned with. */
public sealed interface Value {
  /** A number with all its digits, in its unit. */
  record Amount(Unit unit, BigDecimal number) implements Value {
    private static final int CERTAIN_DIGITS = 15;
    private static final int ENOUGH_DIGITS = 17;

    /**
     * The number with as few digits as tell it from every other; not every JDK writes a double so.
     */
    public static Amount of(Unit unit, double number) {
      BigDecimal exact = new BigDecimal(number);
      for (int digits = CERTAIN_DIGITS; digits < ENOUGH_DIGITS; digits++) {
        BigDecimal shorter = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
        if (shorter.doubleValue() == number) {
          return new Amount(unit, shorter);
        }
      }
      return new Amount(unit, exact.round(new MathContext(ENOUGH_DIGITS, RoundingMode.HALF_EVEN)));
    }
  }

  /** A day. */
  record Day(LocalDate date) implements Value {}

  /** A day and a time of day, at the place that it is of. */
  record Moment(LocalDateTime at) implements Value {}

  /** Words. */
  record Words(String text) implements Value {}

  /** Yes or no. */
  record Flag(boolean isSet) implements Value {}
}
