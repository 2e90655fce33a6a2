package medspa.charts.section;

import java.util.List;
import medspa.charts.document.Book;
import medspa.charts.document.Book.Column;
import medspa.charts.document.Book.Entry;
import medspa.charts.document.Book.Sheet;
import medspa.charts.read.BenchmarkFacts.BenchmarkLocation;
import medspa.charts.read.BenchmarkFacts.Measure;
import medspa.charts.read.BenchmarkFacts.Move;
import medspa.charts.read.Kpi;

/** What changed in 4 and in 13 weeks at each location, in dollars a week. */
public final class MoveSheet implements SheetSection<Shelf> {
  private static final List<Column> COLUMNS =
      Shelf.joined(
          Shelf.WHERE,
          List.of(
              Column.of("What", 18),
              Column.of("KPI", 24),
              Column.of("Weeks", 8),
              Column.of("A week before", 14),
              Column.of("A week since", 14),
              Column.of("Change a week", 14),
              Column.of("KPI id", 26),
              Column.of("Location id", 18)));

  @Override
  public Sheet sheet(Shelf shelf) {
    return new Sheet(
        "Moves",
        "A location, what moved (net revenue, or what is to be gained in a KPI) and a length of"
            + " range: dollars a week over the last 4 or 13 weeks and over those before. Revenue"
            + " is of locations that were open and told in all of these weeks. What is to be"
            + " gained over 13 weeks is held against the range that ended 12 weeks earlier.",
        COLUMNS,
        2,
        Book.Rows.of(
            shelf.portfolio().byGain().stream()
                .flatMap(
                    location -> location.moves().stream().map(move -> row(shelf, location, move)))
                .toList()));
  }

  private static List<Entry> row(Shelf shelf, BenchmarkLocation location, Move move) {
    return Shelf.joined(
        shelf.where(location),
        List.of(
            Entry.words(move.measure() == Measure.REVENUE ? "net revenue" : "to be gained"),
            Entry.words(shelf.portfolio().kpi(move.kpi()).map(Kpi::label).orElse(move.kpi())),
            Entries.count(move.rangeWeeks()),
            Entries.money(move.before()),
            Entries.money(move.since()),
            Entries.money(move.change()),
            Entry.words(move.kpi()),
            Entry.words(location.location().id())));
  }
}
