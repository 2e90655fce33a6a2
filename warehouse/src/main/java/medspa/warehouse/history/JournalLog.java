package medspa.warehouse.history;

import java.nio.file.Path;
import java.util.List;
import medspa.warehouse.journal.ExportedEntry;

/** Which journal entries were exported: a line for each export, appended and never changed. */
public final class JournalLog {
  private final JsonLines lines;

  JournalLog(Path file) {
    this.lines = new JsonLines(file);
  }

  /** Appends an export and forces it to disk. */
  public void append(PastJournal journal) {
    lines.append(journal);
  }

  /** Every export in its order; a line that was cut off is left out. */
  public List<PastJournal> read() {
    return lines.read(PastJournal.class);
  }

  /** The entries in a practice's books, in the order of their export. */
  public List<ExportedEntry> entries(String practice) {
    return read().stream()
        .filter(journal -> journal.practice().equals(practice))
        .flatMap(
            journal ->
                journal.entries().stream()
                    .map(entry -> new ExportedEntry(entry, journal.recordedAt())))
        .toList();
  }
}
