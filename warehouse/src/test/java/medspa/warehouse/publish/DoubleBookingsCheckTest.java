package medspa.warehouse.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import medspa.warehouse.relation.BuildOrder;
import medspa.warehouse.relation.Relations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Double bookings are counted as the list names them, or nothing is published. */
class DoubleBookingsCheckTest {
  private static final Relations RELATIONS = Relations.load();
  private static final BuildOrder ORDER = BuildOrder.of(RELATIONS);

  @TempDir Path directory;
  private BuildConnection build;

  @BeforeEach
  void aLocationWithOnePairThatSharesProviderAndRoom() throws Exception {
    build = BuildConnection.create(directory.resolve("new.duckdb"), directory.resolve("new.tmp"));
    build.together(() -> new WarehouseSchema(ORDER).create(build));
    build.execute(
        "INSERT INTO locations BY NAME SELECT 'glow' AS practice_id, 'austin' AS location_id");
    for (String name : List.of("kpi_told", "kpi_sums", "kpi_availability", "kpi_rows")) {
      Derivation.fill(build, RELATIONS.relation(name));
    }
    build.execute("INSERT INTO computed VALUES ('2026-03-23', '2026-03-30', '2026-04-06')");
    booked("a", "'ann'", "'r1'", "2026-04-05", 600, 660);
    booked("b", "'ann'", "'r1'", "2026-04-05", 630, 690);
    counted("location", "NULL", 1);
    counted("provider", "'ann'", 1);
  }

  @AfterEach
  void close() throws Exception {
    build.close();
  }

  /** A booked row on a day, of minutes since midnight. */
  private void booked(String id, String provider, String room, String day, int from, int to)
      throws Exception {
    build.execute(
        ("INSERT INTO appointments BY NAME SELECT 'glow' AS practice_id, 'austin' AS location_id,"
                + " '%s' AS appointment_id, %s AS provider_id, %s AS room_id, 'booked' AS status,"
                + " DATE '%s' AS local_date, to_timestamp(epoch(local_date) + 60 * %d) AS start_at,"
                + " to_timestamp(epoch(local_date) + 60 * %d) AS end_at")
            .formatted(id, provider, room, day, from, to));
  }

  private void counted(String grain, String member, int pairs) throws Exception {
    build.execute(
        "DELETE FROM measures_weekly WHERE grain = '%s' AND member_id IS NOT DISTINCT FROM %s"
            .formatted(grain, member));
    build.execute(
        ("INSERT INTO measures_weekly VALUES ('glow', 'austin', '%s', %s, DATE '2026-03-30',"
                + " 'double_bookings', %d)")
            .formatted(grain, member, pairs));
  }

  private void run() throws Exception {
    WarehouseChecks.run(build, ORDER, RELATIONS.checks());
  }

  private void assertFails(String key) {
    assertThatThrownBy(this::run)
        .isInstanceOfSatisfying(
            CheckFailedException.class,
            e -> {
              assertThat(e.check()).isEqualTo("double_bookings_are_listed");
              assertThat(e.keys()).anySatisfy(k -> assertThat(k).contains(key));
            });
  }

  @Test
  void aPairThatSharesProviderAndRoomCountsOnceForBoth() throws Exception {
    run();

    counted("location", "NULL", 2);
    assertFails("grain=location");
    counted("location", "NULL", 1);
    counted("provider", "'ann'", 2);
    assertFails("member_id=ann");
  }

  @Test
  void aPairOfARoomAloneIsTheLocationsAndNoProviders() throws Exception {
    booked("c", "'bob'", "'r1'", "2026-04-05", 680, 700);
    assertFails("week_start=2026-03-30");

    counted("location", "NULL", 2);
    run();
    counted("provider", "'bob'", 1);
    assertFails("member_id=bob");
  }

  @Test
  void whatIsListedAfterTheLastComputedWeekIsInNoWeekYet() throws Exception {
    booked("d", "'ann'", "'r1'", "2026-04-06", 600, 660);
    booked("e", "'ann'", "'r1'", "2026-04-06", 600, 660);
    run();
  }

  @Test
  void aCountOfAWeekThatTheListKnowsNothingOfIsFound() throws Exception {
    build.execute("UPDATE measures_weekly SET week_start = DATE '2026-03-23'");
    assertFails("week_start=2026-03-23");
    assertFails("week_start=2026-03-30");
  }
}
