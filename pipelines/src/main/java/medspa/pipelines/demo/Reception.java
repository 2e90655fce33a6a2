package medspa.pipelines.demo;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import medspa.pipelines.demo.Clientele.Guest;
import medspa.pipelines.demo.MarketPlan.Location;
import medspa.pipelines.demo.MarketPlan.Practice;
import medspa.pipelines.demo.MarketPlan.Practitioner;
import medspa.pipelines.demo.Menu.Service;
import medspa.pipelines.demo.Schedule.Book;
import medspa.pipelines.demo.Schedule.Booking;
import medspa.pipelines.demo.Schedule.Outcome;
import medspa.pipelines.demo.Schedule.Shift;
import medspa.pipelines.demo.Schedule.Timecard;

/** Fills the calendars of one location, day by day, slot by slot. */
final class Reception {
  private static final int SLOT = Roster.SLOT_MINUTES;
  private static final double[] WEEKDAYS = {0.9, 1.02, 1.05, 1.06, 1.0, 1.1, 0.95};
  private static final double[] MONTHS = {
    0.92, 0.97, 1, 1.02, 1.05, 0.98, 0.9, 0.93, 0.98, 1.04, 1.08, 1.1
  };

  private final MarketPlan plan;
  private final Location location;
  private final Roster roster;
  private final Draw draw;
  private final Clientele clientele;
  private final Fate fate;
  private final List<Booking> bookings = new ArrayList<>();
  private int visits;

  private Reception(MarketPlan plan, Practice practice, Location location) {
    this.plan = plan;
    this.location = location;
    this.roster = new Roster(plan, practice, location);
    this.draw = Draw.of(plan.seed(), "reception", location.id());
    this.clientele =
        new Clientele(
            practice, location, Draw.of(plan.seed(), "clients", location.id()), firstDay());
    this.fate = new Fate(location, Draw.of(plan.seed(), "fate", location.id()));
  }

  /** Everything the location's scheduler and time clock hold, bookings by start. */
  static Book book(MarketPlan plan, Practice practice, Location location) {
    return new Reception(plan, practice, location).run();
  }

  private long firstDay() {
    return Math.max(plan.from().toEpochDay(), location.openedOn().toEpochDay());
  }

  private Book run() {
    List<Shift> shifts = new ArrayList<>();
    List<Timecard> timecards = new ArrayList<>();
    long end = plan.until().toEpochDay();
    for (long day = firstDay(); day < end + Delivery.BOOKED_AHEAD_DAYS; day++) {
      List<BitSet> free = new ArrayList<>();
      for (Practitioner provider : location.providers()) {
        Roster.Day work = roster.day(provider, day);
        shifts.addAll(work.shifts());
        free.add(work.free());
        if (day < end) {
          timecards.addAll(work.timecards());
        }
      }
      for (Practitioner provider : location.providers()) {
        fill(provider, day, free);
      }
    }
    bookings.sort(Comparator.comparingLong(Booking::start).thenComparingInt(Booking::number));
    return new Book(shifts, timecards, bookings, clientele.clients());
  }

  private void fill(Practitioner provider, long day, List<BitSet> calendars) {
    BitSet free = calendars.get(provider.index());
    int slot = free.nextSetBit(0);
    while (slot >= 0) {
      if (!draw.chance(appetite(day, slot))) {
        slot = free.nextSetBit(slot + draw.between(1, 3));
        continue;
      }
      int run = free.nextClearBit(slot) - slot;
      Service service = service(provider, day);
      int need = service.minutes() / SLOT;
      if (need > run && !draw.chance(0.08)) {
        slot = free.nextSetBit(slot + Math.min(run, 2));
        continue;
      }
      Guest guest = clientele.guest(service, day);
      Booking booking = add(provider, service, guest, day * WallTime.DAY + (long) slot * SLOT);
      boolean isHeld = isHeld(booking);
      if (isHeld) {
        free.clear(slot, slot + need);
        accompany(booking, calendars, slot + need);
        doubleBook(booking, day);
      }
      slot = free.nextSetBit(isHeld ? slot + need : slot);
    }
  }

  /** Whether the slot stays taken; a cancelled one is often given to somebody else. */
  private boolean isHeld(Booking booking) {
    boolean isReleased =
        booking.outcome() == Outcome.CANCELLED || booking.outcome() == Outcome.DELETED;
    return !isReleased || draw.chance(0.45);
  }

  private double appetite(long day, int slot) {
    int month = LocalDate.ofEpochDay(day).getMonthValue() - 1;
    int hour = slot * SLOT / WallTime.HOUR;
    double hours = hour < 10 ? 0.85 : hour >= 17 ? 1.08 : hour >= 12 && hour < 14 ? 1.04 : 1;
    double ramp = location.openedOn().isAfter(plan.from()) ? 0.8 : 1;
    double decline =
        location.turnsBadOn().isPresent() && day >= location.turnsBadOn().get().toEpochDay()
            ? 0.5
            : 1;
    return Math.min(
        0.96,
        0.72
            * location.demand()
            * WEEKDAYS[WallTime.weekday(day)]
            * MONTHS[month]
            * hours
            * ramp
            * decline);
  }

  private Service service(Practitioner provider, long day) {
    int month = LocalDate.ofEpochDay(day).getMonthValue();
    boolean isSummer = month >= 6 && month <= 8;
    List<Service> services = Menu.of(provider.role());
    double[] weights =
        services.stream()
            .mapToDouble(s -> s.weight() * (isSummer && s.category().equals("Laser") ? 0.7 : 1))
            .toArray();
    return services.get(draw.weighted(weights));
  }

  private Booking add(Practitioner provider, Service service, Guest guest, long start) {
    Booking booking =
        fate.booking(
            bookings.size(), ++visits, guest, provider, service, start, clocksChangeBefore(start));
    keep(booking);
    long day = WallTime.epochDay(start);
    if (guest.client() > 0 && service.returnDays() > 0) {
      if (booking.outcome().isAttended() && draw.chance(0.72)) {
        clientele.due(guest.client(), service, day + service.returnDays() + draw.between(-6, 10));
      } else if (!booking.outcome().isAttended() && draw.chance(0.55)) {
        clientele.due(guest.client(), service, day + draw.between(5, 25));
      }
    }
    if (guest.client() > 0
        && service.category().equals("Consultation")
        && booking.outcome().isAttended()) {
      clientele.due(guest.client(), Menu.SERVICES.get(0), day + draw.between(3, 14));
    }
    return booking;
  }

  /** What was booked after the end is not known to anybody. */
  private void keep(Booking booking) {
    if (booking.bookedAt() < WallTime.startOf(plan.until())) {
      bookings.add(booking);
    }
  }

  /** Some clients have a second service right after the first, with whoever is free. */
  private void accompany(Booking first, List<BitSet> calendars, int slot) {
    if (!draw.chance(0.14)) {
      return;
    }
    int offset = draw.between(1, calendars.size());
    for (int i = 0; i < calendars.size(); i++) {
      Practitioner other =
          location.providers().get((first.provider().index() + offset + i) % calendars.size());
      Service service = service(other, WallTime.epochDay(first.start()));
      int need = service.minutes() / SLOT;
      BitSet free = calendars.get(other.index());
      if (service.index() != first.service().index() && free.nextClearBit(slot) >= slot + need) {
        free.clear(slot, slot + need);
        keep(fate.companion(bookings.size(), first, other, service));
        return;
      }
    }
  }

  /** Somebody is squeezed in although the provider is taken. */
  private void doubleBook(Booking booking, long day) {
    boolean isNotorious = location.index() == 0 && booking.provider().index() == 1;
    if (booking.minutes() > SLOT && draw.chance(isNotorious ? 0.05 : 0.004)) {
      Service service = service(booking.provider(), day);
      add(booking.provider(), service, clientele.guest(service, day), booking.start() + SLOT);
    }
  }

  private boolean clocksChangeBefore(long start) {
    return !offset(start).equals(offset(start - (long) location.noticeHours() * WallTime.HOUR));
  }

  private ZoneOffset offset(long time) {
    return location
        .zone()
        .getRules()
        .getOffset(LocalDateTime.ofEpochSecond(time * 60, 0, ZoneOffset.UTC));
  }
}
