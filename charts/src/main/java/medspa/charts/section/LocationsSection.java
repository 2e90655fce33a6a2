package medspa.charts.section;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Line;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.figure.KpiFormat;

/** The locations of a practice, ranked by the dollars that their first action or gap is worth. */
public final class LocationsSection implements Section<Subject> {
  /** Pinned KPIs beside the dollars; as many as leave room for them. */
  private static final int KPIS = 3;

  @Override
  public List<Block> blocks(Subject subject) {
    if (subject.locations().isEmpty()) {
      return List.of();
    }
    Map<String, RevenueOfPlace> revenue =
        RevenueOfPlace.of(subject.week().steps()).stream()
            .collect(Collectors.toMap(RevenueOfPlace::locationId, Function.identity()));
    List<Integer> kpis = kpis(subject);
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("Location", 20));
    columns.add(Column.numbers("Net revenue", 9));
    columns.add(Column.numbers("Against the mean before", 11));
    kpis.forEach(place -> columns.add(Column.numbers(subject.kpis().get(place).kpi().label(), 10)));
    columns.add(new Column("Worth most", Table.Align.START_APART, OptionalDouble.empty()));
    return List.of(
        Passage.of(
            new Block.Heading("Locations, by what is to be gained"),
            new Table(
                Table.Look.SMALL,
                columns,
                subject.locations().stream()
                    .sorted(Comparator.comparing(Subject::worth).reversed())
                    .map(location -> row(location, kpis, revenue))
                    .toList())));
  }

  /** The pinned KPIs that are no revenue and that some location has a value of. */
  private static List<Integer> kpis(Subject subject) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < subject.kpis().size() && places.size() < KPIS; i++) {
      int place = i;
      boolean isTold =
          subject.locations().stream().anyMatch(l -> l.kpis().get(place).value().isPresent());
      if (isTold && !subject.kpis().get(i).kpi().id().equals("net_revenue")) {
        places.add(i);
      }
    }
    return places;
  }

  private static Row row(
      Subject location, List<Integer> kpis, Map<String, RevenueOfPlace> revenue) {
    Optional<RevenueOfPlace> own =
        Optional.ofNullable(revenue.get(location.location().orElseThrow().location().id()));
    List<Cell> cells = new ArrayList<>();
    cells.add(
        own.flatMap(RevenueOfPlace::net)
            .map(net -> Cells.brief(location.format(), net))
            .orElse(Cell.of("not known").in(Tone.FEW)));
    cells.add(change(own, location.format()));
    kpis.forEach(place -> cells.add(cell(location.kpis().get(place), location.format())));
    cells.add(
        Lever.of(location)
            .map(
                lever ->
                    Cell.of(
                        location.format().brief(lever.expected())
                            + (lever.isEachWeek() ? " a week: " : ": ")
                            + lever.words()))
            .orElse(Cell.of("nothing stands out").in(Tone.QUIET)));
    return Row.of(location.name(), cells);
  }

  private static Cell change(Optional<RevenueOfPlace> revenue, KpiFormat format) {
    return revenue
        .filter(RevenueOfPlace::isTold)
        .map(
            place ->
                switch (place.comparison()) {
                  case COMPARED ->
                      Cells.change(format, Optional.of(place.change()))
                          .in(place.change().signum() < 0 ? Tone.PLAIN : Tone.STRONG);
                  case OPENED -> Cell.of("opened").in(Tone.QUIET);
                  case GAP, NOT_TOLD -> Cell.of("weeks missing").in(Tone.QUIET);
                })
        .orElse(Cell.of(""));
  }

  private static Cell cell(PinnedKpi pinned, KpiFormat format) {
    if (pinned.value().isEmpty()) {
      return Cell.of("not known").in(Tone.FEW);
    }
    Cell cell = Cells.compact(format, pinned.kpi().unit(), pinned.value());
    if (!pinned.isReliable()) {
      return cell.in(Tone.FEW).with(Line.of(Tone.PLAIN, "few data"));
    }
    return Standings.againstTarget(pinned)
        .map(tone -> cell.with(Line.of(tone, Standings.words(tone))))
        .orElse(cell);
  }
}
