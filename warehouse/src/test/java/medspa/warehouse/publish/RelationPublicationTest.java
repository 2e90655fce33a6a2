package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.warehouse.market.Market.Hours;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the relations hold besides KPIs: rows of the lake, dimensions and configuration. */
class RelationPublicationTest {
  private static final LocalDate WEEK = LAST_WEEK;

  @RegisterExtension
  static final PublishedLake LAKE = new PublishedLake(RelationPublicationTest::write);

  /** A practice for each test. */
  private static void write(LakeFixture lake) throws Exception {
    deleted(lake);
    named(lake);
    rooms(lake);
    overlaps(lake);
    pinned(lake);
    hours(lake);
  }

  private static void deleted(LakeFixture lake) throws Exception {
    lake.location("deleted", "deleted-austin", "TX");
    lake.rows(
            "silver/appointments",
            "practice_id, location_id, appointment_id, start_at, end_at, status, local_date,"
                + " is_deleted, source_file_id, source_line",
            "'deleted', 'deleted-austin', 'a1', '2026-03-30 15:00:00+00', '2026-03-30 16:00:00+00',"
                + " 'completed', DATE '2026-03-30', false, 'f1', 7",
            "'deleted', 'deleted-austin', 'a2', '2026-03-30 15:00:00+00', '2026-03-30 16:00:00+00',"
                + " 'deleted', DATE '2026-03-30', true, 'f1', 8")
        .rows(
            "silver/sale_lines",
            "practice_id, location_id, sale_id, line_id, kind, gross_amount, net_amount,"
                + " local_date, is_deleted",
            "'deleted', 'deleted-austin', 's1', '1', 'service', 100.1234, 90.0034, DATE '2026-03-30', false",
            "'deleted', 'deleted-austin', 's2', '1', 'service', 1, 1, DATE '2026-03-30', true");
  }

  @Test
  void deletedRowsAreLeftOutButAppointmentsAndInstantsStayInstants() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT appointment_id, status, start_at, local_date, source_file_id, source_line"
                    + " FROM appointments WHERE practice_id = 'deleted' ORDER BY appointment_id"))
        .containsExactly(
            "a1|completed|2026-03-30T15:00:00Z|2026-03-30|f1|7",
            "a2|deleted|2026-03-30T15:00:00Z|2026-03-30|f1|8");
    assertThat(
            LAKE.query(
                "SELECT gross_amount, net_amount FROM sale_lines WHERE practice_id = 'deleted'"))
        .containsExactly("100.1234|90.0034");
  }

  private static void named(LakeFixture lake) throws Exception {
    lake.location("named", "named-austin", "TX");
    lake.rows(
            "silver/providers",
            "practice_id, provider_id, name, is_deleted",
            "'named', 'p1', 'Ann', false")
        .rows(
            "silver/services",
            "practice_id, service_id, name, is_deleted",
            "'named', 's1', 'Facial', false")
        .rows(
            "silver/appointments",
            "practice_id, location_id, appointment_id, provider_id, service_id, room_id,"
                + " local_date, is_deleted",
            "'named', 'named-austin', 'a1', 'p1', 's1', 'r9', DATE '2026-03-30', false",
            "'named', 'named-austin', 'a2', 'p2', 's2', NULL, DATE '2026-03-30', false")
        .rows(
            "silver/sale_lines",
            "practice_id, location_id, sale_id, line_id, seller_id, product_id, kind, quantity,"
                + " net_amount, tax_amount, local_date, is_deleted",
            "'named', 'named-austin', 's1', '1', 'p3', 'botox', 'retail', 1, 10, 0, DATE '2026-03-30',"
                + " false")
        .provider("named", "named-austin", "unattributed", WEEK, "net_retail", "10");
  }

  @Test
  void aFactThatNamesWhatNoReferenceExportDescribesIsNotLostInAJoin() throws Exception {
    assertThat(named("providers", "provider_id, name"))
        .containsExactly("p1|Ann", "p2|p2", "p3|p3", "unattributed|Nobody named");
    assertThat(named("services", "service_id, name")).containsExactly("s1|Facial", "s2|s2");
    assertThat(named("products", "product_id, name")).containsExactly("botox|botox");
    assertThat(named("rooms", "location_id, room_id, name, kind"))
        .containsExactly("named-austin|r9|r9|null");
  }

  private static List<String> named(String relation, String columns) throws Exception {
    return LAKE.query(
        "SELECT %s FROM %s WHERE practice_id = 'named' ORDER BY 1".formatted(columns, relation));
  }

  private static void rooms(LakeFixture lake) throws Exception {
    lake.location("rooms", "rooms-austin", "TX");
    lake.location("rooms", "rooms-dallas", "TX", Optional.of(7))
        .location("rooms", "rooms-waco", "TX")
        .rows(
            "silver/rooms",
            "practice_id, location_id, room_id, kind, is_deleted",
            "'rooms', 'rooms-austin', 'r1', 'treatment', false",
            "'rooms', 'rooms-austin', 'r2', 'treatment', false",
            "'rooms', 'rooms-austin', 'r3', 'storage', false",
            "'rooms', 'rooms-austin', 'r4', 'treatment', true",
            "'rooms', 'rooms-dallas', 'r1', 'treatment', false");
  }

  @Test
  void roomsOfTheConfigurationWinOverCountingTreatmentRooms() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT location_id, rooms FROM locations WHERE practice_id = 'rooms' ORDER BY 1"))
        .containsExactly("rooms-austin|2", "rooms-dallas|7", "rooms-waco|null");
  }

  private static void overlaps(LakeFixture lake) throws Exception {
    lake.location("overlaps", "overlaps-austin", "TX");
    String columns =
        "appointment_id, provider_id, room_id, start_at, end_at, status, local_date, practice_id,"
            + " location_id, is_deleted";
    String place = ", DATE '2026-03-30', 'overlaps', 'overlaps-austin', false";
    lake.rows(
        "silver/appointments",
        columns,
        // a1 and a2 share provider and room: one pair. a3 shares only the room with a2.
        "'a1', 'ann', 'r1', '2026-03-30 15:00Z', '2026-03-30 16:00Z', 'completed'" + place,
        "'a2', 'ann', 'r1', '2026-03-30 15:30Z', '2026-03-30 16:30Z', 'booked'" + place,
        "'a3', 'bea', 'r1', '2026-03-30 16:20Z', '2026-03-30 17:00Z', 'no_show'" + place,
        // Starts when a2 ends, is cancelled, or is elsewhere: no pair.
        "'a4', 'ann', NULL, '2026-03-30 16:30Z', '2026-03-30 17:00Z', 'booked'" + place,
        "'a5', 'ann', 'r1', '2026-03-30 15:00Z', '2026-03-30 16:00Z', 'cancelled'" + place,
        "'a6', 'ann', 'r1', '2026-03-30 15:00Z', '2026-03-30 16:00Z', 'booked',"
            + " DATE '2026-03-30', 'overlaps', 'overlaps-dallas', false",
        // Over midnight, on the day of the later start.
        "'b1', 'cleo', NULL, '2026-03-31 04:00Z', '2026-03-31 06:00Z', 'booked'" + place,
        "'b2', 'cleo', NULL, '2026-03-31 05:15Z', '2026-03-31 05:45Z', 'booked',"
            + " DATE '2026-03-31', 'overlaps', 'overlaps-austin', false",
        // Equal starts: ordered by id.
        "'c2', 'dora', NULL, '2026-03-30 20:00Z', '2026-03-30 21:00Z', 'booked'" + place,
        "'c1', 'dora', NULL, '2026-03-30 20:00Z', '2026-03-30 20:10Z', 'booked'" + place);
  }

  @Test
  void overlappingAppointmentsOfOneProviderOrRoomAreDoubleBookings() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT local_date, first_appointment_id, second_appointment_id, provider_id,"
                    + " room_id, overlap_minutes FROM double_bookings WHERE practice_id ="
                    + " 'overlaps' ORDER BY first_appointment_id"))
        .containsExactly(
            "2026-03-30|a1|a2|ann|r1|30.000000",
            "2026-03-30|a2|a3|null|r1|10.000000",
            "2026-03-31|b1|b2|cleo|null|30.000000",
            "2026-03-30|c1|c2|dora|null|10.000000");
  }

  private static void pinned(LakeFixture lake) throws Exception {
    lake.location("pinned", "pinned-austin", "TX");
    lake.location("lux", "lux-1", "TX")
        .pin("lux", "net_revenue", "fill_rate")
        .target("pinned-austin", "fill_rate", 0.8)
        .consultant("c1", "pinned", "lux");
  }

  @Test
  void pinnedKpisAreTheSevenOfTheTradeUnlessThePracticeSaysOtherwise() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT practice_id, list(kpi ORDER BY position) FROM kpi_pinned WHERE practice_id"
                    + " IN ('pinned', 'lux') GROUP BY ALL ORDER BY ALL"))
        .containsExactly(
            "lux|[net_revenue, fill_rate]",
            "pinned|[fill_rate, no_show_rate, average_ticket, inventory_turn,"
                + " revenue_per_provider_hour, net_revenue, collected_at_close]");
    assertThat(LAKE.query("SELECT * FROM kpi_targets"))
        .containsExactly("pinned|pinned-austin|fill_rate|0.8");
    assertThat(LAKE.query("SELECT * FROM consultants ORDER BY ALL"))
        .containsExactly("c1|Consultant c1|lux|aggregates", "c1|Consultant c1|pinned|aggregates");
    assertThat(LAKE.query("SELECT * FROM practices WHERE practice_id = 'pinned'"))
        .containsExactly("pinned|Practice pinned|USD");
    assertThat(LAKE.query("SELECT kpi, unit, direction, denominator FROM kpi_definitions LIMIT 1"))
        .containsExactly("fill_rate|percent|up|bookable minutes");
  }

  private static void hours(LakeFixture lake) throws Exception {
    lake.location("hours", "hours-austin", "TX");
    LocalDate christmas = LocalDate.of(2026, 12, 25);
    Hours morning = new Hours(LocalTime.of(9, 0), LocalTime.of(12, 30));
    Hours evening = new Hours(LocalTime.of(13, 0), LocalTime.of(19, 0));
    lake.location(
        "hours",
        "hours-dallas",
        "TX",
        Optional.empty(),
        List.of(christmas, christmas),
        Map.of(
            DayOfWeek.SUNDAY, List.of(morning),
            DayOfWeek.MONDAY, List.of(morning, evening),
            DayOfWeek.TUESDAY, List.of()));
  }

  @Test
  void openingHoursAndClosedDaysAreThoseOfTheConfiguration() throws Exception {
    assertThat(LAKE.query("SELECT * FROM opening_hours ORDER BY ALL"))
        .containsExactly(
            "hours|hours-dallas|1|09:00|12:30",
            "hours|hours-dallas|1|13:00|19:00",
            "hours|hours-dallas|7|09:00|12:30");
    assertThat(LAKE.query("SELECT * FROM closed_days"))
        .containsExactly("hours|hours-dallas|2026-12-25");
  }

  @Test
  void theRunSaysWhatWentInAndWhatTheWarehouseHolds() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT run_id, as_of, last_week_start, bronze_sequence, bronze_files,"
                    + " configuration_digest, code_version FROM runs"))
        .containsExactly("run-1|2026-04-06|2026-03-30|100|1|digest|0.1.0");
    assertThat(LAKE.query("SELECT privacy_note FROM runs").get(0))
        .contains("pseudonymised limited data set", "still protected health information");
  }
}
