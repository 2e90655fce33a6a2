package medspa.pipelines.demo;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A CSV file that comes into being with its first row. */
final class CsvFile implements AutoCloseable {
  /** Which cells are put in quotes. */
  enum Quoting {
    /** Those that hold a comma, a quote or a line break. */
    WHERE_NEEDED,
    /** Every one. */
    ALWAYS
  }

  /** A cell that is written as a pair of quotes, as some exports write an empty text. */
  static final String EMPTY_TEXT = "\u0000";

  private static final int BUFFER = 1 << 16;

  private final Path path;
  private final Quoting quoting;
  private final List<String> header;
  private final boolean isContinued;
  private final StringBuilder line = new StringBuilder(256);
  private BufferedWriter writer;
  private long rows;

  /**
   * @param isContinued whether the file exists and is gone on with
   */
  CsvFile(Path path, Quoting quoting, List<String> header, boolean isContinued) {
    this.path = path;
    this.quoting = quoting;
    this.header = header;
    this.isContinued = isContinued;
  }

  /** Appends a row, which must have as many cells as the header. */
  void row(String... cells) throws IOException {
    if (cells.length != header.size()) {
      throw new IllegalArgumentException(
          "Row of %d cells in %s, the header has %d"
              .formatted(cells.length, path.getFileName(), header.size()));
    }
    if (rows == 0) {
      open();
    }
    rows++;
    append(List.of(cells));
  }

  long rows() {
    return rows;
  }

  @Override
  public void close() throws IOException {
    if (rows > 0) {
      writer.close();
    }
  }

  private void open() throws IOException {
    Files.createDirectories(path.getParent());
    StandardOpenOption mode =
        isContinued ? StandardOpenOption.APPEND : StandardOpenOption.CREATE_NEW;
    writer =
        new BufferedWriter(
            new OutputStreamWriter(
                Files.newOutputStream(path, StandardOpenOption.WRITE, mode),
                StandardCharsets.UTF_8),
            BUFFER);
    if (!isContinued) {
      append(header);
    }
  }

  private void append(List<String> cells) throws IOException {
    line.setLength(0);
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        line.append(',');
      }
      cell(cells.get(i));
    }
    line.append('\n');
    writer.append(line);
  }

  private void cell(String text) {
    if (text.equals(EMPTY_TEXT)) {
      line.append("\"\"");
    } else if (quoting == Quoting.ALWAYS || needsQuotes(text)) {
      line.append('"').append(text.replace("\"", "\"\"")).append('"');
    } else {
      line.append(text);
    }
  }

  private static boolean needsQuotes(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ',' || c == '"' || c == '\n' || c == '\r') {
        return true;
      }
    }
    return false;
  }
}
