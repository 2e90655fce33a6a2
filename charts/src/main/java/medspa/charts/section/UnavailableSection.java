package medspa.charts.section;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.read.Kpi;

/** KPIs that have no value in the report's week, and why. */
public final class UnavailableSection implements Section<Backing> {
  /** Locations that are named; of more only the number is told. */
  private static final int NAMES = 6;

  private static final List<Column> COLUMNS =
      List.of(Column.words("KPI", 36), Column.words("Why", 36), Column.words("Where", 28));

  @Override
  public List<Block> blocks(Backing backing) {
    List<Row> rows = rows(backing);
    return List.of(
        Passage.of(
            new Block.Heading("Not computed, and why"),
            rows.isEmpty()
                ? Block.Sentence.nothingThere("Every KPI has a value at every location.")
                : new Table(Table.Look.SMALL, COLUMNS, rows)));
  }

  /** KPIs that have no value for the same reason at the same locations share a row. */
  private static List<Row> rows(Backing backing) {
    Map<String, String> names = backing.locationNames();
    Map<List<String>, List<String>> locations = new LinkedHashMap<>();
    for (Kpi kpi : backing.kpis()) {
      backing.sources().unavailable().stream()
          .filter(u -> u.kpi().equals(kpi.id()) && names.containsKey(u.locationId()))
          .forEach(
              u ->
                  locations
                      .computeIfAbsent(List.of(kpi.label(), u.reason()), key -> new ArrayList<>())
                      .add(names.get(u.locationId())));
    }
    Map<List<String>, List<String>> labels = new LinkedHashMap<>();
    locations.forEach(
        (key, some) ->
            labels
                .computeIfAbsent(
                    List.of(key.get(1), names(some, names.size())), k -> new ArrayList<>())
                .add(key.get(0)));
    List<Row> rows = new ArrayList<>();
    labels.forEach(
        (key, kpiLabels) ->
            rows.add(
                Row.of(
                    String.join(", ", kpiLabels),
                    Cell.of(Reasons.sentence(key.get(0))),
                    Cell.of(key.get(1)))));
    return rows;
  }

  private static String names(List<String> names, int locations) {
    if (names.size() > 1 && names.size() == locations) {
      return "all " + names.size() + " locations";
    }
    String shown = names.stream().sorted().limit(NAMES).collect(Collectors.joining(", "));
    return names.size() > NAMES ? shown + " and " + (names.size() - NAMES) + " more" : shown;
  }
}
