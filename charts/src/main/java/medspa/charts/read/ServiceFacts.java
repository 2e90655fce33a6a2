package medspa.charts.read;

import java.util.List;

/**
 * What the services of a location are like.
 *
 * @param wrongTemplates services that take another time than they are booked for
 * @param hours hours of the week over 13 weeks, the fullest first
 * @param rates what an hour of each provider brings, by service category
 */
public record ServiceFacts(List<Duration> wrongTemplates, List<Hour> hours, List<Rate> rates) {
  /** Copies the lists. */
  public ServiceFacts {
    wrongTemplates = List.copyOf(wrongTemplates);
    hours = List.copyOf(hours);
    rates = List.copyOf(rates);
  }

  /** A service over 13 weeks, in minutes. */
  public record Duration(
      String service, long timed, double scheduledMedian, double actualMedian, double actualP80) {}

  /**
   * An hour of the week.
   *
   * @param weekday 1 for Monday to 7 for Sunday
   * @param isBottleneck whether its rooms are all but full
   */
  public record Hour(int weekday, int hour, double bookedShare, boolean isBottleneck) {}

  /**
   * Net service revenue per treated hour over 13 weeks.
   *
   * @param treatments what it rests on
   * @param value shrunk to the mean, in the currency of the practice
   * @param mean of the category over all providers of the practice
   */
  public record Rate(
      String provider, String category, long treatments, double hours, double value, double mean) {}
}
