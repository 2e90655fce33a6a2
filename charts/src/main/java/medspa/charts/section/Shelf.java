package medspa.charts.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import medspa.charts.document.Book.Column;
import medspa.charts.document.Book.Entry;
import medspa.charts.read.BenchmarkFacts.BenchmarkLocation;
import medspa.charts.read.Kpi;
import medspa.charts.read.PortfolioTable;
import medspa.charts.read.PortfolioTable.Place;

/**
 * What the sheets of a consultant's workbook are made of.
 *
 * @param portfolio the locations among each other, as the report shows them
 * @param table what may be taken along
 * @param values every value of a KPI; asked for one KPI at a time, and not kept
 */
public record Shelf(
    Portfolio portfolio, PortfolioTable table, Function<Kpi, List<PortfolioTable.Value>> values) {
  /** The columns that say of which location a row is. */
  static final List<Column> WHERE =
      List.of(Column.of("Practice", 28), Column.of("Location", 28), Column.of("Region", 14));

  /** The places by the ids of their locations, which are unique. */
  Map<String, Place> places() {
    return table.places().stream()
        .collect(Collectors.toMap(place -> place.location().id(), place -> place));
  }

  /** Of which location a row is, in the columns of {@link #WHERE}. */
  static List<Entry> where(Place place) {
    return List.of(
        Entry.words(place.practice().name()),
        Entry.words(place.location().name()),
        Entries.words(place.region()));
  }

  /** The same of a location of the report. */
  List<Entry> where(BenchmarkLocation location) {
    return where(places().get(location.location().id()));
  }

  /** The lists as one. */
  @SafeVarargs
  static <T> List<T> joined(List<T>... lists) {
    List<T> joined = new ArrayList<>();
    for (List<T> list : lists) {
      joined.addAll(list);
    }
    return joined;
  }
}
