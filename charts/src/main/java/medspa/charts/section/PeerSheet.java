package medspa.charts.section;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import medspa.charts.document.Book;
import medspa.charts.document.Book.Column;
import medspa.charts.document.Book.Entry;
import medspa.charts.document.Book.Sheet;
import medspa.charts.read.Kpi;
import medspa.charts.read.Peers.Quartiles;
import medspa.charts.read.PortfolioTable.PeerStatistic;

/** What may be said of practices that are not named, and why where nothing may. */
public final class PeerSheet implements SheetSection<Shelf> {
  private static final List<Column> COLUMNS =
      List.of(
          Column.of("KPI", 26),
          Column.of("Peer group", 22),
          Column.of("Last week of", 13),
          Column.of("Weeks", 8),
          Column.of("Peers, 25 %", 13),
          Column.of("Peers, median", 13),
          Column.of("Peers, 75 %", 13),
          Column.of("Practices that contribute", 14),
          Column.of("Withheld because", 60));

  @Override
  public Sheet sheet(Shelf shelf) {
    Map<String, Kpi> kpis =
        shelf.table().kpis().stream().collect(Collectors.toMap(Kpi::id, kpi -> kpi));
    return new Sheet(
        "Peers",
        "A KPI, peer group and range of weeks: quartiles of the practices that are not named, of"
            + " values that were rounded before, or why there are none.",
        COLUMNS,
        1,
        Book.Rows.of(
            shelf.table().peers().stream()
                .filter(peers -> kpis.containsKey(peers.kpi()))
                .map(peers -> row(kpis.get(peers.kpi()), peers))
                .toList()));
  }

  private static List<Entry> row(Kpi kpi, PeerStatistic peers) {
    return Shelf.joined(
        List.of(
            Entry.words(kpi.label()),
            Entry.words(peers.group()),
            Entries.day(peers.week()),
            Entries.count(peers.rangeWeeks())),
        quartiles(kpi, peers),
        List.of(
            Entries.count(peers.contributors()),
            Entries.words(peers.withheldReason().map(Reasons::sentence))));
  }

  /** The three of them. */
  static List<Entry> quartiles(Kpi kpi, PeerStatistic peers) {
    return peers
        .quartiles()
        .map(
            (Quartiles q) ->
                List.of(
                    Entries.number(kpi.unit(), q.p25()),
                    Entries.number(kpi.unit(), q.p50()),
                    Entries.number(kpi.unit(), q.p75())))
        .orElse(List.of(Entry.NONE, Entry.NONE, Entry.NONE));
  }
}
