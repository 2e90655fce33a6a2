package medspa.examples.market;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import medspa.examples.market.Catalogue.Service;
import medspa.examples.market.ClientBase.BookedClient;
import medspa.examples.market.MarketPlan.Location;
import medspa.examples.market.MarketPlan.Practice;
import medspa.examples.market.MarketPlan.Practitioner;
import medspa.examples.market.Scenario.Kind;
import medspa.examples.market.Schedule.Booking;
import medspa.examples.market.Schedule.LocationSchedule;
import medspa.examples.market.Schedule.Outcome;
import medspa.examples.market.Schedule.Shift;
import medspa.examples.market.Schedule.Timecard;

/** The schedule of one location: its calendars are filled day by day, slot by slot. */
final class ScheduleGenerator {
  private static final int SLOT = Roster.SLOT_MINUTES;

  /** Days before a steady history in which its clients settle; nobody is told of them. */
  private static final int SETTLING_DAYS = 364;

  private static final double[] WEEKDAYS = {0.9, 1.02, 1.05, 1.06, 1.0, 1.1, 0.95};
  private static final double[] MONTHS = {
    0.92, 0.97, 1, 1.02, 1.05, 0.98, 0.9, 0.93, 0.98, 1.04, 1.08, 1.1
  };

  private final MarketPlan plan;
  private final Location location;
  private final Roster roster;
  private final RandomStream random;
  private final ClientBase clientBase;
  private final BookingGenerator bookingGenerator;
  private final List<Booking> bookings = new ArrayList<>();
  private int visits;

  private ScheduleGenerator(MarketPlan plan, Practice practice, Location location) {
    this.plan = plan;
    this.location = location;
    this.roster = new Roster(plan, practice, location);
    this.random = RandomStream.of(plan.seed(), "reception", location.id());
    this.clientBase =
        new ClientBase(
            practice, location, RandomStream.of(plan.seed(), "clients", location.id()), firstDay());
    this.bookingGenerator =
        new BookingGenerator(location, RandomStream.of(plan.seed(), "fate", location.id()));
  }

  /** Everything the location's scheduler and time clock hold, bookings by start. */
  static LocationSchedule generate(MarketPlan plan, Practice practice, Location location) {
    return new ScheduleGenerator(plan, practice, location).run();
  }

  private long firstDay() {
    long from = plan.from().toEpochDay() - (plan.isSteady() ? SETTLING_DAYS : 0);
    return Math.max(from, location.openedOn().toEpochDay());
  }

  private LocationSchedule run() {
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
    bookings.removeIf(booking -> booking.start() < WallTime.startOf(plan.from()));
    bookings.sort(Comparator.comparingLong(Booking::start).thenComparingInt(Booking::number));
    return new LocationSchedule(shifts, timecards, bookings, clientBase.clients());
  }

  private void fill(Practitioner provider, long day, List<BitSet> calendars) {
    BitSet free = calendars.get(provider.index());
    int slot = free.nextSetBit(0);
    while (slot >= 0) {
      if (!random.chance(bookingProbability(day, slot))) {
        slot = free.nextSetBit(slot + random.between(1, 3));
        continue;
      }
      int run = free.nextClearBit(slot) - slot;
      Service service = service(provider, day);
      int need = location.minutes(service, day) / SLOT;
      if (need > run && !random.chance(0.08)) {
        slot = free.nextSetBit(slot + Math.min(run, 2));
        continue;
      }
      BookedClient client = clientBase.client(service, day);
      Booking booking = add(provider, service, client, day * WallTime.DAY + (long) slot * SLOT);
      boolean isHeld = isHeld(booking);
      if (isHeld) {
        free.clear(slot, slot + need);
        addSecondService(booking, calendars, slot + need);
        doubleBook(booking, day);
      }
      slot = free.nextSetBit(isHeld ? slot + need : slot);
    }
  }

  /** Whether the slot stays taken; a cancelled one is often given to somebody else. */
  private boolean isHeld(Booking booking) {
    boolean isReleased =
        booking.outcome() == Outcome.CANCELLED || booking.outcome() == Outcome.DELETED;
    if (bookingGenerator.isCalledOff(booking.service(), booking.start())) {
      return true;
    }
    return !isReleased || random.chance(0.45);
  }

  private double bookingProbability(long day, int slot) {
    double season = plan.isSteady() ? 1 : MONTHS[LocalDate.ofEpochDay(day).getMonthValue() - 1];
    int hour = slot * SLOT / WallTime.HOUR;
    double hours = hour < 10 ? 0.85 : hour >= 17 ? 1.08 : hour >= 12 && hour < 14 ? 1.04 : 1;
    double ramp = location.openedOn().isAfter(plan.from()) ? 0.8 : 1;
    double decline = location.suffers(Kind.TURNS_BAD, day) ? 0.5 : 1;
    return Math.min(
        0.96,
        0.72
            * location.demand()
            * WEEKDAYS[WallTime.weekday(day)]
            * season
            * hours
            * ramp
            * decline);
  }

  private Service service(Practitioner provider, long day) {
    int month = LocalDate.ofEpochDay(day).getMonthValue();
    boolean isSummer = !plan.isSteady() && month >= 6 && month <= 8;
    List<Service> services = Catalogue.of(provider.role());
    double[] weights =
        services.stream()
            .mapToDouble(s -> s.weight() * (isSummer && s.category().equals("Laser") ? 0.7 : 1))
            .toArray();
    return services.get(random.weighted(weights));
  }

  private Booking add(Practitioner provider, Service service, BookedClient client, long start) {
    Booking booking =
        bookingGenerator.booking(
            bookings.size(), ++visits, client, provider, service, start, clocksChangeBefore(start));
    addKnown(booking);
    long day = WallTime.epochDay(start);
    if (client.number() > 0 && service.returnDays() > 0) {
      if (booking.outcome().isAttended() && random.chance(0.72)) {
        clientBase.due(
            client.number(), service, day + service.returnDays() + random.between(-6, 10));
      } else if (!booking.outcome().isAttended() && random.chance(0.55)) {
        clientBase.due(client.number(), service, day + random.between(5, 25));
      }
    }
    if (client.number() > 0
        && service.category().equals("Consultation")
        && booking.outcome().isAttended()) {
      clientBase.due(client.number(), Catalogue.SERVICES.get(0), day + random.between(3, 14));
    }
    return booking;
  }

  /** What was booked after the end is not known to anybody. */
  private void addKnown(Booking booking) {
    if (booking.bookedAt() < WallTime.startOf(plan.until())) {
      bookings.add(booking);
    }
  }

  /** Some clients have a second service right after the first, with whoever is free. */
  private void addSecondService(Booking first, List<BitSet> calendars, int slot) {
    if (!random.chance(0.14)) {
      return;
    }
    int offset = random.between(1, calendars.size());
    for (int i = 0; i < calendars.size(); i++) {
      Practitioner other =
          location.providers().get((first.provider().index() + offset + i) % calendars.size());
      Service service = service(other, WallTime.epochDay(first.start()));
      int need = location.minutes(service, WallTime.epochDay(first.start())) / SLOT;
      BitSet free = calendars.get(other.index());
      if (service.index() != first.service().index() && free.nextClearBit(slot) >= slot + need) {
        free.clear(slot, slot + need);
        addKnown(bookingGenerator.companion(bookings.size(), first, other, service));
        return;
      }
    }
  }

  /** Somebody is squeezed in although the provider is taken. */
  private void doubleBook(Booking booking, long day) {
    boolean isOftenDoubleBooked = location.index() == 0 && booking.provider().index() == 1;
    if (booking.minutes() > SLOT && random.chance(isOftenDoubleBooked ? 0.05 : 0.004)) {
      Service service = service(booking.provider(), day);
      add(booking.provider(), service, clientBase.client(service, day), booking.start() + SLOT);
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
