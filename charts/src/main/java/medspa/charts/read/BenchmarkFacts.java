package medspa.charts.read;

import java.util.List;
import java.util.Map;

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
   * One location among all its peers.
   *
   * @param peers by KPI, over the longest range published: 13 weeks, or 1 where a value already
   *     spans 91 days
   */
  public record BenchmarkLocation(Practice practice, Location location, Map<String, Peers> peers) {}
}
