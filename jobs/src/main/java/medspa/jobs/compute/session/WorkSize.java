package medspa.jobs.compute.session;

import java.util.List;
import medspa.warehouse.lake.Batch;

/**
 * How much there is to do; Spark's settings follow it.
 *
 * @param rows accepted rows of all batches
 */
public record WorkSize(long rows) {
  /** Below this, compiling queries and planning them again takes longer than running them. */
  private static final long SMALL = 100_000;

  private static final long ROWS_PER_PARTITION = 1_000_000;

  private static final int MOST_PARTITIONS = 64;

  public static WorkSize of(List<Batch> batches) {
    return new WorkSize(
        batches.stream()
            .flatMap(batch -> batch.tables().stream())
            .mapToLong(Batch.TableCounts::rowsAccepted)
            .sum());
  }

  /** Whether the run is over before code generation and adaptive planning pay. */
  public boolean isSmall() {
    return rows < SMALL;
  }

  /** Partitions of a shuffle: two for little work, then one per million rows. */
  public int shufflePartitions() {
    return (int) Math.max(2, Math.min(MOST_PARTITIONS, rows / ROWS_PER_PARTITION));
  }
}
