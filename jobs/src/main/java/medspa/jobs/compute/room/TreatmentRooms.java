package medspa.jobs.compute.room;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.date_add;
import static org.apache.spark.sql.functions.datediff;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import medspa.jobs.compute.measure.MeasureInputs;
import medspa.jobs.compute.measure.MeasureSource;
import medspa.jobs.compute.measure.Measured;
import medspa.jobs.compute.measure.Measures;
import medspa.jobs.compute.measure.Reach;
import medspa.jobs.compute.silver.Silver;
import medspa.warehouse.market.Location;
import medspa.warehouse.market.Market;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** How many treatment rooms the locations have. */
public final class TreatmentRooms implements MeasureSource {
  private static final String[] LOCATION = {"practice_id", "location_id"};

  private static final StructType CONFIGURED =
      new StructType()
          .add("practice_id", DataTypes.StringType)
          .add("location_id", DataTypes.StringType)
          .add("configured", DataTypes.IntegerType)
          .add("opened_on", DataTypes.DateType);

  @Override
  public String family() {
    return "treatment_rooms";
  }

  /** A line can be the location's first or last, and the weeks between have rooms. */
  @Override
  public Map<String, Reach> reach() {
    return Map.of("sale_lines", Reach.LOCATION, "rooms", Reach.LOCATION);
  }

  /**
   * The measure treatment_rooms: those of the configuration, else the rooms export's rows of kind
   * treatment, shared out over the days of a week, so that a week has its rooms and a longer range
   * room-weeks. A location has them in every week from that of its first sale line to that of its
   * last, so that a week without sales divides too, and one without an export does not. Days before
   * the location opened have none: what it then sells are deposits, and no room waits for a client;
   * the week in which it opens has its rooms on the days from then on.
   */
  @Override
  public List<Measured> measured(MeasureInputs in) {
    Silver silver = in.silver();
    Market market = in.market();
    Dataset<Row> lines = silver.facts("sale_lines");
    List<Row> configured = new ArrayList<>();
    for (Location location : market.locations()) {
      configured.add(
          RowFactory.create(
              location.practiceId(),
              location.id(),
              location.rooms().orElse(null),
              location.openedOn().orElse(null)));
    }
    Dataset<Row> exported =
        silver
            .current("rooms")
            .where(lower(col("kind")).equalTo("treatment"))
            .groupBy("practice_id", "location_id")
            .agg(count(lit(1)).as("exported"));
    Column first = Measures.weekStart(col("first"), market.weekStartsOn());
    Column last = Measures.weekStart(col("last"), market.weekStartsOn());
    Dataset<Row> days =
        lines
            .groupBy("practice_id", "location_id")
            .agg(min("local_date").as("first"), max("local_date").as("last"))
            .join(broadcast(lines.sparkSession().createDataFrame(configured, CONFIGURED)), LOCATION)
            .withColumn(
                "first",
                greatest(first, Measures.weekStart(col("opened_on"), market.weekStartsOn())))
            .withColumn("last", least(last, lit(in.lastWeekStart())))
            .where(col("first").leq(col("last")))
            .join(broadcast(exported), LOCATION, "left")
            .withColumn(
                "week_start", explode(sequence(col("first"), col("last"), expr("INTERVAL 7 DAYS"))))
            .withColumn("rooms", coalesce(col("configured").cast("long"), col("exported"), lit(0L)))
            .withColumn("open_from", greatest(col("week_start"), col("opened_on")))
            .withColumn("week_end", date_add(col("week_start"), 6))
            .withColumn("date", explode(sequence(col("open_from"), col("week_end"))))
            .withColumn("days", datediff(col("week_end"), col("open_from")).plus(lit(1)))
            .withColumn("day", datediff(col("date"), col("open_from")).plus(lit(1)));
    return List.of(
        in.measured(
            days,
            Map.of(),
            Map.of("treatment_rooms", until(col("day")).minus(until(col("day").minus(lit(1)))))));
  }

  /** The rooms of the week's first days, rounded, so that those of all of them are whole again. */
  private static Column until(Column day) {
    return round(
        col("rooms").multiply(day).cast("decimal(20,12)").divide(col("days").cast("decimal(2,0)")),
        10);
  }
}
