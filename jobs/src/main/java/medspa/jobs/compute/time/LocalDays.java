package medspa.jobs.compute.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Days as a location lives them: a day begins at the first instant of its date in the location's
 * zone and lasts 23, 24 or 25 hours where daylight saving changes.
 */
public final class LocalDays {
  private LocalDays() {}

  /** A part of an interval that lies within one local day. */
  record DayPiece(LocalDate day, Timeline.Interval interval) {}

  /** Cuts an interval at each local midnight; microseconds since the epoch. */
  static List<DayPiece> cut(Timeline.Interval interval, ZoneId zone) {
    List<DayPiece> pieces = new ArrayList<>(1);
    long from = interval.start();
    LocalDate day = LocalDate.ofInstant(instant(from), zone);
    while (from < interval.end()) {
      long midnight = micros(startOf(day.plusDays(1), zone));
      long to = Math.min(interval.end(), midnight);
      if (from < to) {
        pieces.add(new DayPiece(day, new Timeline.Interval(from, to)));
        from = to;
      }
      day = day.plusDays(1);
    }
    return pieces;
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

  /** Microseconds since the epoch. */
  public static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
