package medspa.warehouse.lake;

import java.nio.file.Path;

/**
 * The layout of the lake, in one place. Below the lake's directory:
 *
 * <pre>
 * bronze/&lt;sequence, 8 digits&gt;-&lt;first 12 digits of the SHA-256&gt;/   one ingested file, never changed
 *     &lt;table&gt;.parquet       accepted rows of one table
 *     rejected_rows.parquet   where and why, never what
 *     rejected_amounts.parquet  what money of sales and payments those are, as far as it can be read
 *     superseded_rows.parquet which line replaced which
 *     batch.json              marker; the directory counts only once it is there
 * silver/&lt;dataset&gt;/&lt;run&gt;/    current row per business key
 * gold/&lt;dataset&gt;/&lt;run&gt;/      measures
 * bronze.jsonl                every marker a second time, with the seals of all files of bronze
 * lost/                       what is left of damaged batches that were given up
 * state.json                  names the valid directory of each dataset; replaced atomically
 * format.json                 by which rules the workspace's files are written
 * refused.json                files that the last ingestion refused as a whole
 * hashes.json                 SHA-256 of the export files as they were last seen
 * known-at/&lt;sequence&gt;/         silver, gold and state of what was known at an earlier batch
 * </pre>
 *
 * Directories whose name begins with a dot are being written and are never read.
 *
 * @param directory where silver, gold and the state are
 * @param bronze where the batches are
 */
public record Lake(Path directory, Path bronze) {
  /** The lake in a directory. */
  public Lake(Path directory) {
    this(directory, directory.resolve("bronze"));
  }

  /** The same batches, with silver, gold and state of what was known at one of them. */
  public Lake knownAt(long sequence) {
    return new Lake(directory.resolve("known-at").resolve(Long.toString(sequence)), bronze);
  }

  /** The batches with their log. */
  public SealedFolders<Batch> batches() {
    return new SealedFolders<>(
        bronze, bronze.resolveSibling("bronze.jsonl"), "batch.json", Batch.class, Batch::files);
  }

  /** The directory of one batch. */
  public Path batch(String sourceFileId) {
    return bronze().resolve(sourceFileId);
  }

  /** The rows of one table in a batch. */
  public Path batchTable(String sourceFileId, String table) {
    return batch(sourceFileId).resolve(table + ".parquet");
  }

  /** The rejected rows of a batch. */
  public Path rejectedRows(String sourceFileId) {
    return batch(sourceFileId).resolve("rejected_rows.parquet");
  }

  /** The money of the rejected rows of a batch of sales and payments, if it has any. */
  public Path rejectedAmounts(String sourceFileId) {
    return batch(sourceFileId).resolve("rejected_amounts.parquet");
  }

  /** The rows of a batch that a later line of the same file replaced. */
  public Path supersededRows(String sourceFileId) {
    return batch(sourceFileId).resolve("superseded_rows.parquet");
  }

  /** A directory of a silver dataset, written by one run. */
  public Path silver(String dataset, String run) {
    return directory.resolve("silver").resolve(dataset).resolve(run);
  }

  /** A directory of a gold dataset, written by one run. */
  public Path gold(String dataset, String run) {
    return directory.resolve("gold").resolve(dataset).resolve(run);
  }

  /** Where a computation keeps what it needs while it runs. */
  public Path scratch() {
    return directory.resolve(".spark");
  }

  /** The state file. */
  public Path state() {
    return directory.resolve("state.json");
  }

  /** What files were hashed; without it, or if it is broken, every file is read again. */
  public Path hashes() {
    return directory.resolve("hashes.json");
  }

  /** The version of the rules by which the workspace's files are written. */
  public Path format() {
    return directory.resolve("format.json");
  }

  /** The list of refused files. */
  public Path refused() {
    return directory.resolve("refused.json");
  }
}
