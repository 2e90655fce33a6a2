package medspa.charts.page;

import java.util.List;
import java.util.Optional;

/**
 * What the template of the benchmark report shows.
 *
 * @param columns figures in a row: 2 or 3
 */
public record BenchmarkView(
    Frame frame,
    String title,
    String owner,
    String period,
    String headline,
    int columns,
    List<List<Ranking>> rankingRows,
    List<HeatTable> heatTables,
    List<WithheldRow> withheld,
    List<DefinitionView> definitions,
    DataView data) {

  /**
   * One KPI's ranking, or a part of it where the locations do not fit into one figure.
   *
   * @param figure empty where no location has a value
   */
  public record Ranking(String label, String says, Optional<FigureList.Reference> figure) {}

  /** Some KPIs, location by location, and the peers' statistics under them. */
  public record HeatTable(List<String> kpis, List<HeatRow> rows, List<HeatRow> peers) {}

  /** One location, or one statistic of the peers. */
  public record HeatRow(String name, String practice, List<HeatCell> cells) {}

  /** One value; {@code standing} is Q1 to Q4 or why there is none. */
  public record HeatCell(String value, String standing, String css) {}

  /** A KPI whose peer statistics are withheld. */
  public record WithheldRow(String kpi, String reason) {}
}
