package medspa.charts.read;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import medspa.charts.read.ReportQuery.Place;
import medspa.charts.read.Story.Move;
import medspa.warehouse.query.Row;

/** Reads what moved to another level at the locations of some practices and is still there. */
final class StoryReader {
  /** Which story a row belongs to. */
  private record Key(Place place, String kpi, LocalDate since) {
    static Key of(Row row) throws SQLException {
      return new Key(Place.of(row), row.text("kpi"), row.date("since_week_start"));
    }
  }

  private StoryReader() {}

  /** The stories of some practices, the dearest first. */
  static Map<String, List<Story>> read(ReportQuery query, Run run, List<String> practiceIds) {
    Map<Key, List<Story.Provider>> providers =
        query.grouped(
            "story_providers",
            Key::of,
            row -> new Story.Provider(row.text("name"), row.flag("has_moved")),
            practiceIds);
    Map<Key, List<Move>> company =
        query.grouped(
            "story_company",
            Key::of,
            row ->
                new Move(
                    row.text("other_kpi"),
                    row.date("other_since_week_start"),
                    row.optionalNumber("before_value").orElseThrow(),
                    row.optionalNumber("value").orElseThrow(),
                    row.flag("is_favourable")),
            practiceIds);
    Map<Key, List<Story.Week>> weekly =
        query.grouped(
            "story_weeks",
            Key::of,
            row ->
                new Story.Week(row.date("week_start"), row.optionalNumber("value").orElseThrow()),
            practiceIds,
            run.lastWeek());
    return query.ofPractices(
        "stories",
        row -> {
          Key key = Key.of(row);
          return new Story(
              row.text("location_id"),
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
        practiceIds);
  }
}
