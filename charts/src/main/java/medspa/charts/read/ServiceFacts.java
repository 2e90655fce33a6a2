package medspa.charts.read;

import java.util.List;

/**
 * What the time of a location's services is like.
 *
 * @param wrongTemplates services that take another time than they are booked for
 * @param hours hours of the week over 13 weeks, the fullest first
 */
public record ServiceFacts(List<Duration> wrongTemplates, List<Hour> hours) {
  /** Copies the lists. */
  public ServiceFacts {
    wrongTemplates = List.copyOf(wrongTemplates);
    hours = List.copyOf(hours);
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
}
