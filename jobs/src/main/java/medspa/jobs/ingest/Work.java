package medspa.jobs.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import medspa.jobs.ingest.ExportDatabase.Lookup;
import medspa.jobs.ingest.ExportDatabase.LookupFile;
import medspa.jobs.ingest.Inbox.Export;
import medspa.warehouse.lake.Batch;

/**
 * One file to take in.
 *
 * @param lookups files of each look-up the mapping needs
 * @param crosswalk ids of the source that other sources call differently
 * @param inputsDigest of everything besides the file's bytes that shapes its rows
 * @param sequence the batch's place in the order of ingestion
 * @param replaces an earlier batch of the same bytes, read with other inputs, or damaged
 * @param mends whether that batch is to be made again as it was, in its own place
 * @param ingestedAt the instant that the batch carries
 * @param deliveredAt when the bytes were first taken in, however often they are read again
 */
record Work(
    Export export,
    Map<String, Lookup> lookups,
    Crosswalk crosswalk,
    String inputsDigest,
    long sequence,
    Optional<Batch> replaces,
    boolean mends,
    Instant ingestedAt,
    Instant deliveredAt) {

  Source source() {
    return export.source();
  }

  String fileName() {
    return export.fileName();
  }

  /** The file and those that it looks up, as they were when they were planned. */
  List<LookupFile> files() {
    List<LookupFile> files = new ArrayList<>();
    files.add(new LookupFile(export.source(), export.file(), export.sha256()));
    lookups.values().forEach(lookup -> files.addAll(lookup.files()));
    return files;
  }

  /** Place in the order of delivery. */
  long order() {
    return replaces.map(Batch::order).orElse(sequence);
  }

  /** Whether another work is of the same rows. */
  boolean isCopyOf(Work other) {
    return export.isCopyOf(other.fileName(), other.export.sha256());
  }

  /** The batch that is made again as it was. */
  Optional<Batch> mended() {
    return replaces.filter(batch -> mends);
  }

  /** The same as a new batch, which takes the place of the damaged one. */
  Work replacing(Instant now) {
    return new Work(
        export, lookups, crosswalk, inputsDigest, sequence, replaces, false, now, deliveredAt);
  }

  /** The same with another sequence. */
  Work numbered(long other) {
    return new Work(
        export, lookups, crosswalk, inputsDigest, other, replaces, mends, ingestedAt, deliveredAt);
  }

  /** Place in the order of ingestion. */
  long ingestion() {
    return mended().map(Batch::sequence).orElse(sequence);
  }

  /** The id of the batch whose place it takes. */
  Optional<String> replacedId() {
    return mends ? replaces.flatMap(Batch::replaces) : replaces.map(Batch::sourceFileId);
  }

  String sourceFileId() {
    return mended()
        .map(Batch::sourceFileId)
        .orElseGet(
            () ->
                String.format(Locale.ROOT, "%08d-%s", sequence, export.sha256().substring(0, 12)));
  }
}
