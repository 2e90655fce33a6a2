package medspa.charts.section;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalDouble;
import medspa.charts.document.Cell;
import medspa.charts.document.Value;
import medspa.charts.figure.KpiFormat;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/** Cells of values: the text that is read and the value that it was rounded from. */
final class Cells {
  private Cells() {}

  /** What does not exist. */
  static Cell none() {
    return Cell.of(KpiFormat.NONE);
  }

  /** A value under a head that names its unit. */
  static Cell compact(KpiFormat format, Unit unit, OptionalDouble value) {
    return value.isPresent()
        ? Cell.of(format.compact(unit, value.getAsDouble()), amount(unit, value.getAsDouble()))
        : none();
  }

  /** A value with its unit. */
  static Cell value(KpiFormat format, Unit unit, OptionalDouble value) {
    return value.isPresent()
        ? Cell.of(format.value(unit, value.getAsDouble()), amount(unit, value.getAsDouble()))
        : none();
  }

  static Cell money(KpiFormat format, Optional<BigDecimal> amount) {
    return amount
        .map(a -> Cell.of(format.money(a), new Value.Amount(Unit.MONEY, a)))
        .orElse(none());
  }

  /** An amount in short. */
  static Cell brief(KpiFormat format, BigDecimal amount) {
    return Cell.of(format.brief(amount), new Value.Amount(Unit.MONEY, amount));
  }

  /** A change in short, with its sign. */
  static Cell change(KpiFormat format, Optional<BigDecimal> change) {
    return change
        .map(c -> Cell.of(format.briefChange(c), new Value.Amount(Unit.MONEY, c)))
        .orElse(Cell.of(""));
  }

  /** A quantity of stock, with at most two decimals. */
  static Cell quantity(Optional<BigDecimal> quantity) {
    return quantity.map(q -> counted(KpiFormat.quantity(q), q)).orElse(none());
  }

  /** A quantity that is an estimate. */
  static Cell estimate(Optional<BigDecimal> quantity) {
    return quantity.map(q -> counted(KpiFormat.oneDecimal(q), q)).orElse(none());
  }

  static Cell count(long count) {
    return counted(KpiFormat.count(count), BigDecimal.valueOf(count));
  }

  private static Cell counted(String text, BigDecimal number) {
    return Cell.of(text, new Value.Amount(Unit.COUNT, number));
  }

  /** Minutes as hours; what rounds to none of them is not there. */
  static Cell hours(BigDecimal minutes) {
    return minutes.setScale(0, RoundingMode.HALF_UP).signum() == 0
        ? none()
        : Cell.of(
            KpiFormat.hours(minutes),
            new Value.Amount(
                Unit.HOURS, minutes.divide(BigDecimal.valueOf(60), 10, RoundingMode.HALF_UP)));
  }

  static Cell day(Optional<LocalDate> date) {
    return date.map(d -> Cell.of(KpiFormat.shortFullDay(d), new Value.Day(d))).orElse(none());
  }

  /** A value with a text of its own. */
  static Cell of(String text, Unit unit, double value) {
    return Cell.of(text, amount(unit, value));
  }

  private static Value amount(Unit unit, double value) {
    return new Value.Amount(unit, BigDecimal.valueOf(value));
  }
}
