package medspa.charts.section;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import medspa.charts.figure.KpiFormat;
import medspa.charts.figure.Standing;
import medspa.charts.read.BenchmarkFacts;
import medspa.charts.read.BenchmarkFacts.BenchmarkLocation;
import medspa.charts.read.BenchmarkFacts.Published;
import medspa.charts.read.BenchmarkFacts.Restated;
import medspa.charts.read.Kpi;
import medspa.charts.read.Peers;
import medspa.charts.read.Peers.Quartiles;

/**
 * Locations of a consultant's practices among each other and their peers.
 *
 * @param kpis those that can be compared
 * @param format for the practices' currency
 * @param restated positions that the last publication changed
 * @param highlight the practice whose locations are to be told from the others, if one was asked
 *     for
 * @param published figures of the trade; empty unless they are wanted
 */
public record Portfolio(
    List<BenchmarkLocation> locations,
    List<Kpi> kpis,
    KpiFormat format,
    List<Restated> restated,
    Optional<String> highlight,
    List<Published> published) {
  /** More of these is neither better nor worse; a negative shrinkage is an error of a count. */
  private static final Set<String> WITHOUT_MERIT = Set.of("stock_value", "shrinkage_cost");

  private static final double NORMAL_95 = 1.959963984540054;
  private static final double ONE_SIDED_95 = 1.6448536269514722;

  /** What the facts of a benchmark compare. */
  public static Portfolio of(BenchmarkFacts facts) {
    return of(facts, Optional.empty());
  }

  /**
   * What the facts of a benchmark compare.
   *
   * @param highlight a practice whose locations are told from the others; one that the consultant
   *     does not know changes nothing
   */
  public static Portfolio of(BenchmarkFacts facts, Optional<String> highlight) {
    return new Portfolio(
        facts.locations(),
        facts.kpis(),
        new KpiFormat(facts.practices().isEmpty() ? "" : facts.practices().get(0).currency()),
        facts.restated(),
        highlight.filter(
            id -> facts.practices().stream().anyMatch(practice -> practice.id().equals(id))),
        facts.published());
  }

  /** The name of the practice whose locations are told from the others, if one was asked for. */
  Optional<String> highlighted() {
    return locations.stream()
        .filter(this::isHighlighted)
        .map(location -> location.practice().name())
        .findFirst();
  }

  boolean isHighlighted(BenchmarkLocation location) {
    return highlight.filter(location.practice().id()::equals).isPresent();
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

  /**
   * Whether a location's value is held against those of others: enough data, and open all along.
   */
  static boolean isRanked(BenchmarkLocation location, Kpi kpi) {
    return peers(location, kpi)
        .map(p -> p.isStable() && p.rank().isPresent() && p.value().isPresent())
        .orElse(false);
  }

  /** The values of the locations that are ranked by a KPI, in rising order. */
  double[] ranked(Kpi kpi) {
    return locations.stream()
        .filter(location -> isRanked(location, kpi))
        .mapToDouble(location -> peers(location, kpi).orElseThrow().value().getAsDouble())
        .sorted()
        .toArray();
  }

  /**
   * The quarter of these locations in which a location stands by itself; empty where too few are
   * ranked, where as many others stand at the same place as would not fit into it, and where more
   * is neither better nor worse.
   */
  Optional<Standing> standing(BenchmarkLocation location, Kpi kpi) {
    if (!isRanked(location, kpi) || !hasMerit(kpi)) {
      return Optional.empty();
    }
    return Standing.among(
        kpi, peers(location, kpi).orElseThrow().value().getAsDouble(), ranked(kpi));
  }

  /** Whether more or less of it is better. */
  public static boolean hasMerit(Kpi kpi) {
    return !WITHOUT_MERIT.contains(kpi.id());
  }

  /**
   * Whether the locations differ by a KPI: four or more are ranked, the quarter at one end is
   * written differently from that at the other, and they differ by more than chance would.
   */
  boolean tellsApart(Kpi kpi) {
    double[] values = ranked(kpi);
    return hasMerit(kpi)
        && values.length >= Standing.LEAST
        && !format
            .compact(kpi.unit(), values[values.length / 4])
            .equals(format.compact(kpi.unit(), values[values.length - 1 - values.length / 4]))
        && differBeyondChance(kpi);
  }

  /**
   * Cochran's Q over the ranked values that have an interval, against what it exceeds once in
   * twenty times by chance (Wilson and Hilferty's approximation). Fewer than four do not tell.
   */
  private boolean differBeyondChance(Kpi kpi) {
    double weights = 0;
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (BenchmarkLocation location : locations) {
      Optional<Peers> peers = peers(location, kpi);
      if (!isRanked(location, kpi) || peers.flatMap(Peers::interval).isEmpty()) {
        continue;
      }
      Peers.Interval interval = peers.get().interval().get();
      double error = (interval.high() - interval.low()) / 2 / NORMAL_95;
      if (error > 0) {
        double weight = 1 / (error * error);
        double value = peers.get().value().getAsDouble();
        weights += weight;
        sum += weight * value;
        squares += weight * value * value;
        count++;
      }
    }
    if (count < Standing.LEAST) {
      return true;
    }
    double freedom = count - 1;
    double part = 2 / (9 * freedom);
    double limit = freedom * Math.pow(1 - part + ONE_SIDED_95 * Math.sqrt(part), 3);
    return squares - sum * sum / weights > limit;
  }

  /** The locations, those with most to be gained first, then by name. */
  public List<BenchmarkLocation> byGain() {
    return locations.stream()
        .sorted(
            Comparator.comparing(
                    (BenchmarkLocation l) ->
                        l.gaps().isEmpty() ? BigDecimal.ZERO : l.gaps().get(0).expected())
                .reversed()
                .thenComparing(this::name))
        .toList();
  }

  Optional<Kpi> kpi(String id) {
    return kpis.stream().filter(kpi -> kpi.id().equals(id)).findFirst();
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

  /** The sentence at the top: where most is to be gained. */
  public String headline() {
    if (locations.isEmpty()) {
      return "No practice of this consultant has a location, so there is nothing to compare.";
    }
    List<BenchmarkLocation> gaining =
        byGain().stream().filter(l -> !l.gaps().isEmpty()).limit(2).toList();
    if (gaining.isEmpty()) {
      return "No location falls short of its peers or its target in what has a price.";
    }
    return "Most is to be gained at "
        + gaining.stream()
            .map(
                location ->
                    name(location)
                        + ": about "
                        + format.brief(location.gaps().get(0).expected())
                        + " a week in "
                        + kpi(location.gaps().get(0).kpi())
                            .map(kpi -> Words.quiet(kpi.label()))
                            .orElse(location.gaps().get(0).kpi()))
            .collect(Collectors.joining(", and at "))
        + ".";
  }
}
