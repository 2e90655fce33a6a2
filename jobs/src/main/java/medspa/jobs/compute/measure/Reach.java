package medspa.jobs.compute.measure;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.from_utc_timestamp;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.timestamp_micros;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import medspa.jobs.compute.silver.Silver;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Of which days a changed row of a table changes measures. A row that is new, gone or different is
 * changed in the versions before and after. Measures of weeks change in the weeks that hold one of
 * the days; those of the practice as a whole on the days of any of its locations.
 */
public enum Reach {
  /** The row's own local day. */
  OWN_DAY,
  /**
   * The days of the row's own week at the location: what came before a day tells what is beyond.
   */
  OWN_WEEK,
  /** Every local day that the row holds a part of, from start_at to end_at. */
  SPANNED_DAYS,
  /** The days of all rows of the appointment's visit at the location. */
  VISIT,
  /**
   * The days of all visits of all clients of the appointment's visit, or of the client, anywhere in
   * the practice, and the 90 days after each: what came later makes a visit the first or a return.
   */
  CLIENT,
  /** The days of all lines of the receipt at the location. */
  RECEIPT,
  /**
   * Every day of the location from the last one before the row's own with a movement or count, else
   * from the row's own: stock goes on from what was, and is told until the last of them.
   */
  ONWARD,
  /** Every day of the location, such as those between its first row and its last. */
  LOCATION,
  /** Every day of every location of the practice. */
  PRACTICE;

  /** Days after a first visit within which a client returns. */
  private static final int RETURN_DAYS = 90;

  /**
   * The days: practice_id, location_id (NULL for all of the practice), first_date and last_date,
   * both included and NULL where there is no bound. Ranges may overlap.
   *
   * @param changed rows of the table, before and after their change
   * @param known the rows of all tables, those before and after the change together
   */
  public Dataset<Row> days(Dataset<Row> changed, Silver known) {
    Column day = col("local_date");
    return switch (this) {
      case OWN_DAY -> range(changed, day, day);
      // Whatever day weeks begin on.
      case OWN_WEEK -> range(changed, date_add(day, -6), date_add(day, 6));
      case SPANNED_DAYS -> {
        Column last =
            greatest(
                day,
                to_date(
                    from_utc_timestamp(
                        timestamp_micros(unix_micros(col("end_at")).minus(lit(1L))), col("zone"))));
        yield range(known.atLocation(changed), day, last);
      }
      case VISIT -> range(visitsOf(changed, known), day, day);
      case CLIENT -> {
        Dataset<Row> clients = changed.select("practice_id", "client_key");
        if (isOfVisits(changed)) {
          clients = clients.union(visitsOf(changed, known).select("practice_id", "client_key"));
        }
        Dataset<Row> rows =
            known
                .tables()
                .apply("appointments")
                .join(clients.distinct(), new String[] {"practice_id", "client_key"});
        yield range(visitsOf(rows, known), day, date_add(day, RETURN_DAYS));
      }
      case RECEIPT ->
          range(
              known
                  .tables()
                  .apply("sale_lines")
                  .join(
                      changed.select("practice_id", "location_id", "sale_id").distinct(),
                      new String[] {"practice_id", "location_id", "sale_id"}),
              day,
              day);
      case ONWARD -> range(stockBefore(changed, known), day, lit(null));
      case LOCATION -> range(changed, lit(null), lit(null));
      case PRACTICE -> range(changed.withColumn("location_id", lit(null)), lit(null), lit(null));
    };
  }

  /** Rows of stock, on the last day before their own of which there is another one. */
  private static Dataset<Row> stockBefore(Dataset<Row> some, Silver known) {
    Dataset<Row> days =
        stockDays(known.tables().apply("stock_movements"))
            .union(stockDays(known.tables().apply("stock_counts")))
            .distinct();
    return stockDays(some)
        .withColumnRenamed("local_date", "own")
        .join(days, new String[] {"practice_id", "location_id"})
        .groupBy("practice_id", "location_id", "own")
        .agg(
            coalesce(max(when(col("local_date").lt(col("own")), col("local_date"))), col("own"))
                .as("local_date"));
  }

  private static Dataset<Row> stockDays(Dataset<Row> rows) {
    return rows.select("practice_id", "location_id", "local_date");
  }

  private static boolean isOfVisits(Dataset<Row> rows) {
    return List.of(rows.columns()).contains("visit_id");
  }

  /** All appointments of the visits of some. */
  private static Dataset<Row> visitsOf(Dataset<Row> some, Silver known) {
    String[] visit = {"practice_id", "location_id", "visit_key"};
    return Silver.withVisitKey(known.tables().apply("appointments"))
        .join(Silver.withVisitKey(some).select(visit[0], visit[1], visit[2]).distinct(), visit);
  }

  private static Dataset<Row> range(Dataset<Row> rows, Column first, Column last) {
    return rows.select(
            col("practice_id"),
            col("location_id").cast("string").as("location_id"),
            first.cast("date").as("first_date"),
            last.cast("date").as("last_date"))
        .distinct();
  }
}
