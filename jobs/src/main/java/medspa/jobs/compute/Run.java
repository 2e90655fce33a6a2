package medspa.jobs.compute;

import static org.apache.spark.sql.functions.min;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import medspa.jobs.compute.fold.Fold;
import medspa.jobs.compute.measure.MeasureInputs;
import medspa.jobs.compute.measure.MeasureSource;
import medspa.jobs.compute.measure.Measures;
import medspa.jobs.compute.session.RunDirectories;
import medspa.jobs.compute.silver.DatasetSource;
import medspa.jobs.compute.silver.Silver;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Batch.Window;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.LakeState;
import medspa.warehouse.market.Market;
import medspa.warehouse.market.Market.SourceExpectation;
import medspa.warehouse.measure.MeasureCatalogue;
import medspa.warehouse.measure.MeasureFamily;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** One computation: writes all datasets of silver, then those of gold from them. */
final class Run {
  /** Queries at a time: planning one hides behind running another. */
  private static final int THREADS = 4;

  private static final String DAILY = "gold/measures_daily";

  private final ComputeRequest request;
  private final Bronze bronze;
  private final String runId;
  private final RunDirectories directories;
  private final SparkSession spark;
  private final LocalDate lastWeekStart;
  private final TableContracts contracts = TableContracts.load();
  private final Map<String, StructType> schemas = new ConcurrentHashMap<>();

  Run(
      ComputeRequest request,
      Bronze bronze,
      String runId,
      RunDirectories directories,
      SparkSession spark) {
    this.request = request;
    this.bronze = bronze;
    this.runId = runId;
    this.directories = directories;
    this.spark = spark;
    this.lastWeekStart = request.market().weekStart(request.asOf()).minusDays(7);
  }

  /** Writes everything and returns the state that makes it valid. */
  LakeState compute() {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      return compute(threads);
    } finally {
      threads.shutdownNow();
    }
  }

  private LakeState compute(ExecutorService threads) {
    List<Batch> batches = bronze.current();
    Dataset<Row> locations = Silver.locations(spark, request.market());
    Silver silver = new Silver(table -> read("silver/" + table), locations, request.asOf());
    List<String> sources =
        request.market().expectations().stream().map(SourceExpectation::source).toList();
    Fold fold = new Fold(spark, request.lake(), locations, batches, sources);
    Map<MeasureFamily, MeasureSource> measuring =
        Domains.measuring(MeasureCatalogue.load(), Domains.sources());

    request.progress().accept("Folding " + batches.size() + " files into current rows");
    try (Forming forming = new Forming(silver, fold, batches)) {
      fold(threads, fold);
      request.progress().accept("Forming visits, shifts and stock");
      form(threads, forming);
    }
    request.progress().accept("Measuring days and weeks");
    DayOfWeek weekStartsOn = request.market().weekStartsOn();
    write(DAILY, Measures.daily(rows(measuring, silver, MeasureFamily::isDaily)));
    Dataset<Row> daily = read(DAILY);
    write(
        "gold/measures_weekly",
        Measures.weekly(daily, weekStartsOn, lastWeekStart)
            .union(Measures.ofWeeks(rows(measuring, silver, family -> !family.isDaily()))));
    return new LakeState(
        runId,
        request.asOf(),
        request.knownAt(),
        lastWeekStart,
        weeks(firstDay(measuring, silver, daily)),
        batches.stream().mapToLong(Batch::sequence).max().orElse(0),
        batches.size(),
        request.configurationDigest(),
        directories.datasets(),
        directories.sealed());
  }

  /** Writes the current rows of all tables but those that a domain completes. */
  private void fold(ExecutorService threads, Fold fold) {
    Set<String> formed =
        Domains.datasets().stream()
            .flatMap(source -> source.datasets().stream())
            .collect(Collectors.toSet());
    List<Runnable> tables = new ArrayList<>();
    for (TableContract contract : contracts.all()) {
      String dataset = "silver/" + contract.name();
      if (!formed.contains(dataset)) {
        tables.add(() -> write(dataset, fold.table(contract)));
      }
    }
    all(threads, tables);
  }

  /** Writes what the domains form, each dataset after those it reads. */
  private void form(ExecutorService threads, Forming forming) {
    List<DatasetSource> waiting = new ArrayList<>(Domains.datasets());
    while (!waiting.isEmpty()) {
      List<DatasetSource> ready =
          waiting.stream().filter(source -> schemas.keySet().containsAll(source.needs())).toList();
      if (ready.isEmpty()) {
        throw new IllegalStateException(
            "Nobody writes what these datasets need: "
                + waiting.stream().map(DatasetSource::datasets).toList());
      }
      List<Runnable> datasets = new ArrayList<>();
      for (DatasetSource source : ready) {
        source.formed(forming).forEach((name, rows) -> datasets.add(() -> write(name, rows)));
      }
      all(threads, datasets);
      waiting.removeAll(ready);
    }
  }

  /** What the domains form datasets from; what they keep is let go when all are written. */
  private final class Forming implements DatasetSource.Inputs, AutoCloseable {
    private final Silver silver;
    private final Fold fold;
    private final List<Batch> batches;
    private final List<Dataset<Row>> kept = new ArrayList<>();

    Forming(Silver silver, Fold fold, List<Batch> batches) {
      this.silver = silver;
      this.fold = fold;
      this.batches = batches;
    }

    @Override
    public Silver silver() {
      return silver;
    }

    @Override
    public Market market() {
      return request.market();
    }

    @Override
    public LocalDate lastWeekStart() {
      return lastWeekStart;
    }

    @Override
    public Dataset<Row> folded(String table) {
      return fold.table(contracts.table(table));
    }

    @Override
    public Map<String, LocalDate> statedUntil(Set<String> tables) {
      Map<String, LocalDate> until = new HashMap<>();
      for (Batch batch : batches) {
        for (String table : tables) {
          for (Window window : batch.table(table).map(TableCounts::windows).orElse(List.of())) {
            batch
                .period()
                .ifPresent(
                    period ->
                        until.merge(
                            window.locationId(),
                            period.lastDate(),
                            (a, b) -> a.isAfter(b) ? a : b));
          }
        }
      }
      return until;
    }

    @Override
    public Dataset<Row> kept(Dataset<Row> rows) {
      kept.add(rows.cache());
      return rows;
    }

    @Override
    public void close() {
      kept.forEach(Dataset::unpersist);
    }
  }

  /** The rows of the measures of some families. */
  private List<Dataset<Row>> rows(
      Map<MeasureFamily, MeasureSource> measuring, Silver silver, Predicate<MeasureFamily> wanted) {
    List<Dataset<Row>> rows = new ArrayList<>();
    measuring.forEach(
        (family, source) -> {
          if (wanted.test(family)) {
            rows.addAll(inputs(family, source, silver).rowsOf(source));
          }
        });
    return rows;
  }

  private MeasureInputs inputs(MeasureFamily family, MeasureSource source, Silver silver) {
    return MeasureInputs.of(source, family, silver, this::read, request.market(), lastWeekStart);
  }

  private void write(String dataset, Dataset<Row> rows) {
    Path directory = directories.create(dataset);
    rows.write().parquet(directory.toString());
    schemas.put(dataset, rows.schema());
  }

  /** What this run has written; with its schema, so that no file is opened to learn it. */
  private Dataset<Row> read(String dataset) {
    return spark
        .read()
        .schema(schemas.get(dataset))
        .parquet(directories.directory(dataset).toString());
  }

  /** The first date of a measure, or of which the tables of a source tell. */
  private Optional<LocalDate> firstDay(
      Map<MeasureFamily, MeasureSource> measuring, Silver silver, Dataset<Row> daily) {
    List<Dataset<Row>> dates = new ArrayList<>(List.of(daily.select("date")));
    measuring.forEach(
        (family, source) -> dates.addAll(source.dates(inputs(family, source, silver))));
    Row first = dates.stream().reduce(Dataset::union).orElseThrow().agg(min("date")).head();
    return Optional.ofNullable(first.getAs(0));
  }

  private int weeks(Optional<LocalDate> firstDay) {
    return firstDay
        .map(day -> ChronoUnit.WEEKS.between(request.market().weekStart(day), lastWeekStart) + 1)
        .map(weeks -> Math.toIntExact(Math.max(0, weeks)))
        .orElse(0);
  }

  /** Runs all tasks; the first failure is thrown when all have ended. */
  private static void all(ExecutorService threads, List<Runnable> tasks) {
    List<Future<?>> futures = new ArrayList<>();
    tasks.forEach(task -> futures.add(threads.submit(task)));
    RuntimeException failure = null;
    for (Future<?> future : futures) {
      try {
        future.get();
      } catch (ExecutionException e) {
        if (failure == null) {
          failure = new IllegalStateException("The computation failed", e.getCause());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("The computation was interrupted", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
