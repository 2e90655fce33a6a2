package medspa.charts.read;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All that a benchmark report says to one consultant; no other practice is in it.
 *
 * @param practices the consultant's practices
 * @param kpis every KPI with a benchmark, in their published order
 * @param locations the locations of these practices
 * @param restated positions that the last publication changed, the newest week first
 * @param published figures of the trade beside the KPIs; empty unless they are wanted
 */
public record BenchmarkFacts(
    Consultant consultant,
    List<Practice> practices,
    List<Kpi> kpis,
    List<BenchmarkLocation> locations,
    List<Restated> restated,
    SourceFacts sources,
    List<Published> published) {

  /**
   * A figure of the trade that is public, and what makes it another number than the KPI.
   *
   * @param low in the unit of the KPI
   * @param high the same where one number is told
   * @param kind measured, derived or advice
   * @param difference what makes it another number than the KPI
   */
  public record Published(
      String kpi,
      double low,
      double high,
      String kind,
      String source,
      String link,
      int year,
      String sample,
      String grade,
      String definition,
      String difference) {}

  /**
   * One location of the consultant's practices.
   *
   * @param peers by KPI, over the longest range published: 13 weeks, or 1 where a value already
   *     spans 91 days
   * @param groups the same within each region and peer group that it is in, by its name
   * @param gaps what can be gained, a week, the most first
   * @param moves what changed in 4 and 13 weeks
   * @param unmoved why its revenue is not among these, of each length where it is not
   * @param stories what moved to another level and stayed there, the dearest first
   */
  public record BenchmarkLocation(
      Practice practice,
      Location location,
      Map<String, Peers> peers,
      Map<String, Map<String, Peers>> groups,
      List<Gap> gaps,
      List<Move> moves,
      List<Unmoved> unmoved,
      List<Story> stories) {
    /** Copies what it holds. */
    public BenchmarkLocation {
      peers = Map.copyOf(peers);
      groups = Map.copyOf(groups);
      gaps = List.copyOf(gaps);
      moves = List.copyOf(moves);
      unmoved = List.copyOf(unmoved);
      stories = List.copyOf(stories);
    }

    /** How net revenue moved in four weeks; empty where it was not open and told in all of them. */
    public Optional<Move> revenue() {
      return moves.stream()
          .filter(move -> move.measure() == Measure.REVENUE && move.rangeWeeks() == 4)
          .findFirst();
    }
  }

  /**
   * What reaching the peers' median or the target would bring in a week; not additive over KPIs.
   *
   * @param isAgainstPeers whether the reference is the peers' median and not the target
   * @param low empty where the value has no interval, as is {@code high}
   */
  public record Gap(
      String kpi,
      boolean isAgainstPeers,
      double value,
      double reference,
      Optional<BigDecimal> low,
      BigDecimal expected,
      Optional<BigDecimal> high) {}

  /** What a move is of. */
  public enum Measure {
    /** Net revenue, of a location that was open and told in all weeks of both ranges. */
    REVENUE,
    /** What reaching the peers' median or the target would bring. */
    OPPORTUNITY
  }

  /**
   * Dollars of a week, over a range of weeks and over the one before.
   *
   * @param kpi in which they are
   */
  public record Move(
      Measure measure, String kpi, int rangeWeeks, BigDecimal before, BigDecimal since) {
    /** By how much a week it changed. */
    public BigDecimal change() {
      return since.subtract(before);
    }
  }

  /**
   * Why the revenue of a location is not compared over two ranges of weeks.
   *
   * @param rangeWeeks length of each range, 4 or 13
   * @param openedOn its opening day, where that is within the two ranges
   * @param weeksWithRevenue of the weeks of both
   */
  public record Unmoved(int rangeWeeks, Optional<LocalDate> openedOn, int weeksWithRevenue) {}

  /**
   * A position that an earlier publication told otherwise.
   *
   * @param weekStart first day of the last week of its range
   * @param before what was published
   * @param since what is published now
   * @param causes words of {@code benchmark_restatements.cause}, in their order
   */
  public record Restated(
      String practiceId,
      String locationId,
      String kpi,
      int rangeWeeks,
      LocalDate weekStart,
      Position before,
      Position since,
      List<String> causes) {
    /** Copies the causes. */
    public Restated {
      causes = List.copyOf(causes);
    }
  }

  /** A place among the consultant's locations, and what the gap to the peers is worth. */
  public record Position(OptionalInt rank, Optional<BigDecimal> dollars) {}
}
