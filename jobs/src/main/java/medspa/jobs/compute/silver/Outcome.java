package medspa.jobs.compute.silver;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_micros;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.Column;

/**
 * What became of an appointment before the as-of, by falling weight: the outcome of a visit is the
 * first one that any of its rows has.
 */
public enum Outcome {
  ATTENDED(1),
  NO_SHOW(2),
  LATE_CANCELLED(3),
  UNRESOLVED(4),
  CANCELLED(5),
  DELETED(6);

  /** Name of the column that holds a row's {@link #rank}. */
  public static final String COLUMN = "outcome_rank";

  private final int rank;

  Outcome(int rank) {
    this.rank = rank;
  }

  /** 1 for the outcome that weighs most. */
  public int rank() {
    return rank;
  }

  /** The outcome of that {@link #rank}. */
  public static Outcome ofRank(int rank) {
    return values()[rank - 1];
  }

  /** The name as it is published. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The published name of a rank. */
  public static Column word(Column rank) {
    Column[] words =
        Arrays.stream(values()).map(outcome -> lit(outcome.word())).toArray(Column[]::new);
    return element_at(array(words), rank);
  }

  /**
   * The rank of a row's outcome. A cancellation with less notice than the location's, compared in
   * elapsed time, is late, one after the start too; one without its time counts as early.
   */
  static Column of() {
    Column status = col("status");
    Column notice = unix_micros(col("start_at")).minus(unix_micros(col("cancelled_at")));
    return when(status.isin("arrived", "completed"), lit(ATTENDED.rank()))
        .when(status.equalTo("no_show"), lit(NO_SHOW.rank()))
        .when(
            status.equalTo("cancelled").and(notice.lt(col("notice_micros"))),
            lit(LATE_CANCELLED.rank()))
        .when(status.isin("booked", "confirmed"), lit(UNRESOLVED.rank()))
        .when(status.equalTo("cancelled"), lit(CANCELLED.rank()))
        .otherwise(lit(DELETED.rank()));
  }
}
