package medspa.warehouse.publish;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.warehouse.change.LevelPeriods;
import medspa.warehouse.change.LevelPeriods.Period;
import medspa.warehouse.change.WeekCorrelation;
import medspa.warehouse.change.WeeklySeries;

/** The rows of {@code kpi_levels}: the periods of every series of {@code kpi_series}. */
final class JudgedLevels {
  private record Key(
      String practice, Optional<String> location, String kpi, Optional<String> category) {}

  private final BuildConnection build;

  JudgedLevels(BuildConnection build) {
    this.build = build;
  }

  /**
   * Judges all series. How far weeks depend on each other follows from the series of a practice's
   * locations; the practice's own series is made of these, and of other weeks at each publication.
   */
  void insert() throws SQLException {
    Map<Key, WeeklySeries> series = series();
    Map<String, List<WeeklySeries>> families = new LinkedHashMap<>();
    series.forEach(
        (key, weeks) -> {
          List<WeeklySeries> family =
              families.computeIfAbsent(key.practice(), practice -> new ArrayList<>());
          if (key.location().isPresent() && key.category().isEmpty()) {
            family.add(weeks);
          }
        });
    Map<String, WeekCorrelation> correlations = new LinkedHashMap<>();
    families.forEach((practice, family) -> correlations.put(practice, WeekCorrelation.of(family)));
    List<List<Object>> rows = new ArrayList<>();
    series.forEach(
        (key, weeks) -> {
          for (Period period : LevelPeriods.of(weeks, correlations.get(key.practice()))) {
            rows.add(
                List.of(
                    key.practice(),
                    key.location(),
                    key.kpi(),
                    key.category(),
                    weeks.weeks().get(period.first()),
                    weeks.weeks().get(period.end() - 1),
                    period.told().isPresent()
                        ? Optional.of(weeks.weeks().get(period.told().getAsInt()))
                        : Optional.empty()));
          }
        });
    build.insert("kpi_levels", rows);
  }

  private Map<Key, WeeklySeries> series() throws SQLException {
    Map<Key, List<LocalDate>> weeks = new LinkedHashMap<>();
    Map<Key, List<Double>> values = new LinkedHashMap<>();
    build.each(
        "SELECT practice_id, location_id, kpi, category, week_start, value FROM kpi_series"
            + " ORDER BY ALL",
        row -> {
          Key key =
              new Key(
                  row.getString(1),
                  Optional.ofNullable(row.getString(2)),
                  row.getString(3),
                  Optional.ofNullable(row.getString(4)));
          weeks.computeIfAbsent(key, k -> new ArrayList<>()).add(row.getObject(5, LocalDate.class));
          values.computeIfAbsent(key, k -> new ArrayList<>()).add(row.getDouble(6));
        });
    Map<Key, WeeklySeries> series = new LinkedHashMap<>();
    weeks.forEach((key, told) -> series.put(key, new WeeklySeries(told, values.get(key))));
    return series;
  }
}
