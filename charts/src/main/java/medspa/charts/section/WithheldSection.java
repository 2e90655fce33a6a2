package medspa.charts.section;

import java.util.List;
import java.util.stream.Stream;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;

/** KPIs whose peer statistics are withheld, and why. */
public final class WithheldSection implements Section<Portfolio> {
  private static final List<Column> COLUMNS =
      List.of(Column.words("KPI", 30), Column.words("Why the peers' statistics are not shown", 70));

  @Override
  public List<Block> blocks(Portfolio portfolio) {
    List<Row> rows =
        portfolio.kpis().stream()
            .flatMap(
                kpi ->
                    portfolio
                        .withheld(kpi)
                        .map(reason -> Stream.of(Row.of(kpi.label(), Cell.of(reason))))
                        .orElse(Stream.empty()))
            .toList();
    return rows.isEmpty()
        ? List.of()
        : List.of(
            Passage.of(
                new Block.Heading("Withheld, and why"),
                new Table(Table.Look.SMALL, COLUMNS, rows)));
  }
}
