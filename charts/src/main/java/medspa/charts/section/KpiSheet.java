package medspa.charts.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import medspa.charts.document.Book;
import medspa.charts.document.Book.Column;
import medspa.charts.document.Book.Entry;
import medspa.charts.document.Book.Sheet;
import medspa.charts.document.Tone;
import medspa.charts.read.BenchmarkFacts.BenchmarkLocation;
import medspa.charts.read.Kpi;
import medspa.charts.read.Peers;

/** All KPIs of all locations side by side, in the colours of their quarters. */
public final class KpiSheet implements SheetSection<Shelf> {
  @Override
  public Sheet sheet(Shelf shelf) {
    List<Column> columns = new ArrayList<>(Shelf.WHERE);
    shelf.portfolio().kpis().forEach(kpi -> columns.add(Column.of(kpi.label(), 13)));
    return new Sheet(
        "Kpis",
        "A location, with each KPI over the longest range that is compared: 13 weeks, or the last"
            + " week where a value spans 91 days. Darkest blue is the best quarter of these"
            + " locations, darkest orange the last; grey rests on few data or opened within the"
            + " range.",
        columns,
        2,
        Book.Rows.of(
            shelf.portfolio().locations().stream().map(location -> row(shelf, location)).toList()));
  }

  private static List<Entry> row(Shelf shelf, BenchmarkLocation location) {
    List<Entry> row = new ArrayList<>(shelf.where(location));
    for (Kpi kpi : shelf.portfolio().kpis()) {
      Optional<Peers> peers = Portfolio.peers(location, kpi);
      OptionalDouble value = peers.map(Peers::value).orElse(OptionalDouble.empty());
      Tone tone =
          Portfolio.isRanked(location, kpi)
              ? shelf.portfolio().standing(location, kpi).map(HeatSection::tone).orElse(Tone.PLAIN)
              : Tone.FEW;
      row.add(Entries.number(kpi.unit(), value).in(tone));
    }
    return row;
  }
}
