package medspa.examples.market;

import de.siegmar.fastcsv.writer.QuoteStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The export files of one practice. A file that is opened again goes on where it stopped; its time
 * stamp is the morning it pretends to have been exported.
 */
final class Exports {
  private final Path folder;
  private final Map<Path, LocalDate> files = new LinkedHashMap<>();
  private final Map<String, Long> rows = new TreeMap<>();

  /**
   * @param folder the practice's folder, created when the first file is
   */
  Exports(Path folder) {
    this.folder = folder;
  }

  /** Hands out the cells of one row after the other. */
  interface Rows {
    void row(String... cells) throws IOException;
  }

  /** Writes the rows of a file. */
  interface Content {
    void writeTo(Rows rows) throws IOException;
  }

  /**
   * Writes rows to a file below the practice's folder; a file without rows is not made.
   *
   * @param export what is counted: the vendor's export, or the table of the built-in format
   * @param quoting which cells are put in quotes beside those that need them
   */
  void write(
      String name,
      String export,
      LocalDate exportedOn,
      QuoteStrategy quoting,
      List<String> header,
      Content content)
      throws IOException {
    Path path = folder.resolve(name);
    try (ExportFile file = new ExportFile(path, quoting, header, files.containsKey(path))) {
      content.writeTo(file::row);
      if (file.rows() > 0) {
        files.put(path, exportedOn);
        rows.merge(export, file.rows(), Long::sum);
      }
    }
  }

  /** Delivers a file that was written before once more under another name, a day later. */
  void deliverAgain(String name, String again) throws IOException {
    Path path = folder.resolve(name);
    Files.copy(path, folder.resolve(again));
    files.put(folder.resolve(again), files.get(path).plusDays(1));
  }

  /** Puts every file's time stamp to six in the morning of its export, in UTC. */
  void stampTimes() throws IOException {
    for (Map.Entry<Path, LocalDate> file : files.entrySet()) {
      Files.setLastModifiedTime(
          file.getKey(),
          FileTime.from(file.getValue().atTime(LocalTime.of(6, 0)).toInstant(ZoneOffset.UTC)));
    }
  }

  int files() {
    return files.size();
  }

  /** Rows per export so far, overlapping deliveries counted each time. */
  Map<String, Long> rows() {
    return rows;
  }
}
