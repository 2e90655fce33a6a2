package medspa.charts.read;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import medspa.charts.read.Peers.Interval;
import medspa.charts.read.Peers.Quartiles;
import medspa.charts.read.ProviderWeek.Minutes;
import medspa.charts.read.ReportQuery.Place;
import medspa.warehouse.query.Row;

/** Reads what the warehouse says about some practices and their locations, in one go. */
final class LocationReader {
  /** The provider id under which revenue stands that the export gives to nobody. */
  private static final String UNATTRIBUTED = "unattributed";

  private final Run run;
  private final Map<String, List<Location>> locations;
  private final Map<Place, Map<String, Map<LocalDate, Point>>> points = new HashMap<>();
  private final Map<Place, List<Signal>> signals;
  private final Map<Place, Map<String, Limits>> limits;
  private final Map<Place, Map<String, Double>> targets;
  private final Map<Place, Map<String, Peers>> peers;
  private final Map<Place, Map<String, String>> unavailable;
  private final Map<String, List<Provider>> providers;
  private final Map<Place, Map<String, Minutes>> minutes = new HashMap<>();
  private final Map<Place, Map<String, Map<String, Point>>> ofProviders = new HashMap<>();
  private final StockReader stock;
  private final MoneyReader money;
  private final Map<Place, List<ServiceFacts.Duration>> durations;
  private final Map<Place, List<ServiceFacts.Hour>> hours;
  private final Map<Place, List<ServiceFacts.Rate>> rates;

  private record Signal(String kpi, LocalDate week, ProcessBehaviour.Rule rule) {}

  private record Limits(double lower, double center, double upper) {}

  private record Provider(String id, Optional<String> name, Optional<String> role) {}

  LocationReader(ReportQuery query, Run run, List<String> practiceIds) {
    this.run = run;
    LocalDate week = run.lastWeek();
    locations = query.ofPractices("locations", LocationReader::location, practiceIds);
    query.rows(
        "series",
        row -> {
          Point point = point(row);
          return points
              .computeIfAbsent(Place.of(row), place -> new HashMap<>())
              .computeIfAbsent(row.text("kpi"), kpi -> new HashMap<>())
              .put(point.week(), point);
        },
        practiceIds,
        Series.weeks(week).get(0),
        week);
    signals =
        query.ofPlaces(
            "signals",
            row ->
                new Signal(
                    row.text("kpi"),
                    row.date("week_start"),
                    ProcessBehaviour.Rule.valueOf(row.text("rule").toUpperCase(Locale.ROOT))),
            practiceIds);
    limits =
        query.ofKpis(
            "limits",
            row ->
                new Limits(
                    row.optionalNumber("lower_limit").orElseThrow(),
                    row.optionalNumber("center").orElseThrow(),
                    row.optionalNumber("upper_limit").orElseThrow()),
            practiceIds);
    targets =
        query.ofKpis("targets", row -> row.optionalNumber("target").orElseThrow(), practiceIds);
    peers = query.ofKpis("week_benchmarks", LocationReader::peers, practiceIds, week);
    unavailable = query.ofKpis("unavailable", row -> row.text("reason"), practiceIds, week);
    providers =
        query.ofPractices(
            "providers",
            row ->
                new Provider(
                    row.text("provider_id"), row.optionalText("name"), row.optionalText("role")),
            practiceIds);
    query.rows(
        "provider_minutes",
        row ->
            minutes
                .computeIfAbsent(Place.of(row), place -> new HashMap<>())
                .put(row.text("provider_id"), minutes(row)),
        practiceIds,
        week);
    query.rows(
        "provider_series",
        row ->
            ofProviders
                .computeIfAbsent(Place.of(row), place -> new HashMap<>())
                .computeIfAbsent(row.text("provider_id"), provider -> new HashMap<>())
                .put(row.text("kpi"), point(row)),
        practiceIds,
        week);
    stock = new StockReader(query, practiceIds);
    money = new MoneyReader(query, practiceIds, week);
    durations = query.ofPlaces("durations", LocationReader::duration, practiceIds);
    hours =
        query.ofPlaces(
            "hours",
            row ->
                new ServiceFacts.Hour(
                    row.integer("weekday"),
                    row.integer("hour"),
                    row.optionalNumber("booked_share").orElseThrow(),
                    row.flag("is_bottleneck")),
            practiceIds);
    rates = query.ofPlaces("provider_rates", LocationReader::rate, practiceIds);
  }

  /** The practice's locations in the order of their names. */
  List<Location> locations(String practiceId) {
    return locations.getOrDefault(practiceId, List.of());
  }

  /** What is said of one location. */
  LocationFacts facts(Location location) {
    Place place = Place.of(location);
    Map<String, Series> series = series(place);
    return new LocationFacts(
        location,
        series,
        behaviours(place, series),
        targets.getOrDefault(place, Map.of()),
        peers.getOrDefault(place, Map.of()),
        unavailable.getOrDefault(place, Map.of()),
        providers(place),
        stock.facts(location),
        money.ofLocation(location),
        new ServiceFacts(
            durations.getOrDefault(place, List.of()),
            hours.getOrDefault(place, List.of()),
            rates.getOrDefault(place, List.of())));
  }

  /** The numbers of a location or of a practice as a whole, by KPI. */
  Map<String, Series> series(Place place) {
    Map<String, Series> series = new HashMap<>();
    points
        .getOrDefault(place, Map.of())
        .forEach((kpi, weeks) -> series.put(kpi, Series.of(run.lastWeek(), weeks)));
    return series;
  }

  /** What is usual of some series of a place, and what is not. */
  Map<String, ProcessBehaviour> behaviours(Place place, Map<String, Series> series) {
    List<LocalDate> weeks = Series.weeks(run.lastWeek());
    Map<String, SortedMap<Integer, ProcessBehaviour.Rule>> told = new HashMap<>();
    for (Signal signal : signals.getOrDefault(place, List.of())) {
      int week = weeks.indexOf(signal.week());
      if (week >= 0) {
        told.computeIfAbsent(signal.kpi(), kpi -> new TreeMap<>())
            .merge(week, signal.rule(), (one, other) -> one.compareTo(other) < 0 ? one : other);
      }
    }
    Map<String, ProcessBehaviour> behaviours = new HashMap<>();
    limits
        .getOrDefault(place, Map.of())
        .forEach(
            (kpi, usual) -> {
              Series shown = series.get(kpi);
              boolean isNeverNegative = shown == null || shown.isNeverNegative();
              behaviours.put(
                  kpi,
                  new ProcessBehaviour(
                      usual.center(),
                      isNeverNegative ? Math.max(0, usual.lower()) : usual.lower(),
                      usual.upper(),
                      told.getOrDefault(kpi, new TreeMap<>())));
            });
    return behaviours;
  }

  /** Where the money of a practice's locations is. */
  MoneyFacts money(String practiceId) {
    return money.ofPractice(practiceId);
  }

  private static Point point(Row row) throws SQLException {
    return new Point(
        row.date("week_start"),
        row.optionalNumber("value"),
        row.flag("is_stable"),
        row.optionalNumber("sample_size"));
  }

  /** By location and KPI, over the longest range published, as the consultant may see it. */
  static Map<Place, Map<String, Peers>> longestBenchmarks(
      ReportQuery query, Run run, Consultant consultant) {
    // The longest range comes last and stays.
    return query.ofKpis(
        "longest_benchmarks",
        LocationReader::peers,
        consultant.practiceIds(),
        run.lastWeek(),
        consultant.id());
  }

  /** The same within each region and peer group, by its name. */
  static Map<String, Map<Place, Map<String, Peers>>> groupBenchmarks(
      ReportQuery query, Run run, Consultant consultant) {
    Map<String, Map<Place, Map<String, Peers>>> groups = new TreeMap<>();
    query.rows(
        "portfolio_groups",
        row ->
            groups
                .computeIfAbsent(row.text("peer_group"), group -> new HashMap<>())
                .computeIfAbsent(Place.of(row), place -> new HashMap<>())
                .put(row.text("kpi"), peers(row)),
        consultant.practiceIds(),
        run.lastWeek(),
        consultant.id());
    return groups;
  }

  static Location location(Row row) throws SQLException {
    String id = row.text("location_id");
    return new Location(
        row.text("practice_id"),
        id,
        row.optionalText("name").orElse(id),
        row.text("time_zone"),
        row.optionalDate("opened_on"));
  }

  private static Peers peers(Row row) throws SQLException {
    OptionalDouble p25 = row.optionalNumber("p25");
    OptionalDouble p50 = row.optionalNumber("p50");
    OptionalDouble p75 = row.optionalNumber("p75");
    OptionalDouble low = row.optionalNumber("value_low");
    OptionalDouble high = row.optionalNumber("value_high");
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
        withheld,
        low.isPresent() && high.isPresent()
            ? Optional.of(new Interval(low.getAsDouble(), high.getAsDouble()))
            : Optional.empty());
  }

  private static Minutes minutes(Row row) throws SQLException {
    return new Minutes(
        row.decimal("bookable_minutes"),
        row.decimal("kept_minutes"),
        row.decimal("no_show_minutes"),
        row.decimal("late_cancelled_minutes"),
        row.decimal("unresolved_minutes"),
        row.decimal("idle_minutes"));
  }

  private static ServiceFacts.Duration duration(Row row) throws SQLException {
    return new ServiceFacts.Duration(
        row.text("name"),
        row.count("rows_timed"),
        row.optionalNumber("scheduled_median_minutes").orElseThrow(),
        row.optionalNumber("actual_median_minutes").orElseThrow(),
        row.optionalNumber("actual_p80_minutes").orElseThrow());
  }

  private static ServiceFacts.Rate rate(Row row) throws SQLException {
    return new ServiceFacts.Rate(
        row.text("provider"),
        row.text("category"),
        row.count("rows_attended"),
        row.optionalNumber("treated_hours").orElseThrow(),
        row.optionalNumber("rate").orElseThrow(),
        row.optionalNumber("category_mean").orElseThrow());
  }

  /** Those who had time or a number in the week, by name; behind them those whom no one names. */
  private List<ProviderWeek> providers(Place place) {
    Map<String, Minutes> time = minutes.getOrDefault(place, Map.of());
    Map<String, Map<String, Point>> kpis = ofProviders.getOrDefault(place, Map.of());
    Set<String> unnamed = new TreeSet<>(time.keySet());
    unnamed.addAll(kpis.keySet());
    List<Provider> told = new ArrayList<>();
    for (Provider provider : providers.getOrDefault(place.practiceId(), List.of())) {
      if (unnamed.remove(provider.id())) {
        told.add(provider);
      }
    }
    for (String id : unnamed) {
      told.add(
          new Provider(
              id,
              id.equals(UNATTRIBUTED)
                  ? Optional.of("No provider named in the export")
                  : Optional.empty(),
              Optional.empty()));
    }
    return told.stream()
        .map(
            provider ->
                new ProviderWeek(
                    provider.id(),
                    provider.name().orElse(provider.id()),
                    provider.role(),
                    Optional.ofNullable(time.get(provider.id())),
                    kpis.getOrDefault(provider.id(), Map.of())))
        .toList();
  }
}
