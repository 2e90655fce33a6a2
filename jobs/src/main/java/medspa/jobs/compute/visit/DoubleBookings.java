package medspa.jobs.compute.visit;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import medspa.jobs.compute.measure.MeasureInputs;
import medspa.jobs.compute.measure.MeasureSource;
import medspa.jobs.compute.measure.Measured;
import medspa.jobs.compute.measure.Measures;
import medspa.jobs.compute.measure.Reach;
import medspa.warehouse.measure.Grain;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Pairs of uses, neither cancelled nor deleted, that overlap at one location with one provider or
 * in one room: the KPI {@code double_bookings}. A use is a row, or the rows of one class that share
 * provider, room and day and overlap. The warehouse lists the pairs under that name.
 */
public final class DoubleBookings implements MeasureSource {
  private static final StructType DAY =
      new StructType().add("date", DataTypes.DateType).add("pairs", DataTypes.IntegerType);

  @Override
  public String family() {
    return "double_bookings";
  }

  @Override
  public Map<String, Reach> reach() {
    return Map.of("appointments", Reach.SPANNED_DAYS);
  }

  /**
   * One of the rows that share a provider or a room.
   *
   * @param end is not in it
   * @param day local day of the start
   * @param counted who counts this row's pairs already: a pair of two rows that name the same is
   *     left out; null for nobody
   * @param classId the class that the row belongs to, whose rows are no pair; null for none
   * @param beside what tells uses of one class apart: the room of a provider's row, the provider of
   *     a room's; null for none
   */
  record Booked(
      long start, long end, LocalDate day, String counted, String classId, String beside) {
    /** The use that begins with this row and lasts until that one ends. */
    Booked until(Booked other) {
      return new Booked(start, Math.max(end, other.end), day, counted, classId, beside);
    }
  }

  @Override
  public List<Measured> measured(MeasureInputs in) {
    Column provider = col("provider_id");
    Column keys =
        array_compact(
            array(
                when(provider.isNotNull(), key("provider", provider, lit(null), col("room_id"))),
                // A pair that shares the provider too is counted there.
                when(col("room_id").isNotNull(), key("room", col("room_id"), provider, provider))));
    Dataset<Row> days =
        in.silver()
            .facts("appointments")
            .where(col("status").notEqual(lit("cancelled")))
            .withColumn("key", explode(keys))
            .groupBy(
                col("practice_id"),
                col("location_id"),
                col("key.kind").as("kind"),
                col("key.id").as("id"))
            .agg(
                collect_list(
                        struct(
                            unix_micros(col("start_at")),
                            unix_micros(col("end_at")),
                            col("local_date"),
                            col("key.counted"),
                            col("class_id"),
                            col("key.beside")))
                    .as("rows"))
            .withColumn("day", explode(days().apply(col("rows"))))
            .withColumn("date", col("day.date"));
    return List.of(
        in.measured(
            Measures.at(
                days, Map.of(Grain.PROVIDER, when(col("kind").equalTo("provider"), col("id")))),
            Map.of("double_bookings", col("day.pairs"))));
  }

  private static Column key(String kind, Column id, Column counted, Column beside) {
    return struct(
        lit(kind).as("kind"),
        id.as("id"),
        counted.cast("string").as("counted"),
        beside.as("beside"));
  }

  private static UserDefinedFunction days() {
    UDF1<Seq<Row>, List<Row>> days =
        rows ->
            pairs(
                    CollectionConverters.asJava(rows).stream()
                        .map(
                            row ->
                                new Booked(
                                    row.getLong(0),
                                    row.getLong(1),
                                    row.getAs(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getString(5)))
                        .toList())
                .entrySet()
                .stream()
                .map(day -> RowFactory.create(day.getKey(), day.getValue()))
                .toList();
    return udf(days, DataTypes.createArrayType(DAY));
  }

  /** How many pairs overlap, per day of the later start. */
  static Map<LocalDate, Integer> pairs(List<Booked> rows) {
    Map<LocalDate, Integer> pairs = new TreeMap<>();
    List<Booked> running = new ArrayList<>();
    for (Booked use : uses(rows)) {
      running.removeIf(earlier -> earlier.end() <= use.start());
      long overlaps = running.stream().filter(earlier -> makePair(earlier, use)).count();
      if (overlaps > 0) {
        pairs.merge(use.day(), Math.toIntExact(overlaps), Integer::sum);
      }
      running.add(use);
    }
    return pairs;
  }

  private static boolean makePair(Booked one, Booked other) {
    boolean isCounted = other.counted() != null && other.counted().equals(one.counted());
    boolean isOneClass = other.classId() != null && other.classId().equals(one.classId());
    return !isCounted && !isOneClass;
  }

  /** The uses that the rows are, by their start. */
  private static List<Booked> uses(List<Booked> rows) {
    List<Booked> uses = new ArrayList<>();
    Map<List<Object>, Integer> sessions = new HashMap<>();
    for (Booked row : rows.stream().sorted(Comparator.comparingLong(Booked::start)).toList()) {
      List<Object> session = Arrays.asList(row.classId(), row.beside(), row.day());
      Integer place = row.classId() == null ? null : sessions.get(session);
      if (place != null && row.start() < uses.get(place).end()) {
        uses.set(place, uses.get(place).until(row));
      } else {
        sessions.put(session, uses.size());
        uses.add(row);
      }
    }
    return uses;
  }
}
