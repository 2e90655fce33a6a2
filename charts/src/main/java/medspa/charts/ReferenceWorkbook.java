package medspa.charts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import medspa.charts.document.Book;
import medspa.charts.report.ReferenceBook;
import medspa.charts.workbook.WorkbookRenderer;
import medspa.warehouse.lake.DiskFiles;
import medspa.warehouse.reference.ReferenceSuggestion;

/** Writes the workbook in which a person writes down what no export tells. */
public final class ReferenceWorkbook {
  private ReferenceWorkbook() {}

  /**
   * Writes the file, whole or not at all. The same suggestion and day give the same bytes.
   *
   * @param day on which it is suggested
   * @throws UncheckedIOException if it cannot be written
   */
  public static void write(ReferenceSuggestion suggestion, LocalDate day, Path file) {
    Book book = new ReferenceBook().of(suggestion, day);
    try {
      DiskFiles.write(file, out -> new WorkbookRenderer().render(book, out));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }
}
