package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KpiPublicationTest {
  private static final LocalDate WEEK = LAST_WEEK;

  @TempDir Path directory;
  private LakeFixture lake;

  @BeforeEach
  void open() throws Exception {
    lake = new LakeFixture(directory);
  }

  @AfterEach
  void close() throws Exception {
    lake.close();
  }

  @Test
  void aKpiIsItsNumeratorOverItsDenominatorInTheUnitOfTheDefinition() throws Exception {
    // 40 h bookable of which 30 h kept, 6,000.50 of services.
    lake.location("glow", "austin", "TX")
        .has("glow", "austin", "shifts", "sale_lines")
        .seconds("glow", "austin", "ann", WEEK, 144_000, 108_000)
        .provider("glow", "austin", "ann", WEEK, "net_service", "6000.50")
        .write()
        .publish();

    assertThat(
            lake.query(
                "SELECT kpi, value, numerator, denominator, sample_size, is_stable,"
                    + " definition_version FROM kpi_weekly WHERE kpi IN ('fill_rate',"
                    + " 'revenue_per_provider_hour', 'revenue_per_treated_hour') ORDER BY kpi"))
        .containsExactly(
            "fill_rate|0.75|1800.000000|2400.000000|40.000000|true|1",
            "revenue_per_provider_hour|150.0125|6000.500000|40.000000|40.000000|true|1",
            "revenue_per_treated_hour|200.01666666666668|6000.500000|30.000000|30.000000|true|1");
  }

  @Test
  void everyKpiIsMadeOfTheMeasuresOfItsDefinition() throws Exception {
    // No two measures are equal, so that none can stand in for another.
    DoubleBookingFixture.into(lake, "glow", "austin", WEEK, 5);
    lake.location("glow", "austin", "TX")
        .has("glow", "austin", "appointments", "shifts", "timecards", "sale_lines", "payments")
        .has("glow", "austin", "stock_movements")
        .provider("glow", "austin", "ann", WEEK, "bookable_seconds", "144000")
        .provider("glow", "austin", "ann", WEEK, "kept_seconds", "72000")
        .provider("glow", "austin", "ann", WEEK, "no_show_seconds", "7200")
        .provider("glow", "austin", "ann", WEEK, "late_cancelled_seconds", "3600")
        .provider("glow", "austin", "ann", WEEK, "unresolved_seconds", "1800")
        .provider("glow", "austin", "ann", WEEK, "idle_seconds", "59400")
        .provider("glow", "austin", "ann", WEEK, "overflow_seconds", "900")
        .provider("glow", "austin", "ann", WEEK, "worked_seconds", "108000")
        .provider("glow", "austin", "ann", WEEK, "net_service", "6000")
        .provider("glow", "austin", "ann", WEEK, "net_retail", "500")
        .provider("glow", "austin", "ann", WEEK, "net_fee", "70")
        .measure("glow", "austin", WEEK, "sales_visits", "25")
        .measure("glow", "austin", WEEK, "receipts", "35")
        .measure("glow", "austin", WEEK, "billed", "7000")
        .measure("glow", "austin", WEEK, "collected", "6300")
        .measure("glow", "austin", WEEK, "visits_attended", "41")
        .measure("glow", "austin", WEEK, "visits_no_show", "6")
        .measure("glow", "austin", WEEK, "visits_late_cancelled", "4")
        .measure("glow", "austin", WEEK, "visits_unresolved", "2")
        .measure("glow", "austin", WEEK, "visits_cancelled", "3")
        .measure("glow", "austin", WEEK, "visits_due", "51")
        .measure("glow", "austin", WEEK, "cancellations_known", "7")
        .measure("glow", "austin", WEEK, "annual_goods_used", "5200")
        .measure("glow", "austin", WEEK, "mean_inventory", "1300")
        .measure("glow", "austin", WEEK, "visits_attended_known", "40")
        .measure("glow", "austin", WEEK, "visits_rebooked", "21")
        .measure("glow", "austin", WEEK, "visits_since_history", "39")
        .measure("glow", "austin", WEEK, "visits_new_client", "9")
        .measure("glow", "austin", WEEK, "clients_matured_90", "22")
        .measure("glow", "austin", WEEK, "clients_returned_90", "8")
        .measure("glow", "austin", WEEK, "rows_with_booked_at", "68")
        .measure("glow", "austin", WEEK, "rows_with_channel", "67")
        .measure("glow", "austin", WEEK, "rows_online", "33")
        .measure("glow", "austin", WEEK, "rows_cancelled", "11")
        .provider("glow", "austin", "ann", WEEK, "rows_booked", "66")
        .measure("glow", "austin", WEEK, "rows_changed_last_minute", "10")
        .provider("glow", "austin", "ann", WEEK, "rows_started", "61")
        .provider("glow", "austin", "ann", WEEK, "rows_started_late", "12")
        .provider("glow", "austin", "ann", WEEK, "rows_timed", "60")
        .provider("glow", "austin", "ann", WEEK, "actual_seconds", "198000")
        .provider("glow", "austin", "ann", WEEK, "scheduled_seconds", "180000")
        .measure("glow", "austin", WEEK, "rows_waited", "59")
        .measure("glow", "austin", WEEK, "wait_seconds", "14160")
        .measure("glow", "austin", WEEK, "opening_seconds", "162000")
        .measure("glow", "austin", WEEK, "room_open_seconds", "486000")
        .measure("glow", "austin", WEEK, "room_used_seconds", "243000")
        .provider("glow", "austin", "ann", WEEK, "overtime_seconds", "9000")
        .write()
        .publish();

    assertThat(
            lake.query(
                "SELECT kpi, numerator::DOUBLE, denominator::DOUBLE, sample_size::DOUBLE FROM"
                    + " kpi_weekly ORDER BY kpi"))
        .containsExactly(
            "average_ticket|6500.0|25.0|25.0",
            "booked_fill_rate|1410.0|2400.0|40.0",
            "cancel_rate|3.0|56.0|56.0",
            "collection_rate|6300.0|7000.0|35.0",
            "days_on_hand|473200.0|5200.0|null",
            "double_bookings|5.0|null|66.0",
            "duration_ratio|55.0|50.0|60.0",
            "fill_rate|1200.0|2400.0|40.0",
            "inventory_turn|5200.0|1300.0|null",
            "last_minute_change_rate|1000.0|51.0|51.0",
            "late_cancel_rate|4.0|51.0|51.0",
            "late_start_rate|12.0|61.0|61.0",
            "net_revenue|6570.0|null|25.0",
            "new_client_return_90|8.0|22.0|22.0",
            "new_client_share|9.0|39.0|39.0",
            "no_show_rate|6.0|51.0|51.0",
            "online_booking_share|33.0|67.0|67.0",
            "overtime_hours|2.5|null|null",
            "rebooking_rate|21.0|40.0|40.0",
            "retail_share|500.0|6500.0|25.0",
            "revenue_per_provider_hour|6000.0|40.0|40.0",
            "revenue_per_treated_hour|6000.0|20.0|20.0",
            "revenue_per_worked_hour|6000.0|30.0|30.0",
            "room_utilization|4050.0|8100.0|41.0",
            "wait_minutes|236.0|59.0|59.0");
  }

  @Test
  void aSumHasNoDenominatorAndItsValueIsTheNumerator() throws Exception {
    lake.location("glow", "austin", "TX")
        .has("glow", "austin", "sale_lines")
        .provider("glow", "austin", "ann", WEEK, "net_service", "1000.10")
        .provider("glow", "austin", "bea", WEEK, "net_retail", "99.9999")
        .provider("glow", "austin", "unattributed", WEEK, "net_fee", "25")
        .measure("glow", "austin", WEEK, "sales_visits", "25")
        .write()
        .publish();

    assertThat(
            lake.query(
                "SELECT value, numerator, denominator, sample_size, is_stable FROM kpi_weekly"
                    + " WHERE kpi = 'net_revenue'"))
        .containsExactly("1125.0999|1125.099900|null|25.000000|true");
  }

  @Test
  void aPracticeDividesTheSumsOfItsLocationsAndNeverAveragesRatios() throws Exception {
    // 1 of 10 and 30 of 90: 31 ÷ 100, not the mean of 0.1 and 0.333.
    lake.location("glow", "austin", "TX")
        .location("glow", "dallas", "TX")
        .has("glow", "austin", "appointments")
        .has("glow", "dallas", "appointments")
        .measure("glow", "austin", WEEK, "visits_no_show", "1")
        .measure("glow", "austin", WEEK, "visits_due", "10")
        .measure("glow", "dallas", WEEK, "visits_no_show", "30")
        .measure("glow", "dallas", WEEK, "visits_due", "90")
        .write()
        .publish();

    assertThat(
            lake.query(
                "SELECT value, numerator, denominator, sample_size FROM kpi_weekly_practice"
                    + " WHERE kpi = 'no_show_rate'"))
        .containsExactly("0.31|31.000000|100.000000|100.000000");
  }

  @Test
  void practicesThatShareIdsAreKeptApart() throws Exception {
    lake.location("glow", "glow-austin", "TX")
        .location("lux", "lux-austin", "TX")
        .has("glow", "glow-austin", "shifts")
        .has("lux", "lux-austin", "shifts")
        .seconds("glow", "glow-austin", "P1", WEEK, 100_000, 50_000)
        .seconds("lux", "lux-austin", "P1", WEEK, 100_000, 25_000)
        .write()
        .publish();

    assertThat(
            lake.query(
                "SELECT practice_id, location_id, provider_id, value FROM kpi_weekly_provider"
                    + " WHERE kpi = 'fill_rate' ORDER BY practice_id"))
        .containsExactly("glow|glow-austin|P1|0.5", "lux|lux-austin|P1|0.25");
    assertThat(
            lake.query(
                "SELECT practice_id, value FROM kpi_weekly_practice WHERE kpi = 'fill_rate' ORDER"
                    + " BY practice_id"))
        .containsExactly("glow|0.5", "lux|0.25");
    assertThat(lake.query("SELECT practice_id, provider_id, name FROM providers ORDER BY ALL"))
        .containsExactly("glow|P1|P1", "lux|P1|P1");
  }

  @Test
  void whereNobodyIsNamedNoProviderGetsAnAmountOfZero() throws Exception {
    lake.location("glow", "austin", "TX")
        .location("glow", "dallas", "TX")
        .has("glow", "austin", "shifts", "sale_lines")
        .has("glow", "dallas", "shifts", "sale_lines")
        .seconds("glow", "austin", "ann", WEEK, 100_000, 50_000)
        .seconds("glow", "dallas", "ann", WEEK, 100_000, 50_000)
        .provider("glow", "austin", "unattributed", WEEK, "net_service", "700")
        .provider("glow", "dallas", "bea", WEEK, "net_service", "700")
        .write()
        .publish();

    assertThat(
            lake.query(
                "SELECT location_id, provider_id, numerator FROM kpi_weekly_provider"
                    + " WHERE kpi = 'revenue_per_provider_hour' ORDER BY ALL"))
        .containsExactly(
            "austin|unattributed|700.000000", "dallas|ann|0.000000", "dallas|bea|700.000000");
    assertThat(
            lake.query(
                "SELECT location_id, numerator FROM kpi_weekly WHERE kpi ="
                    + " 'revenue_per_provider_hour' ORDER BY 1"))
        .containsExactly("austin|700.000000", "dallas|700.000000");
  }

  @Test
  void aDenominatorOfZeroGivesNoValueAndNeverZero() throws Exception {
    lake.location("glow", "austin", "TX")
        .has("glow", "austin", "shifts", "sale_lines")
        .seconds("glow", "austin", "ann", WEEK.minusWeeks(1), 144_000, 72_000)
        .provider("glow", "austin", "ann", WEEK, "net_service", "500")
        .write()
        .publish();

    assertThat(
            lake.query(
                "SELECT value, numerator, denominator, is_stable FROM kpi_weekly WHERE kpi ="
                    + " 'revenue_per_provider_hour' AND week_start = DATE '2026-03-30'"))
        .containsExactly("null|500.000000|0.000000|false");
    assertThat(
            lake.query(
                "SELECT reason FROM kpi_unavailable WHERE kpi = 'revenue_per_provider_hour'"))
        .containsExactly("nothing to divide by in this week");
    // Numerator and denominator zero: no row at all, and the list says why.
    assertThat(
            lake.query(
                "SELECT count(*) FROM kpi_weekly WHERE kpi = 'fill_rate' AND week_start ="
                    + " DATE '2026-03-30'"))
        .containsExactly("0");
    assertThat(lake.query("SELECT reason FROM kpi_unavailable WHERE kpi = 'fill_rate'"))
        .containsExactly("the exports tell nothing of it after the week of 2026-03-23");
  }

  @Test
  void aSampleOfTwentyIsStableAndLessIsNot() throws Exception {
    lake.location("glow", "austin", "TX")
        .has("glow", "austin", "appointments")
        .measure("glow", "austin", WEEK, "visits_no_show", "1")
        .measure("glow", "austin", WEEK, "visits_due", "20")
        .measure("glow", "austin", WEEK.minusWeeks(1), "visits_no_show", "1")
        .measure("glow", "austin", WEEK.minusWeeks(1), "visits_due", "19")
        .write()
        .publish();

    assertThat(
            lake.query(
                "SELECT sample_size, is_stable FROM kpi_weekly WHERE kpi = 'no_show_rate' ORDER BY"
                    + " week_start"))
        .containsExactly("19.000000|false", "20.000000|true");
  }

  @Test
  void aStableSampleIsJudgedBeforeItIsRounded() throws Exception {
    // One second less than 20 hours is not 20 hours.
    lake.location("glow", "austin", "TX")
        .has("glow", "austin", "shifts")
        .seconds("glow", "austin", "ann", WEEK, 71_999, 3_600)
        .seconds("glow", "austin", "ann", WEEK.minusWeeks(1), 72_000, 3_600)
        .write()
        .publish();

    assertThat(
            lake.query(
                "SELECT sample_size, is_stable FROM kpi_weekly WHERE kpi = 'fill_rate' ORDER BY"
                    + " week_start"))
        .containsExactly("20.000000|true", "19.999722|false");
  }

  @Test
  void aKpiWithoutASampleIsAlwaysStable() throws Exception {
    lake.location("glow", "austin", "TX")
        .has("glow", "austin", "stock_movements")
        .measure("glow", "austin", WEEK, "annual_goods_used", "52000")
        .measure("glow", "austin", WEEK, "mean_inventory", "10000")
        .write()
        .publish();

    assertThat(
            lake.query(
                "SELECT kpi, value, sample_size, is_stable FROM kpi_weekly WHERE kpi IN"
                    + " ('inventory_turn', 'days_on_hand') ORDER BY kpi"))
        .containsExactly("days_on_hand|70.0|null|true", "inventory_turn|5.2|null|true");
  }

  @Test
  void aKpiWhoseNeedsAreUnmetIsNotPublishedAndTheFirstReasonIsTold() throws Exception {
    // Dallas has sales but no shifts; its revenue must not enter the practice's per-hour figure.
    lake.location("glow", "austin", "TX")
        .location("glow", "dallas", "TX")
        .has("glow", "austin", "shifts", "sale_lines")
        .has("glow", "dallas", "sale_lines")
        .seconds("glow", "austin", "ann", WEEK, 144_000, 72_000)
        .provider("glow", "austin", "ann", WEEK, "net_service", "4000")
        .provider("glow", "dallas", "bea", WEEK, "net_service", "9000")
        .write()
        .publish();

    assertThat(
            lake.query(
                "SELECT location_id, value FROM kpi_weekly WHERE kpi ="
                    + " 'revenue_per_provider_hour'"))
        .containsExactly("austin|100.0");
    assertThat(
            lake.query(
                "SELECT count(*) FROM kpi_weekly_provider WHERE location_id = 'dallas' AND kpi ="
                    + " 'revenue_per_provider_hour'"))
        .containsExactly("0");
    assertThat(
            lake.query(
                "SELECT value FROM kpi_weekly_practice WHERE kpi = 'revenue_per_provider_hour'"))
        .containsExactly("100.0");
    assertThat(
            lake.query(
                "SELECT kpi, reason FROM kpi_unavailable WHERE location_id = 'dallas' AND kpi IN"
                    + " ('collection_rate', 'fill_rate', 'revenue_per_treated_hour') ORDER BY kpi"))
        .containsExactly(
            "collection_rate|no payment export",
            "fill_rate|no shift export and no shift template, so nobody knows which hours could be"
                + " booked",
            "revenue_per_treated_hour|no shift export and no shift template, so nobody knows which"
                + " hours could be booked");
  }

  @Test
  void aNeededMeasureThatIsNowhereAboveZeroMakesTheKpiUnavailable() throws Exception {
    // Appointments without any outcome: a no-show rate of 0 would be made up.
    lake.location("glow", "austin", "TX")
        .has("glow", "austin", "appointments")
        .measure("glow", "austin", WEEK, "visits_due", "0")
        .write()
        .publish();

    assertThat(lake.query("SELECT count(*) FROM kpi_weekly")).containsExactly("0");
    assertThat(lake.query("SELECT reason FROM kpi_unavailable WHERE kpi = 'no_show_rate'"))
        .containsExactly(
            "the appointment export tells no outcome (attended, no-show, late-cancelled)");
    assertThat(lake.query("SELECT kpi FROM kpi_definitions ANTI JOIN kpi_unavailable USING (kpi)"))
        .isEmpty();
  }

  @Test
  void withoutOutcomesOrTimesOfCancellationNoRateIsMadeUp() throws Exception {
    lake.location("glow", "austin", "TX")
        .has("glow", "austin", "shifts", "appointments")
        .seconds("glow", "austin", "ann", WEEK, 144_000, 0)
        .measure("glow", "austin", WEEK, "visits_no_show", "1")
        .measure("glow", "austin", WEEK, "visits_due", "1")
        .write()
        .publish();

    assertThat(
            lake.query(
                "SELECT kpi, reason FROM kpi_unavailable WHERE kpi IN ('fill_rate',"
                    + " 'late_cancel_rate') ORDER BY kpi"))
        .containsExactly(
            "fill_rate|the appointment export tells no outcome, so nobody knows who came",
            "late_cancel_rate|the appointment export holds no cancellation with its time, so a late"
                + " one cannot be told from an early one");
    assertThat(lake.query("SELECT kpi FROM kpi_weekly ORDER BY kpi"))
        .containsExactly("booked_fill_rate", "no_show_rate");
  }

  @Test
  void aDeletedRowDoesNotMeetANeed() throws Exception {
    lake.location("glow", "austin", "TX")
        .has("glow", "austin", "sale_lines")
        .seconds("glow", "austin", "ann", WEEK, 144_000, 72_000)
        .rows(
            "silver/shifts",
            "practice_id, location_id, shift_id, local_date, is_deleted",
            "'glow', 'austin', 's1', DATE '2026-03-30', true")
        .write()
        .publish();

    assertThat(lake.query("SELECT count(*) FROM kpi_weekly WHERE kpi = 'fill_rate'"))
        .containsExactly("0");
  }

  @Test
  void onlyKpisWithProviderGrainArePublishedPerProvider() throws Exception {
    lake.location("glow", "austin", "TX")
        .has("glow", "austin", "sale_lines", "payments")
        .provider("glow", "austin", "ann", WEEK, "billed", "100")
        .provider("glow", "austin", "ann", WEEK, "collected", "90")
        .provider("glow", "austin", "ann", WEEK, "net_retail", "100")
        .write()
        .publish();

    assertThat(lake.query("SELECT DISTINCT kpi FROM kpi_weekly_provider ORDER BY kpi"))
        .containsExactly("average_ticket", "net_revenue", "retail_share");
    assertThat(lake.query("SELECT value FROM kpi_weekly WHERE kpi = 'collection_rate'"))
        .containsExactly("0.9");
  }

  @Test
  void providerMinutesAddUpExactlyWhereSecondsAreNoWholeMinutes() throws Exception {
    // A second is 0.016667 minutes; five of them, rounded, are not 0.083333. Idle takes the
    // difference.
    lake.location("glow", "austin", "TX")
        .provider("glow", "austin", "ann", WEEK, "bookable_seconds", "5")
        .provider("glow", "austin", "ann", WEEK, "kept_seconds", "1")
        .provider("glow", "austin", "ann", WEEK, "no_show_seconds", "1")
        .provider("glow", "austin", "ann", WEEK, "late_cancelled_seconds", "1")
        .provider("glow", "austin", "ann", WEEK, "unresolved_seconds", "1")
        .provider("glow", "austin", "ann", WEEK, "idle_seconds", "1")
        .provider("glow", "austin", "ann", WEEK, "overflow_seconds", "90")
        .write()
        .publish();

    assertThat(
            lake.query(
                "SELECT bookable_minutes, kept_minutes, no_show_minutes, late_cancelled_minutes,"
                    + " unresolved_minutes, idle_minutes, overflow_minutes FROM"
                    + " provider_minutes_weekly"))
        .containsExactly("0.083333|0.016667|0.016667|0.016667|0.016667|0.016665|1.500000");
  }

  @Test
  void largeSumsKeepEveryDigit() throws Exception {
    lake.location("glow", "austin", "TX")
        .has("glow", "austin", "shifts", "sale_lines")
        .provider("glow", "austin", "ann", WEEK, "net_service", "123456789012345.6789")
        .seconds("glow", "austin", "ann", WEEK, 9_007_199_254_740_993L, 1)
        .write()
        .publish();

    assertThat(
            lake.query(
                "SELECT numerator, denominator FROM kpi_weekly WHERE kpi IN ('net_revenue',"
                    + " 'booked_fill_rate') ORDER BY kpi"))
        .containsExactly("0.016667|150119987579016.550000", "123456789012345.678900|null");
  }

  @Test
  void aLocationThatLeftTheConfigurationIsNoLongerReported() throws Exception {
    lake.location("glow", "austin", "TX")
        .has("glow", "austin", "shifts")
        .has("glow", "gone", "shifts")
        .seconds("glow", "austin", "ann", WEEK, 144_000, 72_000)
        .seconds("glow", "gone", "ann", WEEK, 144_000, 144_000)
        .write()
        .publish();

    assertThat(lake.query("SELECT location_id FROM kpi_weekly WHERE kpi = 'fill_rate'"))
        .containsExactly("austin");
    assertThat(lake.query("SELECT value FROM kpi_weekly_practice WHERE kpi = 'fill_rate'"))
        .containsExactly("0.5");
  }
}
