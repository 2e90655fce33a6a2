package medspa.warehouse.market;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Days and weeks as a location lives them: a day begins at the first instant of its date in the
 * location's zone and lasts 23, 24 or 25 hours where daylight saving changes. The SQL of the
 * warehouse says the same with {@code week_of} and {@code instant_of}.
 */
public final class LocalCalendar {
  private LocalCalendar() {}

  /** First day of the week that holds the day, of weeks that begin on a day of the week. */
  public static LocalDate weekOf(LocalDate day, DayOfWeek weekStartsOn) {
    return day.minusDays(Math.floorMod(day.getDayOfWeek().getValue() - weekStartsOn.getValue(), 7));
  }

  /** The first instant of a local day. */
  public static Instant startOf(LocalDate day, ZoneId zone) {
    return day.atStartOfDay(zone).toInstant();
  }

  /**
   * The instant of a local time: a time skipped by daylight saving moves forward by the gap, an
   * ambiguous one takes the earlier offset, the one that held before the change.
   */
  public static Instant instantOf(LocalDateTime local, ZoneId zone) {
    return ZonedDateTime.ofLocal(local, zone, null).toInstant();
  }
}
