package medspa.charts.document;

import java.time.LocalDate;
import java.util.List;

/**
 * A report before it is a PDF, a web page or a workbook.
 *
 * @param title the title of the document
 * @param subject what the document is about, one sentence
 * @param foot for whom it is and how it may be used; on every page
 * @param asOf stands for the date of the document, so that the same input gives the same bytes
 * @param publication id of the publication that the numbers are of
 * @param chapters in the order of reading
 */
public record Document(
    String title,
    String subject,
    String foot,
    LocalDate asOf,
    String publication,
    List<Chapter> chapters) {

  /** Copies the chapters. */
  public Document {
    chapters = List.copyOf(chapters);
  }
}
