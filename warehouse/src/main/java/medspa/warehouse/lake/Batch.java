package medspa.warehouse.lake;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One ingested file: the content of its marker in bronze.
 *
 * @param sequence position in the order of ingestion, from 1
 * @param order position in the order of delivery: the sequence, or that of the batch it replaces
 * @param sourceFileId name of the batch's directory
 * @param source the source of the configuration
 * @param practiceId the practice of the source
 * @param fileName path of the file below the workspace
 * @param sha256 SHA-256 of the file's bytes
 * @param inputsDigest SHA-256 of all else that shaped the rows: mapping, look-ups, source settings,
 *     zones and the source's lines of the crosswalk; a file is read again when it changes
 * @param replaces the batch of the same file that this one takes the place of
 * @param mapping id of the mapping
 * @param delivery how its rows meet earlier rows of the source
 * @param ingestedAt when it was ingested
 * @param columnsDropped columns of the export that the mapping does not know
 * @param tables what went into each table
 * @param keyFingerprint tells under which pseudonym key its clients were read
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
    Optional<String> keyFingerprint) {

  /** How a delivery meets what was delivered before. */
  public enum Delivery {
    /** New keys only; a key seen before is rejected. */
    APPEND,
    /** The newest delivery of a key wins. */
    UPSERT,
    /** As upsert, and rows of the source inside the delivery's dates that it lacks are deleted. */
    WINDOW
  }

  /**
   * Rows of one table: read = accepted + duplicate + superseded + rejected.
   *
   * @param windows the dates the accepted rows span, per location; empty for reference tables
   */
  public record TableCounts(
      String table,
      long rowsRead,
      long rowsAccepted,
      long rowsDuplicate,
      long rowsSuperseded,
      long rowsRejected,
      List<Window> windows) {}

  /** First and last local date of the accepted rows of a location. */
  public record Window(String locationId, LocalDate firstDate, LocalDate lastDate) {}

  /** The counts of one table, if the batch feeds it. */
  public Optional<TableCounts> table(String name) {
    return tables.stream().filter(t -> t.table().equals(name)).findFirst();
  }
}
