package medspa.charts.read;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that a benchmark report says to one consultant; no other practice is in it.
 *
 * @param practices the consultant's practices
 * @param kpis every KPI with a benchmark, in their published order
 * @param locations the locations of these practices
 */
public record BenchmarkFacts(
    Consultant consultant,
    List<Practice> practices,
    List<Kpi> kpis,
    List<BenchmarkLocation> locations,
    SourceFacts sources) {

  /**
   * One location of the consultant's practices.
   *
   * @param peers by KPI, over the longest range published: 13 weeks, or 1 where a value already
   *     spans 91 days
   * @param gaps what can be gained, a week, the most first
   * @param revenue of the last weeks; empty where it was not open and told in all of them
   * @param stories what moved to another level and stayed there, the dearest first
   */
  public record BenchmarkLocation(
      Practice practice,
      Location location,
      Map<String, Peers> peers,
      List<Gap> gaps,
      Optional<Revenue> revenue,
      List<Story> stories) {
    /** Copies what it holds. */
    public BenchmarkLocation {
      peers = Map.copyOf(peers);
      gaps = List.copyOf(gaps);
      stories = List.copyOf(stories);
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

  /** Net revenue of a week, over the four weeks before the last four and over the last four. */
  public record Revenue(BigDecimal before, BigDecimal since) {
    /** By how much a week it changed. */
    public BigDecimal change() {
      return since.subtract(before);
    }
  }
}
