package medspa.charts.read;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.charts.read.BenchmarkFacts.BenchmarkLocation;
import medspa.charts.read.BenchmarkFacts.Gap;
import medspa.charts.read.BenchmarkFacts.Measure;
import medspa.charts.read.BenchmarkFacts.Move;
import medspa.charts.read.BenchmarkFacts.Position;
import medspa.charts.read.BenchmarkFacts.Published;
import medspa.charts.read.BenchmarkFacts.Restated;
import medspa.charts.read.BenchmarkFacts.Unmoved;
import medspa.charts.read.PortfolioTable.PeerStatistic;
import medspa.charts.read.ReportQuery.Place;
import medspa.warehouse.kpi.KpiCatalogue;
import medspa.warehouse.kpi.KpiDefinition.Direction;
import medspa.warehouse.kpi.KpiDefinition.Unit;
import medspa.warehouse.query.QueryException;
import medspa.warehouse.query.Row;
import medspa.warehouse.query.WarehouseQuery;
import medspa.warehouse.query.WarehouseQuery.Limits;
import medspa.warehouse.query.WarehouseQuery.Results;

/**
 * The published DuckDB file, opened read-only. The facts of a few reports are read at a time, so
 * that memory does not grow with the number of practices.
 */
public final class PublishedWarehouse implements AutoCloseable {
  /** Sorts a KPI that this program does not know behind all that it knows. */
  private static final int UNKNOWN = 1_000_000;

  /** Of so many locations the facts are read at once; those of a larger practice alone. */
  private static final int LOCATIONS_AT_ONCE = 100;

  private final WarehouseQuery warehouse;
  private final ReportQuery query;
  private final Run run;
  private final Map<String, Kpi> kpis;

  private PublishedWarehouse(WarehouseQuery warehouse) {
    this.warehouse = warehouse;
    this.query = new ReportQuery(warehouse);
    this.run = readRun(query);
    this.kpis = readKpis(query);
  }

  /**
   * Opens the file.
   *
   * @throws medspa.warehouse.query.QueryException if it is not there or no published warehouse
   */
  public static PublishedWarehouse open(Path file) {
    WarehouseQuery warehouse = WarehouseQuery.open(file, Limits.DEFAULT, Results.WHOLE);
    try {
      return new PublishedWarehouse(warehouse);
    } catch (RuntimeException e) {
      try {
        warehouse.close();
      } catch (QueryException closing) {
        e.addSuppressed(closing);
      }
      throw e;
    }
  }

  /** How the publication was made. */
  public Run run() {
    return run;
  }

  /** Every KPI's newest definition, in their published order. */
  public List<Kpi> kpis() {
    return List.copyOf(kpis.values());
  }

  /** The practices in the order of their ids. */
  public List<Practice> practices() {
    return query.rows(
        "practices",
        row -> {
          String id = row.text("practice_id");
          return new Practice(id, row.optionalText("name").orElse(id), row.text("currency"));
        });
  }

  /** The consultants in the order of their ids. */
  public List<Consultant> consultants() {
    Map<String, List<String>> practices = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    query.rows(
        "consultants",
        row -> {
          String id = row.text("consultant_id");
          names.putIfAbsent(id, row.optionalText("name").orElse(id));
          return practices
              .computeIfAbsent(id, key -> new ArrayList<>())
              .add(row.text("practice_id"));
        });
    return names.keySet().stream()
        .map(id -> new Consultant(id, names.get(id), List.copyOf(practices.get(id))))
        .toList();
  }

  /** The practice's locations in the order of their names. */
  public List<Location> locations(String practiceId) {
    return query.rows("locations", LocationReader::location, List.of(practiceId));
  }

  /**
   * All that the owner report of one practice says.
   *
   * @param locationId only this location; empty for all
   */
  public PracticeFacts practiceFacts(Practice practice, Optional<String> locationId) {
    return factsTogether(List.of(practice), locationId).findFirst().orElseThrow();
  }

  /**
   * All that the owner reports of practices say, one at a time in their order. Each statement is
   * asked about as many practices as fit into memory: what it costs is above all to be asked.
   *
   * @param locationId only this location; empty for all
   * @param failed takes a practice of which something cannot be read; it stops no other
   * @throws QueryException if the warehouse cannot answer
   */
  public void eachPractice(
      List<Practice> practices,
      Optional<String> locationId,
      Consumer<PracticeFacts> reader,
      BiConsumer<Practice, RuntimeException> failed) {
    for (List<Practice> some : together(practices, LOCATIONS_AT_ONCE)) {
      each(some, locationId, reader, failed);
    }
  }

  private void each(
      List<Practice> some,
      Optional<String> locationId,
      Consumer<PracticeFacts> reader,
      BiConsumer<Practice, RuntimeException> failed) {
    List<PracticeFacts> facts;
    try {
      facts = factsTogether(some, locationId).toList();
    } catch (QueryException e) {
      throw e;
    } catch (RuntimeException e) {
      if (some.size() == 1) {
        failed.accept(some.get(0), e);
      } else {
        some.forEach(practice -> each(List.of(practice), locationId, reader, failed));
      }
      return;
    }
    facts.forEach(reader);
  }

  /** The practices in groups of so many locations; one with more is a group by itself. */
  List<List<Practice>> together(List<Practice> practices, int locationsAtOnce) {
    Map<String, Long> sizes = new HashMap<>();
    query.rows("practice_sizes", row -> sizes.put(row.text("practice_id"), row.count("locations")));
    List<List<Practice>> groups = new ArrayList<>();
    long size = 0;
    for (Practice practice : practices) {
      long locations = sizes.getOrDefault(practice.id(), 0L);
      if (groups.isEmpty() || size + locations > locationsAtOnce) {
        groups.add(new ArrayList<>());
        size = 0;
      }
      groups.get(groups.size() - 1).add(practice);
      size += locations;
    }
    return groups;
  }

  Stream<PracticeFacts> factsTogether(List<Practice> practices, Optional<String> locationId) {
    List<String> ids = practices.stream().map(Practice::id).toList();
    Map<String, List<String>> pinned = query.ofPractices("pinned", row -> row.text("kpi"), ids);
    LocationReader locations = new LocationReader(query, run, ids);
    WeekReader weeks = new WeekReader(query, run, ids);
    SourceReader sources = new SourceReader(query, ids);
    return practices.stream()
        .map(
            practice -> {
              Place whole = new Place(practice.id(), Optional.empty());
              Map<String, Series> series = locations.series(whole);
              WeekFacts week = weeks.facts(practice.id());
              return new PracticeFacts(
                  practice,
                  pinned(pinned.getOrDefault(practice.id(), List.of())),
                  series,
                  locations.behaviours(whole, series),
                  locationId.map(week::of).orElse(week),
                  locations.money(practice.id()),
                  locations.locations(practice.id()).stream()
                      .filter(location -> locationId.map(location.id()::equals).orElse(true))
                      .map(locations::facts)
                      .toList(),
                  sources.facts(practice.id()));
            });
  }

  /** The pinned KPIs; every one where none that is known is pinned. */
  private List<Kpi> pinned(List<String> ids) {
    List<Kpi> pinned = ids.stream().filter(kpis::containsKey).map(kpis::get).toList();
    return pinned.isEmpty() ? kpis() : pinned;
  }

  /** What is more than noise since the report's week; what got worse first. */
  public List<NewSignal> newSignals(String practiceId) {
    return query
        .rows(
            "new_signals",
            row -> {
              Kpi kpi = kpis.get(row.text("kpi"));
              return kpi == null
                  ? Optional.<NewSignal>empty()
                  : Optional.of(
                      new NewSignal(
                          row.optionalText("location_id"),
                          kpi,
                          ProcessBehaviour.Rule.valueOf(row.text("rule").toUpperCase(Locale.ROOT)),
                          row.optionalNumber("value").orElseThrow(),
                          row.flag("is_favourable")));
            },
            practiceId)
        .stream()
        .flatMap(Optional::stream)
        .toList();
  }

  /** What the daily flash says of a location; empty before it has opened. */
  public Optional<DailyFacts> dailyFacts(Practice practice, Location location) {
    return new DailyReader(query, practice, location).facts();
  }

  /** All that the consultant's benchmark report says. */
  public BenchmarkFacts benchmarkFacts(Consultant consultant) {
    List<Practice> practices =
        practices().stream().filter(p -> consultant.practiceIds().contains(p.id())).toList();
    List<String> ids = practices.stream().map(Practice::id).toList();
    Map<Place, Map<String, Peers>> peers = LocationReader.longestBenchmarks(query, run, consultant);
    Map<String, List<Location>> named =
        query.ofPractices("locations", LocationReader::location, ids);
    Map<Place, List<Gap>> gaps =
        query.ofPlaces("portfolio_gaps", PublishedWarehouse::gap, consultant.id());
    Map<String, Map<Place, Map<String, Peers>>> groups =
        LocationReader.groupBenchmarks(query, run, consultant);
    Map<Place, List<Move>> moves =
        query.ofPlaces("portfolio_moves", PublishedWarehouse::move, consultant.id());
    Map<Place, List<Unmoved>> unmoved =
        query.ofPlaces(
            "portfolio_unmoved", PublishedWarehouse::unmoved, consultant.id(), run.lastWeek());
    Map<String, List<Story>> stories = StoryReader.read(query, run, ids);
    List<BenchmarkLocation> locations = new ArrayList<>();
    for (Practice practice : practices) {
      for (Location location : named.getOrDefault(practice.id(), List.of())) {
        locations.add(
            new BenchmarkLocation(
                practice,
                location,
                peers.getOrDefault(Place.of(location), Map.of()),
                within(groups, Place.of(location)),
                gaps.getOrDefault(Place.of(location), List.of()),
                moves.getOrDefault(Place.of(location), List.of()),
                unmoved.getOrDefault(Place.of(location), List.of()),
                stories.getOrDefault(practice.id(), List.of()).stream()
                    .filter(story -> story.locationId().equals(location.id()))
                    .toList()));
      }
    }
    List<Kpi> compared =
        kpis().stream()
            .filter(kpi -> locations.stream().anyMatch(l -> l.peers().containsKey(kpi.id())))
            .toList();
    return new BenchmarkFacts(
        consultant,
        practices,
        compared,
        List.copyOf(locations),
        query.rows("portfolio_restated", PublishedWarehouse::restated, consultant.id()).stream()
            .filter(some -> ids.contains(some.practiceId()))
            .toList(),
        SourceReader.together(query, consultant.practiceIds()),
        query.rows(
            "published_figures",
            row ->
                new Published(
                    row.text("kpi"),
                    row.optionalNumber("low").orElseThrow(),
                    row.optionalNumber("high").orElseThrow(),
                    row.text("kind"),
                    row.text("source"),
                    row.text("link"),
                    row.integer("year"),
                    row.text("sample"),
                    row.text("grade"),
                    row.text("definition"),
                    row.text("difference")),
            practices.stream().map(Practice::currency).findFirst()));
  }

  /** What the consultant's page and workbook show, without the values of the KPIs. */
  public PortfolioTable portfolioTable(Consultant consultant) {
    List<PeerStatistic> peers = PortfolioReader.peers(query, consultant);
    Set<String> compared = peers.stream().map(PeerStatistic::kpi).collect(Collectors.toSet());
    return new PortfolioTable(
        consultant,
        kpis().stream().filter(kpi -> compared.contains(kpi.id())).toList(),
        PortfolioReader.places(query, consultant, practices()),
        peers);
  }

  /**
   * Every value of a KPI that the consultant may see: of the last 26 weeks, and over the ranges of
   * 4 and 13 weeks that are compared; by range, week, practice and location.
   */
  public List<PortfolioTable.Value> portfolioValues(Consultant consultant, Kpi kpi) {
    return PortfolioReader.values(query, consultant, kpi.id(), run);
  }

  private static Gap gap(Row row) throws SQLException {
    return new Gap(
        row.text("kpi"),
        row.text("held_against").equals("peers"),
        row.optionalNumber("value").orElseThrow(),
        row.optionalNumber("reference").orElseThrow(),
        row.optionalDecimal("low"),
        row.decimal("expected"),
        row.optionalDecimal("high"));
  }

  private static Move move(Row row) throws SQLException {
    return new Move(
        Measure.valueOf(row.text("measure").toUpperCase(Locale.ROOT)),
        row.text("kpi"),
        row.integer("range_weeks"),
        row.decimal("before"),
        row.decimal("since"));
  }

  private static Unmoved unmoved(Row row) throws SQLException {
    return new Unmoved(
        row.integer("range_weeks"),
        row.optionalDate("opened_on"),
        row.integer("weeks_with_revenue"));
  }

  private static Restated restated(Row row) throws SQLException {
    return new Restated(
        row.text("practice_id"),
        row.text("location_id"),
        row.text("kpi"),
        row.integer("range_weeks"),
        row.date("week_start"),
        new Position(row.optionalInteger("from_rank"), row.optionalDecimal("from_gap_dollars")),
        new Position(row.optionalInteger("to_rank"), row.optionalDecimal("to_gap_dollars")),
        Pattern.compile(" ").splitAsStream(row.text("causes")).toList());
  }

  /** What each group that a location is in says of it. */
  private static Map<String, Map<String, Peers>> within(
      Map<String, Map<Place, Map<String, Peers>>> groups, Place place) {
    Map<String, Map<String, Peers>> within = new LinkedHashMap<>();
    groups.forEach(
        (group, places) -> {
          if (places.containsKey(place)) {
            within.put(group, places.get(place));
          }
        });
    return within;
  }

  private static Run readRun(ReportQuery query) {
    return query.row(
        "run",
        row ->
            new Run(
                row.text("run_id"),
                row.date("as_of"),
                row.optionalCount("known_at"),
                row.date("last_week_start"),
                row.count("bronze_files"),
                row.text("configuration_digest"),
                row.text("code_version"),
                row.text("privacy_note")));
  }

  private static Map<String, Kpi> readKpis(ReportQuery query) {
    List<String> order =
        KpiCatalogue.load().all().stream().map(definition -> definition.id()).toList();
    return query
        .rows(
            "kpis",
            row ->
                new Kpi(
                    row.text("kpi"),
                    row.integer("version"),
                    row.text("label"),
                    Unit.valueOf(row.text("unit").toUpperCase(Locale.ROOT)),
                    Direction.valueOf(row.text("direction").toUpperCase(Locale.ROOT)),
                    row.optionalText("sample"),
                    row.integer("spans_days"),
                    row.optionalText("judged_by"),
                    new Kpi.Definition(
                        row.text("description"), row.text("formula"), row.text("exclusions"))))
        .stream()
        .sorted(
            Comparator.comparing((Kpi kpi) -> Math.floorMod(order.indexOf(kpi.id()), UNKNOWN))
                .thenComparing(Kpi::id))
        .collect(
            Collectors.toMap(
                Kpi::id, kpi -> kpi, (one, other) -> one, LinkedHashMap<String, Kpi>::new));
  }

  /** How many statements have been asked so far. */
  long statementsAsked() {
    return query.asked();
  }

  @Override
  public void close() {
    warehouse.close();
  }
}
