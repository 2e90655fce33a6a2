package medspa.jobs.compute.provider;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Map;
import java.util.Set;
import medspa.jobs.compute.measure.MeasureInputs;
import medspa.jobs.compute.measure.MeasureSource;
import medspa.jobs.compute.measure.Measured;
import medspa.jobs.compute.measure.Measures;
import medspa.jobs.compute.measure.Reach;
import medspa.warehouse.measure.Grain;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Weekly overtime; {@code overtime_hours} of the KPI definitions. */
public final class Overtime implements MeasureSource {
  /** Hours of a week beyond which time is overtime. */
  private static final int REGULAR_HOURS = 40;

  private static final String DAILY = "gold/measures_daily";

  @Override
  public String family() {
    return "overtime";
  }

  @Override
  public Map<String, Reach> reach() {
    return Map.of("timecards", Reach.OWN_DAY);
  }

  @Override
  public Set<String> needs() {
    return Set.of(DAILY);
  }

  /**
   * Overtime of each provider at a location and, added up, of the location; and of the practice,
   * for which a provider's time at all its locations is added first.
   */
  @Override
  public List<Measured> measured(MeasureInputs in) {
    Column nowhere = lit(null).cast("string");
    Dataset<Row> weeks =
        Measures.weekly(
                in.dataset(DAILY)
                    .where(
                        col("measure")
                            .equalTo("worked_seconds")
                            .and(col("grain").equalTo(Grain.PROVIDER.word()))),
                in.market().weekStartsOn(),
                in.lastWeekStart())
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
    Dataset<Row> rows =
        weeks
            .withColumn("at", explode(members))
            .select(
                col("practice_id"),
                col("place").as("location_id"),
                col("at.grain"),
                col("at.member_id"),
                col("week_start").as("date"),
                col("overtime"));
    return List.of(in.measured(rows, Map.of("overtime_seconds", col("overtime"))));
  }

  private static Column at(Grain grain, Column member) {
    return struct(lit(grain.word()).as("grain"), member.as("member_id"));
  }
}
