package medspa.warehouse.market;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.ArrayList;
import java.util.List;
import medspa.warehouse.market.AccountingPeriod.Calendar;

/**
 * When the financial year begins, and how its twelve periods are cut. The year is named by the
 * calendar year that holds most of it, the later one where both hold half.
 *
 * @param startsOn first day of the year; of years of whole weeks the day nearest to which the first
 *     week begins
 */
public record FiscalYear(MonthDay startsOn, Pattern pattern) {
  /** Days from which a week's first day is nearer than the one before. */
  private static final int HALF_WEEK = 3;

  private static final int PERIODS = 12;
  private static final int MONTHS_TO_THE_MIDDLE = 6;

  /** How a year is cut into twelve periods. */
  public enum Pattern {
    /** Months from the day of the month on which the year starts. */
    MONTHS("months", 0, 0, 0),
    /** Quarters of 4, 4 and 5 weeks. */
    WEEKS_4_4_5("4-4-5", 4, 4, 5),
    /** Quarters of 4, 5 and 4 weeks. */
    WEEKS_4_5_4("4-5-4", 4, 5, 4),
    /** Quarters of 5, 4 and 4 weeks. */
    WEEKS_5_4_4("5-4-4", 5, 4, 4);

    private final String word;
    private final int first;
    private final int second;
    private final int third;

    Pattern(String word, int first, int second, int third) {
      this.word = word;
      this.first = first;
      this.second = second;
      this.third = third;
    }

    /** Weeks of a period, counted from 1. */
    private int weeks(int period) {
      return switch ((period - 1) % 3) {
        case 0 -> first;
        case 1 -> second;
        default -> third;
      };
    }

    /** As it stands in the configuration. */
    public String word() {
      return word;
    }
  }

  /**
   * The periods that hold any of the days, in order.
   *
   * @param weekStartsOn on which a year of whole weeks begins; 53 of them where the next one begins
   *     a week later, which the last period then holds
   */
  public List<AccountingPeriod> periods(
      LocalDate firstDay, LocalDate lastDay, DayOfWeek weekStartsOn) {
    List<AccountingPeriod> periods = new ArrayList<>();
    for (int year = firstDay.getYear() - 1; year <= lastDay.getYear() + 1; year++) {
      int named = startsOn.atYear(year).plusMonths(MONTHS_TO_THE_MIDDLE).getYear();
      LocalDate start = start(year, weekStartsOn);
      for (int number = 1; number <= PERIODS; number++) {
        LocalDate next = number == PERIODS ? start(year + 1, weekStartsOn) : after(start, number);
        if (!start.isAfter(lastDay) && next.isAfter(firstDay)) {
          periods.add(
              new AccountingPeriod(Calendar.FISCAL, start, next.minusDays(1), named, number));
        }
        start = next;
      }
    }
    return periods;
  }

  private LocalDate start(int year, DayOfWeek weekStartsOn) {
    LocalDate day = startsOn.atYear(year);
    return pattern == Pattern.MONTHS
        ? day
        : LocalCalendar.weekOf(day.plusDays(HALF_WEEK), weekStartsOn);
  }

  private LocalDate after(LocalDate start, int number) {
    return pattern == Pattern.MONTHS ? start.plusMonths(1) : start.plusWeeks(pattern.weeks(number));
  }
}
