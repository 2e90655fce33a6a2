package medspa.charts.section;

import java.util.List;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.read.Kpi;

/** The definitions of the KPIs that a report shows. */
public final class DefinitionSection implements Section<Backing> {
  private static final List<Column> COLUMNS =
      List.of(
          Column.words("KPI", 16),
          Column.words("Version", 7),
          Column.words("What it says", 25),
          Column.words("Formula", 25),
          Column.words("Left out", 27));

  @Override
  public List<Block> blocks(Backing backing) {
    return List.of(
        new Block.Heading("Definitions"),
        Block.Sentence.explains(
            "One definition of every number, the same for every vendor's export."),
        new Table(
            Table.Look.SMALL,
            COLUMNS,
            backing.shown().stream().map(DefinitionSection::row).toList()));
  }

  private static Row row(Kpi kpi) {
    return Row.of(
        kpi.label(),
        Cell.of("v" + kpi.version()),
        Cell.of(kpi.definition().description()),
        Cell.of(kpi.definition().formula()),
        Cell.of(kpi.definition().exclusions()));
  }
}
