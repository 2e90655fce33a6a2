package medspa.charts.section;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import medspa.charts.figure.KpiFormat;
import medspa.charts.figure.Standing;
import medspa.charts.read.BenchmarkFacts;
import medspa.charts.read.BenchmarkFacts.BenchmarkLocation;
import medspa.charts.read.Kpi;
import medspa.charts.read.Peers;
import medspa.charts.read.Peers.Quartiles;

/**
 * Locations of a consultant's practices among their peers.
 *
 * @param kpis those that can be compared
 * @param format for the practices' currency
 */
public record Portfolio(List<BenchmarkLocation> locations, List<Kpi> kpis, KpiFormat format) {

  /** What the facts of a benchmark compare. */
  public static Portfolio of(BenchmarkFacts facts) {
    return new Portfolio(
        facts.locations(),
        facts.kpis(),
        new KpiFormat(facts.practices().isEmpty() ? "" : facts.practices().get(0).currency()));
  }

  /** The location's name, with its practice where that alone would not tell it. */
  public String name(BenchmarkLocation location) {
    boolean unique =
        locations.stream()
                .filter(l -> l.location().name().equals(location.location().name()))
                .count()
            == 1;
    return unique
        ? location.location().name()
        : location.location().name() + ", " + location.practice().name();
  }

  static Optional<Peers> peers(BenchmarkLocation location, Kpi kpi) {
    return Optional.ofNullable(location.peers().get(kpi.id()));
  }

  /** The statistics are those of the peer group: the same at every location. */
  Optional<Quartiles> quartiles(Kpi kpi) {
    return locations.stream()
        .flatMap(location -> peers(location, kpi).stream())
        .flatMap(peers -> peers.quartiles().stream())
        .findFirst();
  }

  static Optional<Standing> standing(BenchmarkLocation location, Kpi kpi) {
    return peers(location, kpi)
        .filter(peers -> peers.isStable() && peers.value().isPresent())
        .flatMap(
            peers -> peers.quartiles().map(q -> Standing.of(kpi, peers.value().getAsDouble(), q)));
  }

  /**
   * Why the peers' statistics of a KPI are not there; empty where they are, or nothing says why.
   */
  Optional<String> withheld(Kpi kpi) {
    if (quartiles(kpi).isPresent()) {
      return Optional.empty();
    }
    return locations.stream()
        .flatMap(location -> peers(location, kpi).stream())
        .flatMap(peers -> peers.withheldReason().stream())
        .findFirst()
        .map(Reasons::sentence);
  }

  /** The sentence at the top: who is most often in the bottom quarter of the peers. */
  public String headline() {
    if (locations.isEmpty()) {
      return "No practice of this consultant has a location, so there is nothing to compare.";
    }
    long compared = kpis.stream().filter(kpi -> quartiles(kpi).isPresent()).count();
    if (compared == 0) {
      return "Nothing can be compared: "
          + kpis.stream()
              .flatMap(kpi -> withheld(kpi).stream())
              .findFirst()
              .map(reason -> "the peers’ statistics are withheld on every KPI. " + reason)
              .orElse("no KPI has peers’ statistics.");
    }
    List<Map.Entry<String, Long>> worst = most(Standing.Q1);
    List<Map.Entry<String, Long>> best = most(Standing.Q4);
    String of = " of " + compared + (compared == 1 ? " KPI" : " KPIs");
    if (!worst.isEmpty()) {
      String second =
          worst.size() > 1 ? "; " + worst.get(1).getKey() + " on " + worst.get(1).getValue() : "";
      return worst.get(0).getKey()
          + " is in the bottom quartile of its peers on "
          + worst.get(0).getValue()
          + of
          + second
          + ".";
    }
    return "No location is in the bottom quartile of its peers on any KPI"
        + (best.isEmpty()
            ? "."
            : "; "
                + best.get(0).getKey()
                + " is in the top quartile on "
                + best.get(0).getValue()
                + of
                + ".");
  }

  /** Locations by how often they have that standing, the most often first; none without it. */
  private List<Map.Entry<String, Long>> most(Standing standing) {
    return locations.stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                l ->
                    kpis.stream()
                        .filter(kpi -> standing(l, kpi).equals(Optional.of(standing)))
                        .count(),
                (one, other) -> one,
                LinkedHashMap::new))
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue() > 0)
        .sorted(Map.Entry.<BenchmarkLocation, Long>comparingByValue().reversed())
        .map(entry -> Map.entry(name(entry.getKey()), entry.getValue()))
        .toList();
  }
}
