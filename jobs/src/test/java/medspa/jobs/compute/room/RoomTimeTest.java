package medspa.jobs.compute.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.jobs.compute.Results;
import medspa.jobs.compute.TestBatch;
import medspa.jobs.compute.TestLake;
import medspa.jobs.compute.TestMarket;
import medspa.jobs.compute.time.OpeningHoursTest;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.market.Market;
import medspa.warehouse.market.Market.Hours;
import medspa.warehouse.measure.Grain;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases computed by hand: rooms are held from set-up to the end of turnover and buffer. */
final class RoomTimeTest {
  /** Tuesday and Wednesday 10:00 to 18:00. */
  private static final Map<DayOfWeek, List<Hours>> WEEK =
      Map.of(
          DayOfWeek.TUESDAY, List.of(OpeningHoursTest.hours("10:00", "18:00")),
          DayOfWeek.WEDNESDAY, List.of(OpeningHoursTest.hours("10:00", "18:00")));

  private static final String TUESDAY = "2026-03-03T";

  @TempDir static Path directory;
  private static TestBatch batch;
  private static Results results;
  private static int id;

  @BeforeAll
  static void compute() {
    Market market =
        new TestMarket()
            .open("glow", "cycle", WEEK, Optional.of(2), List.of())
            .open("glow", "counted", WEEK, Optional.empty(), List.of(LocalDate.of(2026, 3, 4)))
            .open("glow", "unknown", WEEK, Optional.empty(), List.of())
            .open(
                "glow",
                "night",
                Map.of(DayOfWeek.TUESDAY, List.of(OpeningHoursTest.hours("20:00", "02:00"))),
                Optional.of(1),
                List.of())
            .location("glow", "silent")
            .build();
    TestLake lake = new TestLake(directory, market);
    batch = lake.batch(Delivery.UPSERT);
    batch.row(
        "services",
        "practice_id=glow service_id=laser setup_minutes=15 turnover_minutes=10 buffer_minutes=5");
    batch.row("services", "practice_id=glow service_id=bare");
    cycle();
    counted();
    row("unknown", "10:00 11:00 room_id=1 status=completed");
    row("silent", "10:00 11:00 room_id=1 status=completed");
    // From 23:30 to 00:30 with set-up before: 45 minutes on Tuesday, 30 + 15 on Wednesday.
    batch.row(
        "appointments",
        "appointment_id=night location_id=night room_id=1 service_id=laser status=completed"
            + " start_at=2026-03-03T23:30 end_at=2026-03-04T00:30");
    batch.write();
    results = lake.compute("2026-03-09");
  }

  /** An appointment on Tuesday, given as start, end and the rest. */
  private static void row(String location, String row) {
    id++;
    String[] parts = row.split(" ", 3);
    batch.row(
        "appointments",
        "appointment_id="
            + id
            + " location_id="
            + location
            + " start_at="
            + TUESDAY
            + parts[0]
            + " end_at="
            + TUESDAY
            + parts[1]
            + " "
            + parts[2]);
  }

  private static void cycle() {
    // Room 1: 09:45–10:30 with set-up, from 10:00 open: 10:00–10:45 with turnover and buffer.
    row("cycle", "10:00 10:30 room_id=1 service_id=laser status=completed");
    // Overlaps it from 10:30 to 11:00 and goes on without a cycle: 10:45–11:00 more.
    row("cycle", "10:30 11:00 room_id=1 service_id=bare status=arrived");
    // 17:30–18:00 is open, what follows is not: 17:15–18:00.
    row("cycle", "17:30 18:30 room_id=1 service_id=laser status=completed");
    // Room 2: an hour, at the same time as room 1, of a service that nobody describes.
    row("cycle", "10:00 11:00 room_id=2 service_id=odd status=completed");
    // None of these holds a room.
    row("cycle", "12:00 13:00 room_id=1 status=no_show");
    row("cycle", "12:00 13:00 room_id=1 status=booked");
    row("cycle", "12:00 13:00 room_id=1 status=deleted");
    row("cycle", "12:00 13:00 room_id=1 status=cancelled");
    row("cycle", "13:00 14:00 status=completed");
  }

  @Test
  void aRoomIsHeldForItsCycleWithinTheOpeningHoursOnceEachMinute() {
    assertThat(results.measures("cycle", Grain.ROOM, "1"))
        .containsEntry("room_used_seconds", Integer.toString((45 + 15 + 45) * 60))
        // Tuesday and Wednesday from the first appointment to the as-of.
        .containsEntry("room_open_seconds", Integer.toString(2 * 8 * 3600))
        .containsEntry("visits_attended", "3");
    assertThat(results.measures("cycle", Grain.ROOM, "2"))
        .containsEntry("room_used_seconds", "3600")
        .containsEntry("visits_attended", "1");
  }

  @Test
  void theLocationAddsItsRoomsAndMultipliesItsOpeningHoursByTheConfiguredNumber() {
    assertThat(results.measures("cycle"))
        .containsEntry("room_used_seconds", Integer.toString((105 + 60) * 60))
        .containsEntry("opening_seconds", Integer.toString(2 * 8 * 3600))
        .containsEntry("room_open_seconds", Integer.toString(2 * 2 * 8 * 3600));
  }

  private static void counted() {
    batch.row("rooms", "location_id=counted room_id=1 kind=treatment");
    batch.row("rooms", "location_id=counted room_id=2 kind=Treatment");
    batch.row("rooms", "location_id=counted room_id=3 kind=treatment");
    batch.row("rooms", "location_id=counted room_id=office kind=office");
    batch.row("rooms", "location_id=counted room_id=other");
    // Every one in the configuration wins over the export.
    batch.row("rooms", "location_id=cycle room_id=9 kind=treatment");
    row("counted", "10:00 11:00 room_id=1 status=completed");
    batch.row(
        "appointments",
        "appointment_id=closed location_id=counted room_id=1 status=completed"
            + " start_at=2026-03-04T10:00 end_at=2026-03-04T11:00");
  }

  @Test
  void withoutANumberTheTreatmentRoomsOfTheExportAreCountedAndAClosedDayHasNoMinutes() {
    assertThat(results.measures("counted"))
        .containsEntry("room_used_seconds", "3600")
        .containsEntry("opening_seconds", Integer.toString(8 * 3600))
        .containsEntry("room_open_seconds", Integer.toString(3 * 8 * 3600));
    assertThat(results.measures("counted", Grain.ROOM, "3"))
        .containsEntry("room_open_seconds", Integer.toString(8 * 3600))
        .doesNotContainKey("room_used_seconds");
    assertThat(results.measures("counted", Grain.ROOM, "office")).isEmpty();
  }

  @Test
  void whereNobodyKnowsTheRoomsOrTheHoursNoLocationHasOpenRoomTime() {
    assertThat(results.measures("unknown"))
        .containsKeys("opening_seconds", "room_used_seconds")
        .doesNotContainKey("room_open_seconds");
    assertThat(results.measures("silent"))
        .containsKey("visits_attended")
        .doesNotContainKeys("opening_seconds", "room_open_seconds", "room_used_seconds");
  }

  @Test
  void aTreatmentAcrossMidnightIsCutBetweenItsDays() {
    assertThat(
            results.rows(
                "SELECT date, measure, amount::BIGINT FROM {gold/measures_daily} WHERE location_id"
                    + " = 'night' AND grain = 'location' AND measure LIKE 'room_%' ORDER BY ALL"))
        .containsExactly(
            "2026-03-03|room_open_seconds|14400",
            "2026-03-03|room_used_seconds|2700",
            "2026-03-04|room_open_seconds|7200",
            "2026-03-04|room_used_seconds|2700");
  }
}
