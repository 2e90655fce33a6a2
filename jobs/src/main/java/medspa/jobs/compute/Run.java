package medspa.jobs.compute;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.min;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import medspa.jobs.compute.client.ClientVisits;
import medspa.jobs.compute.fold.Fold;
import medspa.jobs.compute.measure.Measures;
import medspa.jobs.compute.provider.ProviderTime;
import medspa.jobs.compute.provider.ShiftTemplates;
import medspa.jobs.compute.provider.ShiftTemplates.PlannedShift;
import medspa.jobs.compute.provider.TimeCards;
import medspa.jobs.compute.room.RoomTime;
import medspa.jobs.compute.room.TreatmentRooms;
import medspa.jobs.compute.sale.Sales;
import medspa.jobs.compute.session.RunDirectories;
import medspa.jobs.compute.silver.Silver;
import medspa.jobs.compute.stock.Inventory;
import medspa.jobs.compute.stock.StockMeasures;
import medspa.jobs.compute.visit.Bookings;
import medspa.jobs.compute.visit.DoubleBookings;
import medspa.jobs.compute.visit.Visits;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.LakeState;
import medspa.warehouse.market.Market.SourceExpectation;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** One computation: writes all datasets of silver, then those of gold from them. */
final class Run {
  /** Queries at a time: planning one hides behind running another. */
  private static final int THREADS = 4;

  /** Stands for the file of rows that come from the configuration. */
  private static final String CONFIGURATION = "configuration";

  private final ComputeRequest request;
  private final Bronze bronze;
  private final String runId;
  private final RunDirectories directories;
  private final SparkSession spark;
  private final LocalDate lastWeekStart;
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
    TableContracts contracts = TableContracts.load();

    request.progress().accept("Folding " + batches.size() + " files into current rows");
    List<Runnable> tables = new ArrayList<>();
    for (TableContract contract : contracts.all()) {
      if (!contract.name().equals("shifts")) {
        tables.add(() -> write("silver/" + contract.name(), fold.table(contract)));
      }
    }
    all(threads, tables);

    Dataset<Row> stock = Inventory.replayed(silver, lastWeekStart, statedUntil(batches)).cache();
    try {
      request.progress().accept("Forming visits, shifts and stock");
      all(
          threads,
          List.of(
              () -> write("silver/shifts", shifts(fold.table(contracts.table("shifts")), silver)),
              () -> write("silver/visits", Visits.relation(silver)),
              () -> write("gold/stock_ledger", Inventory.ledger(stock)),
              () -> write("gold/stock_weekly", Inventory.weeks(stock)),
              () -> write("gold/stock_lots", Inventory.lots(stock)),
              () -> write("gold/inventory_expiry_breaches", Inventory.breaches(stock)),
              () -> write("gold/inventory_on_hand", Inventory.onHand(stock))));

      request.progress().accept("Measuring days and weeks");
      write("gold/measures_daily", Measures.daily(daily(silver)));
      Dataset<Row> daily = read("gold/measures_daily");
      write(
          "gold/measures_weekly",
          Measures.weekly(daily, request.market().weekStartsOn(), lastWeekStart)
              .union(TimeCards.overtime(daily, request.market().weekStartsOn(), lastWeekStart))
              .union(
                  Measures.ofWeeks(
                      List.of(
                          StockMeasures.weekly(read("gold/stock_weekly")),
                          TreatmentRooms.weekly(silver, request.market(), lastWeekStart)))));
      return new LakeState(
          runId,
          request.asOf(),
          request.knownAt(),
          lastWeekStart,
          weeks(firstDay(daily, silver)),
          batches.stream().mapToLong(Batch::sequence).max().orElse(0),
          batches.size(),
          request.configurationDigest(),
          directories.datasets());
    } finally {
      stock.unpersist();
    }
  }

  /** The last day of which exports of stock state that they are complete, by location. */
  private static Map<String, LocalDate> statedUntil(List<Batch> batches) {
    Map<String, LocalDate> until = new HashMap<>();
    for (Batch batch : batches) {
      for (String table : List.of("stock_movements", "stock_counts")) {
        for (Batch.Window window : batch.table(table).map(TableCounts::windows).orElse(List.of())) {
          batch
              .period()
              .ifPresent(
                  period ->
                      until.merge(
                          window.locationId(), period.lastDate(), (a, b) -> a.isAfter(b) ? a : b));
        }
      }
    }
    return until;
  }

  /** All measures that are added up per day. */
  private List<Dataset<Row>> daily(Silver silver) {
    Dataset<Row> visits = Visits.byMember(silver);
    List<Dataset<Row>> sources =
        new ArrayList<>(
            List.of(
                ProviderTime.measures(silver),
                TimeCards.worked(silver),
                Visits.measures(visits),
                ClientVisits.measures(silver, visits, request.market()),
                Bookings.measures(silver),
                DoubleBookings.measures(silver),
                Sales.revenue(silver),
                Sales.visits(silver),
                Sales.deferred(silver),
                Sales.receipts(silver),
                Sales.tenders(silver),
                StockMeasures.daily(read("gold/stock_ledger")),
                StockMeasures.freight(silver)));
    sources.addAll(RoomTime.measures(silver, request.market()));
    return sources;
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

  /** The shifts of exports and of the templates of the configuration. */
  private Dataset<Row> shifts(Dataset<Row> exported, Silver silver) {
    if (request.market().shiftTemplates().isEmpty()) {
      return exported;
    }
    Map<String, LocalDate> firstAppointments = new HashMap<>();
    for (Row row :
        silver
            .current("appointments")
            .groupBy("location_id")
            .agg(min("local_date"))
            .collectAsList()) {
      firstAppointments.put(row.getString(0), row.getAs(1));
    }
    List<Row> planned = new ArrayList<>();
    for (PlannedShift shift :
        ShiftTemplates.expand(request.market(), request.asOf(), firstAppointments)) {
      planned.add(
          RowFactory.create(
              shift.practiceId(),
              shift.shiftId(),
              shift.locationId(),
              shift.providerId(),
              shift.startAt(),
              shift.endAt(),
              "bookable",
              shift.day(),
              false,
              CONFIGURATION,
              null));
    }
    return exported.union(spark.createDataFrame(planned, exported.schema()));
  }

  /** First local date of a measure or of stock. */
  private Optional<LocalDate> firstDay(Dataset<Row> daily, Silver silver) {
    Row first =
        daily
            .select(col("date"))
            .union(silver.facts("stock_movements").select("local_date"))
            .union(silver.facts("stock_counts").select("local_date"))
            .agg(min("date"))
            .head();
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
