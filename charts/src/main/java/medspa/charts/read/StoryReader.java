package medspa.charts.read;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import medspa.charts.read.Story.Move;
import medspa.warehouse.query.Row;
import medspa.warehouse.query.WarehouseQuery.RowReader;

/** Reads what moved to another level at the locations of a practice and is still there. */
final class StoryReader {
  /** Which story a row belongs to. */
  private record Key(String locationId, String kpi, LocalDate since) {
    static Key of(Row row) throws SQLException {
      return new Key(row.text("location_id"), row.text("kpi"), row.date("since_week_start"));
    }
  }

  private StoryReader() {}

  /** The stories, the dearest first. */
  static List<Story> read(ReportQuery query, Run run, String practiceId) {
    Map<Key, List<Story.Provider>> providers =
        grouped(
            query,
            "story_providers",
            row -> new Story.Provider(row.text("name"), row.flag("has_moved")),
            practiceId);
    Map<Key, List<Move>> company =
        grouped(
            query,
            "story_company",
            row ->
                new Move(
                    row.text("other_kpi"),
                    row.date("other_since_week_start"),
                    row.optionalNumber("before_value").orElseThrow(),
                    row.optionalNumber("value").orElseThrow(),
                    row.flag("is_favourable")),
            practiceId);
    Map<Key, List<Story.Week>> weekly =
        grouped(
            query,
            "story_weeks",
            row ->
                new Story.Week(row.date("week_start"), row.optionalNumber("value").orElseThrow()),
            practiceId,
            run.lastWeek());
    return query.rows(
        "stories",
        row -> {
          Key key = Key.of(row);
          return new Story(
              key.locationId(),
              new Move(
                  key.kpi(),
                  key.since(),
                  row.optionalNumber("before_value").orElseThrow(),
                  row.optionalNumber("value").orElseThrow(),
                  row.flag("is_favourable")),
              row.integer("before_weeks"),
              row.integer("weeks"),
              row.optionalDecimal("dollars_per_week"),
              providers.getOrDefault(key, List.of()),
              company.getOrDefault(key, List.of()),
              weekly.getOrDefault(key, List.of()));
        },
        practiceId);
  }

  private static <T> Map<Key, List<T>> grouped(
      ReportQuery query, String statement, RowReader<T> reader, Object... parameters) {
    Map<Key, List<T>> groups = new HashMap<>();
    query.rows(
        statement,
        row -> groups.computeIfAbsent(Key.of(row), key -> new ArrayList<>()).add(reader.read(row)),
        parameters);
    return groups;
  }
}
