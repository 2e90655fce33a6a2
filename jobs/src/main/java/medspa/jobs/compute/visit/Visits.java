package medspa.jobs.compute.visit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.when;

import java.util.LinkedHashMap;
import java.util.Map;
import medspa.jobs.compute.measure.Grain;
import medspa.jobs.compute.measure.Measures;
import medspa.jobs.compute.silver.Outcome;
import medspa.jobs.compute.silver.Silver;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Visits and their measures; section 3 of the KPI definitions. */
public final class Visits {
  private Visits() {}

  /**
   * One row per visit to a location before the as-of: the relation {@code visits}. The key says
   * what the visit was formed from, so that a visit id never meets an appointment id.
   */
  public static Dataset<Row> relation(Silver silver) {
    return withKey(silver.appointments())
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
    return Measures.at(silver.withCategory(withKey(silver.appointments())), members)
        .groupBy("practice_id", "location_id", "grain", "member_id", "visit_key")
        .agg(
            min("local_date").as("date"),
            min(Outcome.COLUMN).as(Outcome.COLUMN),
            min("client_key").as("client_key"));
  }

  /**
   * Visits by outcome, visits due and attended visits with a client, on the day of their earliest
   * row; of rooms the attended ones only.
   *
   * @param visits see {@link #byMember}
   */
  public static Dataset<Row> measures(Dataset<Row> visits) {
    Grain[] members = {Grain.LOCATION, Grain.PROVIDER, Grain.CATEGORY};
    Map<String, Column> amounts = new LinkedHashMap<>();
    for (Outcome outcome : Outcome.values()) {
      if (outcome != Outcome.DELETED) {
        Column counts = isOutcome(outcome);
        amounts.put(
            "visits_" + outcome.word(),
            oneIf(outcome == Outcome.ATTENDED ? counts : counts.and(Measures.isAt(members))));
      }
    }
    amounts.put(
        "visits_due",
        oneIf(
            Measures.isAt(members)
                .and(
                    isOutcome(Outcome.ATTENDED)
                        .or(isOutcome(Outcome.NO_SHOW))
                        .or(isOutcome(Outcome.LATE_CANCELLED)))));
    amounts.put(
        "visits_attended_known",
        oneIf(
            Measures.isAt(Grain.LOCATION, Grain.PROVIDER)
                .and(isOutcome(Outcome.ATTENDED))
                .and(col("client_key").isNotNull())));
    return Measures.of(visits, amounts);
  }

  private static Column isOutcome(Outcome outcome) {
    return col(Outcome.COLUMN).equalTo(lit(outcome.rank()));
  }

  private static Column oneIf(Column condition) {
    return when(condition, lit(1)).otherwise(lit(0));
  }

  /** The visit id of the export, else client and local day, else the appointment by itself. */
  public static Dataset<Row> withKey(Dataset<Row> appointments) {
    Column day = sha2(concat_ws("\u001f", col("client_key"), col("local_date")), 256);
    return appointments.withColumn(
        "visit_key",
        when(col("visit_id").isNotNull(), concat(lit("visit:"), col("visit_id")))
            .when(col("client_key").isNotNull(), concat(lit("day:"), day))
            .otherwise(concat(lit("appointment:"), col("appointment_id"))));
  }
}
