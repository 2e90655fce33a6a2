package medspa.jobs.compute.visit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;

import java.util.List;
import java.util.Map;
import java.util.Set;
import medspa.jobs.compute.measure.MeasureInputs;
import medspa.jobs.compute.measure.MeasureSource;
import medspa.jobs.compute.measure.Measured;
import medspa.jobs.compute.measure.Measures;
import medspa.jobs.compute.measure.Reach;
import medspa.jobs.compute.measure.Tally;
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

  private static final Set<String> MEASURES =
      Set.of(
          "rows_with_booked_at",
          "rows_with_channel",
          "rows_online",
          "rows_cancelled",
          "cancellations_known",
          "rows_changed_last_minute",
          "rows_booked",
          "rows_started",
          "rows_started_late",
          "rows_timed",
          "actual_seconds",
          "scheduled_seconds",
          "rows_waited",
          "wait_seconds");

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
            .select(
                col("practice_id"),
                col("location_id"),
                Measures.provider(col("provider_id")).as("provider_id"),
                col("category"),
                col("local_date"),
                col("status"),
                col("booking_channel"),
                col(Outcome.COLUMN).equalTo(lit(Outcome.ATTENDED.rank())).as("is_attended"),
                micros("booked_at"),
                micros("start_at"),
                micros("end_at"),
                micros("cancelled_at"),
                micros("checked_in_at"),
                micros("started_at"),
                micros("finished_at"));
    return List.of(in.counted(MEASURES, rows, Bookings::count));
  }

  private static Column micros(String instant) {
    return unix_micros(col(instant)).as(instant);
  }

  private static void count(Row row, Tally tally) {
    tally
        .at(row.getAs("practice_id"), row.getAs("location_id"), row.getAs("local_date"))
        .and(Grain.PROVIDER, row.getAs("provider_id"))
        .and(Grain.CATEGORY, row.getAs("category"));
    if (row.getAs("booked_at") != null) {
      tally.count("rows_with_booked_at");
    }
    String channel = row.getAs("booking_channel");
    if (channel != null) {
      tally.count("rows_with_channel");
      if (channel.equals("online") || channel.equals("app")) {
        tally.count("rows_online");
      }
    }
    if (row.getAs("status").equals("cancelled")) {
      cancelled(row, tally);
    } else {
      tally.count("rows_booked");
    }
    Long startedAt = row.getAs("started_at");
    if (row.<Boolean>getAs("is_attended") && startedAt != null) {
      begun(row, startedAt, tally);
    }
  }

  private static void cancelled(Row row, Tally tally) {
    tally.count("rows_cancelled");
    Long cancelledAt = row.getAs("cancelled_at");
    if (cancelledAt != null) {
      tally.count("cancellations_known");
      if (row.<Long>getAs("start_at") - cancelledAt < LAST_MINUTE) {
        tally.count("rows_changed_last_minute");
      }
    }
  }

  private static void begun(Row row, long startedAt, Tally tally) {
    long start = row.<Long>getAs("start_at");
    tally.count("rows_started");
    if (startedAt - start > LATE) {
      tally.count("rows_started_late");
    }
    Long finishedAt = row.getAs("finished_at");
    if (finishedAt != null) {
      tally.count("rows_timed");
      tally.addMicros("actual_seconds", finishedAt - startedAt);
      tally.addMicros("scheduled_seconds", row.<Long>getAs("end_at") - start);
    }
    Long checkedInAt = row.getAs("checked_in_at");
    if (checkedInAt != null) {
      tally.count("rows_waited");
      // Who comes early waits by choice until the booked start.
      tally.addMicros("wait_seconds", Math.max(0, startedAt - Math.max(checkedInAt, start)));
    }
  }
}
