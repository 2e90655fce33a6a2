package medspa.charts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;

/** What a PDF holds: text, fonts, structure. */
public final class PdfText {
  private PdfText() {}

  /** Asks an open document. */
  public interface Question<T> {
    T ask(PDDocument document) throws IOException;
  }

  public static <T> T ask(Path pdf, Question<T> question) {
    try (PDDocument document = Loader.loadPDF(Files.readAllBytes(pdf))) {
      return question.ask(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text with every run of blanks and line breaks as one space. */
  public static String of(Path pdf) {
    return ask(pdf, document -> new PDFTextStripper().getText(document)).replaceAll("\\s+", " ");
  }

  public static String ofPage(Path pdf, int page) {
    return ask(
            pdf,
            document -> {
              PDFTextStripper stripper = new PDFTextStripper();
              stripper.setStartPage(page);
              stripper.setEndPage(page);
              return stripper.getText(document);
            })
        .replaceAll("\\s+", " ");
  }

  /** Where the text that reaches furthest to the right ends, in points. */
  public static double rightEdge(Path pdf) {
    double[] edge = {0};
    ask(
        pdf,
        document ->
            new PDFTextStripper() {
              @Override
              protected void processTextPosition(TextPosition text) {
                if (!text.getUnicode().isBlank()) {
                  edge[0] = Math.max(edge[0], text.getXDirAdj() + text.getWidthDirAdj());
                }
                super.processTextPosition(text);
              }
            }.getText(document));
    return edge[0];
  }

  public static int pages(Path pdf) {
    return ask(pdf, PDDocument::getNumberOfPages);
  }

  /** Fonts of pages and of the figures in them. */
  public static List<PDFont> fonts(PDDocument document) throws IOException {
    List<PDFont> fonts = new ArrayList<>();
    Deque<PDResources> open = new ArrayDeque<>();
    for (PDPage page : document.getPages()) {
      open.add(page.getResources());
    }
    Set<Object> seen = new HashSet<>();
    while (!open.isEmpty()) {
      PDResources resources = open.pop();
      if (resources == null || !seen.add(resources.getCOSObject())) {
        continue;
      }
      for (COSName name : resources.getFontNames()) {
        fonts.add(resources.getFont(name));
      }
      for (COSName name : resources.getXObjectNames()) {
        PDXObject object = resources.getXObject(name);
        if (object instanceof PDFormXObject form) {
          open.add(form.getResources());
        }
      }
    }
    return fonts;
  }

  /** Images: there should be none, figures are vectors. */
  public static long images(PDDocument document) throws IOException {
    long images = 0;
    for (PDPage page : document.getPages()) {
      for (COSName name : page.getResources().getXObjectNames()) {
        if (page.getResources().isImageXObject(name)) {
          images++;
        }
      }
    }
    return images;
  }

  /** Every element of the structure tree. */
  public static List<PDStructureElement> structure(PDDocument document) {
    List<PDStructureElement> elements = new ArrayList<>();
    Deque<Object> open =
        new ArrayDeque<>(document.getDocumentCatalog().getStructureTreeRoot().getKids());
    while (!open.isEmpty()) {
      if (open.pop() instanceof PDStructureElement element) {
        elements.add(element);
        open.addAll(element.getKids());
      }
    }
    return elements;
  }
}
