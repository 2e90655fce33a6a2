package medspa.jobs.compute.provider;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Map;
import medspa.jobs.compute.measure.MeasureInputs;
import medspa.jobs.compute.measure.MeasureSource;
import medspa.jobs.compute.measure.Measured;
import medspa.jobs.compute.measure.Measures;
import medspa.jobs.compute.measure.Reach;
import medspa.warehouse.measure.Grain;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;

/** Overtime; {@code overtime_hours} of the KPI definitions. */
public final class Overtime implements MeasureSource {
  /** Hours of a week beyond which time is overtime. */
  private static final int REGULAR_HOURS = 40;

  @Override
  public String family() {
    return "overtime";
  }

  @Override
  public Map<String, Reach> reach() {
    return Map.of("timecards", Reach.OWN_WEEK);
  }

  /**
   * Overtime of each provider at a location and, added up, of the location; and of the practice,
   * for which a provider's time at all its locations is added first. It belongs to the days on
   * which the hours beyond the week's 40 fell: what was beyond them at the end of a day and not yet
   * the evening before.
   */
  @Override
  public List<Measured> measured(MeasureInputs in) {
    Column nowhere = lit(null).cast("string");
    WindowSpec untilDay =
        Window.partitionBy("practice_id", "place", "provider_id", "week_start").orderBy("date");
    Dataset<Row> days =
        in.silver()
            .facts("timecards")
            .where(col("provider_id").isNotNull())
            .select(
                col("practice_id"),
                col("provider_id"),
                col("local_date").as("date"),
                explode(array(col("location_id"), nowhere)).as("place"),
                Measures.seconds(
                        unix_micros(col("clock_out_at")).minus(unix_micros(col("clock_in_at"))))
                    .cast(Measures.AMOUNT)
                    .as("seconds"))
            .groupBy("practice_id", "place", "provider_id", "date")
            .agg(sum("seconds").as("worked"))
            .withColumn("week_start", Measures.weekStart(col("date"), in.market().weekStartsOn()))
            .withColumn("until", sum("worked").over(untilDay))
            .withColumn(
                "overtime", beyond(col("until")).minus(beyond(col("until").minus(col("worked")))))
            .where(col("overtime").notEqual(lit(0)));
    Column here = col("place").isNotNull();
    Column members =
        array_compact(
            array(
                when(here, at(Grain.LOCATION, nowhere)).otherwise(at(Grain.PRACTICE, nowhere)),
                when(here, at(Grain.PROVIDER, col("provider_id")))));
    Dataset<Row> rows =
        days.withColumn("at", explode(members))
            .select(
                col("practice_id"),
                col("place").as("location_id"),
                col("at.grain"),
                col("at.member_id"),
                col("date"),
                col("overtime"));
    return List.of(in.measured(rows, Map.of("overtime_seconds", col("overtime"))));
  }

  /** What of a week's seconds so far is overtime. */
  private static Column beyond(Column seconds) {
    return greatest(seconds.minus(lit(REGULAR_HOURS * 3600)), lit(0));
  }

  private static Column at(Grain grain, Column member) {
    return struct(lit(grain.word()).as("grain"), member.as("member_id"));
  }
}
