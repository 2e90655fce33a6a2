package medspa.charts.section;

import java.util.ArrayList;
import java.util.List;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.SourceFacts;

/** Files that were refused as a whole, and what to do about each. */
public final class RefusedSection implements Section<Backing> {
  private static final List<Column> COLUMNS =
      List.of(
          Column.words("File", 26),
          Column.words("Where", 14),
          Column.words("Problem", 30),
          Column.words("Next step", 30));

  @Override
  public List<Block> blocks(Backing backing) {
    List<SourceFacts.RefusedFile> files = backing.sources().delivered().refused();
    return List.of(
        Passage.of(
            new Block.Heading("Files refused as a whole"),
            files.isEmpty()
                ? Block.Sentence.nothingThere("No file was refused.")
                : new Table(
                    Table.Look.SMALL, COLUMNS, files.stream().map(RefusedSection::row).toList())));
  }

  private static Row row(SourceFacts.RefusedFile file) {
    return Row.of(
        file.fileName(),
        Cell.of(where(file)),
        Cell.of(Reasons.sentence(file.problem())),
        file.nextStep().isBlank() ? Cells.none() : Cell.of(Reasons.sentence(file.nextStep())));
  }

  private static String where(SourceFacts.RefusedFile file) {
    List<String> parts = new ArrayList<>();
    file.line().ifPresent(line -> parts.add("line " + KpiFormat.count(line)));
    file.column().ifPresent(column -> parts.add("column " + column));
    return parts.isEmpty() ? "whole file" : String.join(", ", parts);
  }
}
