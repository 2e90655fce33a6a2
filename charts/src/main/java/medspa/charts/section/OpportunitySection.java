package medspa.charts.section;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Line;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.read.BenchmarkFacts.BenchmarkLocation;
import medspa.charts.read.BenchmarkFacts.Gap;

/** All locations by what can be gained there in a week, with the two KPIs behind it. */
public final class OpportunitySection implements Section<Portfolio> {
  private static final int KPIS = 2;

  private static final List<Column> COLUMNS =
      List.of(
          Column.words("Location", 26),
          Column.numbers("A week", 9),
          Column.numbers("Low to high", 13),
          Column.wordsApart("Most in", 26),
          Column.wordsApart("Then in", 26));

  @Override
  public List<Block> blocks(Portfolio portfolio) {
    if (portfolio.locations().isEmpty()) {
      return List.of();
    }
    return List.of(
        Passage.of(
            new Block.Heading("Locations, by what is to be gained"),
            Block.Sentence.explains(
                "What a week would bring at the peers’ median, or where peers are withheld at the"
                    + " target; half of empty hours count as filled. Dollars of two KPIs do not add up. Low to high"
                    + " is the 95 % interval of the location’s own value; where low is below zero,"
                    + " chance alone may explain the gap."),
            new Table(
                Table.Look.SMALL,
                COLUMNS,
                portfolio.byGain().stream().map(location -> row(portfolio, location)).toList())));
  }

  private static Row row(Portfolio portfolio, BenchmarkLocation location) {
    Cell head =
        Cell.of(location.location().name()).with(Line.of(Tone.PLAIN, location.practice().name()));
    List<Cell> cells = new ArrayList<>();
    if (location.gaps().isEmpty()) {
      cells.add(Cells.none());
      cells.add(Cell.of(""));
    } else {
      Gap most = location.gaps().get(0);
      cells.add(Cells.brief(portfolio.format(), most.expected()));
      cells.add(
          Cell.of(
              most.low()
                  .flatMap(
                      low ->
                          most.high()
                              .map(
                                  high ->
                                      portfolio.format().brief(low)
                                          + " to "
                                          + portfolio.format().brief(high)))
                  .orElse("")));
    }
    for (int i = 0; i < KPIS; i++) {
      cells.add(
          i < location.gaps().size()
              ? reason(portfolio, location.gaps().get(i), i > 0)
              : Cell.of(i == 0 ? "nothing that has a price" : "").in(Tone.QUIET));
    }
    return new Row(Row.Kind.ITEM, false, head, cells);
  }

  private static Cell reason(Portfolio portfolio, Gap gap, boolean withDollars) {
    return portfolio
        .kpi(gap.kpi())
        .map(
            kpi ->
                Cell.of(
                    (withDollars ? portfolio.format().brief(gap.expected()) + ": " : "")
                        + Words.quiet(kpi.label())
                        + " "
                        + Cells.value(
                                portfolio.format(), kpi.unit(), OptionalDouble.of(gap.value()))
                            .text()
                        + ", "
                        + (gap.isAgainstPeers() ? "peers about " : "target ")
                        + Cells.value(
                                portfolio.format(), kpi.unit(), OptionalDouble.of(gap.reference()))
                            .text()))
        .orElse(Cell.of(""));
  }
}
