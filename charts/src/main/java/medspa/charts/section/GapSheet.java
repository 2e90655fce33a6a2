package medspa.charts.section;

import java.util.List;
import java.util.Optional;
import medspa.charts.document.Book;
import medspa.charts.document.Book.Column;
import medspa.charts.document.Book.Entry;
import medspa.charts.document.Book.Sheet;

/** Everything that can be gained in a week, location by location and KPI by KPI. */
public final class GapSheet implements SheetSection<Shelf> {
  private static final List<Column> COLUMNS =
      Shelf.joined(
          Shelf.WHERE,
          List.of(
              Column.of("KPI", 24),
              Column.of("A week", 12),
              Column.of("Low", 12),
              Column.of("High", 12),
              Column.of("Value", 12),
              Column.of("Held against", 12),
              Column.of("Reference", 12)));

  @Override
  public Sheet sheet(Shelf shelf) {
    return new Sheet(
        "Opportunities",
        "A location and a KPI by which something is to be gained, a week. Low and high are the ends"
            + " of the 95 % interval of the location’s own value; where low is below zero, chance"
            + " alone may explain the gap. Dollars of two KPIs do not add up.",
        COLUMNS,
        2,
        Book.Rows.of(
            shelf.portfolio().byGain().stream()
                .flatMap(
                    location ->
                        location.gaps().stream()
                            .map(
                                gap ->
                                    Shelf.joined(
                                        shelf.where(location),
                                        List.of(
                                            Entry.words(
                                                shelf
                                                    .portfolio()
                                                    .kpi(gap.kpi())
                                                    .map(kpi -> kpi.label())
                                                    .orElse(gap.kpi())),
                                            Entries.money(gap.expected()),
                                            Entries.money(gap.low()),
                                            Entries.money(gap.high())),
                                        LocationSheet.values(shelf, Optional.of(gap)))))
                .toList()));
  }
}
