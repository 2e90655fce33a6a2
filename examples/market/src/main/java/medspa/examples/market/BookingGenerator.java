package medspa.examples.market;

import java.util.List;
import medspa.examples.market.Catalogue.Service;
import medspa.examples.market.ClientBase.BookedClient;
import medspa.examples.market.MarketPlan.Location;
import medspa.examples.market.MarketPlan.Practitioner;
import medspa.examples.market.Scenario.Kind;
import medspa.examples.market.Schedule.Booking;
import medspa.examples.market.Schedule.Channel;
import medspa.examples.market.Schedule.Outcome;

/** How a booking was made and what becomes of it. */
final class BookingGenerator {
  private static final List<Channel> CHANNELS = List.of(Channel.values());
  private static final double[] CHANNEL_WEIGHTS =
      CHANNELS.stream().mapToDouble(Channel::weight).toArray();

  /** The product of {@link Kind#RUNS_OUT}, by its place in the catalogue. */
  static final int RECALLED_PRODUCT = 0;

  private static final int CALLED_OFF_AHEAD = 26 * WallTime.HOUR;

  private final Location location;
  private final RandomStream random;

  BookingGenerator(Location location, RandomStream random) {
    this.location = location;
    this.random = random;
  }

  /**
   * A booking with its whole life.
   *
   * @param clocksChange whether the clocks change within the notice before the start
   */
  Booking booking(
      int number,
      int visit,
      BookedClient client,
      Practitioner provider,
      Service service,
      long start,
      boolean clocksChange) {
    Channel channel = CHANNELS.get(random.weighted(CHANNEL_WEIGHTS));
    long lead = lead(channel, client, service);
    long shift = 0;
    if (lead > 3 * WallTime.DAY && random.chance(0.035)) {
      long moved = (random.chance(0.8) ? -7L : 7L) * random.between(1, 5) * WallTime.DAY;
      shift = start + moved < WallTime.startOf(location.openedOn()) ? 0 : moved;
      lead += Math.max(0, -shift);
    }
    long bookedAt = start - lead;
    long firstStart = start + shift;
    long movedAt = shift == 0 ? WallTime.NEVER : within(bookedAt, Math.min(start, firstStart), 0.9);
    double reminded = location.suffers(Kind.FORGETS_REMINDERS, WallTime.epochDay(start)) ? 0 : 0.75;
    long remindedAt =
        lead >= 2 * WallTime.DAY && random.chance(reminded)
            ? start - random.between(24 * WallTime.HOUR, 48 * WallTime.HOUR)
            : WallTime.NEVER;
    boolean isCalledOff = isCalledOff(service, start);
    Outcome outcome =
        isCalledOff
            ? Outcome.CANCELLED
            : outcome(channel, lead, remindedAt != WallTime.NEVER, client, start);
    long known = shift == 0 ? bookedAt : movedAt;
    long cancelledAt =
        isCalledOff
            ? Math.max(known, start - CALLED_OFF_AHEAD)
            : outcome == Outcome.CANCELLED
                ? cancelledAt(known, start, clocksChange)
                : WallTime.NEVER;
    long settledAt = settledAt(outcome, known, start + service.minutes(), start, cancelledAt);
    if (outcome == Outcome.CANCELLED && random.chance(0.04)) {
      cancelledAt = WallTime.NEVER;
    }
    boolean isReminded = remindedAt < settledAt && remindedAt >= known;
    int rooms = location.rooms();
    return new Booking(
        number,
        visit,
        client.number(),
        provider,
        random.chance(0.93) ? provider.index() % rooms + 1 : random.between(1, rooms),
        service,
        random.between(service.minUnits(), service.maxUnits()),
        bookedAt,
        firstStart,
        movedAt,
        start,
        location.minutes(service, WallTime.epochDay(start)),
        outcome,
        settledAt,
        cancelledAt,
        isReminded ? remindedAt : WallTime.NEVER,
        channel,
        lateness());
  }

  /**
   * A further service of the same visit, right after the first; now and then it alone is missed.
   */
  Booking companion(int number, Booking first, Practitioner provider, Service service) {
    boolean isMissed = first.outcome().isAttended() && random.chance(0.07);
    Outcome outcome = isMissed ? Outcome.NO_SHOW : first.outcome();
    return new Booking(
        number,
        first.visit(),
        first.client(),
        provider,
        provider.index() % location.rooms() + 1,
        service,
        random.between(service.minUnits(), service.maxUnits()),
        first.bookedAt(),
        first.firstStart() + first.minutes(),
        first.movedAt(),
        first.end(),
        location.minutes(service, WallTime.epochDay(first.end())),
        outcome,
        first.settledAt() + (outcome.isAttended() || isMissed ? service.minutes() : 0),
        first.cancelledAt(),
        first.remindedAt(),
        first.channel(),
        lateness());
  }

  /** Whether there is nothing to treat the client with. */
  boolean isCalledOff(Service service, long start) {
    return location.suffers(Kind.RUNS_OUT, WallTime.epochDay(start))
        && Catalogue.productOf(service) == RECALLED_PRODUCT;
  }

  private long lead(Channel channel, BookedClient client, Service service) {
    if (channel == Channel.WALK_IN) {
      return random.between(0, 90);
    }
    if (client.isDue() && random.chance(0.3)) {
      // booked at the desk on the way out of the last visit
      return (long) Math.min(service.returnDays(), 100) * WallTime.DAY - random.between(0, 90);
    }
    long lead = (long) (random.exponential(channel.leadDays()) * WallTime.DAY);
    return Math.min(Math.max(lead, 45), (Delivery.BOOKED_AHEAD_DAYS - 1L) * WallTime.DAY);
  }

  private Outcome outcome(
      Channel channel, long lead, boolean isReminded, BookedClient client, long start) {
    if (random.chance(0.006)) {
      return Outcome.DELETED;
    }
    if (random.chance(0.012)) {
      return Outcome.UNRESOLVED;
    }
    if (lead > 3 * WallTime.HOUR && random.chance(0.085 + Math.min(0.06, lead * 0.000001))) {
      return Outcome.CANCELLED;
    }
    long days = lead / WallTime.DAY;
    double byLead = days <= 1 ? 0.5 : days <= 7 ? 0.85 : days <= 30 ? 1.25 : 1.6;
    double decline = location.suffers(Kind.TURNS_BAD, WallTime.epochDay(start)) ? 3 : 1;
    double whenReminded = location.knows(Kind.FORGETS_REMINDERS) ? 0.35 : 0.62;
    double noShow =
        0.062
            * channel.noShow()
            * byLead
            * (isReminded ? whenReminded : 1)
            * (client.isNew() ? 1.4 : 1)
            * location.noShow()
            * decline;
    if (random.chance(noShow)) {
      return Outcome.NO_SHOW;
    }
    return random.chance(0.015) ? Outcome.ARRIVED : Outcome.COMPLETED;
  }

  /** When a booking is cancelled; many around the notice, some at its very minute. */
  private long cancelledAt(long known, long start, boolean clocksChange) {
    long notice = (long) location.noticeHours() * WallTime.HOUR;
    long before =
        switch (random.weighted(45, 24, 6, 20, 3, clocksChange ? 120 : 0)) {
          case 0 -> random.between(3 * WallTime.DAY, 12 * WallTime.DAY);
          case 1 -> notice + random.between(1, WallTime.DAY);
          case 2 -> notice;
          case 3 -> oftenOnTheHour(random.between(20, (int) notice - 1));
          case 4 -> -random.between(1, 25);
          // early by the sun, late by the wall clock, or the other way round
          default -> notice - 30 + random.between(0, 1) * 60L;
        };
    return start - before > known ? start - before : within(known, start, 1);
  }

  /** A day before to the minute, which is late by a longer notice and not in the last day. */
  private static long oftenOnTheHour(int minutes) {
    return Math.abs(minutes - WallTime.DAY) < WallTime.HOUR ? WallTime.DAY : minutes;
  }

  private long settledAt(Outcome outcome, long known, long end, long start, long cancelledAt) {
    return switch (outcome) {
      case CANCELLED -> cancelledAt;
      case DELETED -> within(known, start, 1);
      case NO_SHOW -> end + random.between(5, 10 * WallTime.HOUR);
      case COMPLETED, ARRIVED -> end + random.between(0, 30);
      case UNRESOLVED -> WallTime.NEVER;
    };
  }

  private long within(long from, long to, double share) {
    long span = Math.max(1, (long) ((to - from) * share));
    return from + random.between(0, (int) Math.min(span, Integer.MAX_VALUE - 1));
  }

  private int lateness() {
    return random.chance(0.2) ? random.between(8, 25) : random.between(-3, 9);
  }
}
