package medspa.examples.market;

import java.time.DayOfWeek;
import java.time.LocalDate;

/**
 * Wall-clock time of a location as one number: minutes since 1970-01-01 00:00 of the same wall
 * clock. Exports carry wall-clock time, so the market is simulated in it; what a reading of the
 * files must do with daylight saving is left to the reader.
 */
final class WallTime {
  /** A time that does not come. */
  static final long NEVER = Long.MAX_VALUE;

  static final int HOUR = 60;
  static final int DAY = 24 * HOUR;

  private WallTime() {}

  /** Midnight at the start of the day. */
  static long startOf(LocalDate day) {
    return day.toEpochDay() * DAY;
  }

  /** The day and minute of the day as one number. */
  static long at(LocalDate day, int minuteOfDay) {
    return startOf(day) + minuteOfDay;
  }

  /** The epoch day that holds the time. */
  static long epochDay(long time) {
    return Math.floorDiv(time, (long) DAY);
  }

  /** The day that holds the time. */
  static LocalDate date(long time) {
    return LocalDate.ofEpochDay(epochDay(time));
  }

  /** Minutes since midnight. */
  static int minuteOfDay(long time) {
    return Math.floorMod(time, DAY);
  }

  /** Monday is 0, as an index into weekly patterns. */
  static int weekday(long epochDay) {
    return DayOfWeek.THURSDAY.plus(epochDay).getValue() - 1;
  }
}
