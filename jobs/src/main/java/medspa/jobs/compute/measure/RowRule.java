package medspa.jobs.compute.measure;

import java.io.Serializable;
import org.apache.spark.sql.Row;

/** What a row amounts to by itself. */
public interface RowRule extends Serializable {
  /** Adds what the row amounts to. */
  void count(Row row, Tally tally);
}
