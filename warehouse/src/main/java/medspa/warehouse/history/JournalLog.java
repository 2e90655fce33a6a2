package medspa.warehouse.history;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import medspa.warehouse.journal.ExportedEntry;
import medspa.warehouse.lake.DamagedFileException;
import medspa.warehouse.lake.JsonLines;

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

  /** The file. */
  public Path file() {
    return lines.file();
  }

  /** Lines that are not what was written. */
  public int damaged() {
    return lines.content(PastJournal.class).damaged().size();
  }

  /** Sets such lines apart. */
  public void giveUpDamaged() {
    lines.setDamagedApart(PastJournal.class);
  }

  /**
   * Every export in its order; a line that was cut off is left out.
   *
   * @throws DamagedFileException if a line is not what was written: it is not known then what is in
   *     the books
   */
  public List<PastJournal> read() {
    if (damaged() > 0) {
      throw new DamagedFileException(
          file(),
          "Of "
              + damaged()
              + " exports into the books it is not known any more what was in them. Put the file"
              + " back from a backup, or go on by `medspa check --give-up`; then what is lost is"
              + " exported a second time.");
    }
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

  /** The entries in the books of all other practices, by practice. */
  public Map<String, List<ExportedEntry>> elsewhere(String practice) {
    return read().stream()
        .map(PastJournal::practice)
        .filter(other -> !other.equals(practice))
        .distinct()
        .collect(Collectors.toMap(other -> other, this::entries));
  }
}
