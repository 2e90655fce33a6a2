package medspa.jobs.compute.time;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.udf;

import java.time.ZoneId;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Intervals cut at local midnights: each piece belongs to its own day and so week. */
public final class DayPieces {
  private static final StructType PIECE =
      new StructType()
          .add("date", DataTypes.DateType)
          .add("start", DataTypes.LongType)
          .add("end", DataTypes.LongType);

  private DayPieces() {}

  /**
   * Gives each row once per local day of its interval, with the day as date and the piece's start
   * and end.
   *
   * @param rows with the column zone
   * @param from start of the interval in microseconds since the epoch
   * @param until its end, which is not in it
   */
  public static Dataset<Row> cut(Dataset<Row> rows, Column from, Column until) {
    UDF3<Long, Long, String, List<Row>> cut =
        (start, end, zone) ->
            LocalDays.cut(new Timeline.Interval(start, end), ZoneId.of(zone)).stream()
                .map(
                    piece ->
                        RowFactory.create(
                            piece.day(), piece.interval().start(), piece.interval().end()))
                .toList();
    UserDefinedFunction pieces = udf(cut, DataTypes.createArrayType(PIECE));
    return rows.withColumn("piece", explode(pieces.apply(from, until, col("zone"))))
        .withColumn("date", col("piece.date"))
        .withColumn("start", col("piece.start"))
        .withColumn("end", col("piece.end"))
        .drop("piece");
  }

  /** The intervals of collected structs of start and end. */
  public static List<Timeline.Interval> intervals(Seq<Row> pieces) {
    return CollectionConverters.asJava(pieces).stream()
        .map(piece -> new Timeline.Interval(piece.getLong(0), piece.getLong(1)))
        .toList();
  }
}
