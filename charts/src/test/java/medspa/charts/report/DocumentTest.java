package medspa.charts.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.charts.MarketFixture;
import medspa.charts.PdfText;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Document;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Value;
import medspa.charts.figure.Typeface;
import medspa.charts.html.HtmlPages;
import medspa.charts.html.HtmlRenderer;
import medspa.charts.pdf.Paper;
import medspa.charts.pdf.PdfRenderer;
import medspa.charts.read.PublishedWarehouse;
import medspa.warehouse.kpi.KpiDefinition.Unit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a document holds is enough for any output. */
class DocumentTest {
  @TempDir static Path folder;

  private static final List<Document> DOCUMENTS = new ArrayList<>();

  @BeforeAll
  static void read() {
    Path file = MarketFixture.write(folder.resolve("medspa.duckdb"));
    try (PublishedWarehouse warehouse = PublishedWarehouse.open(file)) {
      warehouse
          .practices()
          .forEach(
              practice ->
                  DOCUMENTS.add(
                      new OwnerReport()
                          .of(
                              warehouse.run(),
                              warehouse.kpis(),
                              warehouse.practiceFacts(practice, Optional.empty()))));
      warehouse
          .consultants()
          .forEach(
              consultant ->
                  DOCUMENTS.add(
                      new BenchmarkReport()
                          .of(warehouse.run(), warehouse.benchmarkFacts(consultant))));
    }
  }

  @Test
  void everyTextOfEveryBlockIsInThePdf() throws Exception {
    PdfRenderer renderer = new PdfRenderer();
    for (Document document : DOCUMENTS) {
      Path pdf =
          Files.write(
              folder.resolve("document.pdf"),
              renderer.render(document, Paper.of("8.5in 11in", 612)));
      String text = squeezed(PdfText.of(pdf));
      assertThat(PlainText.of(document))
          .as(document.title())
          .hasSizeGreaterThan(30)
          .allSatisfy(some -> assertThat(text).contains(squeezed(Typeface.printable(some))));
    }
  }

  @Test
  void everyTextOfEveryBlockIsInTheHtml() throws Exception {
    HtmlRenderer renderer = new HtmlRenderer();
    for (Document document : DOCUMENTS) {
      String text = squeezed(HtmlPages.parsed(renderer.render(document)).getTextContent());
      assertThat(PlainText.of(document))
          .as(document.title())
          .hasSizeGreaterThan(30)
          .allSatisfy(some -> assertThat(text).contains(squeezed(some)));
    }
  }

  /** Lines are broken anywhere, and long words inside. */
  private static String squeezed(String text) {
    return text.replaceAll("[\\s\\u00a0-]+", "");
  }

  @Test
  void everyNumberOfATableIsThereExactlyAndNotOnlyAsText() {
    List<Cell> cells =
        tables()
            .flatMap(table -> table.rows().stream())
            .flatMap(row -> row.cells().stream())
            .toList();
    assertThat(cells)
        .filteredOn(cell -> cell.text().matches("[$£−]?[0-9][0-9,.]*%?"))
        .hasSizeGreaterThan(300)
        .allSatisfy(cell -> assertThat(cell.value()).as(cell.text()).isPresent());
    assertThat(cells)
        .filteredOn(cell -> cell.text().equals("$1,575"))
        .first()
        .satisfies(
            cell ->
                assertThat(cell.value())
                    .contains(new Value.Amount(Unit.MONEY, new BigDecimal("1575.000000"))));
  }

  @Test
  void aRowHasACellForEachColumn() {
    assertThat(tables())
        .isNotEmpty()
        .allSatisfy(
            table ->
                assertThat(table.rows())
                    .allSatisfy(
                        row -> assertThat(row.cells()).hasSize(table.columns().size() - 1)));
  }

  private static Stream<Table> tables() {
    return DOCUMENTS.stream()
        .flatMap(document -> document.chapters().stream())
        .flatMap(chapter -> chapter.blocks().stream())
        .flatMap(DocumentTest::tables);
  }

  private static Stream<Table> tables(Block block) {
    if (block instanceof Table table) {
      return Stream.of(table);
    } else if (block instanceof Passage passage) {
      return passage.blocks().stream().flatMap(DocumentTest::tables);
    }
    return Stream.empty();
  }
}
