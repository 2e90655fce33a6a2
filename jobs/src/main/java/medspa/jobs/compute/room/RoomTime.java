package medspa.jobs.compute.room;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.lower;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_micros;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.jobs.compute.measure.MeasureInputs;
import medspa.jobs.compute.measure.Measured;
import medspa.jobs.compute.measure.Measures;
import medspa.jobs.compute.silver.Outcome;
import medspa.jobs.compute.silver.Silver;
import medspa.jobs.compute.time.DayPieces;
import medspa.jobs.compute.time.OpeningHours;
import medspa.jobs.compute.time.Timeline;
import medspa.warehouse.market.Location;
import medspa.warehouse.measure.Grain;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/**
 * Measures of the time of rooms at locations with opening hours: the KPI {@code room_utilization}.
 */
final class RoomTime {
  private static final long MINUTE = 60_000_000L;

  private static final StructType DAY =
      new StructType().add("date", DataTypes.DateType).add("open", DataTypes.LongType);

  private static final StructType PLACE =
      new StructType()
          .add("practice_id", DataTypes.StringType)
          .add("location_id", DataTypes.StringType)
          .add("configured", DataTypes.IntegerType);

  private final MeasureInputs in;
  private final Silver silver;
  private final LocalDate asOf;
  private final Dataset<Row> places;
  private final Map<String, OpeningHours> hours;

  private RoomTime(MeasureInputs in, Dataset<Row> places, Map<String, OpeningHours> hours) {
    this.in = in;
    this.silver = in.silver();
    this.asOf = silver.asOf();
    this.places = places;
    this.hours = hours;
  }

  /**
   * Per room and location, from the location's first appointment to the as-of: room_used_seconds,
   * the open time during which attended appointments, with what is set up before and turned over
   * after, hold the room; and room_open_seconds, the open time of the room, and at the location
   * that of all its treatment rooms. Besides, opening_seconds of the location. Empty where no
   * location has opening hours.
   */
  static List<Measured> measures(MeasureInputs in) {
    Map<String, OpeningHours> hours = new HashMap<>();
    List<Row> places = new ArrayList<>();
    for (Location location : in.market().locations()) {
      Optional<OpeningHours> opening = OpeningHours.of(location);
      if (opening.isPresent()) {
        hours.put(location.id(), opening.get());
        places.add(
            RowFactory.create(location.practiceId(), location.id(), location.rooms().orElse(null)));
      }
    }
    if (places.isEmpty()) {
      return List.of();
    }
    Dataset<Row> configured = in.silver().locations().sparkSession().createDataFrame(places, PLACE);
    RoomTime rooms = new RoomTime(in, configured, hours);
    return List.of(rooms.used(), rooms.open());
  }

  private Dataset<Row> appointments() {
    return silver
        .appointments()
        .where(col(Outcome.COLUMN).notEqual(lit(Outcome.DELETED.rank())))
        .join(broadcast(places), new String[] {"practice_id", "location_id"});
  }

  /** Attended appointments with a room. */
  private Dataset<Row> attended() {
    return appointments()
        .where(
            col(Outcome.COLUMN)
                .equalTo(lit(Outcome.ATTENDED.rank()))
                .and(col("room_id").isNotNull()));
  }

  private Measured used() {
    Column[] minutes = {col("setup_minutes"), col("turnover_minutes"), col("buffer_minutes")};
    Dataset<Row> rows = silver.withService(attended(), minutes);
    Dataset<Row> days =
        DayPieces.cut(
                rows,
                unix_micros(col("start_at")).minus(micros("setup_minutes")),
                unix_micros(col("end_at"))
                    .plus(micros("turnover_minutes"))
                    .plus(micros("buffer_minutes")))
            .where(silver.isBeforeAsOf("date"))
            .groupBy("practice_id", "location_id", "room_id", "date")
            .agg(collect_list(struct("start", "end")).as("pieces"))
            .withColumn("used", used(hours).apply(col("location_id"), col("date"), col("pieces")));
    return in.measured(
        days,
        Map.of(Grain.ROOM, col("room_id")),
        Map.of("room_used_seconds", Measures.seconds(col("used"))));
  }

  private static Column micros(String minutes) {
    return coalesce(col(minutes), lit(0)).cast("long").multiply(lit(MINUTE));
  }

  private static UserDefinedFunction used(Map<String, OpeningHours> hours) {
    UDF3<String, LocalDate, Seq<Row>, Long> used =
        (location, day, pieces) ->
            Timeline.union(DayPieces.intervals(pieces))
                .intersect(hours.get(location).on(day))
                .length();
    return udf(used, DataTypes.LongType);
  }

  private Measured open() {
    Dataset<Row> days =
        appointments()
            .groupBy("practice_id", "location_id")
            .agg(min("local_date").as("first"))
            .withColumn("day", explode(open(hours, asOf).apply(col("location_id"), col("first"))))
            .withColumn("date", col("day.date"))
            .join(broadcast(members()), new String[] {"practice_id", "location_id"});
    Column open = Measures.seconds(col("day.open"));
    return in.measured(
        days, Map.of("opening_seconds", open, "room_open_seconds", open.multiply(col("rooms"))));
  }

  private static UserDefinedFunction open(Map<String, OpeningHours> hours, LocalDate asOf) {
    UDF2<String, LocalDate, List<Row>> open =
        (location, first) ->
            first
                .datesUntil(asOf)
                .map(day -> RowFactory.create(day, hours.get(location).on(day).length()))
                .toList();
    return udf(open, DataTypes.createArrayType(DAY));
  }

  /**
   * The location with the number of its treatment rooms (of the configuration, else of the rooms
   * export), and each room that the export or an attended appointment names.
   */
  private Dataset<Row> members() {
    Dataset<Row> treatment =
        silver.current("rooms").where(lower(col("kind")).equalTo(lit("treatment")));
    Dataset<Row> counted =
        treatment.groupBy("practice_id", "location_id").agg(count(lit(1)).as("counted"));
    Dataset<Row> locations =
        places
            .join(counted, new String[] {"practice_id", "location_id"}, "left")
            .select(
                col("practice_id"),
                col("location_id"),
                lit(Grain.LOCATION.word()).as("grain"),
                lit(null).cast("string").as("member_id"),
                coalesce(col("configured"), col("counted"), lit(0)).cast("int").as("rooms"));
    Dataset<Row> rooms =
        named(treatment)
            .union(named(attended()))
            .distinct()
            .select(
                col("practice_id"),
                col("location_id"),
                lit(Grain.ROOM.word()).as("grain"),
                col("room_id").as("member_id"),
                lit(1).as("rooms"));
    return locations.union(rooms);
  }

  private static Dataset<Row> named(Dataset<Row> rooms) {
    return rooms.select("practice_id", "location_id", "room_id");
  }
}
