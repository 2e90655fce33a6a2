package medspa.charts.section;

import java.util.Optional;
import java.util.OptionalDouble;
import medspa.charts.figure.SparkChart;
import medspa.charts.read.Kpi;
import medspa.charts.read.LocationFacts;
import medspa.charts.read.Peers;
import medspa.charts.read.Peers.Quartiles;
import medspa.charts.read.ProcessBehaviour;
import medspa.charts.read.Series;

/**
 * One KPI of a practice or a location with all that is known of it.
 *
 * @param reason why the report's week has no value
 * @param comparesToPeers whether peers are spoken of at all
 */
public record PinnedKpi(
    Kpi kpi,
    Optional<Series> series,
    Optional<ProcessBehaviour> behaviour,
    OptionalDouble target,
    Optional<Peers> peers,
    Optional<String> reason,
    boolean comparesToPeers) {

  static PinnedKpi of(Kpi kpi, LocationFacts location) {
    Double target = location.targets().get(kpi.id());
    return new PinnedKpi(
        kpi,
        Optional.ofNullable(location.series().get(kpi.id())),
        Optional.ofNullable(location.behaviours().get(kpi.id())),
        target == null ? OptionalDouble.empty() : OptionalDouble.of(target),
        Optional.ofNullable(location.peers().get(kpi.id())),
        Optional.ofNullable(location.unavailable().get(kpi.id())),
        true);
  }

  Optional<Quartiles> quartiles() {
    return peers.flatMap(Peers::quartiles);
  }

  OptionalDouble value() {
    return series.map(s -> s.last().value()).orElse(OptionalDouble.empty());
  }

  boolean isReliable() {
    return series.map(s -> s.last().isReliable()).orElse(false);
  }

  /** Whether the report's week is more than noise. */
  boolean isSignal() {
    return behaviour.flatMap(ProcessBehaviour::latest).isPresent();
  }

  /** Whether there are weeks enough for a line, and anything that changed from one to another. */
  boolean isCharted() {
    return series.filter(s -> s.weeksWithValue() >= SparkChart.WEEKS_NEEDED).isPresent()
        && series.orElseThrow().points().stream()
                .flatMapToDouble(point -> point.value().stream())
                .distinct()
                .count()
            > 1;
  }
}
