package medspa.jobs.compute.measure;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** Rows that belong together, brought into one place and given to plain Java as lists. */
public final class RowGroups {
  private RowGroups() {}

  /** What becomes of rows that belong together. */
  public interface GroupMap extends Serializable {
    /** The rows that come of a group, in the schema that was promised. */
    List<Row> map(List<Row> group);
  }

  /**
   * Turns each group into rows.
   *
   * @param keys columns of the rows; those that agree in them are a group
   * @param schema of what comes of them
   */
  public static Dataset<Row> map(
      Dataset<Row> rows, List<String> keys, StructType schema, GroupMap map) {
    List<String> columns = new ArrayList<>(keys);
    MapPartitionsFunction<Row, Row> groups =
        partition -> {
          Iterator<List<Row>> each = iterator(partition, columns);
          return new Flat() {
            @Override
            Iterator<Row> more() {
              return each.hasNext() ? map.map(each.next()).iterator() : null;
            }
          };
        };
    return together(rows, keys).mapPartitions(groups, Encoders.row(schema));
  }

  /** The rows with those of a group one after the other. */
  static Dataset<Row> together(Dataset<Row> rows, List<String> keys) {
    Column[] columns = keys.stream().map(functions::col).toArray(Column[]::new);
    return rows.repartition(columns).sortWithinPartitions(columns);
  }

  /**
   * The groups of rows that stand together.
   *
   * @param keys the columns that tell them apart
   */
  static Iterator<List<Row>> iterator(Iterator<Row> rows, List<String> keys) {
    return new Groups(rows, keys);
  }

  /** One iterator after the other. */
  abstract static class Flat implements Iterator<Row> {
    private Iterator<Row> ready = Collections.emptyIterator();

    /** The next one, or null after the last. */
    abstract Iterator<Row> more();

    @Override
    public boolean hasNext() {
      while (ready != null && !ready.hasNext()) {
        ready = more();
      }
      return ready != null;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.next();
    }
  }

  private static final class Groups implements Iterator<List<Row>> {
    private final Iterator<Row> rows;
    private final List<String> keys;
    private Row next;

    Groups(Iterator<Row> rows, List<String> keys) {
      this.rows = rows;
      this.keys = keys;
      this.next = rows.hasNext() ? rows.next() : null;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public List<Row> next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      Row first = next;
      List<Row> group = new ArrayList<>();
      do {
        group.add(next);
        next = rows.hasNext() ? rows.next() : null;
      } while (next != null && agree(first, next));
      return group;
    }

    private boolean agree(Row one, Row other) {
      return keys.stream().allMatch(key -> Objects.equals(one.getAs(key), other.getAs(key)));
    }
  }
}
