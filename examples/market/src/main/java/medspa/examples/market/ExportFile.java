package medspa.examples.market;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A CSV file that comes into being with its first row. */
final class ExportFile implements AutoCloseable {
  private final Path path;
  private final QuoteStrategy quoting;
  private final List<String> header;
  private final boolean isContinued;
  private CsvWriter writer;
  private long rows;

  /**
   * @param quoting which cells are put in quotes beside those that need them
   * @param isContinued whether the file exists and is gone on with
   */
  ExportFile(Path path, QuoteStrategy quoting, List<String> header, boolean isContinued) {
    this.path = path;
    this.quoting = quoting;
    this.header = header;
    this.isContinued = isContinued;
  }

  /**
   * Appends a row.
   *
   * @throws IllegalArgumentException if it has not as many cells as the header
   */
  void row(String... cells) throws IOException {
    if (cells.length != header.size()) {
      throw new IllegalArgumentException(
          "Row of %s cells in %s, the header has %s"
              .formatted(cells.length, path.getFileName(), header.size()));
    }
    if (rows == 0) {
      open();
    }
    rows++;
    writer.writeRecord(cells);
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
        CsvWriter.builder()
            .quoteStrategy(quoting)
            .lineDelimiter(LineDelimiter.LF)
            .build(path, StandardOpenOption.WRITE, mode);
    if (!isContinued) {
      writer.writeRecord(header);
    }
  }
}
