package medspa.charts.section;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.read.Kpi;

/** Why peer statistics are withheld, and of which KPIs. */
public final class WithheldSection implements Section<Portfolio> {
  private static final List<Column> COLUMNS =
      List.of(Column.words("Why the peers' statistics are not shown", 40), Column.words("Of", 60));

  @Override
  public List<Block> blocks(Portfolio portfolio) {
    Map<String, List<String>> labels = new LinkedHashMap<>();
    for (Kpi kpi : portfolio.kpis()) {
      portfolio
          .withheld(kpi)
          .ifPresent(
              reason -> labels.computeIfAbsent(reason, key -> new ArrayList<>()).add(kpi.label()));
    }
    List<Row> rows = new ArrayList<>();
    labels.forEach(
        (reason, kpis) ->
            rows.add(
                Row.of(
                    reason,
                    Cell.of(
                        kpis.size() == portfolio.kpis().size()
                            ? "All KPIs"
                            : String.join(", ", kpis)))));
    return rows.isEmpty()
        ? List.of()
        : List.of(
            Passage.of(
                new Block.Heading("Withheld, and why"),
                new Table(Table.Look.SMALL, COLUMNS, rows)));
  }
}
