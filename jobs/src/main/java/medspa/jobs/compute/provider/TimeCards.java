package medspa.jobs.compute.provider;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Map;
import medspa.jobs.compute.measure.Grain;
import medspa.jobs.compute.measure.Measures;
import medspa.jobs.compute.silver.Silver;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures of time cards; {@code overtime_hours} and worked hours of the KPI definitions. */
public final class TimeCards {
  /** Hours of a week beyond which time is overtime. */
  private static final int REGULAR_HOURS = 40;

  private TimeCards() {}

  /** Time cards per provider and the local day of clock-in, whole, and their sums per location. */
  public static Dataset<Row> worked(Silver silver) {
    Dataset<Row> cards = silver.facts("timecards").withColumn("date", col("local_date"));
    return Measures.of(
        Measures.at(cards, Map.of(Grain.PROVIDER, col("provider_id"))),
        Map.of(
            "worked_seconds",
            Measures.seconds(
                unix_micros(col("clock_out_at")).minus(unix_micros(col("clock_in_at"))))));
  }

  /**
   * Weekly overtime: of each provider at a location and, added up, of the location; and of the
   * practice, for which a provider's time at all its locations is added first.
   *
   * @param daily measures of days, with those of {@link #worked}
   */
  public static Dataset<Row> overtime(
      Dataset<Row> daily, DayOfWeek weekStartsOn, LocalDate lastWeekStart) {
    Column nowhere = lit(null).cast("string");
    Dataset<Row> weeks =
        Measures.weekly(
                daily.where(
                    col("measure")
                        .equalTo("worked_seconds")
                        .and(col("grain").equalTo(Grain.PROVIDER.word()))),
                weekStartsOn,
                lastWeekStart)
            .withColumn("place", explode(array(col("location_id"), nowhere)))
            .groupBy("practice_id", "place", "member_id", "week_start")
            .agg(sum("amount").as("worked"))
            .withColumn("overtime", col("worked").minus(lit(REGULAR_HOURS * 3600)))
            .where(col("overtime").gt(lit(0)));
    Column here = col("place").isNotNull();
    Column members =
        array_compact(
            array(
                when(here, at(Grain.LOCATION, nowhere)).otherwise(at(Grain.PRACTICE, nowhere)),
                when(here, at(Grain.PROVIDER, col("member_id")))));
    return Measures.total(
        weeks
            .withColumn("at", explode(members))
            .select(
                col("practice_id"),
                col("place").as("location_id"),
                col("at.grain"),
                col("at.member_id"),
                col("week_start"),
                lit("overtime_seconds").as("measure"),
                Measures.amount(col("overtime")).as("amount")),
        "week_start");
  }

  private static Column at(Grain grain, Column member) {
    return struct(lit(grain.word()).as("grain"), member.as("member_id"));
  }
}
