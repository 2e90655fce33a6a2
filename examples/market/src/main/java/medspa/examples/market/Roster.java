package medspa.examples.market;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import medspa.examples.market.MarketPlan.Hours;
import medspa.examples.market.MarketPlan.Location;
import medspa.examples.market.MarketPlan.Practice;
import medspa.examples.market.MarketPlan.Practitioner;
import medspa.examples.market.MarketPlan.Trait;
import medspa.examples.market.MarketPlan.Vendor;
import medspa.examples.market.Schedule.Shift;
import medspa.examples.market.Schedule.ShiftKind;
import medspa.examples.market.Schedule.Timecard;

/**
 * Who works when. Every day of every provider is drawn by itself, so days can be asked for in any
 * order.
 */
final class Roster {
  /** The grain in which providers are booked. */
  static final int SLOT_MINUTES = 15;

  static final Hours LUNCH = new Hours(12 * WallTime.HOUR + 30, 13 * WallTime.HOUR);

  private static final int VACATION_PERIOD_DAYS = 182;
  private static final int VACATION_DAYS = 5;
  private static final int NIGHT_START = 22 * WallTime.HOUR;
  private static final int NIGHT_END = 28 * WallTime.HOUR;

  private final MarketPlan plan;
  private final Practice practice;
  private final Location location;

  Roster(MarketPlan plan, Practice practice, Location location) {
    this.plan = plan;
    this.practice = practice;
    this.location = location;
  }

  /**
   * One provider's day.
   *
   * @param free the slots of {@link #SLOT_MINUTES} since midnight that can be booked
   */
  record Day(List<Shift> shifts, List<Timecard> timecards, BitSet free) {}

  /** Whether the provider is on vacation that day. */
  boolean isAway(Practitioner provider, long epochDay) {
    long period = Math.floorDiv(epochDay, (long) VACATION_PERIOD_DAYS);
    long seed =
        RandomStream.hash(plan.seed() + period, "vacation/" + location.id() + provider.index());
    long start = period * VACATION_PERIOD_DAYS + Math.floorMod(seed, VACATION_PERIOD_DAYS - 10L);
    return epochDay >= start && epochDay < start + VACATION_DAYS;
  }

  /** The provider's shifts, time cards and bookable slots of that day. */
  Day day(Practitioner provider, long epochDay) {
    LocalDate date = LocalDate.ofEpochDay(epochDay);
    Hours hours = provider.weekly().get(WallTime.weekday(epochDay));
    DayBuilder day = new DayBuilder(provider, date);
    if (!hours.isClosed() && !location.closedDays().contains(date)) {
      if (practice.vendor() == Vendor.MEDSPA) {
        day.exported(hours);
      } else {
        day.byTemplate(hours);
      }
    }
    boolean isNight = isLastSaturday(date) || clocksChangeInTheNightAfter(date);
    if (location.nights() && provider.index() == 0 && isNight) {
      day.work(NIGHT_START, NIGHT_END);
      day.timecard(NIGHT_START, NIGHT_END);
    }
    return new Day(day.shifts, day.timecards, day.free);
  }

  private static boolean isLastSaturday(LocalDate date) {
    return date.getDayOfWeek() == DayOfWeek.SATURDAY
        && date.getMonth() != date.plusDays(7).getMonth();
  }

  private boolean clocksChangeInTheNightAfter(LocalDate date) {
    ZoneRules rules = location.zone().getRules();
    return !rules
        .getOffset(date.atTime(22, 0))
        .equals(rules.getOffset(date.plusDays(1).atTime(4, 0)));
  }

  private final class DayBuilder {
    private final Practitioner provider;
    private final LocalDate date;
    private final RandomStream random;
    private final List<Shift> shifts = new ArrayList<>();
    private final List<Timecard> timecards = new ArrayList<>();
    private final BitSet free = new BitSet();

    DayBuilder(Practitioner provider, LocalDate date) {
      this.provider = provider;
      this.date = date;
      this.random =
          RandomStream.of(
              plan.seed() + date.toEpochDay(), "roster", location.id(), "" + provider.index());
    }

    /** A day as a scheduler exports it: with overlaps, meetings, time off and second thoughts. */
    void exported(Hours hours) {
      boolean away = isAway(provider, date.toEpochDay());
      if (practice.has(Trait.WINDOWS) && random.chance(0.012)) {
        long gone = WallTime.startOf(date.minusDays(5));
        add(hours.from(), hours.to(), ShiftKind.BOOKABLE, gone);
        return;
      }
      int middle = (hours.from() + hours.to()) / 2 / SLOT_MINUTES * SLOT_MINUTES;
      if (random.chance(0.06)) {
        work(hours.from(), middle + 30);
        work(middle - 30, hours.to());
      } else {
        work(hours.from(), hours.to());
      }
      if (hours.to() - hours.from() >= 7 * WallTime.HOUR) {
        take(LUNCH.from(), LUNCH.to(), ShiftKind.BREAK);
      }
      if (date.getDayOfWeek() == DayOfWeek.TUESDAY && provider.index() < 2) {
        take(hours.from(), hours.from() + 30, ShiftKind.BLOCKED);
      }
      if (random.chance(0.03)) {
        take(middle + 60, middle + 150, ShiftKind.BLOCKED);
      }
      if (away) {
        take(hours.from(), hours.to(), ShiftKind.TIME_OFF);
      } else if (random.chance(0.985)) {
        timecard(hours.from(), hours.to());
      }
    }

    /** A day as the configuration's shift template says it. */
    void byTemplate(Hours hours) {
      if (isAway(provider, date.toEpochDay())) {
        return;
      }
      work(hours.from(), hours.to());
      if (hours.to() - hours.from() >= 7 * WallTime.HOUR) {
        free.clear(LUNCH.from() / SLOT_MINUTES, LUNCH.to() / SLOT_MINUTES);
      }
    }

    void work(int from, int to) {
      add(from, to, ShiftKind.BOOKABLE, WallTime.NEVER);
      free.set(from / SLOT_MINUTES, to / SLOT_MINUTES);
    }

    void take(int from, int to, ShiftKind kind) {
      add(from, to, kind, WallTime.NEVER);
      free.clear(from / SLOT_MINUTES, to / SLOT_MINUTES);
    }

    void timecard(int from, int to) {
      timecards.add(
          new Timecard(
              id("T", timecards.size()),
              provider,
              WallTime.at(date, from - random.between(0, 12)),
              WallTime.at(date, to + random.between(-10, 25))));
    }

    private void add(int from, int to, ShiftKind kind, long goneFrom) {
      shifts.add(
          new Shift(
              id("S", shifts.size()),
              provider,
              WallTime.at(date, from),
              WallTime.at(date, to),
              kind,
              goneFrom));
    }

    private String id(String prefix, int ordinal) {
      return prefix + date.toEpochDay() + "-" + provider.id() + "-" + ordinal;
    }
  }
}
