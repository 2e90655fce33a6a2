package medspa.charts.section;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalDouble;
import medspa.charts.document.Book.Entry;
import medspa.charts.document.Value;
import medspa.charts.document.Value.Amount;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/** Entries of a workbook: values with all their digits. */
final class Entries {
  private Entries() {}

  static Entry number(Unit unit, double number) {
    return Entry.of(Amount.of(unit, number));
  }

  static Entry number(Unit unit, OptionalDouble number) {
    return number.isPresent() ? number(unit, number.getAsDouble()) : Entry.NONE;
  }

  static Entry money(BigDecimal amount) {
    return Entry.of(new Amount(Unit.MONEY, amount));
  }

  static Entry money(Optional<BigDecimal> amount) {
    return amount.map(Entries::money).orElse(Entry.NONE);
  }

  static Entry count(long count) {
    return Entry.of(new Amount(Unit.COUNT, BigDecimal.valueOf(count)));
  }

  static Entry decimal(Optional<BigDecimal> number) {
    return Entry.maybe(number.map(n -> new Amount(Unit.COUNT, n)));
  }

  static Entry day(LocalDate day) {
    return Entry.of(new Value.Day(day));
  }

  static Entry words(Optional<String> text) {
    return text.map(Entry::words).orElse(Entry.NONE);
  }

  /** A unit as the head of a column would say it. */
  static String unit(Unit unit) {
    return switch (unit) {
      case PERCENT -> "share";
      case MONEY -> "money";
      case MONEY_PER_HOUR -> "money per hour";
      case TIMES_PER_YEAR -> "times a year";
      case DAYS -> "days";
      case HOURS -> "hours";
      case MINUTES -> "minutes";
      case COUNT -> "count";
      case PER_HUNDRED -> "per hundred";
      case RATIO -> "ratio";
    };
  }
}
