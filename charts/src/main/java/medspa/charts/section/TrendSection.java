package medspa.charts.section;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Figures;
import medspa.charts.document.Figures.FigureTable;
import medspa.charts.document.Figures.Panel;
import medspa.charts.document.Groups;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Value;
import medspa.charts.figure.KpiFormat;
import medspa.charts.figure.TrendChart;
import medspa.charts.read.Peers.Quartiles;
import medspa.charts.read.Point;
import medspa.charts.read.ProcessBehaviour;
import medspa.charts.read.Series;

/** The weeks of each pinned KPI of a subject, as charts and as the figures behind them. */
public final class TrendSection implements Section<Subject> {
  /** KPIs in one table that is as wide as a page. */
  private static final int TABLE_KPIS = 7;

  /** Of a chart, in points. */
  private static final double HEIGHT = 75;

  private static final List<String> HOW_TO_READ =
      List.of(
          "Line: the value of each week; ○ rests on few data.",
          "Grey band and dashes: the usual range and its mean, mean ± 2.66 × mean moving range over "
              + ProcessBehaviour.WEEKS_NEEDED
              + " or more of the last "
              + ProcessBehaviour.WEEKS_JUDGED
              + " weeks.",
          "◆ a signal, more than noise: a value outside the range, two of three near a limit, or"
              + " seven weeks on one side or in one direction.",
          "Dots: the target. Blue box at the end: the middle half of the peers this week, with their"
              + " median.");

  @Override
  public List<Block> blocks(Subject subject) {
    List<PinnedKpi> charted = subject.kpis().stream().filter(PinnedKpi::isCharted).toList();
    List<Block> blocks = new ArrayList<>();
    if (!charted.isEmpty()) {
      blocks.add(
          new Figures(
              Series.WEEKS + " weeks of each KPI",
              new Figures.Arrangement.Paired(),
              charted.stream().map(kpi -> List.of(panel(kpi, subject.format()))).toList(),
              new Figures.Key("", List.of(), HOW_TO_READ),
              tables(charted, subject)));
    }
    List<String> missing =
        subject.kpis().stream()
            .filter(kpi -> !kpi.isCharted())
            .map(kpi -> kpi.kpi().label())
            .toList();
    if (!missing.isEmpty()) {
      blocks.add(
          new Block.Note(
              "Without a value in any of the "
                  + Series.WEEKS
                  + " weeks, and so without a chart: "
                  + String.join(", ", missing)
                  + "."));
    }
    return blocks;
  }

  private static Panel panel(PinnedKpi pinned, KpiFormat format) {
    TrendChart chart =
        new TrendChart(
            pinned.kpi(),
            pinned.series().orElseThrow(),
            pinned.behaviour(),
            pinned.target(),
            pinned.quartiles(),
            format);
    return new Panel(
        pinned.kpi().label(),
        says(pinned),
        new Figures.Content.Drawn(width -> chart.figure(width, HEIGHT).orElseThrow()));
  }

  private static String says(PinnedKpi pinned) {
    if (pinned.kpi().spansDays() > 7) {
      return "Over " + pinned.kpi().spansDays() + " days to each week's end, so without limits";
    }
    if (pinned.behaviour().isEmpty()) {
      long enough =
          pinned.series().orElseThrow().points().stream().filter(Point::isReliable).count();
      return "Limits need "
          + ProcessBehaviour.WEEKS_NEEDED
          + " of "
          + ProcessBehaviour.WEEKS_JUDGED
          + " weeks with enough data; "
          + enough
          + " of these "
          + Series.WEEKS
          + (enough == 1 ? " has it" : " have it");
    }
    if (pinned.value().isEmpty()) {
      return "No value this week";
    }
    if (!pinned.isReliable()) {
      return "Few data this week, so no signal is read from it";
    }
    return pinned
        .behaviour()
        .get()
        .latest()
        .map(rule -> "Signal: " + rule.words())
        .orElse("Within its usual range");
  }

  /** Every figure that the charts show; neither columns nor rows that would hold nothing. */
  private static List<FigureTable> tables(List<PinnedKpi> charted, Subject subject) {
    return Groups.balanced(charted, TABLE_KPIS).stream()
        .map(
            some ->
                new FigureTable(
                    subject.name() + ": figures behind the charts",
                    table(some, subject.format()),
                    "Weeks are named by their first day. ◆ signal, * few data."))
        .toList();
  }

  private static Table table(List<PinnedKpi> some, KpiFormat format) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("Week of", 15));
    some.forEach(kpi -> columns.add(Column.numbers(kpi.kpi().label())));
    List<Row> rows = new ArrayList<>();
    List<Point> weeks = some.get(0).series().orElseThrow().points();
    for (int week = 0; week < Series.WEEKS; week++) {
      int place = week;
      LocalDate day = weeks.get(place).week();
      rows.add(
          new Row(
              Row.Kind.ITEM,
              false,
              Cell.of(KpiFormat.day(day), new Value.Day(day)),
              some.stream().map(kpi -> cell(kpi, place, format)).toList()));
    }
    References references = new References(some, format);
    references.row("Mean", true, kpi -> limit(kpi, ProcessBehaviour::centre)).ifPresent(rows::add);
    references
        .row("Lower limit", false, kpi -> limit(kpi, ProcessBehaviour::lower))
        .ifPresent(rows::add);
    references
        .row("Upper limit", false, kpi -> limit(kpi, ProcessBehaviour::upper))
        .ifPresent(rows::add);
    references.row("Target", true, PinnedKpi::target).ifPresent(rows::add);
    references.row("Peers, 25%", true, kpi -> quartile(kpi, Quartiles::p25)).ifPresent(rows::add);
    references
        .row("Peers, median", false, kpi -> quartile(kpi, Quartiles::p50))
        .ifPresent(rows::add);
    references.row("Peers, 75%", false, kpi -> quartile(kpi, Quartiles::p75)).ifPresent(rows::add);
    return new Table(Table.Look.SMALL, columns, rows);
  }

  private static Cell cell(PinnedKpi pinned, int place, KpiFormat format) {
    Point point = pinned.series().orElseThrow().points().get(place);
    String sign =
        pinned.behaviour().map(usual -> usual.signals().containsKey(place)).orElse(false)
            ? "◆ "
            : "";
    if (point.value().isEmpty()) {
      return Cell.of(sign + KpiFormat.NONE);
    }
    double value = point.value().getAsDouble();
    return Cells.of(
        sign + format.compact(pinned.kpi().unit(), value) + (point.isStable() ? "" : "*"),
        pinned.kpi().unit(),
        value);
  }

  /** Rows of what the weeks are held against. */
  private record References(List<PinnedKpi> kpis, KpiFormat format) {
    /** Empty where no KPI has such a value. */
    Optional<Row> row(String name, boolean startsGroup, Function<PinnedKpi, OptionalDouble> value) {
      return kpis.stream().allMatch(kpi -> value.apply(kpi).isEmpty())
          ? Optional.empty()
          : Optional.of(
              new Row(
                  Row.Kind.REFERENCE,
                  startsGroup,
                  Cell.of(name),
                  kpis.stream()
                      .map(kpi -> Cells.compact(format, kpi.kpi().unit(), value.apply(kpi)))
                      .toList()));
    }
  }

  private static OptionalDouble limit(PinnedKpi kpi, ToDoubleFunction<ProcessBehaviour> value) {
    return kpi.behaviour().isPresent()
        ? OptionalDouble.of(value.applyAsDouble(kpi.behaviour().get()))
        : OptionalDouble.empty();
  }

  private static OptionalDouble quartile(PinnedKpi kpi, ToDoubleFunction<Quartiles> value) {
    return kpi.quartiles().isPresent()
        ? OptionalDouble.of(value.applyAsDouble(kpi.quartiles().get()))
        : OptionalDouble.empty();
  }
}
