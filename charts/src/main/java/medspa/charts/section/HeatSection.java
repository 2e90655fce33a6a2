package medspa.charts.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Groups;
import medspa.charts.document.Line;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.figure.Standing;
import medspa.charts.read.BenchmarkFacts.BenchmarkLocation;
import medspa.charts.read.Kpi;
import medspa.charts.read.Peers;
import medspa.charts.read.Peers.Quartiles;

/** All KPIs of all locations against the quartiles of their peers. */
public final class HeatSection implements Section<Portfolio> {
  /** KPIs in one table that is as wide as a page. */
  private static final int TABLE_KPIS = 7;

  @Override
  public List<Block> blocks(Portfolio portfolio) {
    List<Block> passages = new ArrayList<>();
    for (List<Kpi> some : Groups.balanced(portfolio.kpis(), TABLE_KPIS)) {
      if (some.isEmpty() || portfolio.locations().isEmpty()) {
        continue;
      }
      Table table = table(portfolio, some);
      passages.add(
          passages.isEmpty()
              ? Passage.of(
                  new Block.Heading("All KPIs against peer quartiles"),
                  Block.Sentence.explains(
                      "Q4 is the best quartile of the peers on every KPI, whichever direction is"
                          + " better; a value with few data has none. Percentiles are taken over"
                          + " the practices that contribute."),
                  table)
              : Passage.of(table));
    }
    return passages;
  }

  private static Table table(Portfolio portfolio, List<Kpi> some) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("Location", 28));
    some.forEach(kpi -> columns.add(Column.numbers(kpi.label())));
    List<Row> rows = new ArrayList<>();
    for (BenchmarkLocation location : portfolio.locations()) {
      rows.add(
          new Row(
              Row.Kind.ITEM,
              false,
              Cell.of(location.location().name())
                  .with(Line.of(Tone.PLAIN, location.practice().name())),
              some.stream().map(kpi -> cell(portfolio, location, kpi)).toList()));
    }
    rows.add(statistic(portfolio, "Peers, 25%", true, some, Quartiles::p25));
    rows.add(statistic(portfolio, "Peers, median", false, some, Quartiles::p50));
    rows.add(statistic(portfolio, "Peers, 75%", false, some, Quartiles::p75));
    rows.add(
        new Row(
            Row.Kind.REFERENCE,
            false,
            Cell.of("Practices that contribute"),
            some.stream().map(kpi -> contributors(portfolio, kpi)).toList()));
    return new Table(Table.Look.HEAT, columns, rows);
  }

  private static Cell cell(Portfolio portfolio, BenchmarkLocation location, Kpi kpi) {
    Optional<Peers> peers = Portfolio.peers(location, kpi);
    OptionalDouble value = peers.map(Peers::value).orElse(OptionalDouble.empty());
    if (value.isEmpty()) {
      return Cells.none().in(Tone.FEW);
    }
    Cell cell = Cells.compact(portfolio.format(), kpi.unit(), value);
    if (!peers.orElseThrow().isStable()) {
      return cell.in(Tone.FEW).with(Line.of(Tone.QUIET, "few data"));
    }
    return Portfolio.standing(location, kpi)
        .map(standing -> cell.in(tone(standing)).with(Line.of(Tone.QUIET, standing.name())))
        .orElse(cell);
  }

  private static Tone tone(Standing standing) {
    return switch (standing) {
      case Q1 -> Tone.LOWEST_QUARTER;
      case Q2 -> Tone.LOWER_QUARTER;
      case Q3 -> Tone.UPPER_QUARTER;
      case Q4 -> Tone.HIGHEST_QUARTER;
    };
  }

  private static Row statistic(
      Portfolio portfolio,
      String name,
      boolean startsGroup,
      List<Kpi> some,
      ToDoubleFunction<Quartiles> value) {
    return new Row(
        Row.Kind.REFERENCE,
        startsGroup,
        Cell.of(name),
        some.stream()
            .map(
                kpi ->
                    Cells.compact(
                        portfolio.format(),
                        kpi.unit(),
                        portfolio
                            .quartiles(kpi)
                            .map(q -> OptionalDouble.of(value.applyAsDouble(q)))
                            .orElse(OptionalDouble.empty())))
            .toList());
  }

  private static Cell contributors(Portfolio portfolio, Kpi kpi) {
    return portfolio.locations().stream()
        .flatMap(location -> Portfolio.peers(location, kpi).stream())
        .findFirst()
        .map(peers -> Cells.count(peers.contributors()))
        .orElse(Cells.none());
  }
}
