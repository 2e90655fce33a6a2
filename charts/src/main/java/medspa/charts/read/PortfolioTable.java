package medspa.charts.read;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import medspa.charts.read.Peers.Quartiles;

/**
 * What one consultant may see of the practices that engaged him or her, as rows to sort, filter and
 * take along. The values themselves are read one KPI at a time, with {@link
 * PublishedWarehouse#portfolioValues}, so that memory does not grow with the number of KPIs.
 *
 * @param kpis every KPI with a benchmark, in their published order
 * @param places the locations, by practice and name
 * @param peers what may be said of practices that are not named, by KPI, group, range and week
 */
public record PortfolioTable(
    Consultant consultant, List<Kpi> kpis, List<Place> places, List<PeerStatistic> peers) {
  /** The peer group of all locations. */
  public static final String EVERYBODY = "all";

  /** Copies the lists. */
  public PortfolioTable {
    kpis = List.copyOf(kpis);
    places = List.copyOf(places);
    peers = List.copyOf(peers);
  }

  /**
   * A location that is named.
   *
   * @param groups the peer groups of the configuration in which it is compared, without their
   *     {@code group:}
   */
  public record Place(
      Practice practice, Location location, Optional<String> region, List<String> groups) {
    /** Copies the groups. */
    public Place {
      groups = List.copyOf(groups);
    }
  }

  /** What a value is good for. */
  public enum Status {
    /** Compared with the other locations. */
    RANKED,
    /** Its sample is below 20. */
    FEW_DATA,
    /** The location opened within the range. */
    OPENED_SINCE,
    /** Nothing to divide by. */
    NO_VALUE,
    /** A week before those that are compared. */
    EARLIER
  }

  /** Ends of a 95 % interval, in the unit of the KPI. */
  public record Interval(double low, double high) {}

  /**
   * A KPI of a location over a range of weeks.
   *
   * @param week first day of the last week of the range
   * @param numerator in the unit of the definition; only of ranges of one week, as is {@code
   *     denominator}
   * @param sample how much the value rests on; only of ranges of one week, and where the definition
   *     has a sample
   * @param interval empty where the KPI has none
   * @param rank place among all ranked locations, best first; present exactly where it is ranked
   * @param gap what reaching the peers' median is worth over the range; empty where it has no price
   *     or peers are withheld
   */
  public record Value(
      String locationId,
      LocalDate week,
      int rangeWeeks,
      Status status,
      OptionalDouble value,
      Optional<BigDecimal> numerator,
      Optional<BigDecimal> denominator,
      OptionalDouble sample,
      Optional<Interval> interval,
      OptionalInt rank,
      Optional<Dollars> gap) {}

  /**
   * What a difference is worth.
   *
   * @param low empty where the value has no interval, as is {@code high}
   */
  public record Dollars(Optional<BigDecimal> low, BigDecimal expected, Optional<BigDecimal> high) {}

  /**
   * What may be said of practices that are not named.
   *
   * @param week first day of the last week of the range
   * @param group {@link #EVERYBODY}, {@code region:} and its name, or {@code group:} and a peer
   *     group of the configuration
   * @param quartiles of values that were rounded before; empty where they are withheld
   * @param withheldReason why they are withheld; present exactly where they are
   */
  public record PeerStatistic(
      String kpi,
      LocalDate week,
      int rangeWeeks,
      String group,
      Optional<Quartiles> quartiles,
      int contributors,
      Optional<String> withheldReason) {}
}
