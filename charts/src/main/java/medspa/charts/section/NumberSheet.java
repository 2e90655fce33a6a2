package medspa.charts.section;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import medspa.charts.document.Book.Column;
import medspa.charts.document.Book.Entry;
import medspa.charts.document.Book.Sheet;
import medspa.charts.read.Kpi;
import medspa.charts.read.PortfolioTable;
import medspa.charts.read.PortfolioTable.Dollars;
import medspa.charts.read.PortfolioTable.Interval;
import medspa.charts.read.PortfolioTable.PeerStatistic;
import medspa.charts.read.PortfolioTable.Place;
import medspa.charts.read.PortfolioTable.Value;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/** Every number, one to a row, for pivots and formulas. */
public final class NumberSheet implements SheetSection<Shelf> {
  private static final List<Column> COLUMNS =
      Shelf.joined(
          Shelf.WHERE,
          List.of(
              Column.of("KPI", 26),
              Column.of("Last week of", 13),
              Column.of("Weeks", 8),
              Column.of("Value", 13),
              Column.of("Numerator", 14),
              Column.of("Denominator", 14),
              Column.of("Sample", 11),
              Column.of("Value, low", 13),
              Column.of("Value, high", 13),
              Column.of("State", 14),
              Column.of("Place", 8),
              Column.of("Peers, 25 %", 13),
              Column.of("Peers, median", 13),
              Column.of("Peers, 75 %", 13),
              Column.of("To be gained, low", 14),
              Column.of("To be gained", 14),
              Column.of("To be gained, high", 14),
              Column.of("KPI id", 26),
              Column.of("Location id", 18)));

  private record Range(LocalDate week, int weeks) {}

  @Override
  public Sheet sheet(Shelf shelf) {
    return new Sheet(
        "Numbers",
        "A location, KPI and range of weeks: each of the last 26 weeks, and ranges of 4 and 13 weeks"
            + " that end with one of the last 13. A range of several weeks holds all of each:"
            + " choose one length before adding. Of a ratio add numerators and denominators of"
            + " single weeks, and divide then.",
        COLUMNS,
        2,
        reader -> shelf.table().kpis().forEach(kpi -> each(shelf, kpi, reader)));
  }

  private static void each(Shelf shelf, Kpi kpi, Consumer<List<Entry>> reader) {
    Map<String, Place> places = shelf.places();
    Map<Range, PeerStatistic> peers = new HashMap<>();
    shelf.table().peers().stream()
        .filter(p -> p.kpi().equals(kpi.id()) && p.group().equals(PortfolioTable.EVERYBODY))
        .forEach(p -> peers.put(new Range(p.week(), p.rangeWeeks()), p));
    for (Value value : shelf.values().apply(kpi)) {
      Optional<PeerStatistic> held =
          Optional.ofNullable(peers.get(new Range(value.week(), value.rangeWeeks())));
      reader.accept(row(places.get(value.locationId()), kpi, value, held));
    }
  }

  private static List<Entry> row(Place place, Kpi kpi, Value value, Optional<PeerStatistic> peers) {
    Optional<Interval> interval = value.interval();
    Optional<Dollars> gap = value.gap();
    return Shelf.joined(
        Shelf.where(place),
        List.of(
            Entry.words(kpi.label()),
            Entries.day(value.week()),
            Entries.count(value.rangeWeeks()),
            Entries.number(kpi.unit(), value.value()),
            Entries.decimal(value.numerator()),
            Entries.decimal(value.denominator()),
            Entries.number(Unit.COUNT, value.sample()),
            Entries.number(kpi.unit(), end(interval.map(Interval::low))),
            Entries.number(kpi.unit(), end(interval.map(Interval::high))),
            Entry.words(state(value.status())),
            value.rank().isPresent() ? Entries.count(value.rank().getAsInt()) : Entry.NONE),
        peers
            .map(p -> PeerSheet.quartiles(kpi, p))
            .orElse(List.of(Entry.NONE, Entry.NONE, Entry.NONE)),
        List.of(
            Entries.money(gap.flatMap(Dollars::low)),
            Entries.money(gap.map(Dollars::expected)),
            Entries.money(gap.flatMap(Dollars::high)),
            Entry.words(kpi.id()),
            Entry.words(place.location().id())));
  }

  private static OptionalDouble end(Optional<Double> end) {
    return end.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private static String state(PortfolioTable.Status status) {
    return switch (status) {
      case RANKED -> "ranked";
      case FEW_DATA -> "few data";
      case OPENED_SINCE -> "opened since";
      case NO_VALUE -> "no value";
      case EARLIER -> "not compared";
    };
  }
}
