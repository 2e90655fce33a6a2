package medspa.jobs.compute.measure;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;

/** What rows amount to together: those of a visit, of a provider's day, of a client. */
public interface GroupRule extends Serializable {
  /** Adds what the rows amount to. */
  void count(List<Row> rows, Tally tally);
}
