package medspa.jobs.compute.visit;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.unix_micros;
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

/**
 * Measures that count booked services one by one, on the local day of their start: how they were
 * booked, cancelled, begun and done. What an export does not tell is counted nowhere.
 */
public final class Bookings {
  private static final long MINUTE = 60_000_000L;

  /** A start is late when it is more than this after the booked one. */
  private static final long LATE = 10 * MINUTE;

  /** A cancellation is at the last minute when it is less than this before the start. */
  private static final long LAST_MINUTE = 24 * 60 * MINUTE;

  private Bookings() {}

  /**
   * Per location: rows with their time of booking, with a channel and booked online or by app;
   * cancellations, those with their time and those at the last minute; rows that tell the client's
   * wait. Per provider too: rows that are booked (neither cancelled nor deleted), that tell their
   * start, and that started late. Per provider and service category: rows that tell start and end,
   * and their actual and booked time.
   */
  public static Dataset<Row> measures(Silver silver) {
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
    amounts.put("rows_with_booked_at", count(col("booked_at").isNotNull(), Grain.LOCATION));
    amounts.put("rows_with_channel", count(channel.isNotNull(), Grain.LOCATION));
    amounts.put("rows_online", count(channel.isin("online", "app"), Grain.LOCATION));

    Column cancelled = col("status").equalTo("cancelled");
    Column notice = micros("start_at").minus(micros("cancelled_at"));
    amounts.put("rows_cancelled", count(cancelled, Grain.LOCATION));
    amounts.put(
        "cancellations_known",
        count(cancelled.and(col("cancelled_at").isNotNull()), Grain.LOCATION, Grain.PROVIDER));
    amounts.put(
        "rows_changed_last_minute",
        count(cancelled.and(notice.lt(lit(LAST_MINUTE))), Grain.LOCATION));
    amounts.put("rows_booked", count(not(cancelled), Grain.LOCATION, Grain.PROVIDER));

    Column attended = col(Outcome.COLUMN).equalTo(lit(Outcome.ATTENDED.rank()));
    Column started = attended.and(col("started_at").isNotNull());
    Column late = micros("started_at").minus(micros("start_at")).gt(lit(LATE));
    amounts.put("rows_started", count(started, Grain.LOCATION, Grain.PROVIDER));
    amounts.put("rows_started_late", count(started.and(late), Grain.LOCATION, Grain.PROVIDER));

    Column timed = started.and(col("finished_at").isNotNull());
    Grain[] all = {Grain.LOCATION, Grain.PROVIDER, Grain.CATEGORY};
    amounts.put("rows_timed", count(timed, all));
    amounts.put("actual_seconds", seconds(timed, between("started_at", "finished_at"), all));
    amounts.put("scheduled_seconds", seconds(timed, between("start_at", "end_at"), all));

    Column waited = started.and(col("checked_in_at").isNotNull());
    // Who comes early waits by choice until the booked start.
    Column wait =
        greatest(
            lit(0L),
            micros("started_at").minus(greatest(micros("checked_in_at"), micros("start_at"))));
    amounts.put("rows_waited", count(waited, Grain.LOCATION));
    amounts.put("wait_seconds", seconds(waited, wait, Grain.LOCATION));
    return Measures.of(Measures.at(rows, members), amounts);
  }

  private static Column count(Column condition, Grain... grains) {
    return when(Measures.isAt(grains).and(condition), lit(1)).otherwise(lit(0));
  }

  private static Column seconds(Column condition, Column micros, Grain... grains) {
    return when(Measures.isAt(grains).and(condition), Measures.seconds(coalesce(micros, lit(0L))))
        .otherwise(lit(0));
  }

  private static Column between(String from, String to) {
    return micros(to).minus(micros(from));
  }

  private static Column micros(String instant) {
    return unix_micros(col(instant));
  }
}
