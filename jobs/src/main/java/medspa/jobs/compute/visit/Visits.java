package medspa.jobs.compute.visit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Map;
import java.util.Set;
import medspa.jobs.compute.measure.MeasureInputs;
import medspa.jobs.compute.measure.MeasureSource;
import medspa.jobs.compute.measure.Measured;
import medspa.jobs.compute.measure.Measures;
import medspa.jobs.compute.measure.Reach;
import medspa.jobs.compute.silver.DatasetSource;
import medspa.jobs.compute.silver.Outcome;
import medspa.jobs.compute.silver.Silver;
import medspa.warehouse.measure.Grain;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Visits and their measures; section 3 of the KPI definitions. */
public final class Visits implements MeasureSource, DatasetSource {
  private static final String RELATION = "silver/visits";

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
    return List.of(in.measured(byMember(in.silver()), amounts()));
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
   * One row per visit before the as-of and member: practice_id, location_id, grain, member_id,
   * visit_key, client_key, date (of its earliest row) and {@link Outcome#COLUMN}. A provider's
   * visits are formed from that provider's rows alone, those of a category or a room from theirs,
   * so they do not add up to the location's.
   */
  public static Dataset<Row> byMember(Silver silver) {
    Map<Grain, Column> members =
        Map.of(
            Grain.PROVIDER,
            Measures.provider(col("provider_id")),
            Grain.CATEGORY,
            col("category"),
            Grain.ROOM,
            col("room_id"));
    return Measures.at(silver.withCategory(Silver.withVisitKey(silver.appointments())), members)
        .groupBy("practice_id", "location_id", "grain", "member_id", "visit_key")
        .agg(
            min("local_date").as("date"),
            min(Outcome.COLUMN).as(Outcome.COLUMN),
            min("client_key").as("client_key"));
  }

  private static Map<String, Column> amounts() {
    Column attended = isOutcome(Outcome.ATTENDED);
    return Map.of(
        "visits_attended", oneIf(attended),
        "visits_no_show", oneIf(isOutcome(Outcome.NO_SHOW)),
        "visits_late_cancelled", oneIf(isOutcome(Outcome.LATE_CANCELLED)),
        "visits_unresolved", oneIf(isOutcome(Outcome.UNRESOLVED)),
        "visits_cancelled", oneIf(isOutcome(Outcome.CANCELLED)),
        "visits_due",
            oneIf(attended.or(isOutcome(Outcome.NO_SHOW)).or(isOutcome(Outcome.LATE_CANCELLED))),
        "visits_attended_known", oneIf(attended.and(col("client_key").isNotNull())));
  }

  private static Column isOutcome(Outcome outcome) {
    return col(Outcome.COLUMN).equalTo(lit(outcome.rank()));
  }

  private static Column oneIf(Column condition) {
    return when(condition, lit(1)).otherwise(lit(0));
  }
}
