package medspa.jobs.compute.client;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import medspa.jobs.compute.client.ClientHistory.Booking;
import medspa.jobs.compute.client.ClientHistory.Visit;
import medspa.jobs.compute.measure.MeasureInputs;
import medspa.jobs.compute.measure.MeasureSource;
import medspa.jobs.compute.measure.Measured;
import medspa.jobs.compute.measure.Measures;
import medspa.jobs.compute.measure.Reach;
import medspa.jobs.compute.silver.Outcome;
import medspa.jobs.compute.silver.Silver;
import medspa.jobs.compute.time.LocalDays;
import medspa.jobs.compute.visit.Visits;
import medspa.warehouse.market.LocalCalendar;
import medspa.warehouse.market.Location;
import medspa.warehouse.market.Market;
import medspa.warehouse.market.Market.Practice;
import medspa.warehouse.measure.Grain;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Measures of what clients do over time, from all rows of each client of a practice at once: the
 * KPIs {@code rebooking_rate}, {@code new_client_share} and {@code new_client_return_90}.
 */
public final class ClientVisits implements MeasureSource {
  private static final String VISIT = "visit";
  private static final String BOOKING = "booking";
  private static final String FIRST_SEEN = "first_seen";

  private static final StructType COUNT =
      new StructType()
          .add("location_id", DataTypes.StringType)
          .add("grain", DataTypes.StringType)
          .add("member_id", DataTypes.StringType)
          .add("date", DataTypes.DateType)
          .add("measure", DataTypes.StringType);

  private static final String REBOOKED = "visits_rebooked";
  private static final String SINCE_HISTORY = "visits_since_history";
  private static final String NEW_CLIENT = "visits_new_client";
  private static final String MATURED = "clients_matured_90";
  private static final String RETURNED = "clients_returned_90";

  @Override
  public String family() {
    return "client_history";
  }

  @Override
  public Map<String, Reach> reach() {
    return Map.of("appointments", Reach.CLIENT, "clients", Reach.CLIENT);
  }

  @Override
  public Set<String> needs() {
    return Set.of("silver/appointments", "silver/clients", "silver/services");
  }

  @Override
  public List<Measured> measured(MeasureInputs in) {
    Silver silver = in.silver();
    Dataset<Row> visits = Visits.byMember(silver);
    // The condition names a grain and an outcome at once so that it stays above the grouping of
    // visits, which is then the same as that of their measures and is done once.
    Column attended =
        when(
                Measures.isAt(List.of(Grain.LOCATION, Grain.PROVIDER)),
                col(Outcome.COLUMN).equalTo(lit(Outcome.ATTENDED.rank())))
            .otherwise(lit(false));
    Dataset<Row> attendedVisits =
        events(
            visits.where(attended.and(col("client_key").isNotNull())),
            VISIT,
            Map.of(
                "grain", col("grain"),
                "member_id", col("member_id"),
                "day", col("date")));
    Column came = col("status").isin("arrived", "completed").and(silver.isBeforeAsOf("local_date"));
    Dataset<Row> bookings =
        events(
            Silver.withVisitKey(silver.current("appointments"))
                .where(col("client_key").isNotNull()),
            BOOKING,
            Map.of(
                "day", col("local_date"),
                "start", unix_micros(col("start_at")),
                "booked_at", unix_micros(col("booked_at")),
                "is_attended", came));
    Dataset<Row> firstSeen =
        events(
            silver.current("clients").where(col("first_seen_on").isNotNull()),
            FIRST_SEEN,
            Map.of("day", col("first_seen_on"), "location_id", lit(null), "visit_key", lit(null)));
    Dataset<Row> counts =
        attendedVisits
            .union(bookings)
            .union(firstSeen)
            .groupBy("practice_id", "client_key")
            .agg(
                collect_list(
                        struct(
                            "kind",
                            "location_id",
                            "visit_key",
                            "grain",
                            "member_id",
                            "day",
                            "start",
                            "booked_at",
                            "is_attended"))
                    .as("events"))
            .withColumn(
                "counted",
                explode(
                    counts(in.market(), silver.asOf()).apply(col("practice_id"), col("events"))));
    Dataset<Row> ones =
        counts.select(
            col("practice_id"),
            col("counted.location_id"),
            col("counted.grain"),
            col("counted.member_id"),
            col("counted.date"),
            col("counted.measure"),
            Measures.amount(lit(1)).as("amount"));
    return List.of(
        in.measured(Set.of(REBOOKED, SINCE_HISTORY, NEW_CLIENT, MATURED, RETURNED), ones));
  }

  /** One shape for all that is known of a client; what is not given is NULL. */
  private static Dataset<Row> events(Dataset<Row> rows, String kind, Map<String, Column> values) {
    return rows.select(
        col("practice_id"),
        col("client_key"),
        lit(kind).as("kind"),
        value(values, "location_id", "string", col("location_id")),
        value(values, "visit_key", "string", col("visit_key")),
        value(values, "grain", "string", lit(null)),
        value(values, "member_id", "string", lit(null)),
        value(values, "day", "date", lit(null)),
        value(values, "start", "bigint", lit(null)),
        value(values, "booked_at", "bigint", lit(null)),
        value(values, "is_attended", "boolean", lit(null)));
  }

  private static Column value(
      Map<String, Column> values, String name, String type, Column otherwise) {
    return values.getOrDefault(name, otherwise).cast(type).as(name);
  }

  private static UserDefinedFunction counts(Market market, LocalDate asOf) {
    HashMap<String, ZoneId> zones = new HashMap<>();
    for (Location location : market.locations()) {
      zones.put(location.id(), location.zone());
    }
    HashMap<String, LocalDate> countedFrom = new HashMap<>();
    for (Practice practice : market.practices()) {
      practice
          .historyFrom()
          .ifPresent(from -> countedFrom.put(practice.id(), firstWholeWeek(market, from)));
    }
    UDF2<String, Seq<Row>, List<Row>> counts =
        (practice, events) ->
            counts(
                CollectionConverters.asJava(events),
                zones,
                Optional.ofNullable(countedFrom.get(practice)),
                asOf);
    return udf(counts, DataTypes.createArrayType(COUNT));
  }

  /** A week that begins before the history does would take old clients for new ones. */
  static LocalDate firstWholeWeek(Market market, LocalDate from) {
    LocalDate week = market.weekStart(from);
    return week.equals(from) ? week : week.plusDays(7);
  }

  private static List<Row> counts(
      List<Row> events,
      Map<String, ZoneId> zones,
      Optional<LocalDate> countedFrom,
      LocalDate asOf) {
    List<Visit> visits = new ArrayList<>();
    List<Row> visitRows = new ArrayList<>();
    List<Booking> bookings = new ArrayList<>();
    Optional<LocalDate> firstSeen = Optional.empty();
    for (Row event : events) {
      switch (event.getString(0)) {
        case VISIT -> {
          visits.add(visit(event));
          visitRows.add(event);
        }
        case BOOKING -> bookings.add(booking(event));
        default -> firstSeen = Optional.of(event.<LocalDate>getAs(5));
      }
    }
    ClientHistory history = new ClientHistory(visits, bookings, firstSeen);
    List<Row> counts = new ArrayList<>();
    for (int i = 0; i < visits.size(); i++) {
      Visit visit = visits.get(i);
      Row row = visitRows.get(i);
      ZoneId zone = zones.get(visit.location());
      long dayEnd = LocalDays.micros(LocalCalendar.startOf(visit.day().plusDays(1), zone));
      if (history.isRebooked(visit, dayEnd)) {
        counts.add(count(row, REBOOKED));
      }
      if (visit.isWhole() && countedFrom.filter(visit.day()::isBefore).isEmpty()) {
        counts.add(count(row, SINCE_HISTORY));
        if (history.isNew(visit)) {
          counts.add(count(row, NEW_CLIENT));
        }
      }
    }
    history
        .matured()
        .filter(first -> first.day().isBefore(asOf))
        .ifPresent(
            first -> {
              counts.add(count(first.location(), first.day(), MATURED));
              if (first.returned()) {
                counts.add(count(first.location(), first.day(), RETURNED));
              }
            });
    return counts;
  }

  private static Visit visit(Row event) {
    return new Visit(
        event.getString(3).equals(Grain.LOCATION.word()),
        event.getString(1),
        event.getString(2),
        event.getAs(5));
  }

  private static Booking booking(Row event) {
    return new Booking(
        event.getString(1),
        event.getString(2),
        event.getAs(5),
        event.getLong(6),
        event.isNullAt(7) ? Optional.empty() : Optional.of(event.getLong(7)),
        event.getBoolean(8));
  }

  private static Row count(Row visit, String measure) {
    return RowFactory.create(
        visit.getString(1), visit.getString(3), visit.getString(4), visit.getAs(5), measure);
  }

  private static Row count(String location, LocalDate day, String measure) {
    return RowFactory.create(location, Grain.LOCATION.word(), null, day, measure);
  }
}
