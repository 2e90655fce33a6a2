package medspa.charts.section;

import java.util.List;
import java.util.stream.Stream;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Line;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.read.BenchmarkFacts.Published;
import medspa.charts.read.Kpi;

/** What the trade publishes beside the KPIs, with what makes each another number. */
public final class PublishedSection implements Section<Portfolio> {
  private static final List<Column> COLUMNS =
      List.of(
          Column.words("KPI", 14),
          Column.numbers("Published", 11),
          Column.numbers("Your peers", 9),
          Column.wordsApart("Source", 26),
          Column.wordsApart("Counts", 18),
          Column.wordsApart("Not the same number", 22));

  @Override
  public List<Block> blocks(Portfolio portfolio) {
    List<Row> rows =
        portfolio.published().stream()
            .flatMap(
                figure ->
                    portfolio
                        .kpi(figure.kpi())
                        .map(kpi -> Stream.of(row(portfolio, figure, kpi)))
                        .orElse(Stream.empty()))
            .toList();
    return rows.isEmpty()
        ? List.of()
        : List.of(
            Passage.of(
                new Block.Heading("What the trade publishes"),
                Block.Sentence.explains(
                    "Others count something else, as the last column says: none of these figures is"
                        + " a target. Peers, where there are enough of them, come first. Grade a is"
                        + " a peer-reviewed paper or an association’s own journal, b a report of the"
                        + " trade."),
                new Table(Table.Look.SMALL, COLUMNS, rows)));
  }

  private static Row row(Portfolio portfolio, Published figure, Kpi kpi) {
    String value = portfolio.format().value(kpi.unit(), figure.low());
    if (figure.high() != figure.low()) {
      value += " to " + portfolio.format().value(kpi.unit(), figure.high());
    }
    return Row.of(
        kpi.label(),
        Cell.of(value).with(Line.of(Tone.QUIET, figure.kind())),
        portfolio
            .quartiles(kpi)
            .map(q -> Cells.of(portfolio.format().value(kpi.unit(), q.p50()), kpi.unit(), q.p50()))
            .orElse(Cell.of("withheld").in(Tone.FEW)),
        Cell.of(figure.source() + " (" + figure.year() + ", grade " + figure.grade() + ")")
            .with(Line.of(Tone.QUIET, figure.link())),
        Cell.of(figure.definition() + ".").with(Line.of(Tone.QUIET, figure.sample())),
        Cell.of(figure.difference() + "."));
  }
}
