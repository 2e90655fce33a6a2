package medspa.examples.market;

import java.time.LocalDate;
import java.util.List;

/**
 * A market in which it is known what goes wrong, where and since when, so that it can be seen
 * whether and how soon that is told: two practices of four locations in the built-in format,
 * without seasons, without outages, and without anything else that is not planted.
 *
 * <p>Everything is exported on the last day of each month, and from the first cause on every week.
 *
 * @param from first day of the history
 * @param until the day after its last day
 * @param causes what is planted, at most one at a location; a location without any is quiet
 */
public record Scenario(LocalDate from, LocalDate until, List<Cause> causes) {
  /** The locations of a scenario, by their ids. */
  public static final List<String> LOCATIONS =
      List.of(
          "cedar-dallas",
          "cedar-plano",
          "cedar-waco",
          "cedar-tyler",
          "willow-tampa",
          "willow-naples",
          "willow-ocala",
          "willow-sarasota");

  /** What can be planted at a location. */
  public enum Kind {
    /** Half of the bookings stay out, and of the others three times as many are missed. */
    TURNS_BAD,
    /**
     * All neurotoxin is recalled and none can be had any more; its bookings are called off the day
     * before.
     */
    RUNS_OUT,
    /** Every booking is given half as much time again as its treatment takes. */
    LONG_TEMPLATES,
    /**
     * No reminders go out any more, at a location whose reminded clients miss a third as many
     * visits.
     */
    FORGETS_REMINDERS,
    /** The location opens. */
    OPENS
  }

  /**
   * Something that begins at a location and stays.
   *
   * @param location one of {@link #LOCATIONS}
   * @param from the day on which it begins
   */
  public record Cause(Kind kind, String location, LocalDate from) {}

  /**
   * @throws IllegalArgumentException if a cause is at an unknown location, at one that has another,
   *     or not within the history
   */
  public Scenario {
    causes = List.copyOf(causes);
    for (Cause cause : causes) {
      if (!LOCATIONS.contains(cause.location())) {
        throw new IllegalArgumentException(
            cause.location() + " is no location of a scenario; these are: " + LOCATIONS);
      }
      if (!cause.from().isAfter(from) || !cause.from().isBefore(until)) {
        throw new IllegalArgumentException(
            "%s at %s begins on %s, which is not between %s and %s"
                .formatted(cause.kind(), cause.location(), cause.from(), from, until));
      }
    }
    if (causes.stream().map(Cause::location).distinct().count() < causes.size()) {
      throw new IllegalArgumentException("A location has two causes; give each its own");
    }
  }
}
