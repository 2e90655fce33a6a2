package medspa.warehouse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import medspa.warehouse.market.Market.Hours;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rooms and hours; all times of day in the tests are those of Chicago, five hours behind UTC. */
class RoomListsPublicationTest {
  private static final LocalDate MONDAY = LakeFixture.LAST_WEEK;

  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(
          RoomListsPublicationTest::write,
          "double_bookings",
          "overbooked_rooms",
          "room_capacity",
          "seasonality_hourly",
          "rooms");

  /** A practice for each test, whose location is named after it. */
  private record Rooms(LakeFixture lake, String practice) {
    void service(String id, String minutes, String setup, String turnover, String buffer)
        throws Exception {
      lake.rows(
          "silver/services",
          "practice_id, service_id, name, category, duration_minutes, setup_minutes,"
              + " turnover_minutes, buffer_minutes, is_deleted",
          String.format(
              "'%s', '%s', '%s', 'skin', %s, %s, %s, %s, false",
              practice, id, id, minutes, setup, turnover, buffer));
    }

    void appointment(String id, String room, String service, String from, String to, String status)
        throws Exception {
      lake.rows(
          "silver/appointments",
          "practice_id, location_id, appointment_id, provider_id, room_id, service_id, start_at,"
              + " end_at, status, local_date, is_deleted",
          String.format(
              "'%s', '%s-austin', '%s', 'ann', %s, '%s', '%s %s-05', '%s %s-05', '%s', DATE '%s',"
                  + " false",
              practice,
              practice,
              id,
              room == null ? "NULL" : "'" + room + "'",
              service,
              MONDAY,
              from,
              MONDAY,
              to,
              status,
              MONDAY));
    }

    void shift(String id, String kind, LocalDate day, String fromUtc, String toUtc)
        throws Exception {
      lake.rows(
          "silver/shifts",
          "practice_id, location_id, shift_id, provider_id, kind, start_at, end_at, local_date,"
              + " is_deleted",
          String.format(
              "'%s', '%s-austin', '%s', 'ann', '%s', '%s %s+00', '%s %s+00', DATE '%s', false",
              practice, practice, id, kind, day, fromUtc, day, toUtc, day));
    }
  }

  private static Hours hours(String from, String to) {
    return new Hours(LocalTime.parse(from), LocalTime.parse(to));
  }

  private static List<String> overbooked(String practice) throws Exception {
    return LAKE.query(
        "SELECT room_id, appointment_id, next_appointment_id, missing_minutes, is_double_booked"
            + " FROM overbooked_rooms WHERE practice_id = '"
            + practice
            + "' ORDER BY next_appointment_id");
  }

  private static void write(LakeFixture lake) throws Exception {
    cycle(new Rooms(lake, "cycle"));
    reach(new Rooms(lake, "reach"));
    pair(new Rooms(lake, "pair"));
    course(new Rooms(lake, "course"));
    capacity(new Rooms(lake, "capacity"));
    union(new Rooms(lake, "union"));
    bottleneck(new Rooms(lake, "bottleneck"));
    idle(new Rooms(lake, "idle"));
    unknown(new Rooms(lake, "unknown"));
    opened(new Rooms(lake, "opened"));
  }

  private static void cycle(Rooms at) throws Exception {
    at.lake.location("cycle", "cycle-austin", "cycle");
    at.service("laser", "30", "5", "10", "5");
    at.service("facial", "30", "NULL", "NULL", "NULL");
    // The laser's room is free at 10:45; a2 comes 5 minutes early, a3 just in time.
    at.appointment("a1", "r1", "laser", "10:00", "10:30", "completed");
    at.appointment("a2", "r1", "facial", "10:40", "11:00", "booked");
    at.appointment("a3", "r1", "facial", "11:00", "11:30", "no_show");
    // Its set-up begins at 11:25, when a3 is still in the room.
    at.appointment("a4", "r1", "laser", "11:30", "12:00", "completed");
    // Cancelled, in another room, or in none.
    at.appointment("b1", "r1", "laser", "10:00", "12:00", "cancelled");
    at.appointment("b2", "r2", "laser", "10:00", "12:00", "completed");
    at.appointment("b3", null, "laser", "10:00", "12:00", "completed");
    at.appointment("b4", "r1", "laser", "10:00", "12:00", "deleted");
  }

  @Test
  void aRowThatStartsBeforeTheFullCycleBeforeItIsOverDoesNotFit() throws Exception {
    assertThat(overbooked("cycle"))
        .containsExactly("r1|a1|a2|5.000000|false", "r1|a3|a4|5.000000|false");
    assertThat(
            LAKE.query(
                "SELECT local_date, service_id, next_service_id, cycle_ends_at,"
                    + " next_cycle_starts_at FROM overbooked_rooms WHERE practice_id = 'cycle' AND next_appointment_id ="
                    + " 'a4'"))
        .containsExactly("2026-03-30|facial|laser|2026-03-30T16:30:00Z|2026-03-30T16:25:00Z");
  }

  private static void reach(Rooms at) throws Exception {
    at.lake.location("reach", "reach-austin", "reach");
    at.service("laser", "30", "0", "0", "0");
    at.appointment("a1", "r1", "laser", "09:00", "12:00", "completed");
    at.appointment("a2", "r1", "laser", "09:30", "10:00", "completed");
    at.appointment("a3", "r1", "laser", "10:30", "11:00", "completed");
    // Two that start and end together: the second is the one too many.
    at.appointment("d2", "r2", "unknown", "09:00", "09:30", "completed");
    at.appointment("d1", "r2", "unknown", "09:00", "09:30", "completed");
    // Of two that are in the way until the same moment the later one is named.
    at.appointment("d3", "r2", "unknown", "09:20", "09:40", "completed");
  }

  @Test
  void aLongTreatmentReachesOverAShortOneToTheNext() throws Exception {
    assertThat(overbooked("reach"))
        .containsExactly(
            "r1|a1|a2|150.000000|true",
            "r1|a1|a3|90.000000|true",
            "r2|d1|d2|30.000000|true",
            "r2|d2|d3|10.000000|true");
  }

  private static void pair(Rooms at) throws Exception {
    at.lake.location("pair", "pair-austin", "pair");
    at.appointment("a1", "r1", "laser", "09:00", "10:00", "completed");
    at.appointment("a2", "r1", "facial", "09:30", "10:30", "completed");
    at.appointment("a3", "r2", "facial", "10:15", "10:45", "completed");
  }

  @Test
  void aPairThatSharesProviderAndRoomIsOneDoubleBookingOfBoth() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT first_appointment_id, second_appointment_id, shared, provider_id, room_id,"
                    + " first_service_id, second_service_id, overlap_starts_at, overlap_minutes"
                    + " FROM double_bookings WHERE practice_id = 'pair' ORDER BY ALL"))
        .containsExactly(
            "a1|a2|both|ann|r1|laser|facial|2026-03-30T14:30:00Z|30.000000",
            "a2|a3|provider|ann|null|facial|facial|2026-03-30T15:15:00Z|15.000000");
  }

  private static void course(Rooms at) throws Exception {
    at.lake.location("course", "course-austin", "course");
    at.appointment("a1", "r1", "laser", "09:00", "10:00", "completed");
    at.appointment("a2", "r1", "laser", "09:00", "10:00", "no_show");
    at.appointment("a3", "r1", "laser", "09:30", "10:30", "completed");
    at.appointment("b1", "r2", "facial", "10:15", "10:45", "completed");
    // The same class again, when the other one is over.
    at.appointment("a4", "r1", "laser", "10:45", "11:15", "completed");
    at.lake.execute(
        "UPDATE \"silver/appointments\" SET class_id = 'peel' WHERE practice_id = 'course' AND appointment_id LIKE 'a%'");
  }

  @Test
  void theRowsOfAClassStandAsOne() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT first_appointment_id, second_appointment_id, shared, overlap_minutes FROM"
                    + " double_bookings WHERE practice_id = 'course' ORDER BY ALL"))
        .containsExactly("a1|b1|provider|15.000000");
    // Who comes half an hour late needs the room while the class is in it; the others do not.
    assertThat(overbooked("course")).containsExactly("r1|a1|a3|30.000000|true");
  }

  private static void capacity(Rooms at) throws Exception {
    at.lake
        .location(
            "capacity",
            "capacity-austin",
            "TX",
            Optional.of(3),
            List.of(),
            Map.of(
                DayOfWeek.MONDAY,
                List.of(hours("09:00", "12:00"), hours("13:00", "18:00")),
                DayOfWeek.SATURDAY,
                List.of(hours("23:20", "00:00"))))
        .location(
            "capacity",
            "capacity-dallas",
            "TX",
            Optional.empty(),
            List.of(),
            Map.of(DayOfWeek.MONDAY, List.of(hours("09:00", "10:00"))))
        .location("capacity", "capacity-waco", "capacity");
    at.service("laser", "30", "5", "10", "NULL");
    at.service("unknown", "NULL", "5", "10", "5");
  }

  @Test
  void capacityCountsWholeCyclesInEachStretchOfOpeningHours() throws Exception {
    // 180 and 300 minutes: 6 + 10 treatments of 30 minutes, 4 + 6 cycles of 45. 40 minutes hold a
    // treatment, but no cycle.
    assertThat(
            LAKE.query(
                "SELECT location_id, service_id, category, weekday, open_minutes,"
                    + " duration_minutes, cycle_minutes, naive_per_room, true_per_room, rooms,"
                    + " naive_capacity, true_capacity, overstated_by FROM room_capacity WHERE practice_id = 'capacity'"))
        .containsExactly(
            "capacity-austin|laser|skin|1|480|30|45|16|10|3|48|30|18",
            "capacity-austin|laser|skin|6|40|30|45|1|0|3|3|0|3",
            "capacity-dallas|laser|skin|1|60|30|45|2|1|null|null|null|null");
  }

  private static void union(Rooms at) throws Exception {
    at.lake.location("union", "union-austin", "union");
    at.shift("s1", "bookable", MONDAY, "14:00", "16:00");
    at.shift("s2", "bookable", MONDAY, "14:00", "14:30");
    at.shift("s3", "break", MONDAY, "15:00", "15:15");
    // Winter: nine o'clock is an hour later in UTC.
    at.shift("s4", "bookable", LocalDate.of(2026, 3, 2), "15:00", "15:10");
    // Outside the 13 weeks.
    at.shift("s5", "bookable", LocalDate.of(2025, 12, 29), "15:00", "16:00");
    at.service("laser", "30", "0", "0", "0");
    at.appointment("a1", null, "laser", "09:30", "10:30", "completed");
    at.appointment("a2", null, "laser", "09:30", "09:50", "confirmed");
    at.appointment("a3", null, "laser", "10:30", "10:45", "no_show");
    at.appointment("a4", null, "laser", "09:00", "09:30", "cancelled");
    at.appointment("a5", null, "laser", "10:50", "11:30", "completed");
  }

  @Test
  void eachHourHasItsBookableAndBookedMinutesAsUnions() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT weekday, hour, bookable_minutes, booked_minutes, booked_share,"
                    + " open_room_minutes, occupied_minutes, occupied_share, is_bottleneck FROM"
                    + " seasonality_hourly WHERE practice_id = 'union'"))
        .containsExactly(
            "1|9|70.000000|30.000000|0.42857142857142855|null|null|null|null",
            "1|10|45.000000|40.000000|0.8888888888888888|null|null|null|null");
  }

  private static void bottleneck(Rooms at) throws Exception {
    // Open on this Monday only, in one room: all other Mondays are closed.
    List<LocalDate> closed =
        IntStream.rangeClosed(1, 12).mapToObj(i -> MONDAY.minusWeeks(i)).toList();
    at.lake.location(
        "bottleneck",
        "bottleneck-austin",
        "TX",
        Optional.of(1),
        closed,
        Map.of(DayOfWeek.MONDAY, List.of(hours("09:00", "11:30"))));
    at.service("laser", "30", "5", "0", "10");
    // Occupied from 9:03 to 10:56: 57 of 60 minutes, and 56 of 60.
    at.appointment("a1", "r1", "laser", "09:08", "10:46", "completed");
    // Booked is not occupied; a cycle outside of the opening hours does not count.
    at.appointment("a2", "r1", "laser", "10:56", "11:20", "booked");
    at.appointment("a3", "r1", "laser", "11:25", "12:00", "arrived");
  }

  @Test
  void anHourInWhichRoomsAreOccupiedForNinetyFivePercentIsABottleneck() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT weekday, hour, bookable_minutes, booked_share, open_room_minutes,"
                    + " occupied_minutes, is_bottleneck FROM seasonality_hourly WHERE practice_id = 'bottleneck'"))
        .containsExactly(
            "1|9|0.000000|null|60.000000|57.000000|true",
            "1|10|0.000000|null|60.000000|56.000000|false",
            "1|11|0.000000|null|30.000000|10.000000|false");
  }

  private static void idle(Rooms at) throws Exception {
    at.lake.location(
        "idle",
        "idle-austin",
        "TX",
        Optional.of(2),
        List.of(),
        Map.of(DayOfWeek.SUNDAY, List.of(hours("23:30", "00:00"))));
    // Outside of the hours: rooms are known to be used here at all.
    at.appointment("a1", "r1", "laser", "09:00", "10:00", "completed");
  }

  @Test
  void openRoomsWithoutAnyAppointmentCountWithNothingOccupied() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT weekday, hour, open_room_minutes, occupied_minutes, occupied_share,"
                    + " is_bottleneck FROM seasonality_hourly WHERE practice_id = 'idle'"))
        .as("13 Sundays × 30 minutes until midnight × 2 rooms")
        .containsExactly("7|23|780.000000|0.000000|0.0|false");
  }

  private static void unknown(Rooms at) throws Exception {
    at.lake.location(
        "unknown",
        "unknown-austin",
        "TX",
        Optional.of(2),
        List.of(),
        Map.of(DayOfWeek.SUNDAY, List.of(hours("23:30", "00:00"))));
    at.appointment("a1", "r1", "laser", "09:00", "10:00", "booked");
    at.appointment("a2", null, "laser", "09:00", "10:00", "completed");
  }

  @Test
  void roomsAreNotSaidToBeEmptyWhereNobodyKnowsWhoCameIntoThem() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT open_room_minutes, occupied_minutes, occupied_share, is_bottleneck FROM"
                    + " seasonality_hourly WHERE practice_id = 'unknown'"))
        .containsExactly("780.000000|null|null|null");
  }

  private static void opened(Rooms at) throws Exception {
    at.lake
        .openedOn("opened-austin", MONDAY.minusWeeks(1))
        .location(
            "opened",
            "opened-austin",
            "TX",
            Optional.of(1),
            List.of(),
            Map.of(DayOfWeek.MONDAY, List.of(hours("09:00", "10:00"))));
    at.appointment("a1", "r1", "laser", "09:00", "09:30", "completed");
  }

  @Test
  void roomsAreOpenFromTheDayOnWhichTheLocationOpened() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT open_room_minutes, occupied_minutes, occupied_share FROM"
                    + " seasonality_hourly WHERE practice_id = 'opened'"))
        .as("two Mondays of the 13")
        .containsExactly("120.000000|30.000000|0.25");
  }
}
