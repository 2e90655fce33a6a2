package medspa.jobs.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.jobs.compute.measure.MeasureSource;
import medspa.jobs.compute.measure.Reach;
import medspa.jobs.compute.silver.Silver;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.LakeState;
import medspa.warehouse.market.Market;
import medspa.warehouse.market.Market.Hours;
import medspa.warehouse.measure.MeasureCatalogue;
import medspa.warehouse.measure.MeasureDefinition;
import medspa.warehouse.measure.MeasureFamily;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lake, and the same lake with one row of each practice changed: a source's measures differ only
 * on the days that it says, and not at all where it does not name the row's table.
 */
@Tag("full")
class ReachTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 5, 4);

  private static final Map<DayOfWeek, List<Hours>> HOURS =
      Stream.of(DayOfWeek.values())
          .collect(
              Collectors.toMap(
                  Function.identity(),
                  day -> List.of(new Hours(LocalTime.of(8, 0), LocalTime.of(20, 0)))));

  /** Rows of many tables, in which each change below shows. */
  private static final Map<String, List<String>> ROWS =
      Map.ofEntries(
          Map.entry(
              "appointments",
              List.of(
                  "appointment_id=a1 location_id=loop client_key=c1 provider_id=p1 room_id=r1"
                      + " service_id=botox start_at=2026-02-02T10:00 end_at=2026-02-02T11:00"
                      + " status=completed booked_at=2026-01-20T10:00 booking_channel=online"
                      + " checked_in_at=2026-02-02T09:50 started_at=2026-02-02T10:20"
                      + " finished_at=2026-02-02T11:10",
                  "appointment_id=a2 location_id=loop client_key=c1 provider_id=p1 room_id=r1"
                      + " service_id=botox start_at=2026-03-02T10:00 end_at=2026-03-02T11:00"
                      + " status=completed booked_at=2026-02-02T12:00",
                  "appointment_id=a3 location_id=loop client_key=c2 provider_id=p2 room_id=r1"
                      + " service_id=peel start_at=2026-03-03T23:30 end_at=2026-03-04T00:30"
                      + " status=completed booked_at=2026-02-03T12:00",
                  "appointment_id=a4 location_id=loop client_key=c3 provider_id=p2 visit_id=v9"
                      + " start_at=2026-03-10T10:00 end_at=2026-03-10T11:00 status=no_show",
                  "appointment_id=a5 location_id=loop client_key=c4 provider_id=p1 visit_id=v9"
                      + " start_at=2026-03-12T10:00 end_at=2026-03-12T11:00 status=completed",
                  "appointment_id=a6 location_id=lake client_key=c1 provider_id=p1"
                      + " service_id=botox start_at=2026-04-20T10:00 end_at=2026-04-20T11:00"
                      + " status=completed booked_at=2026-03-02T10:30",
                  "appointment_id=a7 location_id=loop client_key=c5 provider_id=p2"
                      + " start_at=2026-03-18T10:00 end_at=2026-03-18T11:00 status=cancelled"
                      + " cancelled_at=2026-03-18T09:00",
                  "appointment_id=a8 location_id=loop client_key=c3 provider_id=p1"
                      + " start_at=2026-03-02T10:30 end_at=2026-03-02T11:30 status=booked")),
          Map.entry(
              "shifts",
              List.of(
                  "shift_id=s1 location_id=loop provider_id=p1 start_at=2026-03-02T09:00"
                      + " end_at=2026-03-02T17:00 kind=bookable",
                  "shift_id=s2 location_id=loop provider_id=p2 start_at=2026-03-03T20:00"
                      + " end_at=2026-03-04T02:00 kind=bookable")),
          Map.entry(
              "timecards",
              List.of(
                  "timecard_id=t1 location_id=loop provider_id=p1 clock_in_at=2026-03-02T08:00"
                      + " clock_out_at=2026-03-03T06:00",
                  "timecard_id=t2 location_id=loop provider_id=p1 clock_in_at=2026-03-04T08:00"
                      + " clock_out_at=2026-03-05T06:00")),
          Map.entry(
              "sale_lines",
              List.of(
                  "sale_id=R1 line_id=1 location_id=loop provider_id=p1 service_id=botox"
                      + " sold_at=2026-03-02T11:00 kind=service quantity=1 gross_amount=200"
                      + " discount_amount=20 tax_amount=0",
                  "sale_id=R1 line_id=2 location_id=loop seller_id=p2 sold_at=2026-03-04T11:00"
                      + " kind=retail quantity=1 gross_amount=30 discount_amount=0 tax_amount=2",
                  "sale_id=R2 line_id=1 location_id=loop client_key=c1 provider_id=p1"
                      + " service_id=peel sold_at=2026-03-20T11:00 kind=service quantity=1"
                      + " gross_amount=90 discount_amount=0 tax_amount=0",
                  "sale_id=R2 line_id=2 location_id=loop client_key=c1 sold_at=2026-03-20T11:00"
                      + " kind=package quantity=1 gross_amount=500 discount_amount=0"
                      + " tax_amount=0")),
          Map.entry(
              "payments",
              List.of(
                  "payment_id=P1 location_id=loop sale_id=R1 paid_at=2026-03-06T10:00 tender=card"
                      + " amount=100",
                  "payment_id=P2 location_id=loop sale_id=R2 paid_at=2026-03-20T12:00 tender=cash"
                      + " amount=590")),
          Map.entry(
              "stock_movements",
              List.of(
                  "movement_id=m1 location_id=loop product_id=vial lot=L1 expires_on=2026-04-15"
                      + " moved_at=2026-02-10T10:00 kind=receipt quantity=100 unit_cost=7"
                      + " freight_amount=25 is_expedited=true",
                  "movement_id=m2 location_id=loop product_id=vial lot=L1"
                      + " moved_at=2026-03-10T10:00 kind=usage quantity=-30 is_expedited=false",
                  "movement_id=m3 location_id=loop product_id=vial lot=L1"
                      + " moved_at=2026-04-16T10:00 kind=expired quantity=-20 is_expedited=false",
                  "movement_id=m4 location_id=loop product_id=mask moved_at=2026-02-20T10:00"
                      + " kind=receipt quantity=5 unit_cost=3 is_expedited=false")),
          Map.entry(
              "stock_counts",
              List.of(
                  "count_id=k1 location_id=loop product_id=vial lot=L1"
                      + " counted_at=2026-03-15T08:00 quantity=68")),
          Map.entry(
              "products",
              List.of(
                  "product_id=vial unit_cost=5 is_consignment=false",
                  "product_id=mask unit_cost=3 is_consignment=false")),
          Map.entry(
              "services",
              List.of(
                  "service_id=botox category=Injectables setup_minutes=5 turnover_minutes=10",
                  "service_id=peel category=Skin")),
          Map.entry("rooms", List.of("location_id=loop room_id=r1 kind=treatment")),
          Map.entry("clients", List.of("client_key=c1 first_seen_on=2026-02-02")));

  /** A row that replaces one of {@link #ROWS} or is new. */
  private record Change(String table, String row) {}

  private static final List<Change> CHANGES =
      List.of(
          // One row of a visit of several days no longer decides what became of the visit.
          new Change("appointments", replaced("appointments", 4, "completed", "deleted")),
          // What ends after midnight takes time of the next day.
          new Change("appointments", replaced("appointments", 2, "03-04T00:30", "03-05T01:30")),
          // A client's first visit turns out to be another one's.
          new Change("appointments", replaced("appointments", 0, "client_key=c1", "client_key=c2")),
          // It was booked elsewhere, on another day, with somebody else.
          new Change(
              "appointments",
              "appointment_id=a7 location_id=lake client_key=c1 provider_id=p1"
                  + " start_at=2026-03-25T10:00 end_at=2026-03-25T11:00 status=completed"
                  + " booking_channel=phone cancelled_at=2026-03-18T09:00"),
          // The location's first appointment, in a room nobody knew.
          new Change(
              "appointments",
              "appointment_id=a0 location_id=loop client_key=c8 provider_id=p1 room_id=r9"
                  + " start_at=2026-01-28T10:00 end_at=2026-01-28T11:00 status=completed"),
          // Two that overlap no longer do.
          new Change(
              "appointments",
              replaced(
                  "appointments",
                  7,
                  "T10:30 end_at=2026-03-02T11:30",
                  "T12:00" + " end_at=2026-03-02T12:30")),
          new Change(
              "shifts",
              replaced("shifts", 1, "end_at=2026-03-04T02:00", "end_at=2026-03-05T01:00")),
          new Change("timecards", replaced("timecards", 0, "03-03T06:00", "03-03T03:00")),
          // The receipt's first line moves behind its second.
          new Change("sale_lines", replaced("sale_lines", 0, "03-02T11:00", "03-05T11:00")),
          // The location's last line, in a week of its own.
          new Change("sale_lines", replaced("sale_lines", 3, "03-20T11:00", "04-08T11:00")),
          new Change(
              "payments",
              replaced(
                  "payments",
                  0,
                  "03-06T10:00 tender=card amount=100",
                  "03-09T10:00 tender=cash amount=80")),
          new Change(
              "stock_movements", replaced("stock_movements", 1, "quantity=-30", "quantity=-10")),
          new Change(
              "stock_movements",
              replaced("stock_movements", 0, "freight_amount=25", "freight_amount=40")),
          // The last movement moves away, so that stock is told for some weeks less.
          new Change(
              "stock_movements",
              replaced("stock_movements", 2, "moved_at=2026-04-16", "moved_at=2026-03-12")),
          new Change("stock_counts", replaced("stock_counts", 0, "quantity=68", "quantity=60")),
          new Change(
              "products", replaced("products", 0, "is_consignment=false", "is_consignment=true")),
          new Change(
              "services",
              replaced(
                  "services",
                  0,
                  "category=Injectables setup_minutes=5",
                  "category=Toxins setup_minutes=15")),
          new Change("rooms", replaced("rooms", 0, "kind=treatment", "kind=office")),
          new Change("clients", replaced("clients", 0, "2026-02-02", "2025-11-01")));

  private static String replaced(String table, int row, String part, String other) {
    String before = ROWS.get(table).get(row);
    assertThat(before).contains(part);
    return before.replace(part, other);
  }

  @TempDir Path directory;

  /** Each change has a practice of its own, so that one lake shows them all. */
  private static final Market MARKET = market();

  private static Market market() {
    TestMarket market = new TestMarket();
    for (int practice = 0; practice < CHANGES.size(); practice++) {
      market
          .historyFrom("glow" + practice, LocalDate.of(2026, 1, 5))
          .open("glow" + practice, "loop" + practice, HOURS, Optional.empty(), List.of())
          .location("glow" + practice, "lake" + practice);
    }
    return market.build();
  }

  @Test
  void aChangedRowChangesMeasuresOnlyOnTheDaysThatTheirSourceSays() {
    Lake before = computed("before", false);
    Lake after = computed("after", true);
    assertThat(grains(before)).isSubsetOf(declaredGrains()).hasSizeGreaterThan(80);
    Map<String, List<Row>> changed = changedMeasures(before, after);
    Map<String, List<Row>> ranges = new TreeMap<>();
    Set<String> expected = new TreeSet<>();
    for (MeasureSource source : Domains.sources()) {
      source
          .reach()
          .forEach(
              (table, reach) -> {
                expected.add(source.family() + " " + table);
                ranges.computeIfAbsent(
                    reach + " " + table, key -> ranges(reach, table, before, after));
              });
    }
    Set<String> shown = new TreeSet<>();
    List<String> beyond = new ArrayList<>();
    for (MeasureSource source : Domains.sources()) {
      for (Row row : changed.getOrDefault(source.family(), List.of())) {
        String practice = row.getAs("practice_id");
        Change change = CHANGES.get(Integer.parseInt(practice.substring("glow".length())));
        shown.add(source.family() + " " + change.table());
        Reach reach = source.reach().get(change.table());
        if (reach == null
            || ranges.get(reach + " " + change.table()).stream()
                .noneMatch(range -> holds(range, row))) {
          beyond.add(change + " changes " + row);
        }
      }
    }
    assertThat(beyond).isEmpty();
    assertThat(shown).isEqualTo(expected);
  }

  /** Measures with their grains, of days and of weeks. */
  private static Set<String> grains(Lake lake) {
    return Stream.of("gold/measures_daily", "gold/measures_weekly")
        .flatMap(
            dataset ->
                read(lake, dataset).select("measure", "grain").distinct().collectAsList().stream())
        .map(row -> row.getString(0) + " " + row.getString(1))
        .collect(Collectors.toSet());
  }

  private static Set<String> declaredGrains() {
    return MeasureCatalogue.load().all().stream()
        .flatMap(m -> m.grains().stream().map(grain -> m.id() + " " + grain.word()))
        .collect(Collectors.toSet());
  }

  private Lake computed(String name, boolean isChanged) {
    TestLake lake = new TestLake(directory.resolve(name), MARKET);
    TestBatch rows = lake.batch(Delivery.UPSERT);
    TestBatch changes = lake.batch(Delivery.UPSERT);
    for (int practice = 0; practice < CHANGES.size(); practice++) {
      int own = practice;
      ROWS.forEach((table, texts) -> texts.forEach(text -> rows.row(table, in(own, text))));
      changes.row(CHANGES.get(own).table(), in(own, CHANGES.get(own).row()));
    }
    rows.write();
    if (isChanged) {
      changes.write();
    }
    lake.compute(AS_OF.toString());
    return lake.lake();
  }

  /** A row in one of the practices. */
  private static String in(int practice, String row) {
    return "practice_id=glow"
        + practice
        + " "
        + row.replaceAll("location_id=(\\w+)", "location_id=$1" + practice);
  }

  private static Dataset<Row> read(Lake lake, String dataset) {
    SparkSession spark = SharedSpark.session();
    return spark
        .read()
        .parquet(
            LakeState.read(lake).orElseThrow().dataset(lake, dataset).orElseThrow().toString());
  }

  /**
   * Rows of measures that only one of the lakes has, by family: practice, location, first, last.
   */
  private static Map<String, List<Row>> changedMeasures(Lake before, Lake after) {
    Map<String, String> families =
        MeasureCatalogue.load().all().stream()
            .collect(Collectors.toMap(MeasureDefinition::id, MeasureDefinition::family));
    Set<String> weekly =
        MeasureCatalogue.load().families().stream()
            .filter(family -> !family.isDaily())
            .map(MeasureFamily::id)
            .collect(Collectors.toSet());
    Map<String, List<Row>> changed = new TreeMap<>();
    for (Row row : difference(before, after, "gold/measures_daily")) {
      changed
          .computeIfAbsent(families.get(row.<String>getAs("measure")), f -> new ArrayList<>())
          .add(row);
    }
    for (Row row : difference(before, after, "gold/measures_weekly")) {
      String family = families.get(row.<String>getAs("measure"));
      if (weekly.contains(family)) {
        changed.computeIfAbsent(family, f -> new ArrayList<>()).add(row);
      }
    }
    return changed;
  }

  private static List<Row> difference(Lake before, Lake after, String dataset) {
    Dataset<Row> former = read(before, dataset);
    Dataset<Row> fresh = read(after, dataset);
    return former.except(fresh).union(fresh.except(former)).collectAsList();
  }

  private static List<Row> ranges(Reach reach, String table, Lake before, Lake after) {
    String[] origin = {"source_file_id", "source_line"};
    Dataset<Row> former = read(before, "silver/" + table).drop(origin);
    Dataset<Row> fresh = read(after, "silver/" + table).drop(origin);
    Dataset<Row> changed = former.except(fresh).union(fresh.except(former));
    Silver known =
        new Silver(
            name -> read(before, "silver/" + name).union(read(after, "silver/" + name)),
            Silver.locations(SharedSpark.session(), MARKET),
            AS_OF);
    return reach.days(changed, known).collectAsList();
  }

  private static boolean holds(Row range, Row measure) {
    boolean isWeek = List.of(measure.schema().fieldNames()).contains("week_start");
    LocalDate first = measure.getAs(isWeek ? "week_start" : "date");
    LocalDate last = isWeek ? first.plusDays(6) : first;
    LocalDate from = range.getAs("first_date");
    LocalDate until = range.getAs("last_date");
    String location = range.getAs("location_id");
    return range.getAs("practice_id").equals(measure.getAs("practice_id"))
        && (location == null
            || measure.getAs("location_id") == null
            || location.equals(measure.getAs("location_id")))
        && (from == null || !last.isBefore(from))
        && (until == null || !first.isAfter(until));
  }
}
