package medspa.charts.section;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.Kpi;
import medspa.charts.read.Location;
import medspa.charts.read.LocationFacts;
import medspa.charts.read.MoneyFacts;
import medspa.charts.read.Point;
import medspa.charts.read.PracticeFacts;
import medspa.charts.read.ProcessBehaviour;
import medspa.charts.read.RevenueStep;
import medspa.charts.read.Run;
import medspa.charts.read.Series;
import medspa.charts.read.WeekFacts;

/**
 * Whom a chapter of the owner's report tells of: the practice or one of its locations.
 *
 * @param kpis the pinned ones in their order
 * @param location what only a location has; empty for the practice
 * @param week what happened in it and what is to come, at one location or at all
 * @param money where it is
 * @param series of every KPI that has one, by id
 * @param behaviours what is usual, by KPI
 * @param definitions of every KPI, by id
 * @param ahead first day of the week after that of the report
 * @param isMatched whether schedule and sales name the same providers
 * @param locations those of the practice; none for a location
 * @param format for the practice's currency
 */
public record Subject(
    String name,
    List<PinnedKpi> kpis,
    Optional<LocationFacts> location,
    List<Subject> locations,
    WeekFacts week,
    MoneyFacts money,
    Map<String, Series> series,
    Map<String, ProcessBehaviour> behaviours,
    Map<String, Kpi> definitions,
    boolean isMatched,
    LocalDate ahead,
    KpiFormat format) {
  /** Less than this share of revenue or hours with a match makes what divides them wrong. */
  private static final double MATCHED = 0.95;

  /** One location of a practice. */
  public static Subject ofLocation(
      Run run, List<Kpi> kpis, PracticeFacts practice, LocationFacts location) {
    return new Subject(
        location.location().name(),
        practice.pinned().stream().map(kpi -> PinnedKpi.of(kpi, location)).toList(),
        Optional.of(location),
        List.of(),
        practice.week().of(location.location().id()),
        location.money(),
        location.series(),
        location.behaviours(),
        byId(kpis),
        isMatched(practice),
        run.lastWeek().plusDays(7),
        new KpiFormat(practice.practice().currency()));
  }

  /** The practice over all its locations. */
  public static Subject ofPractice(Run run, List<Kpi> kpis, PracticeFacts practice) {
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
        practice.locations().stream()
            .map(location -> ofLocation(run, kpis, practice, location))
            .toList(),
        practice.week(),
        practice.money(),
        practice.series(),
        practice.behaviours(),
        byId(kpis),
        isMatched(practice),
        run.lastWeek().plusDays(7),
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

  private static Map<String, Kpi> byId(List<Kpi> kpis) {
    return kpis.stream().collect(Collectors.toMap(Kpi::id, kpi -> kpi));
  }

  /**
   * The sentences at the top, about the subject and its locations.
   *
   * @param noNumbers what to say where no KPI has a value in the report's week
   */
  public String headline(String noNumbers) {
    return new Verdict(this).sentence(noNumbers);
  }

  /** What a location is called. */
  String nameOf(String locationId) {
    return find(locationId).map(Location::name).orElse(locationId);
  }

  /** Whether a location was open in the report's week. */
  boolean isOpen() {
    return location
        .flatMap(facts -> facts.location().openedOn())
        .map(day -> day.isBefore(ahead))
        .orElse(true);
  }

  /** When a location opened, where that is known. */
  Optional<LocalDate> opened(String locationId) {
    return find(locationId).flatMap(Location::openedOn);
  }

  private Optional<Location> find(String locationId) {
    return Stream.concat(location.stream(), locations.stream().flatMap(l -> l.location().stream()))
        .map(LocationFacts::location)
        .filter(some -> some.id().equals(locationId))
        .findFirst();
  }

  /** Whether sales and schedule are of the same providers, for nearly all of what names one. */
  private static boolean isMatched(PracticeFacts practice) {
    return practice.sources().identities().coverage().stream()
        .filter(coverage -> coverage.kind().equals("provider"))
        .allMatch(
            coverage ->
                coverage.revenueShare().orElse(1) >= MATCHED
                    && coverage.hoursShare().orElse(1) >= MATCHED);
  }

  /** Whether a KPI divides sales by hours though these are not of the same providers. */
  boolean isWrong(String kpi) {
    return !isMatched && kpi.startsWith("revenue_per_") && kpi.endsWith("_hour");
  }

  /** Whether the revenue of all weeks is of the same locations. */
  boolean isLikeForLike() {
    return week.steps().stream()
        .allMatch(
            step -> step.comparison() == RevenueStep.Comparison.COMPARED || location.isPresent());
  }

  /**
   * What the first action, the largest gap or the end of a move for the worse is expected to bring;
   * 0 where nothing stands out.
   */
  public BigDecimal worth() {
    return Lever.of(this).map(Lever::expected).orElse(BigDecimal.ZERO);
  }

  /**
   * How much there is to tell of it, in dollars: what is to be gained, or its dearest lasting move
   * in either direction; 0 where it has neither.
   */
  public BigDecimal weight() {
    return week.stories().stream()
        .flatMap(story -> story.dollars().stream())
        .map(BigDecimal::abs)
        .reduce(worth(), BigDecimal::max);
  }

  /** What is usual of a KPI, where there are weeks enough to tell. */
  Optional<ProcessBehaviour> behaviour(String kpi) {
    return Optional.ofNullable(behaviours.get(kpi));
  }

  /** A KPI in the report's week. */
  Optional<Point> lastPoint(String kpi) {
    return Optional.ofNullable(series.get(kpi)).map(Series::last);
  }

  /** What a KPI is called. */
  Optional<String> label(String kpi) {
    return kpi(kpi).map(Kpi::label);
  }

  /** What a KPI is. */
  Optional<Kpi> kpi(String id) {
    return Optional.ofNullable(definitions.get(id));
  }
}
