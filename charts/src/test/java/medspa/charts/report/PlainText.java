package medspa.charts.report;

import java.util.List;
import java.util.stream.Stream;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Document;
import medspa.charts.document.Figures;
import medspa.charts.document.Line;
import medspa.charts.document.Masthead;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;

/**
 * Another output of a document: every text that its blocks hold, in the order of reading; but for
 * the keys of charts, whose swatches stand between their words.
 */
final class PlainText {
  private PlainText() {}

  static List<String> of(Document document) {
    return document.chapters().stream()
        .flatMap(chapter -> chapter.blocks().stream())
        .flatMap(PlainText::texts)
        .filter(text -> !text.isBlank())
        .toList();
  }

  private static Stream<String> texts(Block block) {
    if (block instanceof Masthead masthead) {
      return Stream.of(masthead.eyebrow(), masthead.title(), masthead.owner(), masthead.period());
    } else if (block instanceof Block.Heading heading) {
      return Stream.of(heading.text());
    } else if (block instanceof Block.Sentence sentence) {
      return Stream.of(sentence.text());
    } else if (block instanceof Block.Note note) {
      return Stream.of(note.text());
    } else if (block instanceof Figures figures) {
      return Stream.concat(
          Stream.of(figures.title()),
          figures.panels().stream()
              .flatMap(List::stream)
              .flatMap(panel -> Stream.of(panel.title(), panel.says())));
    } else if (block instanceof Table table) {
      return texts(table);
    }
    return ((Passage) block).blocks().stream().flatMap(PlainText::texts);
  }

  private static Stream<String> texts(Table table) {
    return Stream.concat(
        table.columns().stream().map(Table.Column::head),
        table.rows().stream()
            .flatMap(
                row ->
                    Stream.concat(
                        texts(row.head()), row.cells().stream().flatMap(PlainText::texts))));
  }

  private static Stream<String> texts(Cell cell) {
    return Stream.concat(
        Stream.of(cell.text()),
        cell.lines().stream().map((Line line) -> line.text() + line.rest()));
  }
}
