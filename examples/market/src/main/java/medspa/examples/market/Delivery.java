package medspa.examples.market;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One of the days on which a practice exports everything, and what its files then hold.
 *
 * @param from the day of the delivery before, or the first day of the history
 * @param exportedOn the morning of the export; nothing from this day on has happened yet
 * @param isFirst whether none was before
 * @param isLast whether none comes after
 */
record Delivery(LocalDate from, LocalDate exportedOn, boolean isFirst, boolean isLast) {
  /** Days that two files in a row share. */
  static final int OVERLAP_DAYS = 14;

  /** Days that an export of appointments looks ahead: nobody books further. */
  static final int BOOKED_AHEAD_DAYS = 111;

  private static final int SHORTEST_DAYS = 10;

  /** The deliveries of that history: mid-month every so many months, and one on the last day. */
  static List<Delivery> of(LocalDate from, LocalDate until, int everyMonths) {
    List<LocalDate> days = new ArrayList<>();
    LocalDate day = from.withDayOfMonth(15).plusMonths(everyMonths);
    for (; day.plusDays(SHORTEST_DAYS).isBefore(until); day = day.plusMonths(everyMonths)) {
      days.add(day);
    }
    days.add(until);
    return on(days, from);
  }

  /** The deliveries of a scenario: month by month, and every week from its first cause on. */
  static List<Delivery> of(Scenario scenario) {
    LocalDate weekly =
        scenario.causes().stream()
            .map(Scenario.Cause::from)
            .min(Comparator.naturalOrder())
            .orElse(scenario.until());
    List<LocalDate> days = new ArrayList<>();
    LocalDate day = scenario.from().withDayOfMonth(1).plusMonths(2);
    for (; day.plusDays(SHORTEST_DAYS).isBefore(weekly); day = day.plusMonths(1)) {
      days.add(day);
    }
    for (day = weekly; day.isBefore(scenario.until()); day = day.plusWeeks(1)) {
      days.add(day);
    }
    days.add(scenario.until());
    return on(days, scenario.from());
  }

  private static List<Delivery> on(List<LocalDate> days, LocalDate from) {
    LocalDate until = days.get(days.size() - 1);
    List<Delivery> deliveries = new ArrayList<>();
    LocalDate before = from;
    for (LocalDate exportedOn : days) {
      deliveries.add(
          new Delivery(before, exportedOn, before.equals(from), exportedOn.equals(until)));
      before = exportedOn;
    }
    return List.copyOf(deliveries);
  }

  /** The instant of the export as wall time. */
  long time() {
    return WallTime.startOf(exportedOn);
  }

  /** Whether an export of appointments holds what starts then. */
  boolean coversAppointment(long start) {
    return coversStart(start, BOOKED_AHEAD_DAYS);
  }

  /**
   * Whether an export of shifts holds what starts then: rosters are made {@link #OVERLAP_DAYS}
   * ahead.
   */
  boolean coversShift(long start) {
    return coversStart(start, OVERLAP_DAYS);
  }

  private boolean coversStart(long start, int daysAhead) {
    return start >= WallTime.startOf(from) && start < time() + (long) daysAhead * WallTime.DAY;
  }

  /** Whether an export of the past holds that time: it looks {@link #OVERLAP_DAYS} further back. */
  boolean coversPast(long time) {
    return time >= WallTime.startOf(from) - pastDays() * WallTime.DAY && time < time();
  }

  /** Whether the next delivery tells it again. */
  boolean isToldAgain(long time) {
    return !isLast && time >= time() - (long) OVERLAP_DAYS * WallTime.DAY;
  }

  /** First day of an export of the past. */
  LocalDate firstPastDay() {
    return from.minusDays(pastDays());
  }

  /** What was sold before the history, such as deposits, is in no export. */
  private long pastDays() {
    return isFirst ? 0 : OVERLAP_DAYS;
  }
}
