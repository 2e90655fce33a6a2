package medspa.charts.section;

import java.util.List;
import medspa.charts.document.Book;
import medspa.charts.document.Book.Column;
import medspa.charts.document.Book.Entry;
import medspa.charts.document.Book.Sheet;
import medspa.charts.read.Kpi;

/** The definitions of the KPIs that a workbook holds. */
public final class DefinitionSheet implements SheetSection<Shelf> {
  private static final List<Column> COLUMNS =
      List.of(
          Column.sentences("KPI", 26),
          Column.sentences("Version", 9),
          Column.sentences("Unit", 15),
          Column.sentences("Better is", 11),
          Column.sentences("What it says", 44),
          Column.sentences("Formula", 44),
          Column.sentences("Left out", 44),
          Column.sentences("Sample counts", 24),
          Column.sentences("Days behind a week’s value", 14),
          Column.of("KPI id", 26));

  @Override
  public Sheet sheet(Shelf shelf) {
    return new Sheet(
        "Definitions",
        "A KPI: one definition of every number, the same for every vendor’s export.",
        COLUMNS,
        1,
        Book.Rows.of(shelf.table().kpis().stream().map(DefinitionSheet::row).toList()));
  }

  private static List<Entry> row(Kpi kpi) {
    String better = Portfolio.hasMerit(kpi) ? (kpi.upIsBetter() ? "higher" : "lower") : "neither";
    return List.of(
        Entry.words(kpi.label()),
        Entries.count(kpi.version()),
        Entry.words(Entries.unit(kpi.unit())),
        Entry.words(better),
        Entry.words(kpi.definition().description()),
        Entry.words(kpi.definition().formula()),
        Entry.words(kpi.definition().exclusions()),
        Entries.words(kpi.sample()),
        Entries.count(kpi.spansDays()),
        Entry.words(kpi.id()));
  }
}
