package medspa.warehouse.market;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A stretch of whole days for which books are closed.
 *
 * @param start first day
 * @param end last day
 * @param year its year, in the calendar's own count
 * @param number its place in the year, from 1 to 12
 */
public record AccountingPeriod(
    Calendar calendar, LocalDate start, LocalDate end, int year, int number) {

  /** What cuts the days into periods. */
  public enum Calendar {
    /** Months of the calendar. */
    MONTH,
    /** Periods of the {@link FiscalYear}. */
    FISCAL;

    /** As it stands in the warehouse. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What people call it: {@code 2026-10}, or {@code FY2027-P04}. */
  public String label() {
    return String.format(
        Locale.ROOT, calendar == Calendar.MONTH ? "%d-%02d" : "FY%d-P%02d", year, number);
  }

  /** The months that hold any of the days, in order. */
  public static List<AccountingPeriod> months(LocalDate firstDay, LocalDate lastDay) {
    return Stream.iterate(
            firstDay.withDayOfMonth(1), month -> !month.isAfter(lastDay), m -> m.plusMonths(1))
        .map(
            month ->
                new AccountingPeriod(
                    Calendar.MONTH,
                    month,
                    month.plusMonths(1).minusDays(1),
                    month.getYear(),
                    month.getMonthValue()))
        .toList();
  }
}
