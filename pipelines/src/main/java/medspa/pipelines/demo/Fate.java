package medspa.pipelines.demo;

import java.util.List;
import medspa.pipelines.demo.Clientele.Guest;
import medspa.pipelines.demo.MarketPlan.Location;
import medspa.pipelines.demo.MarketPlan.Practitioner;
import medspa.pipelines.demo.Menu.Service;
import medspa.pipelines.demo.Schedule.Booking;
import medspa.pipelines.demo.Schedule.Channel;
import medspa.pipelines.demo.Schedule.Outcome;

/** Decides how a booking was made and what becomes of it. */
final class Fate {
  private static final List<Channel> CHANNELS = List.of(Channel.values());
  private static final double[] CHANNEL_WEIGHTS =
      CHANNELS.stream().mapToDouble(Channel::weight).toArray();

  private final Location location;
  private final Draw draw;

  Fate(Location location, Draw draw) {
    this.location = location;
    this.draw = draw;
  }

  /**
   * A booking with its whole life.
   *
   * @param clocksChange whether the clocks change within the notice before the start
   */
  Booking booking(
      int number,
      int visit,
      Guest guest,
      Practitioner provider,
      Service service,
      long start,
      boolean clocksChange) {
    Channel channel = CHANNELS.get(draw.weighted(CHANNEL_WEIGHTS));
    long lead = lead(channel, guest, service);
    long shift = 0;
    if (lead > 3 * WallTime.DAY && draw.chance(0.035)) {
      long moved = (draw.chance(0.8) ? -7L : 7L) * draw.between(1, 5) * WallTime.DAY;
      shift = start + moved < WallTime.startOf(location.openedOn()) ? 0 : moved;
      lead += Math.max(0, -shift);
    }
    long bookedAt = start - lead;
    long firstStart = start + shift;
    long movedAt = shift == 0 ? WallTime.NEVER : within(bookedAt, Math.min(start, firstStart), 0.9);
    long remindedAt =
        lead >= 2 * WallTime.DAY && draw.chance(0.75)
            ? start - draw.between(24 * WallTime.HOUR, 48 * WallTime.HOUR)
            : WallTime.NEVER;
    Outcome outcome = outcome(channel, lead, remindedAt != WallTime.NEVER, guest, start);
    long known = shift == 0 ? bookedAt : movedAt;
    long cancelledAt =
        outcome == Outcome.CANCELLED ? cancelledAt(known, start, clocksChange) : WallTime.NEVER;
    long settledAt = settledAt(outcome, known, start + service.minutes(), start, cancelledAt);
    if (outcome == Outcome.CANCELLED && draw.chance(0.04)) {
      cancelledAt = WallTime.NEVER;
    }
    boolean isReminded = remindedAt < settledAt && remindedAt >= known;
    int rooms = location.rooms();
    return new Booking(
        number,
        visit,
        guest.client(),
        provider,
        draw.chance(0.93) ? provider.index() % rooms + 1 : draw.between(1, rooms),
        service,
        draw.between(service.minUnits(), service.maxUnits()),
        bookedAt,
        firstStart,
        movedAt,
        start,
        service.minutes(),
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
    boolean isMissed = first.outcome().isAttended() && draw.chance(0.07);
    Outcome outcome = isMissed ? Outcome.NO_SHOW : first.outcome();
    return new Booking(
        number,
        first.visit(),
        first.client(),
        provider,
        provider.index() % location.rooms() + 1,
        service,
        draw.between(service.minUnits(), service.maxUnits()),
        first.bookedAt(),
        first.firstStart() + first.minutes(),
        first.movedAt(),
        first.end(),
        service.minutes(),
        outcome,
        first.settledAt() + (outcome.isAttended() || isMissed ? service.minutes() : 0),
        first.cancelledAt(),
        first.remindedAt(),
        first.channel(),
        lateness());
  }

  private long lead(Channel channel, Guest guest, Service service) {
    if (channel == Channel.WALK_IN) {
      return draw.between(0, 90);
    }
    if (guest.isDue() && draw.chance(0.3)) {
      // booked at the desk on the way out of the last visit
      return (long) Math.min(service.returnDays(), 100) * WallTime.DAY - draw.between(0, 90);
    }
    long lead = (long) (draw.exponential(channel.leadDays()) * WallTime.DAY);
    return Math.min(Math.max(lead, 45), (Delivery.BOOKED_AHEAD_DAYS - 1L) * WallTime.DAY);
  }

  private Outcome outcome(Channel channel, long lead, boolean isReminded, Guest guest, long start) {
    if (draw.chance(0.006)) {
      return Outcome.DELETED;
    }
    if (draw.chance(0.012)) {
      return Outcome.UNRESOLVED;
    }
    if (lead > 3 * WallTime.HOUR && draw.chance(0.085 + Math.min(0.06, lead * 0.000001))) {
      return Outcome.CANCELLED;
    }
    long days = lead / WallTime.DAY;
    double byLead = days <= 1 ? 0.5 : days <= 7 ? 0.85 : days <= 30 ? 1.25 : 1.6;
    double decline =
        location.turnsBadOn().isPresent()
                && !WallTime.date(start).isBefore(location.turnsBadOn().get())
            ? 3
            : 1;
    double noShow =
        0.062
            * channel.noShow()
            * byLead
            * (isReminded ? 0.62 : 1)
            * (guest.isNew() ? 1.4 : 1)
            * location.noShow()
            * decline;
    if (draw.chance(noShow)) {
      return Outcome.NO_SHOW;
    }
    return draw.chance(0.015) ? Outcome.ARRIVED : Outcome.COMPLETED;
  }

  /** When a booking is cancelled; many around the notice, some at its very minute. */
  private long cancelledAt(long known, long start, boolean clocksChange) {
    long notice = (long) location.noticeHours() * WallTime.HOUR;
    long before =
        switch (draw.weighted(45, 24, 6, 20, 3, clocksChange ? 120 : 0)) {
          case 0 -> draw.between(3 * WallTime.DAY, 12 * WallTime.DAY);
          case 1 -> notice + draw.between(1, WallTime.DAY);
          case 2 -> notice;
          case 3 -> oftenOnTheHour(draw.between(20, (int) notice - 1));
          case 4 -> -draw.between(1, 25);
          // early by the sun, late by the wall clock, or the other way round
          default -> notice - 30 + draw.between(0, 1) * 60L;
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
      case NO_SHOW -> end + draw.between(5, 10 * WallTime.HOUR);
      case COMPLETED, ARRIVED -> end + draw.between(0, 30);
      case UNRESOLVED -> WallTime.NEVER;
    };
  }

  private long within(long from, long to, double share) {
    long span = Math.max(1, (long) ((to - from) * share));
    return from + draw.between(0, (int) Math.min(span, Integer.MAX_VALUE - 1));
  }

  private int lateness() {
    return draw.chance(0.2) ? draw.between(8, 25) : draw.between(-3, 9);
  }
}
