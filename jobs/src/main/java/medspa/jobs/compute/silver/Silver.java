package medspa.jobs.compute.silver;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sha2;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import medspa.warehouse.market.Location;
import medspa.warehouse.market.Market;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The written tables of silver, as the measures read them.
 *
 * @param tables reads a table by name
 * @param locations the configured locations, see {@link #locations}
 * @param asOf rows of this local date and later are in no measure
 */
public record Silver(
    Function<String, Dataset<Row>> tables, Dataset<Row> locations, LocalDate asOf) {
  /** Stands for the category of a service that has none, or that no export describes. */
  public static final String UNCATEGORISED = "uncategorised";

  private static final BigDecimal MICROS_PER_HOUR = new BigDecimal("3600000000");

  private static final StructType LOCATIONS =
      new StructType()
          .add("practice_id", DataTypes.StringType)
          .add("location_id", DataTypes.StringType)
          .add("zone", DataTypes.StringType)
          .add("notice_micros", DataTypes.LongType);

  /** One row per configured location: practice_id, location_id, zone, notice_micros. */
  public static Dataset<Row> locations(SparkSession spark, Market market) {
    List<Row> rows = new ArrayList<>();
    for (Location location : market.locations()) {
      rows.add(
          RowFactory.create(
              location.practiceId(),
              location.id(),
              location.zone().getId(),
              location
                  .noticeHours()
                  .multiply(MICROS_PER_HOUR)
                  .setScale(0, RoundingMode.CEILING)
                  .longValueExact()));
    }
    return spark.createDataFrame(rows, LOCATIONS);
  }

  /** Rows of a table that are not deleted; of any local date. */
  public Dataset<Row> current(String table) {
    return tables.apply(table).where(not(col("is_deleted")));
  }

  /** Facts before the as-of that are not deleted. */
  public Dataset<Row> facts(String table) {
    return current(table).where(isBeforeAsOf("local_date"));
  }

  /** All appointments before the as-of, deleted ones too, with {@link Outcome#COLUMN}. */
  public Dataset<Row> appointments() {
    return atLocation(tables.apply("appointments").where(isBeforeAsOf("local_date")))
        .withColumn(Outcome.COLUMN, Outcome.of());
  }

  /**
   * Adds visit_key, which names an appointment's visit within its location: the visit id of the
   * export, else client and local day, else the appointment by itself.
   */
  public static Dataset<Row> withVisitKey(Dataset<Row> appointments) {
    Column day = sha2(concat_ws("\u001f", col("client_key"), col("local_date")), 256);
    return appointments.withColumn(
        "visit_key",
        when(col("visit_id").isNotNull(), concat(lit("visit:"), col("visit_id")))
            .when(col("client_key").isNotNull(), concat(lit("day:"), day))
            .otherwise(concat(lit("appointment:"), col("appointment_id"))));
  }

  /** Adds zone and notice_micros of each row's location. */
  public Dataset<Row> atLocation(Dataset<Row> rows) {
    return rows.join(broadcast(locations), new String[] {"practice_id", "location_id"});
  }

  /**
   * Adds the category of each row's service, {@link #UNCATEGORISED} where it has none or no export
   * describes it.
   *
   * @param rows with practice_id and service_id
   */
  public Dataset<Row> withCategory(Dataset<Row> rows) {
    return withService(rows, col("category"))
        .withColumn("category", coalesce(col("category"), lit(UNCATEGORISED)));
  }

  /** Adds columns of each row's service; NULL where no export describes it. */
  public Dataset<Row> withService(Dataset<Row> rows, Column... columns) {
    List<Column> wanted = new ArrayList<>(List.of(col("practice_id"), col("service_id")));
    wanted.addAll(List.of(columns));
    Dataset<Row> services = current("services").select(wanted.toArray(Column[]::new));
    return rows.join(broadcast(services), new String[] {"practice_id", "service_id"}, "left");
  }

  /** Whether a local date is before the as-of. */
  public Column isBeforeAsOf(String date) {
    return col(date).lt(lit(asOf));
  }
}
