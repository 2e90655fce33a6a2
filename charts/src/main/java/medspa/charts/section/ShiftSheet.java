package medspa.charts.section;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import medspa.charts.document.Book;
import medspa.charts.document.Book.Column;
import medspa.charts.document.Book.Entry;
import medspa.charts.document.Book.Sheet;
import medspa.charts.read.BenchmarkFacts.BenchmarkLocation;
import medspa.charts.read.Kpi;
import medspa.charts.read.Story;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/** What moved to another level and stayed there, the dearest first. */
public final class ShiftSheet implements SheetSection<Shelf> {
  private static final List<Column> COLUMNS =
      Shelf.joined(
          Shelf.WHERE,
          List.of(
              Column.of("KPI", 24),
              Column.of("Since the week of", 14),
              Column.of("Before", 12),
              Column.of("Since", 12),
              Column.of("For the better", 12),
              Column.of("Dollars a week", 14),
              Column.of("Weeks before", 10),
              Column.of("Weeks since", 10)));

  private record Told(BenchmarkLocation location, Story story, Kpi kpi) {
    double size() {
      return story.dollars().map(d -> d.abs().doubleValue()).orElse(0.0);
    }
  }

  @Override
  public Sheet sheet(Shelf shelf) {
    Stream<Told> told =
        shelf.portfolio().locations().stream()
            .flatMap(
                location ->
                    location.stories().stream()
                        .flatMap(
                            story ->
                                shelf.portfolio().kpi(story.move().kpi()).stream()
                                    .map(kpi -> new Told(location, story, kpi))));
    return new Sheet(
        "Shifts",
        "A KPI of a location that moved to another level and stayed there: since when, before, since"
            + " then, and what it brings (or costs, below zero) in a week where that has a price.",
        COLUMNS,
        2,
        Book.Rows.of(
            told.sorted(Comparator.comparing(Told::size).reversed())
                .map(t -> row(shelf, t))
                .toList()));
  }

  private static List<Entry> row(Shelf shelf, Told told) {
    Story.Move move = told.story().move();
    Unit unit = told.kpi().unit();
    return Shelf.joined(
        shelf.where(told.location()),
        List.of(
            Entry.words(told.kpi().label()),
            Entries.day(move.since()),
            Entries.number(unit, move.before()),
            Entries.number(unit, move.value()),
            Entry.words(move.isFavourable() ? "yes" : "no"),
            Entries.money(told.story().dollars()),
            Entries.count(told.story().weeksBefore()),
            Entries.count(told.story().weeks())));
  }
}
