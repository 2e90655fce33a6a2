package medspa.jobs.compute.measure;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.weekday;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import medspa.jobs.compute.silver.Schemas;
import medspa.warehouse.measure.Grain;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/**
 * The one shape of all measures: practice_id, location_id, grain, member_id, date, measure, amount.
 * The grain is a {@link Grain}; the member is the provider, room, category or product, and NULL for
 * the location as a whole and for the practice, whose location is NULL too.
 */
public final class Measures {
  /** Stands for the provider or seller that the export does not name. */
  static final String UNATTRIBUTED = "unattributed";

  /** The type in which amounts are added, which leaves room for their sum. */
  public static final DataType AMOUNT = DataTypes.createDecimalType(28, 10);

  private static final BigDecimal SECONDS_PER_MICRO = new BigDecimal("0.000001");

  private Measures() {}

  /** The provider of that column, or {@link #UNATTRIBUTED}. */
  public static Column provider(Column provider) {
    return coalesce(provider, lit(UNATTRIBUTED));
  }

  /** Real seconds of microseconds, exactly. */
  public static Column seconds(Column micros) {
    return micros.cast("decimal(20,0)").multiply(lit(SECONDS_PER_MICRO));
  }

  /** The measures of all sources, added up per day. */
  public static Dataset<Row> daily(List<Dataset<Row>> sources) {
    return total(sources.stream().reduce(Dataset::union).orElseThrow(), "date");
  }

  /** The measures of whole weeks, from those of their days. */
  public static Dataset<Row> weekly(
      Dataset<Row> daily, DayOfWeek weekStartsOn, LocalDate lastWeekStart) {
    return total(
        daily
            .where(col("date").lt(lit(lastWeekStart.plusDays(7))))
            .withColumn("week_start", weekStart(col("date"), weekStartsOn)),
        "week_start");
  }

  /** Adds up what is measured for whole weeks, whose date is the first day of the week. */
  public static Dataset<Row> ofWeeks(List<Dataset<Row>> sources) {
    Dataset<Row> rows = sources.stream().reduce(Dataset::union).orElseThrow();
    return total(rows.withColumnRenamed("date", "week_start"), "week_start");
  }

  /** The first day of the week that a date is in. */
  public static Column weekStart(Column date, DayOfWeek weekStartsOn) {
    return date_sub(date, pmod(weekday(date).minus(lit(weekStartsOn.getValue() - 1)), lit(7)));
  }

  /** Adds up; what adds up to 0 gets no row. */
  public static Dataset<Row> total(Dataset<Row> rows, String period) {
    return rows.groupBy("practice_id", "location_id", "grain", "member_id", period, "measure")
        .agg(sum("amount").cast(Schemas.AMOUNT).as("amount"))
        .where(col("amount").notEqual(lit(0)))
        .select("practice_id", "location_id", "grain", "member_id", period, "measure", "amount");
  }
}
