package medspa.charts.section;

import java.util.List;
import java.util.stream.Stream;
import medspa.charts.document.Book;
import medspa.charts.document.Book.Column;
import medspa.charts.document.Book.Entry;
import medspa.charts.document.Book.Sheet;
import medspa.charts.read.BenchmarkFacts.Published;
import medspa.charts.read.Kpi;
import medspa.charts.read.Peers.Quartiles;

/** What the trade publishes beside the KPIs, with what makes each another number. */
public final class PublishedSheet implements SheetSection<Shelf> {
  private static final List<Column> COLUMNS =
      List.of(
          Column.sentences("KPI", 24),
          Column.sentences("Published, low", 12),
          Column.sentences("Published, high", 12),
          Column.sentences("Kind", 12),
          Column.sentences("Peers, median", 12),
          Column.sentences("Source", 36),
          Column.sentences("Year", 8),
          Column.sentences("Grade", 8),
          Column.sentences("Sample", 24),
          Column.sentences("Counts", 36),
          Column.sentences("Not the same number", 44),
          Column.of("Link", 50),
          Column.of("KPI id", 26));

  @Override
  public Sheet sheet(Shelf shelf) {
    return new Sheet(
        "Published",
        "A figure of the trade that is public and stands near a KPI. Others count something else,"
            + " as the table says: none of these figures is a target. Grade a is a peer-reviewed"
            + " paper or an association’s own journal, b a report of the trade.",
        COLUMNS,
        1,
        Book.Rows.of(
            shelf.portfolio().published().stream()
                .flatMap(
                    figure ->
                        shelf
                            .portfolio()
                            .kpi(figure.kpi())
                            .map(kpi -> Stream.of(row(shelf, figure, kpi)))
                            .orElse(Stream.empty()))
                .toList()));
  }

  private static List<Entry> row(Shelf shelf, Published figure, Kpi kpi) {
    return List.of(
        Entry.words(kpi.label()),
        Entries.number(kpi.unit(), figure.low()),
        Entries.number(kpi.unit(), figure.high()),
        Entry.words(figure.kind()),
        shelf
            .portfolio()
            .quartiles(kpi)
            .map((Quartiles q) -> Entries.number(kpi.unit(), q.p50()))
            .orElse(Entry.NONE),
        Entry.words(figure.source()),
        Entry.words(Integer.toString(figure.year())),
        Entry.words(figure.grade()),
        Entry.words(figure.sample()),
        Entry.words(figure.definition()),
        Entry.words(figure.difference()),
        Entry.words(figure.link()),
        Entry.words(kpi.id()));
  }
}
