package medspa.charts.section;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Groups;
import medspa.charts.document.Line;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.figure.KpiFormat;

/** The pinned KPIs of a practice that some location has, location by location. */
public final class LocationsSection implements Section<Subject> {
  /** KPIs in one table that is as wide as a page. */
  private static final int TABLE_KPIS = 7;

  @Override
  public List<Block> blocks(Subject subject) {
    List<Block> passages = new ArrayList<>();
    List<Integer> comparable = subject.comparable();
    for (List<Integer> some : Groups.balanced(comparable, TABLE_KPIS)) {
      if (some.isEmpty()) {
        continue;
      }
      Table table = table(subject, some);
      passages.add(
          passages.isEmpty()
              ? Passage.of(
                  new Block.Heading("Locations side by side"),
                  Block.Sentence.explains(
                      "Value of the week, its change against the week before, and where it stands"
                          + " against its target."),
                  table)
              : Passage.of(table));
    }
    return passages;
  }

  private static Table table(Subject subject, List<Integer> places) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("Location", 20));
    places.forEach(place -> columns.add(Column.numbers(subject.kpis().get(place).kpi().label())));
    return new Table(
        Table.Look.ROOMY,
        columns,
        subject.locations().stream()
            .map(
                location ->
                    Row.of(
                        location.name(),
                        places.stream()
                            .map(place -> cell(location.kpis().get(place), location.format()))
                            .toList()))
            .toList());
  }

  private static Cell cell(PinnedKpi pinned, KpiFormat format) {
    boolean hasValue = pinned.value().isPresent();
    boolean few = hasValue && !pinned.isReliable();
    Cell cell =
        Cells.compact(format, pinned.kpi().unit(), pinned.value())
            .in(hasValue && !few ? Tone.STRONG : Tone.FEW);
    Optional<String> change = few ? Optional.of("few data") : Standings.change(pinned, format);
    if (change.isPresent()) {
      cell = cell.with(Line.of(Tone.PLAIN, change.get()));
    }
    Optional<Tone> standing = Standings.againstTarget(pinned);
    return standing.isPresent()
        ? cell.with(Line.of(standing.get(), Standings.words(standing.get())))
        : cell;
  }
}
