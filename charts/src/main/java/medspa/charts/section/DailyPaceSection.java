package medspa.charts.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Line;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.DailyFacts.Day;
import medspa.charts.read.DailyFacts.Pace;
import medspa.charts.read.DailyFacts.Usual;
import medspa.charts.read.Kpi;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/**
 * Yesterday and the week to date: revenue, average ticket, collections and no-shows, against the
 * same days of the four weeks before.
 */
public final class DailyPaceSection implements Section<DailySubject> {
  private static final List<String> KPIS =
      List.of("net_revenue", "average_ticket", "collection_rate", "no_show_rate");

  @Override
  public List<Block> blocks(DailySubject subject) {
    List<Kpi> told = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String id : KPIS) {
      Optional<Pace> pace = subject.facts().pace(id);
      Optional<Kpi> kpi = subject.kpi(id);
      if (pace.isPresent() && kpi.isPresent()) {
        if (pace.get().week().isPresent() || pace.get().yesterday().isPresent()) {
          told.add(kpi.get());
        } else {
          unknown.add(Words.quiet(kpi.get().label()));
        }
      }
    }
    List<Block> blocks = new ArrayList<>();
    if (!told.isEmpty()) {
      blocks.add(new Block.Heading("Yesterday and the week to date"));
      blocks.addAll(table(subject, told));
    }
    if (!unknown.isEmpty()) {
      blocks.add(
          new Block.Note("Not told for any day of the week: " + String.join(", ", unknown) + "."));
    }
    unresolved(subject).ifPresent(words -> blocks.add(new Block.Note(words)));
    return blocks.isEmpty() ? List.of() : List.of(new Passage(blocks));
  }

  private static List<Block> table(DailySubject subject, List<Kpi> told) {
    List<Day> days = subject.facts().days();
    List<Pace> paces =
        told.stream().map(kpi -> subject.facts().pace(kpi.id()).orElseThrow()).toList();
    boolean isCompared = paces.stream().anyMatch(pace -> pace.usual().isPresent());
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("", isCompared ? 19 : 67));
    columns.add(Column.numbers(DailyVerdict.yesterday(days), 17));
    columns.add(Column.numbers(DailyVerdict.span(days), 16));
    if (isCompared) {
      columns.add(Column.numbers("Same days, four weeks before", 18));
      columns.add(Column.numbers("Lowest to highest of the four", 18));
      columns.add(Column.wordsApart("Change", 12));
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < told.size(); i++) {
      rows.add(row(subject.format(), told.get(i), paces.get(i), isCompared));
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Table(Table.Look.SMALL, columns, rows));
    if (!isCompared) {
      paces.stream()
          .flatMap(pace -> pace.unavailableReason().stream())
          .findFirst()
          .ifPresent(
              reason ->
                  blocks.add(
                      new Block.Note("Not held against the four weeks before: " + reason + ".")));
    }
    return blocks;
  }

  private static Row row(KpiFormat format, Kpi kpi, Pace pace, boolean isCompared) {
    List<Cell> cells = new ArrayList<>();
    cells.add(value(format, kpi, pace.yesterday(), pace.yesterdaySample()));
    cells.add(value(format, kpi, pace.week(), pace.weekSample()));
    if (pace.usual().isPresent()) {
      Usual usual = pace.usual().get();
      Unit unit = kpi.unit();
      boolean isPartial = usual.days() < pace.daysTold();
      Cell base = Cells.of(format.value(unit, usual.base()), unit, usual.base());
      cells.add(
          isPartial
              ? base.with(
                  Line.of(
                      Tone.QUIET,
                      "of " + format.value(unit, usual.value()) + " on these " + usual.days()))
              : base);
      cells.add(
          Cell.of(format.value(unit, usual.low()) + " to " + format.value(unit, usual.high())));
      cells.add(
          Cell.of(format.difference(unit, usual.base(), usual.value()))
              .with(Line.of(Tone.QUIET, place(usual))));
    } else if (isCompared) {
      cells.add(Cells.none());
      cells.add(Cells.none());
      cells.add(Cell.of(pace.unavailableReason().orElse("nothing to divide by")).in(Tone.QUIET));
    }
    return Row.of(kpi.label(), cells);
  }

  /** Where the week stands among the four before; two numbers alone say nothing. */
  private static String place(Usual usual) {
    return usual.value() > usual.high()
        ? "above all four"
        : usual.value() < usual.low() ? "below all four" : "within the four";
  }

  private static Cell value(
      KpiFormat format, Kpi kpi, OptionalDouble value, OptionalDouble sample) {
    Cell cell = Cells.value(format, kpi.unit(), value);
    if (value.isEmpty() || sample.isEmpty()) {
      return cell;
    }
    double of = sample.getAsDouble();
    return cell.with(
        Line.of(
            Tone.QUIET,
            switch (kpi.id()) {
              case "average_ticket" -> counted(Math.round(of), "sales visit", "sales visits");
              case "collection_rate" -> "of " + format.value(Unit.MONEY, of) + " billed";
              default -> "of " + counted(Math.round(of), "visit due", "visits due");
            }));
  }

  private static String counted(long count, String one, String many) {
    return KpiFormat.count(count) + " " + (count == 1 ? one : many);
  }

  private static Optional<String> unresolved(DailySubject subject) {
    // Where no export ever tells what became of a visit, that is no news.
    return subject
        .facts()
        .yesterday()
        .filter(day -> day.unresolved() > 0)
        .filter(day -> subject.facts().today().known().outcomes().isPresent())
        .map(
            day ->
                counted(day.unresolved(), "visit", "visits")
                    + " of yesterday still "
                    + (day.unresolved() == 1 ? "stands" : "stand")
                    + " as booked: whether the client came is not known, and "
                    + (day.unresolved() == 1 ? "it is" : "they are")
                    + " in no rate.");
  }
}
