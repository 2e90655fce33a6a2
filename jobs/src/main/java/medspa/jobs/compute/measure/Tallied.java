package medspa.jobs.compute.measure;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Rows of measures, as a {@link Tally} of each partition of what is counted gives them. */
final class Tallied {
  /** Places with sums that are kept before they are handed on: what bounds the memory of a task. */
  private static final int MOST = 20_000;

  private static final StructType ROWS =
      new StructType()
          .add("practice_id", DataTypes.StringType)
          .add("location_id", DataTypes.StringType)
          .add("grain", DataTypes.StringType)
          .add("member_id", DataTypes.StringType)
          .add("date", DataTypes.DateType)
          .add("measure", DataTypes.StringType)
          .add("amount", Measures.AMOUNT);

  private Tallied() {}

  /** What a rule counts in each row by itself. */
  static Dataset<Row> rows(Dataset<Row> rows, Tally.Declared declared, RowRule rule) {
    MapPartitionsFunction<Row, Row> tally = partition -> sums(partition, declared, rule::count);
    return rows.mapPartitions(tally, Encoders.row(ROWS));
  }

  /** What a rule counts in all rows that agree in some columns. */
  static Dataset<Row> groups(
      Dataset<Row> rows, List<String> keys, Tally.Declared declared, GroupRule rule) {
    List<String> columns = new ArrayList<>(keys);
    MapPartitionsFunction<Row, Row> tally =
        partition -> sums(RowGroups.iterator(partition, columns), declared, rule::count);
    return RowGroups.together(rows, keys).mapPartitions(tally, Encoders.row(ROWS));
  }

  private interface Counting<T> extends Serializable {
    void count(T item, Tally tally);
  }

  /** The sums of what is counted, handed on whenever there are {@link #MOST}. */
  private static <T> Iterator<Row> sums(
      Iterator<T> counted, Tally.Declared declared, Counting<T> counting) {
    Tally tally = new Tally(declared);
    return new RowGroups.Flat() {
      @Override
      Iterator<Row> more() {
        if (!counted.hasNext()) {
          return null;
        }
        while (tally.size() < MOST && counted.hasNext()) {
          counting.count(counted.next(), tally);
        }
        return tally.take();
      }
    };
  }
}
