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

/** Rows that were rejected, by reason. */
public final class RejectedSection implements Section<Backing> {
  /** Rarer reasons share a row. */
  private static final int ROWS = 25;

  private static final List<Column> COLUMNS =
      List.of(
          Column.words("Source", 18),
          Column.words("Table", 11),
          Column.words("Column", 9),
          Column.words("Reason", 13),
          Column.numbers("Rows", 6),
          Column.wordsApart("First seen", 43));

  @Override
  public List<Block> blocks(Backing backing) {
    List<Row> rows = rows(backing.sources().delivered().rejected());
    return List.of(
        Passage.of(
            new Block.Heading("Rows rejected, by reason"),
            rows.isEmpty()
                ? Block.Sentence.nothingThere("No row was rejected.")
                : new Table(Table.Look.SMALL, COLUMNS, rows)));
  }

  private static List<Row> rows(List<SourceFacts.RejectedRows> rejected) {
    List<Row> rows = new ArrayList<>();
    rejected.stream().limit(ROWS).map(RejectedSection::row).forEach(rows::add);
    long rest = rejected.stream().skip(ROWS).mapToLong(SourceFacts.RejectedRows::rows).sum();
    if (rest > 0) {
      rows.add(
          Row.of(
              "Other",
              Cells.none(),
              Cells.none(),
              Cell.of("rarer reasons"),
              Cells.count(rest),
              Cells.none()));
    }
    return rows;
  }

  private static Row row(SourceFacts.RejectedRows some) {
    return Row.of(
        some.source(),
        Cell.of(some.table()),
        Cell.of(some.column().orElse(KpiFormat.NONE)),
        Cell.of(some.reason().replace('_', ' ')),
        Cells.count(some.rows()),
        Cell.of(
            some.exampleFile()
                + (some.exampleLine().isPresent()
                    ? ", line " + KpiFormat.count(some.exampleLine().getAsLong())
                    : "")));
  }
}
