package medspa.charts.section;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.LocationFacts;
import medspa.charts.read.PracticeFacts;

/**
 * Whom a chapter of the owner's report tells of: the practice or one of its locations.
 *
 * @param kpis the pinned ones in their order
 * @param location what only a location has; empty for the practice
 * @param locations those of the practice; none for a location
 * @param format for the practice's currency
 */
public record Subject(
    String name,
    List<PinnedKpi> kpis,
    Optional<LocationFacts> location,
    List<Subject> locations,
    KpiFormat format) {

  /** One location of a practice. */
  public static Subject ofLocation(PracticeFacts practice, LocationFacts location) {
    return new Subject(
        location.location().name(),
        practice.pinned().stream().map(kpi -> PinnedKpi.of(kpi, location)).toList(),
        Optional.of(location),
        List.of(),
        new KpiFormat(practice.practice().currency()));
  }

  /** The practice over all its locations. */
  public static Subject ofPractice(PracticeFacts practice) {
    Map<String, String> reasons = reasons(practice);
    return new Subject(
        practice.practice().name(),
        practice.pinned().stream()
            .map(
                kpi ->
                    new PinnedKpi(
                        kpi,
                        Optional.ofNullable(practice.series().get(kpi.id())),
                        Optional.ofNullable(practice.behaviours().get(kpi.id())),
                        OptionalDouble.empty(),
                        Optional.empty(),
                        Optional.ofNullable(reasons.get(kpi.id())),
                        false))
            .toList(),
        Optional.empty(),
        practice.locations().stream().map(location -> ofLocation(practice, location)).toList(),
        new KpiFormat(practice.practice().currency()));
  }

  /** Why the practice has no value: the reasons of its locations. */
  private static Map<String, String> reasons(PracticeFacts practice) {
    Map<String, Set<String>> reasons = new HashMap<>();
    for (LocationFacts location : practice.locations()) {
      location
          .unavailable()
          .forEach((kpi, reason) -> reasons.computeIfAbsent(kpi, k -> new TreeSet<>()).add(reason));
    }
    Map<String, String> joined = new HashMap<>();
    reasons.forEach((kpi, some) -> joined.put(kpi, String.join("; ", some)));
    return joined;
  }

  /**
   * The sentence at the top, about the subject and its locations.
   *
   * @param noNumbers what to say where no KPI has a value in the report's week
   */
  public String headline(String noNumbers) {
    List<Headline.Candidate> candidates = new ArrayList<>();
    kpis.forEach(kpi -> kpi.candidate("").ifPresent(candidates::add));
    for (Subject part : locations) {
      part.kpis().forEach(kpi -> kpi.candidate(part.name()).ifPresent(candidates::add));
    }
    return new Headline(candidates, format).sentence(noNumbers);
  }

  /** Whether there is a KPI that some location has a value of. */
  public boolean hasComparableLocations() {
    return !comparable().isEmpty();
  }

  /** The pinned KPIs that some location has a value of, by their place among the pinned ones. */
  List<Integer> comparable() {
    return IntStream.range(0, kpis.size())
        .filter(
            kpi -> locations.stream().anyMatch(part -> part.kpis().get(kpi).value().isPresent()))
        .boxed()
        .toList();
  }
}
