package medspa.charts.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Chapter;
import medspa.charts.document.Figures;
import medspa.charts.document.Line;
import medspa.charts.document.Masthead;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.figure.Typeface;

/**
 * Letters of a report that no font has, by name: the reader sees only that something is missing.
 */
final class Letters {
  /** Letters that are named; of more only the number is told. */
  private static final int NAMES = 5;

  private Letters() {}

  /** What is missing in the chapters; empty where nothing is. */
  static Optional<Block> missing(List<Chapter> chapters) {
    return missingIn(chapters.stream().flatMap(chapter -> chapter.blocks().stream()).toList());
  }

  /** What is missing in the blocks; empty where nothing is. */
  static Optional<Block> missingIn(List<Block> blocks) {
    List<String> texts = new ArrayList<>();
    blocks.forEach(block -> collect(block, texts));
    Set<Integer> missing = new LinkedHashSet<>();
    texts.forEach(text -> missing.addAll(Typeface.missing(text)));
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Block.Note(
            "No font of the PDF has "
                + missing.stream().limit(NAMES).map(Letters::name).collect(Collectors.joining(", "))
                + (missing.size() > NAMES
                    ? " and " + (missing.size() - NAMES) + " other letters"
                    : "")
                + "; "
                + Typeface.MISSING
                + " stands for what it cannot show."));
  }

  private static String name(int letter) {
    String name = Character.getName(letter);
    return String.format(Locale.ROOT, "U+%04X", letter) + (name == null ? "" : " " + name);
  }

  private static void collect(Block block, List<String> texts) {
    if (block instanceof Masthead masthead) {
      texts.addAll(
          List.of(masthead.eyebrow(), masthead.title(), masthead.owner(), masthead.period()));
    } else if (block instanceof Block.Heading heading) {
      texts.add(heading.text());
    } else if (block instanceof Block.Sentence sentence) {
      texts.add(sentence.text());
    } else if (block instanceof Block.Note note) {
      texts.add(note.text());
    } else if (block instanceof Passage passage) {
      passage.blocks().forEach(part -> collect(part, texts));
    } else if (block instanceof Figures figures) {
      texts.add(figures.title());
      figures
          .panels()
          .forEach(
              group -> group.forEach(panel -> texts.addAll(List.of(panel.title(), panel.says()))));
    } else if (block instanceof Table table) {
      table.columns().forEach(column -> texts.add(column.head()));
      table
          .rows()
          .forEach(
              row -> {
                collect(row.head(), texts);
                row.cells().forEach(cell -> collect(cell, texts));
              });
    }
  }

  private static void collect(Cell cell, List<String> texts) {
    texts.add(cell.text());
    for (Line line : cell.lines()) {
      texts.add(line.text());
      texts.add(line.rest());
    }
  }
}
