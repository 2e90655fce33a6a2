package medspa.jobs.compute;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.weekday;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The one shape of all measures: practice_id, location_id, provider_id, date, measure, amount. A
 * row without a provider is the location's own total.
 */
final class Measures {
  /** Stands for the provider or seller that the export does not name. */
  private static final String UNATTRIBUTED = "unattributed";

  private static final BigDecimal SECONDS_PER_MICRO = new BigDecimal("0.000001");

  private Measures() {}

  /** The provider of that column, or {@link #UNATTRIBUTED}. */
  static Column provider(Column provider) {
    return coalesce(provider, lit(UNATTRIBUTED));
  }

  /** Gives each row twice: for its provider, and without provider for the location. */
  static Dataset<Row> atBothGrains(Dataset<Row> rows) {
    return rows.withColumn(
        "provider_id", explode(array(col("provider_id"), lit(null).cast("string"))));
  }

  /** Real seconds of microseconds, exactly. */
  static Column seconds(Column micros) {
    return micros.cast("decimal(20,0)").multiply(lit(SECONDS_PER_MICRO));
  }

  /**
   * Turns columns into measures.
   *
   * @param rows with practice_id, location_id, provider_id and date
   * @param amounts the amount of each measure
   */
  static Dataset<Row> of(Dataset<Row> rows, Map<String, Column> amounts) {
    Column[] measures =
        amounts.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(
                entry ->
                    struct(
                        lit(entry.getKey()).as("measure"), amount(entry.getValue()).as("amount")))
            .toArray(Column[]::new);
    return rows.withColumn("measured", explode(array(measures)))
        .select(
            col("practice_id"),
            col("location_id"),
            col("provider_id"),
            col("date"),
            col("measured.measure"),
            col("measured.amount"))
        .where(col("amount").notEqual(lit(0)));
  }

  /** The type in which amounts are added, which leaves room for their sum. */
  static Column amount(Column amount) {
    return amount.cast("decimal(28,10)");
  }

  /** The measures of all sources, added up per day. */
  static Dataset<Row> daily(List<Dataset<Row>> sources) {
    return total(sources.stream().reduce(Dataset::union).orElseThrow(), "date");
  }

  /** The measures of whole weeks, from those of their days. */
  static Dataset<Row> weekly(Dataset<Row> daily, DayOfWeek weekStartsOn, LocalDate lastWeekStart) {
    Column past = pmod(weekday(col("date")).minus(lit(weekStartsOn.getValue() - 1)), lit(7));
    return total(
        daily
            .where(col("date").lt(lit(lastWeekStart.plusDays(7))))
            .withColumn("week_start", date_sub(col("date"), past)),
        "week_start");
  }

  /** Adds up; what adds up to 0 gets no row. */
  private static Dataset<Row> total(Dataset<Row> rows, String period) {
    return rows.groupBy("practice_id", "location_id", "provider_id", period, "measure")
        .agg(sum("amount").cast(Schemas.AMOUNT).as("amount"))
        .where(col("amount").notEqual(lit(0)))
        .select("practice_id", "location_id", "provider_id", period, "measure", "amount");
  }
}
