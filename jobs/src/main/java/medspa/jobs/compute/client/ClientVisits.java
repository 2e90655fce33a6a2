package medspa.jobs.compute.client;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;

import java.io.Serializable;
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
import medspa.jobs.compute.measure.Reach;
import medspa.jobs.compute.measure.RowGroups;
import medspa.jobs.compute.measure.Tally;
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
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Measures of what clients do over time, from all rows of each client of a practice at once: the
 * KPIs {@code rebooking_rate}, {@code new_client_share} and {@code new_client_return_90}.
 */
public final class ClientVisits implements MeasureSource {
  private static final String VISIT = "visit";
  private static final String BOOKING = "booking";
  private static final String FIRST_SEEN = "first_seen";

  /** One shape for all that is known of a client; what is not told is NULL. */
  private static final StructType EVENT =
      new StructType()
          .add("practice_id", DataTypes.StringType)
          .add("client_key", DataTypes.StringType)
          .add("kind", DataTypes.StringType)
          .add("location_id", DataTypes.StringType)
          .add("visit_key", DataTypes.StringType)
          .add("grain", DataTypes.StringType)
          .add("member_id", DataTypes.StringType)
          .add("day", DataTypes.DateType)
          .add("start", DataTypes.LongType)
          .add("booked_at", DataTypes.LongType)
          .add("is_attended", DataTypes.BooleanType);

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
    Column came = col("status").isin("arrived", "completed").and(silver.isBeforeAsOf("local_date"));
    Dataset<Row> bookings =
        Silver.withVisitKey(silver.current("appointments"))
            .where(col("client_key").isNotNull())
            .select(
                col("practice_id"),
                col("client_key"),
                lit(BOOKING).as("kind"),
                col("location_id"),
                col("visit_key"),
                lit(null).cast("string").as("grain"),
                lit(null).cast("string").as("member_id"),
                col("local_date").as("day"),
                unix_micros(col("start_at")).as("start"),
                unix_micros(col("booked_at")).as("booked_at"),
                came.as("is_attended"));
    Column nothing = lit(null);
    Dataset<Row> firstSeen =
        silver
            .current("clients")
            .where(col("first_seen_on").isNotNull())
            .select(
                col("practice_id"),
                col("client_key"),
                lit(FIRST_SEEN).as("kind"),
                nothing.cast("string").as("location_id"),
                nothing.cast("string").as("visit_key"),
                nothing.cast("string").as("grain"),
                nothing.cast("string").as("member_id"),
                col("first_seen_on").as("day"),
                nothing.cast("long").as("start"),
                nothing.cast("long").as("booked_at"),
                nothing.cast("boolean").as("is_attended"));
    Dataset<Row> visits =
        RowGroups.map(Visits.rows(silver), Visits.KEY, EVENT, ClientVisits::attended);
    Counting counting = Counting.of(in.market(), silver.asOf());
    return List.of(
        in.counted(
            Set.of(REBOOKED, SINCE_HISTORY, NEW_CLIENT, MATURED, RETURNED),
            visits.union(bookings).union(firstSeen),
            List.of("practice_id", "client_key"),
            counting::count));
  }

  /** The attended visit that the rows are, of the location and of each provider. */
  private static List<Row> attended(List<Row> rows) {
    Row row = rows.get(0);
    List<Row> visits = new ArrayList<>();
    for (Visits.Part part : Visits.parts(rows)) {
      boolean counts = part.grain() == Grain.LOCATION || part.grain() == Grain.PROVIDER;
      if (counts && part.client() != null && part.outcome() == Outcome.ATTENDED.rank()) {
        visits.add(
            RowFactory.create(
                row.getAs("practice_id"),
                part.client(),
                VISIT,
                row.getAs("location_id"),
                row.getAs("visit_key"),
                part.grain().word(),
                part.member(),
                part.date(),
                null,
                null,
                null));
      }
    }
    return visits;
  }

  /** A week that begins before the history does would take old clients for new ones. */
  static LocalDate firstWholeWeek(Market market, LocalDate from) {
    LocalDate week = market.weekStart(from);
    return week.equals(from) ? week : week.plusDays(7);
  }

  /**
   * Counts what one client did.
   *
   * @param zones of each location
   * @param countedFrom the first day of each practice with a whole history
   */
  private record Counting(
      HashMap<String, ZoneId> zones, HashMap<String, LocalDate> countedFrom, LocalDate asOf)
      implements Serializable {
    static Counting of(Market market, LocalDate asOf) {
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
      return new Counting(zones, countedFrom, asOf);
    }

    void count(List<Row> events, Tally tally) {
      String practice = events.get(0).getAs("practice_id");
      List<Visit> visits = new ArrayList<>();
      List<Row> visitRows = new ArrayList<>();
      List<Booking> bookings = new ArrayList<>();
      Optional<LocalDate> firstSeen = Optional.empty();
      for (Row event : events) {
        switch (event.<String>getAs("kind")) {
          case VISIT -> {
            visits.add(visit(event));
            visitRows.add(event);
          }
          case BOOKING -> bookings.add(booking(event));
          default -> firstSeen = Optional.of(event.<LocalDate>getAs("day"));
        }
      }
      ClientHistory history = new ClientHistory(visits, bookings, firstSeen);
      for (int i = 0; i < visits.size(); i++) {
        Visit visit = visits.get(i);
        tally.at(
            practice,
            visit.location(),
            visit.isWhole() ? Grain.LOCATION : Grain.PROVIDER,
            visitRows.get(i).getAs("member_id"),
            visit.day());
        count(practice, visit, history, tally);
      }
      history
          .matured()
          .filter(first -> first.day().isBefore(asOf))
          .ifPresent(
              first -> {
                tally.at(practice, first.location(), first.day()).count(MATURED);
                if (first.returned()) {
                  tally.count(RETURNED);
                }
              });
    }

    private void count(String practice, Visit visit, ClientHistory history, Tally tally) {
      ZoneId zone = zones.get(visit.location());
      long dayEnd = LocalDays.micros(LocalCalendar.startOf(visit.day().plusDays(1), zone));
      if (history.isRebooked(visit, dayEnd)) {
        tally.count(REBOOKED);
      }
      LocalDate from = countedFrom.get(practice);
      if (visit.isWhole() && (from == null || !visit.day().isBefore(from))) {
        tally.count(SINCE_HISTORY);
        if (history.isNew(visit)) {
          tally.count(NEW_CLIENT);
        }
      }
    }
  }

  private static Visit visit(Row event) {
    return new Visit(
        event.getAs("grain").equals(Grain.LOCATION.word()),
        event.getAs("location_id"),
        event.getAs("visit_key"),
        event.getAs("day"));
  }

  private static Booking booking(Row event) {
    return new Booking(
        event.getAs("location_id"),
        event.getAs("visit_key"),
        event.getAs("day"),
        event.<Long>getAs("start"),
        Optional.ofNullable(event.getAs("booked_at")),
        event.<Boolean>getAs("is_attended"));
  }
}
