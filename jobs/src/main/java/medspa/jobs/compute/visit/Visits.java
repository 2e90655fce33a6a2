package medspa.jobs.compute.visit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import medspa.jobs.compute.measure.MeasureInputs;
import medspa.jobs.compute.measure.MeasureSource;
import medspa.jobs.compute.measure.Measured;
import medspa.jobs.compute.measure.Measures;
import medspa.jobs.compute.measure.Reach;
import medspa.jobs.compute.measure.Tally;
import medspa.jobs.compute.silver.DatasetSource;
import medspa.jobs.compute.silver.Outcome;
import medspa.jobs.compute.silver.Silver;
import medspa.warehouse.measure.Grain;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Visits and their measures; section 3 of the KPI definitions. */
public final class Visits implements MeasureSource, DatasetSource {
  private static final String RELATION = "silver/visits";

  private static final Set<String> MEASURES =
      Set.of(
          "visits_attended",
          "visits_no_show",
          "visits_late_cancelled",
          "visits_unresolved",
          "visits_cancelled",
          "visits_due",
          "visits_attended_known");

  @Override
  public String family() {
    return "visits";
  }

  @Override
  public Map<String, Reach> reach() {
    return Map.of("appointments", Reach.VISIT, "services", Reach.PRACTICE);
  }

  @Override
  public List<Measured> measured(MeasureInputs in) {
    return List.of(in.counted(MEASURES, rows(in.silver()), KEY, Visits::tally));
  }

  @Override
  public Set<String> datasets() {
    return Set.of(RELATION);
  }

  @Override
  public Set<String> needs() {
    return Set.of("silver/appointments", "silver/services");
  }

  @Override
  public Map<String, Dataset<Row>> formed(DatasetSource.Inputs in) {
    return Map.of(RELATION, relation(in.silver()));
  }

  /**
   * One row per visit to a location before the as-of: the relation {@code visits}. The key says
   * what the visit was formed from, so that a visit id never meets an appointment id.
   */
  private static Dataset<Row> relation(Silver silver) {
    return Silver.withVisitKey(silver.appointments())
        .groupBy("practice_id", "location_id", "visit_key")
        .agg(
            min("client_key").as("client_key"),
            min("local_date").as("visit_date"),
            Outcome.word(min(Outcome.COLUMN)).as("outcome"),
            count(lit(1)).as("rows"))
        .select(
            "practice_id",
            "location_id",
            "visit_key",
            "client_key",
            "visit_date",
            "outcome",
            "rows");
  }

  /**
   * What a member of a location has of a visit: a provider's part is formed from that provider's
   * rows alone, that of a category or a room from theirs, so they do not add up to the location's.
   *
   * @param member null for the location as a whole
   * @param date local day of its earliest row
   * @param outcome see {@link Outcome#rank}
   * @param client null where no row tells it
   */
  public record Part(Grain grain, String member, LocalDate date, int outcome, String client) {
    private Part with(Part other) {
      return new Part(
          grain,
          member,
          date.isBefore(other.date) ? date : other.date,
          Math.min(outcome, other.outcome),
          Stream.of(this, other)
              .map(Part::client)
              .filter(Objects::nonNull)
              .min(Comparator.naturalOrder())
              .orElse(null));
    }
  }

  /** Rows that agree in these are one visit. */
  public static final List<String> KEY = List.of("practice_id", "location_id", "visit_key");

  /** The rows of all visits before the as-of, as {@link #parts} reads them. */
  public static Dataset<Row> rows(Silver silver) {
    return silver
        .withCategory(Silver.withVisitKey(silver.appointments()))
        .select(
            col("practice_id"),
            col("location_id"),
            col("visit_key"),
            col("client_key"),
            col("local_date"),
            col(Outcome.COLUMN),
            Measures.provider(col("provider_id")).as("provider_id"),
            col("category"),
            col("room_id"));
  }

  /** The visit that the rows are, as the location and as each of its members has it. */
  public static Collection<Part> parts(List<Row> rows) {
    Map<List<Object>, Part> parts = new LinkedHashMap<>();
    for (Row row : rows) {
      add(parts, row, Grain.LOCATION, null);
      add(parts, row, Grain.PROVIDER, row.getAs("provider_id"));
      add(parts, row, Grain.CATEGORY, row.getAs("category"));
      if (row.getAs("room_id") != null) {
        add(parts, row, Grain.ROOM, row.getAs("room_id"));
      }
    }
    return parts.values();
  }

  private static void add(Map<List<Object>, Part> parts, Row row, Grain grain, String member) {
    parts.merge(
        Arrays.asList(grain, member),
        new Part(
            grain,
            member,
            row.getAs("local_date"),
            row.<Integer>getAs(Outcome.COLUMN),
            row.getAs("client_key")),
        Part::with);
  }

  private static void tally(List<Row> rows, Tally tally) {
    String practice = rows.get(0).getAs("practice_id");
    String location = rows.get(0).getAs("location_id");
    for (Part part : parts(rows)) {
      tally.at(practice, location, part.grain(), part.member(), part.date());
      switch (Outcome.ofRank(part.outcome())) {
        case ATTENDED -> {
          tally.count("visits_attended");
          tally.count("visits_due");
          if (part.client() != null) {
            tally.count("visits_attended_known");
          }
        }
        case NO_SHOW -> {
          tally.count("visits_no_show");
          tally.count("visits_due");
        }
        case LATE_CANCELLED -> {
          tally.count("visits_late_cancelled");
          tally.count("visits_due");
        }
        case UNRESOLVED -> tally.count("visits_unresolved");
        case CANCELLED -> tally.count("visits_cancelled");
        case DELETED -> {
          // What was deleted at the source is in no measure.
        }
      }
    }
  }
}
