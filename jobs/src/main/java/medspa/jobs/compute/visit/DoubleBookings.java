package medspa.jobs.compute.visit;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import medspa.jobs.compute.measure.MeasureInputs;
import medspa.jobs.compute.measure.MeasureSource;
import medspa.jobs.compute.measure.Measured;
import medspa.jobs.compute.measure.Reach;
import medspa.jobs.compute.measure.Tally;
import medspa.warehouse.measure.Grain;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Pairs of uses, neither cancelled nor deleted, that overlap at one location with one provider or
 * in one room: the KPI {@code double_bookings}. A use is a row, or the rows of one class that share
 * provider, room and day and overlap. The warehouse lists the pairs under that name.
 */
public final class DoubleBookings implements MeasureSource {
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
    Dataset<Row> rows =
        in.silver()
            .facts("appointments")
            .where(col("status").notEqual(lit("cancelled")))
            .withColumn("key", explode(keys))
            .select(
                col("practice_id"),
                col("location_id"),
                col("key.kind").as("kind"),
                col("key.id").as("id"),
                col("key.counted").as("counted"),
                col("key.beside").as("beside"),
                unix_micros(col("start_at")).as("start"),
                unix_micros(col("end_at")).as("end"),
                col("local_date"),
                col("class_id"));
    return List.of(
        in.counted(
            Set.of("double_bookings"),
            rows,
            List.of("practice_id", "location_id", "kind", "id"),
            DoubleBookings::count));
  }

  private static void count(List<Row> rows, Tally tally) {
    Row first = rows.get(0);
    String provider = first.getAs("kind").equals("provider") ? first.getAs("id") : null;
    pairs(rows.stream().map(DoubleBookings::booked).toList())
        .forEach(
            (day, pairs) ->
                tally
                    .at(first.getAs("practice_id"), first.getAs("location_id"), day)
                    .and(Grain.PROVIDER, provider)
                    .add("double_bookings", BigDecimal.valueOf(pairs)));
  }

  private static Booked booked(Row row) {
    return new Booked(
        row.<Long>getAs("start"),
        row.<Long>getAs("end"),
        row.getAs("local_date"),
        row.getAs("counted"),
        row.getAs("class_id"),
        row.getAs("beside"));
  }

  private static Column key(String kind, Column id, Column counted, Column beside) {
    return struct(
        lit(kind).as("kind"),
        id.as("id"),
        counted.cast("string").as("counted"),
        beside.as("beside"));
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
