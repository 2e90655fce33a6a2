package medspa.jobs.read;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      read(file, in, format, wanted, sink);
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Streams the whole file into the sink, which wants every row.
   *
   * @return SHA-256 of the bytes that were read, in hexadecimal; nothing if the file was exchanged
   *     while it was read, and the rows may be of either
   * @throws FileRefusedException as {@link #read} does
   */
  public static Optional<String> readWhole(
      ExportFile file, Format format, Set<String> wanted, RowSink sink)
      throws FileRefusedException {
    try (HashedBytes bytes = new HashedBytes(file)) {
      read(file, bytes.stream(), format, wanted, sink);
      String sha256 = bytes.sha256();
      return bytes.isSameFile() ? Optional.of(sha256) : Optional.empty();
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(e);
    }
  }

  /** A sheet of a workbook. */
  public record Sheet(String name, boolean isHidden) {}

  /**
   * The sheets of a workbook, in their order.
   *
   * @throws FileRefusedException if the file is no workbook, or broken
   */
  public static List<Sheet> sheets(ExportFile file) throws FileRefusedException {
    try (InputStream in = file.open()) {
      FileKind.check(in, Format.WORKBOOK);
      return WorkbookFile.sheets(file, in);
    } catch (IOException | UncheckedIOException e) {
      throw unreadable(e);
    }
  }

  private static void read(
      ExportFile file, InputStream in, Format format, Set<String> wanted, RowSink sink)
      throws FileRefusedException, IOException {
    FileKind.check(in, format);
    switch (format.type()) {
      case DELIMITED -> DelimitedFile.read(in, format, sink);
      case WORKBOOK -> WorkbookFile.read(file, in, format, sink);
      case JSON, JSON_LINES -> JsonFile.read(in, format, wanted, sink);
    }
  }

  private static FileRefusedException unreadable(Exception e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ExportFile.SwollenException swollen) {
        return swollen.refusal();
      }
    }
    return FileRefusedException.file(
        "The file cannot be read.", "Check that it exists and that its permissions allow it.");
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
