package medspa.charts.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import medspa.charts.document.Block;
import medspa.charts.document.Block.Sentence.Voice;
import medspa.charts.document.Chapter;
import medspa.charts.document.Chapter.Bookmark;
import medspa.charts.document.Chapter.Start;
import medspa.charts.document.Document;
import medspa.charts.document.Masthead;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class PdfRendererTest {
  private final PdfRenderer renderer = new PdfRenderer();

  /** Wherever the page ends, of which the first chapter fills more and more. */
  @Test
  void aMastheadStaysWithItsTitleAndAPageIsHeadedByWhatItBeginsWith() throws IOException {
    int torn = 0;
    for (int lines = 24; lines < 60; lines += 3) {
      List<String> pages = pages(lines);
      for (String page : pages) {
        assertThat(page.contains("Eyebrow"))
            .as("%d lines: %s", lines, page)
            .isEqualTo(page.contains("Second title"));
      }
      String second = pages.get(1);
      boolean isWithin = second.contains("First line");
      torn += isWithin ? 1 : 0;
      assertThat(second).contains(isWithin ? "Head of the first" : "Head of the second");
    }
    assertThat(torn).as("pages that begin within the first chapter").isBetween(1, 11);
  }

  private List<String> pages(int lines) throws IOException {
    List<Block> first = new ArrayList<>();
    first.add(new Block.Heading("First title"));
    IntStream.range(0, lines)
        .mapToObj(i -> new Block.Sentence(Voice.EXPLAINS, "First line " + i))
        .forEach(first::add);
    List<Block> second = new ArrayList<>();
    second.add(new Masthead("Eyebrow", "Second title", "Owner", "Period"));
    IntStream.range(0, 40)
        .mapToObj(i -> new Block.Sentence(Voice.EXPLAINS, "Second line " + i))
        .forEach(second::add);
    Document document =
        new Document(
            "Title",
            "Subject",
            "Foot",
            LocalDate.of(2026, 11, 16),
            "run",
            List.of(
                chapter("first", Start.FOLLOWING, first),
                chapter("second", Start.FOLLOWING, second)));
    byte[] pdf = renderer.render(document, Paper.of("210mm 297mm", 595));
    List<String> pages = new ArrayList<>();
    try (PDDocument read = Loader.loadPDF(pdf)) {
      for (int page = 1; page <= read.getNumberOfPages(); page++) {
        PDFTextStripper text = new PDFTextStripper();
        text.setStartPage(page);
        text.setEndPage(page);
        pages.add(text.getText(read));
      }
    }
    return pages;
  }

  private static Chapter chapter(String name, Start start, List<Block> blocks) {
    return new Chapter(
        Optional.of(new Bookmark(name, name)), start, Optional.of("Head of the " + name), blocks);
  }
}
