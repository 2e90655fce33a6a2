package medspa.charts.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import medspa.charts.document.Book;
import medspa.charts.document.Book.Column;
import medspa.charts.document.Book.Entry;
import medspa.charts.document.Book.Sheet;
import medspa.charts.read.BenchmarkFacts.BenchmarkLocation;
import medspa.charts.read.BenchmarkFacts.Gap;
import medspa.charts.read.BenchmarkFacts.Move;
import medspa.charts.read.PortfolioTable.Place;

/** All locations by what can be gained there in a week, with the two KPIs behind it. */
public final class LocationSheet implements SheetSection<Shelf> {
  private static final List<Column> COLUMNS =
      Shelf.joined(
          List.of(Column.of("Place", 8)),
          Shelf.WHERE,
          List.of(
              Column.of("Peer groups", 18),
              Column.of("Opened", 12),
              Column.of("A week", 12),
              Column.of("Low", 12),
              Column.of("High", 12),
              Column.of("Most in", 24),
              Column.of("Its value", 12),
              Column.of("Held against", 12),
              Column.of("Reference", 12),
              Column.of("Then in", 24),
              Column.of("Then a week", 12),
              Column.of("Then value", 12),
              Column.of("Then held against", 12),
              Column.of("Then reference", 12),
              Column.of("Net revenue a week, four weeks before", 16),
              Column.of("Net revenue a week, last four weeks", 16),
              Column.of("Change a week", 12),
              Column.of("Practice id", 18),
              Column.of("Location id", 18)));

  @Override
  public Sheet sheet(Shelf shelf) {
    List<List<Entry>> rows = new ArrayList<>();
    for (BenchmarkLocation location : shelf.portfolio().byGain()) {
      rows.add(row(shelf, location, rows.size() + 1));
    }
    return new Sheet(
        "Locations",
        "A location, those with most to be gained first: what a week would bring at the peers’"
            + " median, or where peers are withheld at the target, the two KPIs behind it, and how"
            + " net revenue moved. Dollars of two KPIs do not add up.",
        COLUMNS,
        3,
        Book.Rows.of(rows));
  }

  private static List<Entry> row(Shelf shelf, BenchmarkLocation location, int place) {
    Place where = shelf.places().get(location.location().id());
    Optional<Gap> most = location.gaps().stream().findFirst();
    Optional<Gap> then = location.gaps().stream().skip(1).findFirst();
    Optional<Move> revenue = location.revenue();
    return Shelf.joined(
        List.of(Entries.count(place)),
        Shelf.where(where),
        List.of(
            where.groups().isEmpty() ? Entry.NONE : Entry.words(String.join(", ", where.groups())),
            location.location().openedOn().map(Entries::day).orElse(Entry.NONE),
            Entries.money(most.map(Gap::expected)),
            Entries.money(most.flatMap(Gap::low)),
            Entries.money(most.flatMap(Gap::high))),
        kpi(shelf, most),
        values(shelf, most),
        kpi(shelf, then),
        List.of(Entries.money(then.map(Gap::expected))),
        values(shelf, then),
        List.of(
            Entries.money(revenue.map(Move::before)),
            Entries.money(revenue.map(Move::since)),
            Entries.money(revenue.map(Move::change)),
            Entry.words(where.practice().id()),
            Entry.words(where.location().id())));
  }

  private static List<Entry> kpi(Shelf shelf, Optional<Gap> gap) {
    return List.of(
        gap.flatMap(g -> shelf.portfolio().kpi(g.kpi()))
            .map(kpi -> Entry.words(kpi.label()))
            .orElse(Entry.NONE));
  }

  /** Value, what it is held against and that one's value. */
  static List<Entry> values(Shelf shelf, Optional<Gap> gap) {
    return gap.flatMap(
            g ->
                shelf
                    .portfolio()
                    .kpi(g.kpi())
                    .map(
                        kpi ->
                            List.of(
                                Entries.number(kpi.unit(), g.value()),
                                Entry.words(g.isAgainstPeers() ? "peers" : "target"),
                                Entries.number(kpi.unit(), g.reference()))))
        .orElse(List.of(Entry.NONE, Entry.NONE, Entry.NONE));
  }
}
