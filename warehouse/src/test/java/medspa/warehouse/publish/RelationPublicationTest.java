package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Batch.Window;
import medspa.warehouse.lake.LakeJson;
import medspa.warehouse.lake.RefusedFile;
import medspa.warehouse.market.Market.Hours;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the relations hold besides KPIs: rows of the lake, dimensions, files and configuration. */
class RelationPublicationTest {
  private static final LocalDate WEEK = LAST_WEEK;

  @RegisterExtension final LakeFixture lake = new LakeFixture();

  @BeforeEach
  void open() throws Exception {
    lake.location("glow", "austin", "TX");
  }

  @Test
  void deletedRowsAreLeftOutButAppointmentsAndInstantsStayInstants() throws Exception {
    lake.rows(
            "silver/appointments",
            "practice_id, location_id, appointment_id, start_at, end_at, status, local_date,"
                + " is_deleted, source_file_id, source_line",
            "'glow', 'austin', 'a1', '2026-03-30 15:00:00+00', '2026-03-30 16:00:00+00',"
                + " 'completed', DATE '2026-03-30', false, 'f1', 7",
            "'glow', 'austin', 'a2', '2026-03-30 15:00:00+00', '2026-03-30 16:00:00+00',"
                + " 'deleted', DATE '2026-03-30', true, 'f1', 8")
        .rows(
            "silver/sale_lines",
            "practice_id, location_id, sale_id, line_id, kind, gross_amount, net_amount,"
                + " local_date, is_deleted",
            "'glow', 'austin', 's1', '1', 'service', 100.1234, 90.0034, DATE '2026-03-30', false",
            "'glow', 'austin', 's2', '1', 'service', 1, 1, DATE '2026-03-30', true")
        .write()
        .publish();

    assertThat(
            lake.query(
                "SELECT appointment_id, status, start_at, local_date, source_file_id, source_line"
                    + " FROM appointments ORDER BY appointment_id"))
        .containsExactly(
            "a1|completed|2026-03-30T15:00:00Z|2026-03-30|f1|7",
            "a2|deleted|2026-03-30T15:00:00Z|2026-03-30|f1|8");
    assertThat(lake.query("SELECT gross_amount, net_amount FROM sale_lines"))
        .containsExactly("100.1234|90.0034");
  }

  @Test
  void aFactThatNamesWhatNoReferenceExportDescribesIsNotLostInAJoin() throws Exception {
    lake.rows(
            "silver/providers",
            "practice_id, provider_id, name, is_deleted",
            "'glow', 'p1', 'Ann', false")
        .rows(
            "silver/services",
            "practice_id, service_id, name, is_deleted",
            "'glow', 's1', 'Facial', false")
        .rows(
            "silver/appointments",
            "practice_id, location_id, appointment_id, provider_id, service_id, room_id,"
                + " local_date, is_deleted",
            "'glow', 'austin', 'a1', 'p1', 's1', 'r9', DATE '2026-03-30', false",
            "'glow', 'austin', 'a2', 'p2', 's2', NULL, DATE '2026-03-30', false")
        .rows(
            "silver/sale_lines",
            "practice_id, location_id, sale_id, line_id, seller_id, product_id, kind, quantity,"
                + " net_amount, tax_amount, local_date, is_deleted",
            "'glow', 'austin', 's1', '1', 'p3', 'botox', 'retail', 1, 10, 0, DATE '2026-03-30',"
                + " false")
        .provider("glow", "austin", "unattributed", WEEK, "net_retail", "10")
        .write()
        .publish();

    assertThat(lake.query("SELECT provider_id, name FROM providers ORDER BY provider_id"))
        .containsExactly("p1|Ann", "p2|p2", "p3|p3", "unattributed|Nobody named");
    assertThat(lake.query("SELECT service_id, name FROM services ORDER BY service_id"))
        .containsExactly("s1|Facial", "s2|s2");
    assertThat(lake.query("SELECT product_id, name FROM products")).containsExactly("botox|botox");
    assertThat(lake.query("SELECT location_id, room_id, name, kind FROM rooms"))
        .containsExactly("austin|r9|r9|null");
  }

  @Test
  void roomsOfTheConfigurationWinOverCountingTreatmentRooms() throws Exception {
    lake.location("glow", "dallas", "TX", Optional.of(7))
        .location("glow", "waco", "TX")
        .rows(
            "silver/rooms",
            "practice_id, location_id, room_id, kind, is_deleted",
            "'glow', 'austin', 'r1', 'treatment', false",
            "'glow', 'austin', 'r2', 'treatment', false",
            "'glow', 'austin', 'r3', 'storage', false",
            "'glow', 'austin', 'r4', 'treatment', true",
            "'glow', 'dallas', 'r1', 'treatment', false")
        .write()
        .publish();

    assertThat(lake.query("SELECT location_id, rooms FROM locations ORDER BY location_id"))
        .containsExactly("austin|2", "dallas|7", "waco|null");
  }

  @Test
  void overlappingAppointmentsOfOneProviderOrRoomAreDoubleBookings() throws Exception {
    String columns =
        "appointment_id, provider_id, room_id, start_at, end_at, status, local_date, practice_id,"
            + " location_id, is_deleted";
    String glow = ", DATE '2026-03-30', 'glow', 'austin', false";
    lake.rows(
            "silver/appointments",
            columns,
            // a1 and a2 share provider and room: one pair. a3 shares only the room with a2.
            "'a1', 'ann', 'r1', '2026-03-30 15:00Z', '2026-03-30 16:00Z', 'completed'" + glow,
            "'a2', 'ann', 'r1', '2026-03-30 15:30Z', '2026-03-30 16:30Z', 'booked'" + glow,
            "'a3', 'bea', 'r1', '2026-03-30 16:20Z', '2026-03-30 17:00Z', 'no_show'" + glow,
            // Starts when a2 ends, is cancelled, or is elsewhere: no pair.
            "'a4', 'ann', NULL, '2026-03-30 16:30Z', '2026-03-30 17:00Z', 'booked'" + glow,
            "'a5', 'ann', 'r1', '2026-03-30 15:00Z', '2026-03-30 16:00Z', 'cancelled'" + glow,
            "'a6', 'ann', 'r1', '2026-03-30 15:00Z', '2026-03-30 16:00Z', 'booked',"
                + " DATE '2026-03-30', 'glow', 'dallas', false",
            // Over midnight, on the day of the later start.
            "'b1', 'cleo', NULL, '2026-03-31 04:00Z', '2026-03-31 06:00Z', 'booked'" + glow,
            "'b2', 'cleo', NULL, '2026-03-31 05:15Z', '2026-03-31 05:45Z', 'booked',"
                + " DATE '2026-03-31', 'glow', 'austin', false",
            // Equal starts: ordered by id.
            "'c2', 'dora', NULL, '2026-03-30 20:00Z', '2026-03-30 21:00Z', 'booked'" + glow,
            "'c1', 'dora', NULL, '2026-03-30 20:00Z', '2026-03-30 20:10Z', 'booked'" + glow)
        .write()
        .publish();

    assertThat(
            lake.query(
                "SELECT local_date, first_appointment_id, second_appointment_id, provider_id,"
                    + " room_id, overlap_minutes FROM double_bookings ORDER BY"
                    + " first_appointment_id"))
        .containsExactly(
            "2026-03-30|a1|a2|ann|r1|30.000000",
            "2026-03-30|a2|a3|null|r1|10.000000",
            "2026-03-31|b1|b2|cleo|null|30.000000",
            "2026-03-30|c1|c2|dora|null|10.000000");
  }

  @Test
  void pinnedKpisAreTheSevenOfTheTradeUnlessThePracticeSaysOtherwise() throws Exception {
    lake.location("lux", "lux-1", "TX")
        .pin("lux", "net_revenue", "fill_rate")
        .target("austin", "fill_rate", 0.8)
        .consultant("c1", "glow", "lux")
        .write()
        .publish();

    assertThat(
            lake.query(
                "SELECT practice_id, list(kpi ORDER BY position) FROM kpi_pinned GROUP BY ALL ORDER"
                    + " BY ALL"))
        .containsExactly(
            "glow|[fill_rate, no_show_rate, average_ticket, inventory_turn,"
                + " revenue_per_provider_hour, net_revenue, collection_rate]",
            "lux|[net_revenue, fill_rate]");
    assertThat(lake.query("SELECT * FROM kpi_targets"))
        .containsExactly("glow|austin|fill_rate|0.8");
    assertThat(lake.query("SELECT * FROM consultants ORDER BY ALL"))
        .containsExactly("c1|Consultant c1|glow", "c1|Consultant c1|lux");
    assertThat(lake.query("SELECT * FROM practices WHERE practice_id = 'glow'"))
        .containsExactly("glow|Practice glow|USD");
    assertThat(lake.query("SELECT kpi, unit, direction, denominator FROM kpi_definitions LIMIT 1"))
        .containsExactly("fill_rate|percent|up|bookable minutes");
  }

  @Test
  void openingHoursAndClosedDaysAreThoseOfTheConfiguration() throws Exception {
    LocalDate christmas = LocalDate.of(2026, 12, 25);
    Hours morning = new Hours(LocalTime.of(9, 0), LocalTime.of(12, 30));
    Hours evening = new Hours(LocalTime.of(13, 0), LocalTime.of(19, 0));
    lake.location(
            "glow",
            "dallas",
            "TX",
            Optional.empty(),
            List.of(christmas, christmas),
            Map.of(
                DayOfWeek.SUNDAY, List.of(morning),
                DayOfWeek.MONDAY, List.of(morning, evening),
                DayOfWeek.TUESDAY, List.of()))
        .write()
        .publish();

    assertThat(lake.query("SELECT * FROM opening_hours ORDER BY ALL"))
        .containsExactly(
            "glow|dallas|1|09:00|12:30", "glow|dallas|1|13:00|19:00", "glow|dallas|7|09:00|12:30");
    assertThat(lake.query("SELECT * FROM closed_days")).containsExactly("glow|dallas|2026-12-25");
  }

  @Test
  void theRunSaysWhatWentInAndWhatTheWarehouseHolds() throws Exception {
    lake.write().publish();

    assertThat(
            lake.query(
                "SELECT run_id, as_of, last_week_start, bronze_sequence, bronze_files,"
                    + " configuration_digest, code_version FROM runs"))
        .containsExactly("run-1|2026-04-06|2026-03-30|100|1|digest|0.1.0");
    assertThat(lake.query("SELECT privacy_note FROM runs").get(0))
        .contains("pseudonymised limited data set", "still protected health information");
  }

  @Test
  void filesRejectedRowsAndFreshnessComeFromTheBatchesThatWentIn() throws Exception {
    batch(1, "old", Optional.empty(), LocalDate.of(2026, 3, 1), LocalDate.of(2026, 3, 15));
    // The same file read again takes the place of the first.
    batch(2, "new", Optional.of("old"), LocalDate.of(2026, 3, 1), LocalDate.of(2026, 4, 20));
    // Ingested after the computation: not in the numbers, so not in the list.
    batch(3, "later", Optional.empty(), LocalDate.of(2026, 3, 1), LocalDate.of(2026, 4, 1));
    lake.execute(
        "COPY (SELECT 'appointments' AS table_name, 17::BIGINT AS source_line, 'end_at' AS"
            + " column_name, 'end_not_after_start' AS reason) TO '"
            + lake.lake.rejectedRows("new")
            + "'");
    RefusedFile.write(
        lake.lake,
        List.of(
            new RefusedFile(
                "sales",
                "glow",
                "exports/bad.csv",
                Optional.of(3L),
                Optional.empty(),
                "The last line is cut off.",
                "Export it again.")));
    lake.bronzeSequence(2)
        .expect("schedule", "glow", 7)
        .expect("sales", "glow", 7)
        .expect("templates", "glow", null)
        .rows(
            "silver/appointments",
            "practice_id, location_id, appointment_id, local_date, is_deleted, source_file_id",
            "'glow', 'austin', 'a1', DATE '2026-03-29', false, 'new'",
            "'glow', 'austin', 'a2', DATE '2026-04-20', false, 'new'")
        .write()
        .publish();

    assertThat(
            lake.query(
                "SELECT source_file_id, source, mapping, delivery, table_name, ingested_at,"
                    + " rows_read, rows_accepted, rows_rejected, columns_dropped, first_date,"
                    + " last_date FROM ingest_files"))
        .containsExactly(
            "new|schedule|acuity|window|appointments|2026-04-06T08:00:00Z|10|9|1|2|2026-03-01"
                + "|2026-04-20");
    assertThat(lake.query("SELECT * FROM rejected_rows"))
        .containsExactly("new|appointments|17|end_at|end_not_after_start");
    assertThat(lake.query("SELECT file_name, source_line, column_name FROM refused_files"))
        .containsExactly("exports/bad.csv|3|null");
    // The newest day before the as-of is 29 March, 8 days back; bookings of the future do not
    // count.
    assertThat(
            lake.query(
                "SELECT source, state, files, newest_date, is_stale, days_late, rows_read,"
                    + " rows_rejected, reject_share FROM sources"))
        .containsExactly(
            "schedule|late|1|2026-03-29|true|1|10|1|0.1",
            "sales|missing|0|null|true|null|0|0|null",
            "templates|nothing yet|0|null|null|null|0|0|null");
  }

  @Test
  void aSourceWhoseLastFileWasRefusedSaysSoEvenIfItsRowsAreFresh() throws Exception {
    batch(1, "new", Optional.empty(), LocalDate.of(2026, 3, 1), LocalDate.of(2026, 4, 5));
    RefusedFile.write(
        lake.lake,
        List.of(
            new RefusedFile(
                "schedule",
                "glow",
                "x.csv",
                Optional.empty(),
                Optional.empty(),
                "Empty.",
                "Redo.")));
    lake.bronzeSequence(1).expect("schedule", "glow", 7).write().publish();
    assertThat(lake.query("SELECT state, days_late, is_stale FROM sources"))
        .containsExactly("refused|0|false");
    RefusedFile.write(lake.lake, List.of());
    lake.publish();
    assertThat(lake.query("SELECT state FROM sources")).containsExactly("current");
  }

  /** Weekly rows of one source up to the last complete week, oldest first. */
  private List<String> volumes(int... rows) throws Exception {
    LocalDate start = LakeFixture.LAST_WEEK.minusWeeks(rows.length - 1L);
    batch(1, "new", Optional.empty(), start, LakeFixture.LAST_WEEK.plusDays(5));
    lake.weeksComputed(rows.length).bronzeSequence(1);
    for (int week = 0; week < rows.length; week++) {
      for (int row = 0; row < rows[week]; row++) {
        // The last row of each week lies on its Saturday; the Sunday is closed.
        LocalDate day = start.plusWeeks(week).plusDays(row == 0 ? 5 : row % 6);
        lake.rows(
            "silver/appointments",
            "practice_id, appointment_id, location_id, start_at, end_at, status, local_date,"
                + " source_file_id, source_line",
            "'glow', 'A"
                + week
                + "-"
                + row
                + "', 'austin', TIMESTAMPTZ '"
                + day
                + " 15:00:00+00', TIMESTAMPTZ '"
                + day
                + " 16:00:00+00', 'completed', DATE '"
                + day
                + "', 'new', "
                + (2 + row));
      }
    }
    lake.write().publish();
    return lake.query(
        "SELECT rows, usual, lower_limit, upper_limit, is_unusual FROM source_volumes ORDER BY"
            + " week_start");
  }

  @Test
  void aWeekIsUnusualOutsideHalfOfTheMedianWhereWeeksHardlyDiffer() throws Exception {
    // Median of six weeks of 20 is 20, their deviation 0: the limits are 10 and 30, both included.
    assertThat(volumes(20, 20, 20, 20, 20, 20, 10, 9, 31))
        .containsExactly(
            "20|null|null|null|null",
            "20|null|null|null|null",
            "20|null|null|null|null",
            "20|null|null|null|null",
            "20|null|null|null|null",
            "20|null|null|null|null",
            "10|20.0|10.0|30.0|false",
            "9|20.0|10.0|30.0|true",
            "31|20.0|10.0|30.0|true");
  }

  @Test
  void weeksThatDifferWidelyHaveWiderLimitsAndAWeekWithoutRowsCounts() throws Exception {
    // Before the last week: 10, 30, 10, 30, 10, 30; median 20, deviation 10, 3.5 × 14.826 = 51.9.
    assertThat(volumes(10, 30, 10, 30, 10, 30, 0, 1).subList(6, 8))
        .satisfiesExactly(
            none -> assertThat(none).startsWith("0|20.0|0.0|71.8").endsWith("|false"),
            last -> assertThat(last).startsWith("1|10.0|0.0|").endsWith("|false"));
  }

  @Test
  void datesReachFromTheFirstWeekToTheAsOfWithTheMarketsWeeks() throws Exception {
    lake.weeksComputed(2)
        .has("glow", "austin", "shifts") // on 1 March, a Sunday
        .write()
        .publish();

    assertThat(lake.query("SELECT min(date), max(date) FROM dates"))
        .containsExactly("2026-03-01|2026-04-06");
    assertThat(lake.query("SELECT * FROM dates WHERE date = DATE '2026-03-01'"))
        .containsExactly("2026-03-01|2026-02-23|2026-03-01|7|2026-03-01|2026");
    assertThat(lake.query("SELECT week_start FROM dates WHERE date = DATE '2026-03-02'"))
        .containsExactly("2026-03-02");
  }

  private void batch(
      long sequence, String id, Optional<String> replaces, LocalDate first, LocalDate last) {
    LakeJson.replace(
        lake.lake.batch(id).resolve("batch.json"),
        new Batch(
            sequence,
            sequence,
            id,
            "schedule",
            "glow",
            "exports/schedule.csv",
            "sha",
            "inputs",
            replaces,
            "acuity",
            Delivery.WINDOW,
            Instant.parse("2026-04-06T08:00:00Z"),
            2,
            List.of(
                new TableCounts(
                    "appointments", 10, 9, 0, 0, 1, List.of(new Window("austin", first, last)))),
            Optional.empty(),
            Optional.empty()));
  }
}
