package medspa.jobs.compute.client;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One client of one practice: which visits led to the next booking, which was the first, and who
 * came back. Deleted appointments are in none of it.
 */
public final class ClientHistory {
  /** Days within which a new client who comes again has returned. */
  static final int RETURN_DAYS = 90;

  /**
   * An attended visit of the client.
   *
   * @param isWhole whether it is the location's visit, not only one provider's part of it
   * @param key the visit within its location
   * @param day local day of its earliest row
   */
  record Visit(boolean isWhole, String location, String key, LocalDate day) {}

  /**
   * An appointment of the client, past or to come.
   *
   * @param key the visit it belongs to
   * @param day local day of its start
   * @param start microseconds since the epoch
   * @param bookedAt microseconds since the epoch, where the export tells it
   * @param isAttended whether the client came, before the as-of
   */
  record Booking(
      String location,
      String key,
      LocalDate day,
      long start,
      Optional<Long> bookedAt,
      boolean isAttended) {}

  /**
   * The client's first visit when it is 90 days old.
   *
   * @param day its 90th day
   * @param returned whether the client had another visit on a later day until then
   */
  record Matured(String location, LocalDate day, boolean returned) {}

  private record VisitKey(String location, String key) {}

  private final List<Visit> whole;
  private final Set<VisitKey> first = new HashSet<>();
  private final boolean isSeenBefore;

  /** The earliest time of booking among the appointments of a day or a later one. */
  private final NavigableMap<LocalDate, Long> bookedFrom = new TreeMap<>();

  /**
   * @param firstSeen when the practice says it first saw the client
   */
  ClientHistory(List<Visit> visits, List<Booking> bookings, Optional<LocalDate> firstSeen) {
    this.whole = visits.stream().filter(Visit::isWhole).toList();
    Optional<Booking> earliest =
        bookings.stream().filter(Booking::isAttended).min(Comparator.comparingLong(Booking::start));
    earliest.ifPresent(
        start ->
            bookings.stream()
                .filter(row -> row.isAttended() && row.start() == start.start())
                .forEach(row -> first.add(new VisitKey(row.location(), row.key()))));
    this.isSeenBefore =
        firstSeen.isPresent()
            && earliest.filter(start -> firstSeen.get().isBefore(start.day())).isPresent();
    for (Booking row : bookings) {
      row.bookedAt().ifPresent(at -> bookedFrom.merge(row.day(), at, Math::min));
    }
    long minimum = Long.MAX_VALUE;
    for (Map.Entry<LocalDate, Long> day : bookedFrom.descendingMap().entrySet()) {
      minimum = Math.min(minimum, day.getValue());
      day.setValue(minimum);
    }
  }

  /**
   * Whether, before the visit's day was over, an appointment on a later local day had been booked.
   *
   * @param dayEnd the first instant after the visit's local day, in microseconds since the epoch
   */
  boolean isRebooked(Visit visit, long dayEnd) {
    Map.Entry<LocalDate, Long> later = bookedFrom.higherEntry(visit.day());
    return later != null && later.getValue() < dayEnd;
  }

  /**
   * Whether the visit holds the client's earliest attended start in the practice, and the practice
   * does not say that it saw the client on an earlier day.
   */
  boolean isNew(Visit visit) {
    return !isSeenBefore && first.contains(new VisitKey(visit.location(), visit.key()));
  }

  /** The client's first attended visit when it is 90 days old; of two at one instant, either. */
  Optional<Matured> matured() {
    return whole.stream()
        .filter(visit -> first.contains(new VisitKey(visit.location(), visit.key())))
        .min(Comparator.comparing(Visit::day).thenComparing(Visit::location))
        .map(
            visit -> {
              LocalDate until = visit.day().plusDays(RETURN_DAYS);
              boolean returned =
                  whole.stream()
                      .map(Visit::day)
                      .anyMatch(day -> day.isAfter(visit.day()) && !day.isAfter(until));
              return new Matured(visit.location(), until, returned);
            });
  }
}
