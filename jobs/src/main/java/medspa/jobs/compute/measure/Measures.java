package medspa.jobs.compute.measure;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_sub;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.weekday;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import medspa.jobs.compute.silver.Schemas;
import medspa.warehouse.measure.Grain;
import medspa.warehouse.measure.MeasureDefinition;
import medspa.warehouse.measure.MeasureFamily;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The one shape of all measures: practice_id, location_id, grain, member_id, date, measure, amount.
 * The grain is a {@link Grain}; the member is the provider, room, category or product, and NULL for
 * the location as a whole and for the practice, whose location is NULL too.
 */
public final class Measures {
  /** Stands for the provider or seller that the export does not name. */
  static final String UNATTRIBUTED = "unattributed";

  private static final BigDecimal SECONDS_PER_MICRO = new BigDecimal("0.000001");

  private Measures() {}

  /** The provider of that column, or {@link #UNATTRIBUTED}. */
  public static Column provider(Column provider) {
    return coalesce(provider, lit(UNATTRIBUTED));
  }

  /** Adds grain and member_id of the location as a whole. */
  public static Dataset<Row> atLocation(Dataset<Row> rows) {
    return at(rows, Map.of());
  }

  /**
   * Gives each row once for the location and once for each member, with its grain and member_id. A
   * member that is NULL gets no row.
   */
  public static Dataset<Row> at(Dataset<Row> rows, Map<Grain, Column> members) {
    List<Column> grains = new ArrayList<>();
    grains.add(member(Grain.LOCATION, lit(null)));
    new TreeMap<>(members)
        .forEach((grain, member) -> grains.add(when(member.isNotNull(), member(grain, member))));
    Column all = array(grains.toArray(Column[]::new));
    return rows.withColumn("at", explode(array_compact(all)))
        .withColumn("grain", col("at.grain"))
        .withColumn("member_id", col("at.member_id"))
        .drop("at");
  }

  private static Column member(Grain grain, Column member) {
    return struct(lit(grain.word()).as("grain"), member.cast("string").as("member_id"));
  }

  /** Whether a row is at one of the grains. */
  public static Column isAt(List<Grain> grains) {
    return col("grain").isin(grains.stream().map(Grain::word).toArray());
  }

  /** Real seconds of microseconds, exactly. */
  public static Column seconds(Column micros) {
    return micros.cast("decimal(20,0)").multiply(lit(SECONDS_PER_MICRO));
  }

  /**
   * Turns columns into measures, each at the grains at which its family declares it.
   *
   * @param rows with practice_id, location_id, grain, member_id and date
   * @param amounts the amount of each measure, all of them declared
   */
  static Dataset<Row> of(MeasureFamily family, Dataset<Row> rows, Map<String, Column> amounts) {
    List<MeasureDefinition> declared =
        family.measures().stream().filter(m -> amounts.containsKey(m.id())).toList();
    Set<Grain> all =
        declared.stream()
            .flatMap(measure -> measure.grains().stream())
            .collect(Collectors.toUnmodifiableSet());
    Column[] measures =
        declared.stream()
            .map(
                measure -> {
                  Column amount = amounts.get(measure.id());
                  return struct(
                      lit(measure.id()).as("measure"),
                      amount(
                              measure.grains().containsAll(all)
                                  ? amount
                                  : when(isAt(measure.grains()), amount))
                          .as("amount"));
                })
            .toArray(Column[]::new);
    return rows.withColumn("measured", explode(array(measures)))
        .select(
            col("practice_id"),
            col("location_id"),
            col("grain"),
            col("member_id"),
            col("date"),
            col("measured.measure"),
            col("measured.amount"))
        .where(col("amount").notEqual(lit(0)));
  }

  /** The type in which amounts are added, which leaves room for their sum. */
  public static Column amount(Column amount) {
    return amount.cast("decimal(28,10)");
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
