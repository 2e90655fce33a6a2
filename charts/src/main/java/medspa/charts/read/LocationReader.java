package medspa.charts.read;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import medspa.charts.read.Peers.Quartiles;
import medspa.charts.read.ProviderWeek.Minutes;
import medspa.warehouse.query.Row;

/** Reads what the warehouse says about a practice and its locations. */
final class LocationReader {
  /** The provider id under which revenue stands that the export gives to nobody. */
  private static final String UNATTRIBUTED = "unattributed";

  private final ReportQuery query;
  private final Run run;
  private final String practiceId;

  LocationReader(ReportQuery query, Run run, String practiceId) {
    this.query = query;
    this.run = run;
    this.practiceId = practiceId;
  }

  LocationFacts facts(Location location) {
    Map<String, Series> series =
        series("location_series", practiceId, location.id(), firstWeek(), run.lastWeek());
    return new LocationFacts(
        location,
        series,
        behaviours(series, Optional.of(location.id())),
        targets(location.id()),
        weekBenchmarks(location.id()),
        unavailable(location.id()),
        providers(location.id()),
        new StockReader(query, practiceId, location.id()).facts(),
        new MoneyReader(query).ofLocation(practiceId, location.id(), run.lastWeek()),
        services(location.id()));
  }

  private ServiceFacts services(String locationId) {
    return new ServiceFacts(
        query.rows(
            "durations",
            row ->
                new ServiceFacts.Duration(
                    row.text("name"),
                    row.count("rows_timed"),
                    row.optionalNumber("scheduled_median_minutes").orElseThrow(),
                    row.optionalNumber("actual_median_minutes").orElseThrow(),
                    row.optionalNumber("actual_p80_minutes").orElseThrow()),
            practiceId,
            locationId),
        query.rows(
            "hours",
            row ->
                new ServiceFacts.Hour(
                    row.integer("weekday"),
                    row.integer("hour"),
                    row.optionalNumber("booked_share").orElseThrow(),
                    row.flag("is_bottleneck")),
            practiceId,
            locationId),
        query.rows(
            "provider_rates",
            row ->
                new ServiceFacts.Rate(
                    row.text("provider"),
                    row.text("category"),
                    row.count("rows_attended"),
                    row.optionalNumber("treated_hours").orElseThrow(),
                    row.optionalNumber("rate").orElseThrow(),
                    row.optionalNumber("category_mean").orElseThrow()),
            practiceId,
            locationId));
  }

  Map<String, Series> practiceSeries() {
    return series("practice_series", practiceId, firstWeek(), run.lastWeek());
  }

  Map<String, ProcessBehaviour> practiceBehaviours(Map<String, Series> series) {
    return behaviours(series, Optional.empty());
  }

  /**
   * What is usual of some series, and what is not.
   *
   * @param locationId whose; empty for the practice as a whole
   */
  private Map<String, ProcessBehaviour> behaviours(
      Map<String, Series> series, Optional<String> locationId) {
    List<LocalDate> weeks = Series.weeks(run.lastWeek());
    Map<String, SortedMap<Integer, ProcessBehaviour.Rule>> signals = new HashMap<>();
    query.rows(
        "signals",
        row -> {
          ProcessBehaviour.Rule rule =
              ProcessBehaviour.Rule.valueOf(row.text("rule").toUpperCase(Locale.ROOT));
          int place = weeks.indexOf(row.date("week_start"));
          if (place >= 0) {
            signals
                .computeIfAbsent(row.text("kpi"), key -> new TreeMap<>())
                .merge(place, rule, (one, other) -> one.compareTo(other) < 0 ? one : other);
          }
          return place;
        },
        practiceId,
        locationId);
    Map<String, ProcessBehaviour> behaviours = new HashMap<>();
    query.rows(
        "limits",
        row -> {
          String kpi = row.text("kpi");
          double lower = row.optionalNumber("lower_limit").orElseThrow();
          Series shown = series.get(kpi);
          boolean isNeverNegative = shown == null || shown.isNeverNegative();
          return behaviours.put(
              kpi,
              new ProcessBehaviour(
                  row.optionalNumber("center").orElseThrow(),
                  isNeverNegative ? Math.max(0, lower) : lower,
                  row.optionalNumber("upper_limit").orElseThrow(),
                  signals.getOrDefault(kpi, new TreeMap<>())));
        },
        practiceId,
        locationId);
    return behaviours;
  }

  private LocalDate firstWeek() {
    return Series.weeks(run.lastWeek()).get(0);
  }

  private Map<String, Series> series(String statement, Object... parameters) {
    Map<String, Map<LocalDate, Point>> rows = new HashMap<>();
    query.rows(
        statement,
        row -> {
          Point point = point(row);
          return rows.computeIfAbsent(row.text("kpi"), key -> new HashMap<>())
              .put(point.week(), point);
        },
        parameters);
    Map<String, Series> series = new HashMap<>();
    rows.forEach((kpi, points) -> series.put(kpi, Series.of(run.lastWeek(), points)));
    return series;
  }

  private static Point point(Row row) throws SQLException {
    return new Point(
        row.date("week_start"),
        row.optionalNumber("value"),
        row.flag("is_stable"),
        row.optionalNumber("sample_size"));
  }

  private Map<String, Double> targets(String locationId) {
    Map<String, Double> targets = new HashMap<>();
    query.rows(
        "targets",
        row -> {
          String kpi = row.text("kpi");
          row.optionalNumber("target").ifPresent(target -> targets.put(kpi, target));
          return kpi;
        },
        practiceId,
        locationId);
    return targets;
  }

  private Map<String, String> unavailable(String locationId) {
    Map<String, String> reasons = new HashMap<>();
    query.rows(
        "unavailable",
        row -> reasons.put(row.text("kpi"), row.text("reason")),
        practiceId,
        locationId,
        run.lastWeek());
    return reasons;
  }

  private Map<String, Peers> weekBenchmarks(String locationId) {
    Map<String, Peers> peers = new HashMap<>();
    query.rows(
        "week_benchmarks",
        row -> peers.put(row.text("kpi"), peers(row)),
        practiceId,
        locationId,
        run.lastWeek());
    return peers;
  }

  /** By location and KPI, over the longest range published. */
  Map<String, Map<String, Peers>> longestBenchmarks() {
    Map<String, Map<String, Peers>> peers = new HashMap<>();
    query.rows(
        "longest_benchmarks",
        row ->
            peers
                .computeIfAbsent(row.text("location_id"), key -> new HashMap<>())
                .put(row.text("kpi"), peers(row)),
        practiceId,
        run.lastWeek());
    return peers;
  }

  private static Peers peers(Row row) throws SQLException {
    OptionalDouble p25 = row.optionalNumber("p25");
    OptionalDouble p50 = row.optionalNumber("p50");
    OptionalDouble p75 = row.optionalNumber("p75");
    Optional<String> withheld = row.optionalText("withheld_reason");
    // Statistics that carry a reason to withhold them are never shown, whatever stands beside it.
    boolean shown = withheld.isEmpty() && p25.isPresent() && p50.isPresent() && p75.isPresent();
    return new Peers(
        row.integer("range_weeks"),
        row.optionalNumber("value"),
        row.flag("is_stable"),
        row.optionalInteger("rank"),
        shown
            ? Optional.of(new Quartiles(p25.getAsDouble(), p50.getAsDouble(), p75.getAsDouble()))
            : Optional.empty(),
        row.integer("contributors"),
        withheld);
  }

  private List<ProviderWeek> providers(String locationId) {
    Map<String, Minutes> minutes = new HashMap<>();
    query.rows(
        "provider_minutes",
        row ->
            minutes.put(
                row.text("provider_id"),
                new Minutes(
                    row.decimal("bookable_minutes"),
                    row.decimal("kept_minutes"),
                    row.decimal("no_show_minutes"),
                    row.decimal("late_cancelled_minutes"),
                    row.decimal("unresolved_minutes"),
                    row.decimal("idle_minutes"))),
        practiceId,
        locationId,
        run.lastWeek());
    Map<String, Map<String, Point>> kpis = new HashMap<>();
    query.rows(
        "provider_series",
        row ->
            kpis.computeIfAbsent(row.text("provider_id"), key -> new HashMap<>())
                .put(row.text("kpi"), point(row)),
        practiceId,
        locationId,
        run.lastWeek());
    Map<String, ProviderWeek> named = new LinkedHashMap<>();
    query.rows(
        "providers",
        row -> {
          String id = row.text("provider_id");
          return named.put(
              id, provider(id, row.optionalText("name"), row.optionalText("role"), minutes, kpis));
        },
        practiceId);
    List<ProviderWeek> providers = new ArrayList<>();
    named.values().stream()
        .filter(p -> minutes.containsKey(p.id()) || kpis.containsKey(p.id()))
        .forEach(providers::add);
    java.util.stream.Stream.concat(minutes.keySet().stream(), kpis.keySet().stream())
        .distinct()
        .filter(id -> !named.containsKey(id))
        .sorted()
        .map(
            id ->
                provider(
                    id,
                    id.equals(UNATTRIBUTED)
                        ? Optional.of("No provider named in the export")
                        : Optional.empty(),
                    Optional.empty(),
                    minutes,
                    kpis))
        .forEach(providers::add);
    return providers;
  }

  private static ProviderWeek provider(
      String id,
      Optional<String> name,
      Optional<String> role,
      Map<String, Minutes> minutes,
      Map<String, Map<String, Point>> kpis) {
    return new ProviderWeek(
        id,
        name.orElse(id),
        role,
        Optional.ofNullable(minutes.get(id)),
        kpis.getOrDefault(id, Map.of()));
  }
}
