package medspa.jobs.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An export of any kind as a stream of rows of text. Memory is bounded by the longest row. */
public final class ExportReader {
  /** A wider row is no export. */
  static final int MOST_COLUMNS = 5_000;

  private ExportReader() {}

  /**
   * Streams the file into the sink.
   *
   * @param wanted paths that are read from JSON, beside those of its first record
   * @throws FileRefusedException if the file is not of that kind, is broken, truncated, or beyond
   *     any reason, or if the sink refuses
   */
  public static void read(ExportFile file, Format format, Set<String> wanted, RowSink sink)
      throws FileRefusedException {
    try (InputStream in = file.open()) {
      FileKind.check(in, format);
      switch (format.type()) {
        case DELIMITED -> DelimitedFile.read(in, format, sink);
        case WORKBOOK -> WorkbookFile.read(file, in, format, sink);
        case JSON, JSON_LINES -> JsonFile.read(in, format, wanted, sink);
      }
    } catch (ExportFile.SwollenException e) {
      throw e.refusal();
    } catch (IOException | UncheckedIOException e) {
      if (e.getCause() instanceof ExportFile.SwollenException swollen) {
        throw swollen.refusal();
      }
      throw FileRefusedException.file(
          "The file cannot be read.", "Check that it exists and that its permissions allow it.");
    }
  }

  /**
   * The first rows, by which an export is recognised.
   *
   * @throws FileRefusedException as {@link #read} does
   */
  public static List<List<String>> head(ExportFile file, Format format)
      throws FileRefusedException {
    List<List<String>> rows = new ArrayList<>();
    read(
        file,
        format,
        Set.of(),
        (line, fields) -> {
          rows.add(fields);
          return rows.size() < format.headerWithin();
        });
    return rows;
  }

  static void checkWidth(long line, int columns) throws FileRefusedException {
    if (columns > MOST_COLUMNS) {
      throw FileRefusedException.line(
          line,
          "The line has more than " + MOST_COLUMNS + " fields.",
          "Check that this is the right file and that its delimiter is the mapping's.");
    }
  }
}
