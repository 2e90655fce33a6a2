package medspa.charts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDMarkedContentReference;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureNode;
import org.apache.pdfbox.pdmodel.documentinterchange.markedcontent.PDMarkedContent;
import org.apache.pdfbox.text.PDFMarkedContentExtractor;
import org.apache.pdfbox.text.TextPosition;

/**
 * What a tagged PDF holds, as a program finds it that reads it aloud: tables row by row and column
 * by column, charts, paragraphs, in the order of reading. Texts have single blanks.
 */
public final class PdfStructure {
  /** Letters this much further apart than nothing, in sizes of their font, are two words. */
  private static final double WORD_GAP = 0.15;

  /** Letters of one line differ by less, in points. */
  private static final double LINE = 3;

  /** What stands there. */
  public sealed interface Item {}

  /** A table; {@code rows} without the heads. */
  public record Table(List<String> heads, List<List<String>> rows) implements Item {}

  /**
   * A chart.
   *
   * @param says its text for who does not see it
   * @param lines what is written in it, from the top, each from the left
   */
  public record Chart(String says, List<String> lines) implements Item {}

  /** A paragraph. */
  public record Paragraph(String text) implements Item {}

  private final Map<COSDictionary, Map<Integer, List<TextPosition>>> texts = new HashMap<>();
  private final List<Item> items = new ArrayList<>();

  private PdfStructure(PDDocument document) throws IOException {
    for (PDPage page : document.getPages()) {
      PDFMarkedContentExtractor extractor = new PDFMarkedContentExtractor();
      extractor.processPage(page);
      Map<Integer, List<TextPosition>> ofPage =
          texts.computeIfAbsent(page.getCOSObject(), key -> new HashMap<>());
      for (PDMarkedContent content : extractor.getMarkedContents()) {
        collect(content, content.getMCID(), ofPage);
      }
    }
    visit(document.getDocumentCatalog().getStructureTreeRoot());
  }

  /** Reads a PDF. */
  public static List<Item> of(Path pdf) {
    return PdfText.ask(pdf, document -> List.copyOf(new PdfStructure(document).items));
  }

  private static void collect(
      PDMarkedContent content, int id, Map<Integer, List<TextPosition>> into) {
    for (Object part : content.getContents()) {
      if (part instanceof TextPosition text) {
        into.computeIfAbsent(id, key -> new ArrayList<>()).add(text);
      } else if (part instanceof PDMarkedContent inner) {
        collect(inner, inner.getMCID() < 0 ? id : inner.getMCID(), into);
      }
    }
  }

  private void visit(PDStructureNode node) {
    for (Object kid : node.getKids()) {
      if (kid instanceof PDStructureElement element) {
        switch (element.getStandardStructureType()) {
          case "Table" -> items.add(table(element));
          case "Figure" ->
              items.add(
                  new Chart(
                      String.valueOf(element.getAlternateDescription()), lines(letters(element))));
          case "P" -> {
            items.add(new Paragraph(line(letters(element))));
            visit(element);
          }
          default -> visit(element);
        }
      }
    }
  }

  private Table table(PDStructureElement table) {
    List<PDStructureElement> rows = new ArrayList<>();
    find(table, "TR", rows);
    List<List<String>> texts = new ArrayList<>();
    for (PDStructureElement row : rows) {
      List<String> cells = new ArrayList<>();
      for (Object kid : row.getKids()) {
        if (kid instanceof PDStructureElement cell) {
          // The heads of a table stand on each of its pages.
          cells.add(line(texts.isEmpty() ? letters(cell, first(cell)) : letters(cell)));
        }
      }
      texts.add(cells);
    }
    return new Table(texts.get(0), texts.subList(1, texts.size()));
  }

  private static void find(PDStructureNode in, String type, List<PDStructureElement> found) {
    for (Object kid : in.getKids()) {
      if (kid instanceof PDStructureElement element) {
        if (element.getStandardStructureType().equals(type)) {
          found.add(element);
        } else {
          find(element, type, found);
        }
      }
    }
  }

  private List<TextPosition> letters(PDStructureElement element) {
    return pieces(element).stream().flatMap(piece -> piece.letters().stream()).toList();
  }

  private List<TextPosition> letters(PDStructureElement element, Optional<COSDictionary> page) {
    return pieces(element).stream()
        .filter(piece -> page.filter(piece.page()::equals).isPresent())
        .flatMap(piece -> piece.letters().stream())
        .toList();
  }

  private Optional<COSDictionary> first(PDStructureElement element) {
    return pieces(element).stream().map(Piece::page).findFirst();
  }

  /** Letters that were written together. */
  private record Piece(COSDictionary page, List<TextPosition> letters) {}

  private List<Piece> pieces(PDStructureElement element) {
    List<Piece> pieces = new ArrayList<>();
    for (Object kid : element.getKids()) {
      if (kid instanceof Integer id) {
        pieces.add(piece(element.getPage(), id));
      } else if (kid instanceof PDMarkedContentReference reference) {
        pieces.add(
            piece(
                reference.getPage() == null ? element.getPage() : reference.getPage(),
                reference.getMCID()));
      } else if (kid instanceof PDStructureElement inner) {
        pieces.addAll(pieces(inner));
      }
    }
    return pieces;
  }

  private Piece piece(PDPage page, int id) {
    return new Piece(
        page.getCOSObject(),
        texts.getOrDefault(page.getCOSObject(), Map.of()).getOrDefault(id, List.of()));
  }

  /** Letters in their order as one line. */
  private static String line(List<TextPosition> letters) {
    StringBuilder line = new StringBuilder();
    TextPosition before = null;
    for (TextPosition letter : letters) {
      if (before != null
          && (Math.abs(letter.getYDirAdj() - before.getYDirAdj()) > LINE
              || letter.getXDirAdj() - before.getXDirAdj() - before.getWidthDirAdj()
                  > WORD_GAP * before.getFontSizeInPt())) {
        line.append(' ');
      }
      line.append(letter.getUnicode());
      before = letter;
    }
    return line.toString().replaceAll("\\s+", " ").strip();
  }

  /** Letters by the lines that they stand in. */
  private static List<String> lines(List<TextPosition> letters) {
    List<TextPosition> falling = new ArrayList<>(letters);
    falling.sort(Comparator.comparing(TextPosition::getYDirAdj));
    List<String> lines = new ArrayList<>();
    List<TextPosition> line = new ArrayList<>();
    for (TextPosition letter : falling) {
      if (!line.isEmpty() && letter.getYDirAdj() - line.get(0).getYDirAdj() > LINE) {
        lines.add(ordered(line));
        line.clear();
      }
      line.add(letter);
    }
    if (!line.isEmpty()) {
      lines.add(ordered(line));
    }
    return lines;
  }

  private static String ordered(List<TextPosition> line) {
    return line(line.stream().sorted(Comparator.comparing(TextPosition::getXDirAdj)).toList());
  }
}
