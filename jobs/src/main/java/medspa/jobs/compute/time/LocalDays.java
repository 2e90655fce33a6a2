package medspa.jobs.compute.time;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import medspa.warehouse.market.LocalCalendar;

/** Intervals cut at the local days of a location, in microseconds since the epoch. */
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
      long midnight = micros(LocalCalendar.startOf(day.plusDays(1), zone));
      long to = Math.min(interval.end(), midnight);
      if (from < to) {
        pieces.add(new DayPiece(day, new Timeline.Interval(from, to)));
        from = to;
      }
      day = day.plusDays(1);
    }
    return pieces;
  }

  /** Microseconds since the epoch. */
  public static long micros(Instant instant) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
