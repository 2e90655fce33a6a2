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

/** All KPIs of all locations, each against the other locations, and their peers' quartiles. */
public final class HeatSection implements Section<Portfolio> {
  /** KPIs in one table that is as wide as a page. */
  private static final int TABLE_KPIS = 7;

  /** Locations in one table; more are not looked through. */
  private static final int LOCATIONS = 44;

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
                  new Block.Heading("All KPIs of all locations"),
                  Block.Sentence.explains(
                      "Q4 is the best quarter of these locations on every KPI, whichever direction"
                          + " is better, and Q1 the last; the one in the very middle has none, nor has"
                          + " a place that too many share, a value with few data or one of a location"
                          + " that opened within the range. Peers are practices that are not named; their values are"
                          + " rounded before quartiles are taken."
                          + (portfolio.locations().size() > LOCATIONS
                              ? " The " + LOCATIONS + " locations with most to be gained."
                              : "")),
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
    for (BenchmarkLocation location : shown(portfolio)) {
      rows.add(
          new Row(
              Row.Kind.ITEM,
              false,
              Cell.of(location.location().name())
                  .with(Line.of(Tone.PLAIN, location.practice().name())),
              some.stream().map(kpi -> cell(portfolio, location, kpi)).toList()));
    }
    if (some.stream().anyMatch(kpi -> portfolio.quartiles(kpi).isPresent())) {
      rows.add(statistic(portfolio, "Peers, 25%", true, some, Quartiles::p25));
      rows.add(statistic(portfolio, "Peers, median", false, some, Quartiles::p50));
      rows.add(statistic(portfolio, "Peers, 75%", false, some, Quartiles::p75));
      rows.add(
          new Row(
              Row.Kind.REFERENCE,
              false,
              Cell.of("Practices that contribute"),
              some.stream().map(kpi -> contributors(portfolio, kpi)).toList()));
    }
    return new Table(Table.Look.HEAT, columns, rows);
  }

  /** In the order of the practices; of many those with most to be gained. */
  private static List<BenchmarkLocation> shown(Portfolio portfolio) {
    return portfolio.locations().size() <= LOCATIONS
        ? portfolio.locations()
        : portfolio.byGain().subList(0, LOCATIONS);
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
    if (!Portfolio.isRanked(location, kpi)) {
      return cell.in(Tone.FEW).with(Line.of(Tone.QUIET, "opened since"));
    }
    return portfolio
        .standing(location, kpi)
        .map(standing -> cell.in(tone(standing)).with(Line.of(Tone.QUIET, standing.name())))
        .orElse(cell);
  }

  static Tone tone(Standing standing) {
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
