package medspa.charts.section;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import medspa.charts.document.Book.Column;
import medspa.charts.document.Book.Entry;
import medspa.charts.document.Book.Sheet;
import medspa.charts.read.BenchmarkFacts.Restated;
import medspa.charts.read.Kpi;
import medspa.charts.read.PortfolioTable.Place;

/** Every position that an earlier benchmark told otherwise, and why. */
public final class RestatedSheet implements SheetSection<Shelf> {
  private static final List<Column> COLUMNS =
      Shelf.joined(
          Shelf.WHERE,
          List.of(
              Column.of("KPI", 24),
              Column.of("Last week of", 13),
              Column.of("Weeks", 8),
              Column.of("Place before", 10),
              Column.of("Place since", 10),
              Column.of("To be gained, before", 14),
              Column.of("To be gained, since", 14),
              Column.of("Why", 50),
              Column.of("KPI id", 26),
              Column.of("Location id", 18)));

  @Override
  public Sheet sheet(Shelf shelf) {
    Map<String, Place> places = shelf.places();
    return new Sheet(
        "Restated",
        "A position that this publication changed: the place of a location by a KPI in a range of"
            + " weeks that had been published before, or the dollars that were to be gained in it,"
            + " before and since, and why.",
        COLUMNS,
        2,
        reader ->
            shelf.portfolio().restated().stream()
                .filter(restated -> places.containsKey(restated.locationId()))
                .forEach(
                    restated ->
                        reader.accept(row(shelf, places.get(restated.locationId()), restated))));
  }

  private static List<Entry> row(Shelf shelf, Place place, Restated restated) {
    return Shelf.joined(
        Shelf.where(place),
        List.of(
            Entry.words(
                shelf.portfolio().kpi(restated.kpi()).map(Kpi::label).orElse(restated.kpi())),
            Entries.day(restated.weekStart()),
            Entries.count(restated.rangeWeeks()),
            place(restated.before().rank()),
            place(restated.since().rank()),
            Entries.money(restated.before().dollars()),
            Entries.money(restated.since().dollars()),
            Entry.words(
                Words.capital(
                    restated.causes().stream()
                        .map(Reasons::restated)
                        .distinct()
                        .collect(Collectors.joining("; ")))),
            Entry.words(restated.kpi()),
            Entry.words(place.location().id())));
  }

  private static Entry place(OptionalInt rank) {
    return rank.isPresent() ? Entries.count(rank.getAsInt()) : Entry.NONE;
  }
}
