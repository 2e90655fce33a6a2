package medspa.jobs.ingest;

import java.time.LocalDate;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import medspa.warehouse.lake.Batch.Period;

/**
 * The dates of an export that are written as numbers, such as 03/04/2026, and what they prove about
 * the order of day and month.
 *
 * <p>A number above 12 proves it. Where there is none, both readings are dates, and one is only
 * ruled out by what cannot be: days outside the period that the file states; or a jump from month
 * to month, always on the same day of the month, where the other reading is a run of days. A bill
 * that is drawn each month jumps too, but at one time of the day; a business day has many. Whatever
 * is less than that proves nothing, and is no reason to take either.
 */
final class NumericDates {
  private static final Pattern DATE =
      Pattern.compile("\\s*(\\d{1,2})[-./](\\d{1,2})[-./](\\d{4}|\\d{2})(?!\\d)(.*)");

  /** One day that cannot be may be mistyped. */
  private static final int SEVERAL = 2;

  /** So many days of one month in a run, or of as many months. */
  private static final int RUN = 5;

  /** Times of day that tell a business from a bill that is drawn by itself. */
  private static final int TIMES_OF_DAY = 10;

  private static final int LAST_MONTH = 12;

  /** Of a century, the year of so many digits. */
  private static final int CENTURY = 100;

  private static final int LAST_DAY = 31;

  /** A date whose order is not told; the year is written with two digits or with four. */
  private record Numbers(int first, int second, int year, boolean isShort) {
    Optional<LocalDate> as(DateOrder order) {
      int month = order == DateOrder.MONTH_FIRST ? first : second;
      int day = order == DateOrder.MONTH_FIRST ? second : first;
      boolean isDate = month >= 1 && month <= LAST_MONTH && day >= 1 && day <= 28;
      return isDate ? Optional.of(LocalDate.of(year, month, day)) : Optional.empty();
    }

    boolean proves(DateOrder order) {
      int month = order == DateOrder.MONTH_FIRST ? first : second;
      int day = order == DateOrder.MONTH_FIRST ? second : first;
      return month <= LAST_MONTH && day > LAST_MONTH;
    }
  }

  /**
   * Where a date stands.
   *
   * @param line of the file
   */
  record Place(long line, String column) {}

  private final Optional<String> leading;
  private final Set<Numbers> leadingDates = new HashSet<>();
  private final Set<String> seen = new HashSet<>();
  private final Map<Numbers, Place> dates = new LinkedHashMap<>();
  private final Set<String> times = new LinkedHashSet<>();

  /**
   * None yet.
   *
   * @param leading the column by which the export's period is chosen, if it has such a column
   */
  NumericDates(Optional<String> leading) {
    this.leading = leading;
  }

  /** Takes note of a cell, which may be no such date. */
  void add(long line, String column, String cell) {
    Matcher matcher = DATE.matcher(cell);
    if (!matcher.matches()) {
      return;
    }
    if (times.size() < TIMES_OF_DAY && !matcher.group(4).isBlank()) {
      times.add(matcher.group(4).strip());
    }
    if (seen.add(column + ' ' + cell.substring(0, matcher.end(3)))) {
      String year = matcher.group(3);
      Numbers numbers =
          new Numbers(
              Integer.parseInt(matcher.group(1)),
              Integer.parseInt(matcher.group(2)),
              Integer.parseInt(year.length() == 2 ? "20" + year : year),
              year.length() == 2);
      dates.putIfAbsent(numbers, new Place(line, column));
      if (leading.filter(column::equals).isPresent()) {
        leadingDates.add(numbers);
      }
    }
  }

  /** Whether there is none, so that no order is needed. */
  boolean isEmpty() {
    return dates.isEmpty();
  }

  /** The first of the dates, if there is any. */
  Optional<Place> first() {
    return dates.values().stream().findFirst();
  }

  /** The first date that is only one in this order, because its day is above 12. */
  Optional<Place> proofOf(DateOrder order) {
    return first(numbers -> numbers.proves(order));
  }

  /**
   * The first date of a file whose years seem to stand in front, such as 26/06/15, 26/06/16 and so
   * on: all begin with the same number above 12, or with two that follow one another, and the
   * numbers at the end, which were the years of one day of the month, are those of days.
   */
  Optional<Place> yearsInFront() {
    Set<Integer> firsts = new HashSet<>();
    Set<Integer> months = new HashSet<>();
    Set<Integer> lasts = new HashSet<>();
    for (Numbers numbers : dates.keySet()) {
      int last = numbers.year() % CENTURY;
      if (!numbers.isShort()
          || numbers.first() <= LAST_MONTH
          || numbers.second() > LAST_MONTH
          || last < 1
          || last > LAST_DAY) {
        return Optional.empty();
      }
      firsts.add(numbers.first());
      months.add(numbers.second());
      lasts.add(last);
    }
    boolean isOneYear = !firsts.isEmpty() && Collections.max(firsts) - Collections.min(firsts) <= 1;
    boolean areDays = lasts.size() > 2 || (lasts.size() == 2 && months.size() == 1);
    return isOneYear && areDays ? first() : Optional.empty();
  }

  /** Whether both orders mean the same days. */
  boolean areSameEitherWay() {
    return dates.keySet().stream().allMatch(numbers -> numbers.first() == numbers.second());
  }

  /** Whether several days lie after the last one that can be. */
  boolean areAfter(LocalDate last, DateOrder order) {
    return dates.keySet().stream()
            .flatMap(numbers -> numbers.as(order).stream())
            .filter(day -> day.isAfter(last))
            .count()
        >= SEVERAL;
  }

  /** Whether the leading column has days in this order, all of them in a period. */
  boolean areWithin(Period period, DateOrder order) {
    return !leadingDates.isEmpty()
        && leadingDates.stream()
            .map(numbers -> numbers.as(order))
            .allMatch(day -> day.filter(date -> isWithin(date, period)).isPresent());
  }

  private static boolean isWithin(LocalDate day, Period period) {
    return !day.isBefore(period.firstDate()) && !day.isAfter(period.lastDate());
  }

  /**
   * Whether the days jump from month to month in this order, and are a run of business days in the
   * other.
   */
  boolean jumpsAs(DateOrder order) {
    Set<Object> daysOfMonth = new HashSet<>();
    Set<Object> months = new HashSet<>();
    for (Numbers numbers : dates.keySet()) {
      Optional<LocalDate> day = numbers.as(order);
      if (day.isEmpty()) {
        return false;
      }
      daysOfMonth.add(day.get().getDayOfMonth());
      months.add(day.get().getYear() * LAST_MONTH + day.get().getMonthValue());
    }
    return daysOfMonth.size() == 1 && months.size() >= RUN && times.size() >= TIMES_OF_DAY;
  }

  private Optional<Place> first(Predicate<Numbers> wanted) {
    return dates.entrySet().stream()
        .filter(entry -> wanted.test(entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst();
  }
}
