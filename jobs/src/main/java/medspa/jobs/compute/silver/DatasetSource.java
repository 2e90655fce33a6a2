package medspa.jobs.compute.silver;

import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import medspa.warehouse.market.Market;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Datasets that a domain forms from current rows, written before anything is measured. */
public interface DatasetSource {
  /**
   * Names of the datasets, such as {@code silver/visits}. One that is named like a table takes the
   * place of its folded rows.
   */
  Set<String> datasets();

  /** Names of the datasets it reads. */
  Set<String> needs();

  /** The rows of each of its datasets. */
  Map<String, Dataset<Row>> formed(Inputs in);

  /** What datasets are formed from. */
  interface Inputs {
    /** The current rows. */
    Silver silver();

    /** What no export carries. */
    Market market();

    /** First day of the last whole week before the as-of. */
    LocalDate lastWeekStart();

    /** The last day of which exports of tables state that they are complete, by location. */
    Map<String, LocalDate> statedUntil(Set<String> tables);

    /** The rows of exports of a table that a dataset takes the place of. */
    Dataset<Row> folded(String table);

    /** Keeps rows that several datasets are formed from, until the run is over. */
    Dataset<Row> kept(Dataset<Row> rows);
  }
}
