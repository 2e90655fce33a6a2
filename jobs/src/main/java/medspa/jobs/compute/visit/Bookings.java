package medspa.jobs.compute.visit;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import medspa.jobs.compute.measure.MeasureInputs;
import medspa.jobs.compute.measure.MeasureSource;
import medspa.jobs.compute.measure.Measured;
import medspa.jobs.compute.measure.Measures;
import medspa.jobs.compute.measure.Reach;
import medspa.jobs.compute.silver.Outcome;
import medspa.jobs.compute.silver.Silver;
import medspa.warehouse.measure.Grain;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Measures that count booked services one by one, on the local day of their start: how they were
 * booked, cancelled, begun and done. What an export does not tell is counted nowhere.
 */
public final class Bookings implements MeasureSource {
  private static final long MINUTE = 60_000_000L;

  /** A start is late when it is more than this after the booked one. */
  private static final long LATE = 10 * MINUTE;

  /** A cancellation is at the last minute when it is less than this before the start. */
  private static final long LAST_MINUTE = 24 * 60 * MINUTE;

  @Override
  public String family() {
    return "bookings";
  }

  @Override
  public Map<String, Reach> reach() {
    return Map.of("appointments", Reach.OWN_DAY, "services", Reach.PRACTICE);
  }

  @Override
  public List<Measured> measured(MeasureInputs in) {
    Silver silver = in.silver();
    Dataset<Row> rows =
        silver
            .withCategory(silver.appointments())
            .where(col(Outcome.COLUMN).notEqual(lit(Outcome.DELETED.rank())))
            .withColumn("date", col("local_date"));
    Map<Grain, Column> members =
        Map.of(
            Grain.PROVIDER, Measures.provider(col("provider_id")), Grain.CATEGORY, col("category"));
    Map<String, Column> amounts = new LinkedHashMap<>();
    Column channel = col("booking_channel");
    amounts.put("rows_with_booked_at", oneIf(col("booked_at").isNotNull()));
    amounts.put("rows_with_channel", oneIf(channel.isNotNull()));
    amounts.put("rows_online", oneIf(channel.isin("online", "app")));

    Column cancelled = col("status").equalTo("cancelled");
    Column notice = micros("start_at").minus(micros("cancelled_at"));
    amounts.put("rows_cancelled", oneIf(cancelled));
    amounts.put("cancellations_known", oneIf(cancelled.and(col("cancelled_at").isNotNull())));
    amounts.put("rows_changed_last_minute", oneIf(cancelled.and(notice.lt(lit(LAST_MINUTE)))));
    amounts.put("rows_booked", oneIf(not(cancelled)));

    Column attended = col(Outcome.COLUMN).equalTo(lit(Outcome.ATTENDED.rank()));
    Column started = attended.and(col("started_at").isNotNull());
    Column late = micros("started_at").minus(micros("start_at")).gt(lit(LATE));
    amounts.put("rows_started", oneIf(started));
    amounts.put("rows_started_late", oneIf(started.and(late)));

    Column timed = started.and(col("finished_at").isNotNull());
    amounts.put("rows_timed", oneIf(timed));
    amounts.put("actual_seconds", seconds(timed, between("started_at", "finished_at")));
    amounts.put("scheduled_seconds", seconds(timed, between("start_at", "end_at")));

    Column waited = started.and(col("checked_in_at").isNotNull());
    // Who comes early waits by choice until the booked start.
    Column wait =
        greatest(
            lit(0L),
            micros("started_at").minus(greatest(micros("checked_in_at"), micros("start_at"))));
    amounts.put("rows_waited", oneIf(waited));
    amounts.put("wait_seconds", seconds(waited, wait));
    return List.of(in.measured(Measures.at(rows, members), amounts));
  }

  private static Column oneIf(Column condition) {
    return when(condition, lit(1)).otherwise(lit(0));
  }

  private static Column seconds(Column condition, Column micros) {
    return when(condition, Measures.seconds(coalesce(micros, lit(0L)))).otherwise(lit(0));
  }

  private static Column between(String from, String to) {
    return micros(to).minus(micros(from));
  }

  private static Column micros(String instant) {
    return unix_micros(col(instant));
  }
}
