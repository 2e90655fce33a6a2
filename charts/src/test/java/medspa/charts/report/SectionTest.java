package medspa.charts.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import medspa.charts.MarketFixture;
import medspa.charts.PdfText;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Document;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.pdf.Paper;
import medspa.charts.pdf.PdfRenderer;
import medspa.charts.read.Practice;
import medspa.charts.read.PublishedWarehouse;
import medspa.charts.section.Section;
import medspa.charts.section.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A section is one class: it comes in through the door of all others, and nothing else knows it.
 */
class SectionTest {
  @TempDir Path folder;

  /** Counts the pinned KPIs of a subject that have no value this week. */
  private static final class GapSection implements Section<Subject> {
    @Override
    public List<Block> blocks(Subject subject) {
      List<Row> rows =
          subject.kpis().stream()
              .filter(kpi -> kpi.series().isEmpty())
              .map(kpi -> Row.of(kpi.kpi().label(), Cell.of("never told")))
              .toList();
      return rows.isEmpty()
          ? List.of()
          : List.of(
              Passage.of(
                  new Block.Heading("Gaps of " + subject.name()),
                  Block.Sentence.explains("KPIs that no week tells of."),
                  new Table(
                      Table.Look.SMALL,
                      List.of(
                          Column.words("KPI", 60),
                          new Column("State", Table.Align.END, OptionalDouble.empty())),
                      rows)));
    }
  }

  private Path pdf(OwnerReport report, String practice) throws Exception {
    Path file = MarketFixture.write(folder.resolve(practice + ".duckdb"));
    try (PublishedWarehouse warehouse = PublishedWarehouse.open(file)) {
      Practice owner =
          warehouse.practices().stream()
              .filter(some -> some.id().equals(practice))
              .findFirst()
              .orElseThrow();
      Document document =
          report.of(
              warehouse.run(), warehouse.kpis(), warehouse.practiceFacts(owner, Optional.empty()));
      return Files.write(
          folder.resolve(practice + ".pdf"),
          new PdfRenderer().render(document, Paper.of("210mm 297mm", 595)));
    }
  }

  private static OwnerReport withGaps() {
    OwnerReport usual = new OwnerReport();
    return new OwnerReport(
        usual.letter(),
        usual.overview(),
        Stream.concat(usual.detail().stream(), Stream.of(new GapSection())).toList());
  }

  @Test
  void aNewSectionStandsInTheReportWhereItHasSomethingToSay() throws Exception {
    Path zurich = pdf(withGaps(), "zurich");
    assertThat(PdfText.of(zurich))
        .contains("KPIs that no week tells of. KPI State Fill rate never told")
        .contains("Revenue per provider hour never told");
    assertThat(PdfText.of(zurich).indexOf("Gaps of"))
        .isBetween(
            PdfText.of(zurich).indexOf("Not known this week"),
            PdfText.of(zurich).indexOf("Data health"));
    assertThat(PdfText.of(pdf(withGaps(), "lumiere"))).doesNotContain("Gaps of Austin");
  }

  @Test
  void aSectionThatIsLeftOutTakesNothingWithIt() throws Exception {
    OwnerReport usual = new OwnerReport();
    String text =
        PdfText.of(pdf(new OwnerReport(usual.letter(), usual.overview(), List.of()), "lumiere"));
    assertThat(text)
        .contains("Net revenue")
        .contains("Data health")
        .doesNotContain("Where the time went")
        .doesNotContain("Stock: ");
  }
}
