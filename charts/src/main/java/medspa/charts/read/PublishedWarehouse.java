package medspa.charts.read;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import medspa.charts.read.BenchmarkFacts.BenchmarkLocation;
import medspa.warehouse.kpi.KpiCatalogue;
import medspa.warehouse.kpi.KpiDefinition.Direction;
import medspa.warehouse.kpi.KpiDefinition.Unit;
import medspa.warehouse.query.QueryException;
import medspa.warehouse.query.WarehouseQuery;
import medspa.warehouse.query.WarehouseQuery.Limits;
import medspa.warehouse.query.WarehouseQuery.Results;

/**
 * The published DuckDB file, opened read-only. The facts of one report are read at a time, so that
 * memory does not grow with the number of practices.
 */
public final class PublishedWarehouse implements AutoCloseable {
  /** Sorts a KPI that this program does not know behind all that it knows. */
  private static final int UNKNOWN = 1_000_000;

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
    return query.rows(
        "locations",
        row -> {
          String id = row.text("location_id");
          return new Location(
              row.text("practice_id"),
              id,
              row.optionalText("name").orElse(id),
              row.text("time_zone"),
              row.optionalDate("opened_on"));
        },
        practiceId);
  }

  /**
   * All that the practice's owner report says.
   *
   * @param locationId only this location; empty for all
   */
  public PracticeFacts practiceFacts(Practice practice, Optional<String> locationId) {
    List<Kpi> pinned =
        query.rows("pinned", row -> row.text("kpi"), practice.id()).stream()
            .filter(kpis::containsKey)
            .map(kpis::get)
            .toList();
    LocationReader reader = new LocationReader(query, run, practice.id());
    Map<String, Series> series = reader.practiceSeries();
    WeekFacts week = WeekReader.read(query, run, practice.id());
    return new PracticeFacts(
        practice,
        pinned.isEmpty() ? kpis() : pinned,
        series,
        reader.practiceBehaviours(series),
        locationId.map(week::of).orElse(week),
        new MoneyReader(query).ofPractice(practice.id(), run.lastWeek()),
        locations(practice.id()).stream()
            .filter(location -> locationId.map(location.id()::equals).orElse(true))
            .map(reader::facts)
            .toList(),
        SourceReader.read(query, List.of(practice.id())));
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
    List<BenchmarkLocation> locations = new ArrayList<>();
    for (Practice practice : practices) {
      Map<String, Map<String, Peers>> peers =
          new LocationReader(query, run, practice.id()).longestBenchmarks();
      for (Location location : locations(practice.id())) {
        locations.add(
            new BenchmarkLocation(practice, location, peers.getOrDefault(location.id(), Map.of())));
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
        SourceReader.read(query, consultant.practiceIds()));
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

  @Override
  public void close() {
    warehouse.close();
  }
}
