package medspa.jobs.compute.provider;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_micros;

import java.util.List;
import java.util.Map;
import medspa.jobs.compute.measure.MeasureInputs;
import medspa.jobs.compute.measure.MeasureSource;
import medspa.jobs.compute.measure.Measured;
import medspa.jobs.compute.measure.Measures;
import medspa.jobs.compute.measure.Reach;
import medspa.warehouse.measure.Grain;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Worked hours of the KPI definitions. */
public final class TimeCards implements MeasureSource {
  @Override
  public String family() {
    return "worked_time";
  }

  @Override
  public Map<String, Reach> reach() {
    return Map.of("timecards", Reach.OWN_DAY);
  }

  /** Time cards per provider and the local day of clock-in, whole, and their sums per location. */
  @Override
  public List<Measured> measured(MeasureInputs in) {
    Dataset<Row> cards = in.silver().facts("timecards").withColumn("date", col("local_date"));
    return List.of(
        in.measured(
            cards,
            Map.of(Grain.PROVIDER, col("provider_id")),
            Map.of(
                "worked_seconds",
                Measures.seconds(
                    unix_micros(col("clock_out_at")).minus(unix_micros(col("clock_in_at")))))));
  }
}
