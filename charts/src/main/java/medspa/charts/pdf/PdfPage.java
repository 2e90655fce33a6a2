package medspa.charts.pdf;

import java.time.LocalDate;
import java.util.List;
import medspa.charts.figure.Figure;

/**
 * A report before it is a PDF.
 *
 * @param title the title of the document
 * @param subject what the document is about, one sentence
 * @param asOf becomes the date of the document, so that the same input gives the same bytes
 * @param identity what makes the document the one it is; equal identities give an equal document id
 * @param xhtml well-formed XHTML; an {@code <object type="medspa/figure" data="n">} shows the n-th
 *     figure
 */
public record PdfPage(
    String title,
    String subject,
    LocalDate asOf,
    String identity,
    String xhtml,
    List<Figure> figures) {}
