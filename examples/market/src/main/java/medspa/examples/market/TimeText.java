package medspa.examples.market;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Writes wall time as an export of the built-in format does. Not for use by several threads. */
final class TimeText {
  private final ZoneId zone;
  private final boolean hasOffset;
  private final StringBuilder text = new StringBuilder(24);
  private long cachedDay = Long.MIN_VALUE;
  private String cachedDate = "";

  /**
   * @param hasOffset whether the offset of the zone is written behind the local time
   */
  TimeText(ZoneId zone, boolean hasOffset) {
    this.zone = zone;
    this.hasOffset = hasOffset;
  }

  /** Local time to the minute; nothing for a time that does not come. */
  String of(long time) {
    if (time == WallTime.NEVER) {
      return "";
    }
    long day = WallTime.epochDay(time);
    if (day != cachedDay) {
      cachedDay = day;
      cachedDate = LocalDate.ofEpochDay(day).toString();
    }
    int minute = WallTime.minuteOfDay(time);
    text.setLength(0);
    text.append(cachedDate).append('T');
    two(minute / WallTime.HOUR);
    text.append(':');
    two(minute % WallTime.HOUR);
    if (hasOffset) {
      text.append(offset(time).getId());
    }
    return text.toString();
  }

  private ZoneOffset offset(long time) {
    return zone.getRules().getOffset(LocalDateTime.ofEpochSecond(time * 60, 0, ZoneOffset.UTC));
  }

  private void two(int number) {
    text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
  }
}
