package medspa.warehouse.publish;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import medspa.warehouse.definition.Definitions;

/** Appointments of a lake that overlap, and the measure of them. */
final class DoubleBookingFixture {
  private DoubleBookingFixture() {}

  /** Pairs of appointments that hold one room at the same time, in a week. */
  static void into(LakeFixture lake, String practice, String location, LocalDate week, int pairs)
      throws SQLException {
    for (int i = 0; i < 2 * pairs; i++) {
      lake.rows(
          "silver/appointments",
          "practice_id, location_id, appointment_id, room_id, status, start_at, end_at, local_date,"
              + " is_deleted, source_file_id, source_line",
          String.format(
              Locale.ROOT,
              "'%s', '%s', 'pair-%d', 'room', 'booked', TIMESTAMPTZ '%s %02d:00:00Z', TIMESTAMPTZ"
                  + " '%s %02d:30:00Z', DATE '%s', false, 'file', 1",
              practice,
              location,
              i,
              week,
              i / 2,
              week,
              i / 2,
              week));
    }
  }

  /** What the computation would have counted of the appointments; a check compares the two. */
  static void count(LakeFixture lake, LocalDate until) throws SQLException {
    String measures = "\"gold/measures_weekly\"";
    lake.execute("DELETE FROM " + measures + " WHERE measure = 'double_bookings'");
    lake.execute(
        "CREATE OR REPLACE TEMP VIEW appointments AS SELECT * FROM \"silver/appointments\" WHERE NOT"
            + " is_deleted");
    String pairs =
        "SELECT * REPLACE (date_trunc('week', local_date) AS local_date) FROM ("
            + Definitions.resource("relations/double_bookings/query.sql")
            + ") WHERE local_date < DATE '"
            + until
            + "'";
    for (String member : List.of("'location' AS grain, NULL", "'provider' AS grain, provider_id")) {
      lake.execute(
          "INSERT INTO "
              + measures
              + " BY NAME SELECT practice_id, location_id, "
              + member
              + " AS member_id, local_date AS week_start, 'double_bookings' AS measure, count(*) AS"
              + " amount FROM ("
              + pairs
              + ") WHERE "
              + (member.contains("provider") ? "provider_id IS NOT NULL" : "true")
              + " GROUP BY ALL");
    }
  }
}
