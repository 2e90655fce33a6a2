package medspa.warehouse.lake;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One ingested file: the content of its marker in bronze.
 *
 * @param sequence position in the order of ingestion, from 1
 * @param order position in the order of delivery: the sequence, or that of the batch it replaces
 * @param sourceFileId name of the batch's directory
 * @param source the source of the configuration
 * @param practiceId the practice of the source
 * @param fileName path of the file below the workspace
 * @param sha256 SHA-256 of the file's bytes; of a sheet that is read by itself, of these and its
 *     name
 * @param inputsDigest SHA-256 of all else that shaped the rows: mapping, look-ups, source settings,
 *     zones and the source's lines of the crosswalk; a file is read again when it changes
 * @param replaces the batch of the same file that this one takes the place of
 * @param mapping id of the mapping
 * @param delivery how its rows meet earlier rows of the source
 * @param ingestedAt when it was ingested
 * @param columnsDropped columns of the export that the mapping does not know
 * @param tables what went into each table
 * @param keyFingerprint tells under which pseudonym key its clients were read
 * @param period the days that the file's name or title states, so that it is complete for them
 * @param dateOrder mdy or dmy, the order by which its dates of numbers were read
 * @param provesDateOrder whether the file itself proves that order, so that it tells something
 *     about other files of the source
 */
public record Batch(
    long sequence,
    long order,
    String sourceFileId,
    String source,
    String practiceId,
    String fileName,
    String sha256,
    String inputsDigest,
    Optional<String> replaces,
    String mapping,
    Delivery delivery,
    Instant ingestedAt,
    int columnsDropped,
    List<TableCounts> tables,
    Optional<String> keyFingerprint,
    Optional<Period> period,
    Optional<String> dateOrder,
    boolean provesDateOrder) {

  /** A file whose dates are not written as numbers. */
  public Batch(
      long sequence,
      long order,
      String sourceFileId,
      String source,
      String practiceId,
      String fileName,
      String sha256,
      String inputsDigest,
      Optional<String> replaces,
      String mapping,
      Delivery delivery,
      Instant ingestedAt,
      int columnsDropped,
      List<TableCounts> tables,
      Optional<String> keyFingerprint,
      Optional<Period> period) {
    this(
        sequence,
        order,
        sourceFileId,
        source,
        practiceId,
        fileName,
        sha256,
        inputsDigest,
        replaces,
        mapping,
        delivery,
        ingestedAt,
        columnsDropped,
        tables,
        keyFingerprint,
        period,
        Optional.empty(),
        false);
  }

  /** How a delivery meets what was delivered before. */
  public enum Delivery {
    /** New keys only; a key seen before is rejected. */
    APPEND,
    /** The newest delivery of a key wins. */
    UPSERT,
    /** As upsert, and rows of the source inside the delivery's dates that it lacks are deleted. */
    WINDOW,
    /**
     * Of reference tables: the source's newest delivery of the table is all that it tells of it.
     */
    WHOLE
  }

  /** A number of days, the first and the last included. */
  public record Period(LocalDate firstDate, LocalDate lastDate) {}

  /**
   * Rows of one table: read = accepted + duplicate + superseded + rejected.
   *
   * @param windows where the accepted rows lie in time, per location; empty for reference tables
   * @param rowsDeleted rows of earlier deliveries of the source that it lacked and thereby deleted
   * @param receiptRows what kind of rows a receipt of this delivery holds completely: its newest
   *     delivery replaces all of the kind that it has on one local day. Empty where a row is only
   *     replaced by its own key
   * @param cellsMasked cells that held a client, or what may be one, and were masked
   * @param hasMasks whether anything was, keys that the mapping makes up included: it is another
   *     under another pseudonym key
   */
  public record TableCounts(
      String table,
      long rowsRead,
      long rowsAccepted,
      long rowsDuplicate,
      long rowsSuperseded,
      long rowsRejected,
      List<Window> windows,
      long rowsDeleted,
      Optional<String> receiptRows,
      long cellsMasked,
      boolean hasMasks) {

    /** Counts of a delivery that deleted nothing and replaces row by row. */
    public TableCounts(
        String table,
        long rowsRead,
        long rowsAccepted,
        long rowsDuplicate,
        long rowsSuperseded,
        long rowsRejected,
        List<Window> windows) {
      this(
          table,
          rowsRead,
          rowsAccepted,
          rowsDuplicate,
          rowsSuperseded,
          rowsRejected,
          windows,
          0,
          Optional.empty(),
          0,
          false);
    }

    /** The same counts of a delivery that deleted rows. */
    public TableCounts deleting(long rows) {
      return new TableCounts(
          table,
          rowsRead,
          rowsAccepted,
          rowsDuplicate,
          rowsSuperseded,
          rowsRejected,
          windows,
          rows,
          receiptRows,
          cellsMasked,
          hasMasks);
    }
  }

  /**
   * Local dates of the accepted rows of a location.
   *
   * @param firstDate the first of them
   * @param lastDate the last of them
   * @param runs the stretches into which gaps of more than {@value ReplacedDays#USUAL_GAP_DAYS}
   *     days cut them, rising
   */
  public record Window(String locationId, LocalDate firstDate, LocalDate lastDate, List<Run> runs) {
    /** Markers of earlier versions have no runs: what they span is one. */
    public Window {
      runs = runs == null ? List.of(new Run(firstDate, lastDate, 1)) : List.copyOf(runs);
    }

    /** Dates without a long gap. */
    public Window(String locationId, LocalDate firstDate, LocalDate lastDate) {
      this(locationId, firstDate, lastDate, List.of(new Run(firstDate, lastDate, 1)));
    }
  }

  /** A stretch of local dates without a long gap, and the rows in it. */
  public record Run(LocalDate firstDate, LocalDate lastDate, long rows) {

    /**
     * The runs of some rows.
     *
     * @param days the local date of each row, rising
     */
    public static List<Run> of(List<LocalDate> days) {
      List<Run> runs = new ArrayList<>();
      for (LocalDate day : days) {
        Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
        if (last != null
            && ChronoUnit.DAYS.between(last.lastDate(), day) <= ReplacedDays.USUAL_GAP_DAYS) {
          runs.set(runs.size() - 1, new Run(last.firstDate(), day, last.rows() + 1));
        } else {
          runs.add(new Run(day, day, 1));
        }
      }
      return List.copyOf(runs);
    }
  }

  /** The Parquet files that its directory must have. */
  Set<String> files() {
    Set<String> files = new TreeSet<>();
    for (TableCounts counts : tables) {
      if (counts.rowsAccepted() > 0) {
        files.add(counts.table() + ".parquet");
      }
      if (counts.rowsRejected() > 0) {
        files.add("rejected_rows.parquet");
      }
      if (counts.rowsSuperseded() > 0) {
        files.add("superseded_rows.parquet");
      }
    }
    return files;
  }

  /** The counts of one table, if the batch feeds it. */
  public Optional<TableCounts> table(String name) {
    return tables.stream().filter(t -> t.table().equals(name)).findFirst();
  }
}
