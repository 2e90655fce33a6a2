package medspa.examples.market;

import java.util.List;
import medspa.examples.market.Catalogue.Service;
import medspa.examples.market.MarketPlan.Practitioner;

/** What a location's scheduler and time clock know; times are {@link WallTime}. */
final class Schedule {
  private Schedule() {}

  /** Whether a stretch of a provider's time can be booked, in the words of the built-in format. */
  enum ShiftKind {
    BOOKABLE("bookable"),
    BLOCKED("blocked"),
    BREAK("break"),
    TIME_OFF("time_off");

    private final String word;

    ShiftKind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /**
   * A planned stretch of a provider's time.
   *
   * @param goneFrom when the scheduler forgot it, {@link WallTime#NEVER} for most
   */
  record Shift(
      String id, Practitioner provider, long start, long end, ShiftKind kind, long goneFrom) {}

  /** A stretch that a provider was clocked in. */
  record Timecard(String id, Practitioner provider, long start, long end) {}

  /** How a booking was made, in the words of the built-in format. */
  enum Channel {
    ONLINE("online", 38, 12, 1.25),
    PHONE("phone", 36, 17, 1),
    APP("app", 15, 9, 0.8),
    WALK_IN("walk_in", 7, 0, 0.1),
    OTHER("other", 4, 10, 1.1);

    private final String word;
    private final double weight;
    private final double leadDays;
    private final double noShow;

    Channel(String word, double weight, double leadDays, double noShow) {
      this.word = word;
      this.weight = weight;
      this.leadDays = leadDays;
      this.noShow = noShow;
    }

    String word() {
      return word;
    }

    /** How often clients book so. */
    double weight() {
      return weight;
    }

    /** Mean days between booking and visit. */
    double leadDays() {
      return leadDays;
    }

    /** No-show probability against a booking by phone. */
    double noShow() {
      return noShow;
    }
  }

  /** What became of a booking in the end. */
  enum Outcome {
    COMPLETED("completed"),
    ARRIVED("arrived"),
    NO_SHOW("no_show"),
    CANCELLED("cancelled"),
    DELETED("deleted"),
    /** Nobody ever told the scheduler. */
    UNRESOLVED("booked");

    private final String word;

    Outcome(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }

    boolean isAttended() {
      return this == COMPLETED || this == ARRIVED;
    }
  }

  /**
   * A booked service over its whole life.
   *
   * @param number its place among the bookings of the location
   * @param visit number of the visit it belongs to
   * @param client number of the client in the practice, -1 where nobody noted one
   * @param firstStart where it stood until {@code movedAt}
   * @param movedAt when it was moved to {@code start}, {@link WallTime#NEVER} if it was not
   * @param settledAt when the scheduler learned the outcome
   * @param cancelledAt when it was cancelled, as noted; {@link WallTime#NEVER} if not noted
   * @param remindedAt when a reminder went out, {@link WallTime#NEVER} if none did
   * @param lateness minutes after the start at which the treatment began
   */
  record Booking(
      int number,
      int visit,
      int client,
      Practitioner provider,
      int room,
      Service service,
      int units,
      long bookedAt,
      long firstStart,
      long movedAt,
      long start,
      int minutes,
      Outcome outcome,
      long settledAt,
      long cancelledAt,
      long remindedAt,
      Channel channel,
      int lateness) {

    /** The scheduler's id; every location numbers for itself. */
    String id() {
      return "A" + (100_000 + number);
    }

    long end() {
      return start + minutes;
    }

    /** Where it stood at that time. */
    long startAsOf(long time) {
      return movedAt <= time ? start : firstStart;
    }

    /** What the scheduler said at that time. */
    String statusAsOf(long time) {
      if (outcome != Outcome.UNRESOLVED && settledAt <= time) {
        return outcome.word();
      }
      return remindedAt <= time ? "confirmed" : "booked";
    }

    /** Whether the outcome is known at that time. */
    boolean isSettledAsOf(long time) {
      return outcome != Outcome.UNRESOLVED && settledAt <= time;
    }
  }

  /** A client of a location; the channel and day are those of the first contact. */
  record Client(int number, String acquiredBy, long firstSeenDay) {}

  /** Everything a location's scheduler holds. */
  record LocationSchedule(
      List<Shift> shifts, List<Timecard> timecards, List<Booking> bookings, List<Client> clients) {}
}
