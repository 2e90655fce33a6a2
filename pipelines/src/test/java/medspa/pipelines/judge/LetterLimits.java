package medspa.pipelines.judge;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Chapter;
import medspa.charts.document.Line;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.read.Practice;
import medspa.charts.read.PublishedWarehouse;
import medspa.charts.report.OwnerReport;

/**
 * How much the letters of a published market ask of their readers: the words and figures in the
 * sentences and action lines of page 1. Labels of charts and the rows of the pinned KPIs are looked
 * at, not read.
 */
final class LetterLimits {
  /** Words and figures of a letter. */
  record Effort(long words, long figures) {
    boolean isTooMuch() {
      return words > 180 || figures > 25;
    }
  }

  private LetterLimits() {}

  /** By practice. */
  static Map<String, Effort> of(Path workspace) {
    Map<String, Effort> efforts = new LinkedHashMap<>();
    try (PublishedWarehouse warehouse =
        PublishedWarehouse.open(workspace.resolve("warehouse/medspa.duckdb"))) {
      for (Practice practice : warehouse.practices()) {
        Chapter letter =
            new OwnerReport()
                .of(
                    warehouse.run(),
                    warehouse.kpis(),
                    warehouse.practiceFacts(practice, Optional.empty()))
                .chapters()
                .get(0);
        List<String> words =
            letter.blocks().stream()
                .flatMap(LetterLimits::texts)
                .flatMap(text -> Arrays.stream(text.split("[\\s\\u00a0]+")))
                .filter(word -> word.chars().anyMatch(Character::isLetterOrDigit))
                .toList();
        efforts.put(
            practice.id(),
            new Effort(
                words.size(),
                words.stream().filter(w -> w.chars().anyMatch(Character::isDigit)).count()));
      }
    }
    return efforts;
  }

  private static Stream<String> texts(Block block) {
    if (block instanceof Block.Heading heading) {
      return Stream.of(heading.text());
    } else if (block instanceof Block.Sentence sentence) {
      return Stream.of(sentence.text());
    } else if (block instanceof Block.Note note) {
      return Stream.of(note.text());
    } else if (block instanceof Passage passage) {
      return passage.blocks().stream().flatMap(LetterLimits::texts);
    } else if (block instanceof Table table && table.look() == Table.Look.ROOMY) {
      return table.rows().stream()
          .flatMap(row -> Stream.concat(Stream.of(row.head()), row.cells().stream()))
          .flatMap(LetterLimits::texts);
    }
    return Stream.empty();
  }

  private static Stream<String> texts(Cell cell) {
    return Stream.concat(
        Stream.of(cell.text()), cell.lines().stream().map((Line line) -> line.text()));
  }
}
