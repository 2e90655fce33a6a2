package medspa.charts.html;

import java.util.ArrayList;
import java.util.List;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Chapter;
import medspa.charts.document.Figures;
import medspa.charts.document.Line;
import medspa.charts.document.Masthead;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.html.MailRenderer.Frame;

/** A chapter as plain text: a paragraph for each block, a line for each row of a table. */
final class MailText {
  private MailText() {}

  static String of(Chapter chapter, Frame frame) {
    List<String> paragraphs = new ArrayList<>();
    frame.notice().ifPresent(paragraphs::add);
    chapter.blocks().forEach(block -> add(block, paragraphs));
    paragraphs.add(frame.closing() + frame.link().map(link -> "\n" + link).orElse(""));
    return String.join("\n\n", paragraphs) + "\n";
  }

  private static void add(Block block, List<String> paragraphs) {
    if (block instanceof Masthead masthead) {
      paragraphs.add(
          String.join(
              "\n", masthead.eyebrow(), masthead.title(), masthead.owner(), masthead.period()));
    } else if (block instanceof Block.Heading heading) {
      paragraphs.add(heading.text() + "\n" + "-".repeat(Math.min(72, heading.text().length())));
    } else if (block instanceof Block.Sentence sentence) {
      paragraphs.add(sentence.text());
    } else if (block instanceof Block.Note note) {
      paragraphs.add(note.text());
    } else if (block instanceof Figures figures) {
      paragraphs.add(figures.title());
    } else if (block instanceof Table table) {
      paragraphs.add(rows(table));
    } else if (block instanceof Passage passage) {
      passage.blocks().forEach(inner -> add(inner, paragraphs));
    }
  }

  private static String rows(Table table) {
    List<String> rows = new ArrayList<>();
    String name = table.columns().get(0).head();
    if (!name.isBlank()) {
      rows.add(name + ":");
    }
    for (Table.Row row : table.rows()) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < row.cells().size(); i++) {
        String told = told(row.cells().get(i));
        String head = table.columns().get(i + 1).head();
        if (!told.isBlank()) {
          cells.add(head.isBlank() ? told : head + " " + told);
        }
      }
      rows.add("- " + told(row.head()) + (cells.isEmpty() ? "" : ": " + String.join("; ", cells)));
    }
    return String.join("\n", rows);
  }

  private static String told(Cell cell) {
    List<String> parts = new ArrayList<>(List.of(cell.text()));
    for (Line line : cell.lines()) {
      parts.add(line.text() + line.rest());
    }
    parts.removeIf(String::isBlank);
    return parts.isEmpty()
        ? ""
        : parts.get(0)
            + (parts.size() == 1
                ? ""
                : " (" + String.join("; ", parts.subList(1, parts.size())) + ")");
  }
}
