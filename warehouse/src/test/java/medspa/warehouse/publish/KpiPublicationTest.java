package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import medspa.warehouse.definition.ResourceFolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KpiPublicationTest {
  private static final LocalDate WEEK = LAST_WEEK;

  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(
          KpiPublicationTest::write,
          "kpi_weekly_numbers",
          "kpi_unavailable",
          "provider_minutes_weekly",
          "kpi_definitions",
          "providers",
          "payments");

  /** One practice for each test, in the order of the tests; one of them needs two. */
  private static void write(LakeFixture lake) throws Exception {
    lake.location("unit", "unit-austin", "unit")
        .has("unit", "unit-austin", "shifts", "sale_lines")
        .seconds("unit", "unit-austin", "ann", WEEK, 144_000, 108_000)
        .provider("unit", "unit-austin", "ann", WEEK, "net_service", "6000.50");
    DoubleBookingFixture.into(lake, "every", "every-austin", WEEK, 5);
    lake.location("every", "every-austin", "every")
        .has(
            "every",
            "every-austin",
            "appointments",
            "shifts",
            "timecards",
            "sale_lines",
            "payments")
        .has("every", "every-austin", "stock_movements")
        .provider("every", "every-austin", "ann", WEEK, "bookable_seconds", "144000")
        .provider("every", "every-austin", "ann", WEEK, "kept_seconds", "72000")
        .provider("every", "every-austin", "ann", WEEK, "no_show_seconds", "7200")
        .provider("every", "every-austin", "ann", WEEK, "late_cancelled_seconds", "3600")
        .provider("every", "every-austin", "ann", WEEK, "unresolved_seconds", "1800")
        .provider("every", "every-austin", "ann", WEEK, "idle_seconds", "59400")
        .provider("every", "every-austin", "ann", WEEK, "overflow_seconds", "900")
        .provider("every", "every-austin", "ann", WEEK, "worked_seconds", "108000")
        .provider("every", "every-austin", "ann", WEEK, "net_service", "6000")
        .provider("every", "every-austin", "ann", WEEK, "net_retail", "500")
        .provider("every", "every-austin", "ann", WEEK, "net_fee", "70")
        .measure("every", "every-austin", WEEK, "sales_visits", "25")
        .measure("every", "every-austin", WEEK, "receipts", "35")
        .measure("every", "every-austin", WEEK, "billed", "7000")
        .measure("every", "every-austin", WEEK, "collected", "6300")
        .measure("every", "every-austin", WEEK, "visits_attended", "41")
        .measure("every", "every-austin", WEEK, "visits_no_show", "6")
        .measure("every", "every-austin", WEEK, "visits_late_cancelled", "4")
        .measure("every", "every-austin", WEEK, "visits_unresolved", "2")
        .measure("every", "every-austin", WEEK, "visits_cancelled", "3")
        .measure("every", "every-austin", WEEK, "visits_due", "51")
        .provider("every", "every-austin", "ann", WEEK, "cancellations_known", "7")
        .measure("every", "every-austin", WEEK, "annual_goods_used", "5200")
        .measure("every", "every-austin", WEEK, "mean_inventory", "1300")
        .measure("every", "every-austin", WEEK, "visits_attended_known", "40")
        .measure("every", "every-austin", WEEK, "visits_rebooked", "21")
        .measure("every", "every-austin", WEEK, "visits_since_history", "39")
        .measure("every", "every-austin", WEEK, "visits_new_client", "9")
        .measure("every", "every-austin", WEEK, "clients_matured_90", "22")
        .measure("every", "every-austin", WEEK, "clients_returned_90", "8")
        .measure("every", "every-austin", WEEK, "rows_with_booked_at", "68")
        .measure("every", "every-austin", WEEK, "rows_cancelled", "11")
        .provider("every", "every-austin", "ann", WEEK, "rows_booked", "66")
        .measure("every", "every-austin", WEEK, "rows_changed_last_minute", "10")
        .provider("every", "every-austin", "ann", WEEK, "rows_started", "61")
        .provider("every", "every-austin", "ann", WEEK, "rows_started_late", "12")
        .provider("every", "every-austin", "ann", WEEK, "rows_timed", "60")
        .provider("every", "every-austin", "ann", WEEK, "actual_seconds", "198000")
        .provider("every", "every-austin", "ann", WEEK, "scheduled_seconds", "180000")
        .measure("every", "every-austin", WEEK, "rows_waited", "59")
        .measure("every", "every-austin", WEEK, "wait_seconds", "14160")
        .measure("every", "every-austin", WEEK, "opening_seconds", "162000")
        .measure("every", "every-austin", WEEK, "room_open_seconds", "486000")
        .measure("every", "every-austin", WEEK, "room_used_seconds", "243000")
        .provider("every", "every-austin", "ann", WEEK, "overtime_seconds", "9000");
    lake.location("sum", "sum-austin", "sum")
        .has("sum", "sum-austin", "sale_lines")
        .provider("sum", "sum-austin", "ann", WEEK, "net_service", "1000.10")
        .provider("sum", "sum-austin", "bea", WEEK, "net_retail", "99.9999")
        .provider("sum", "sum-austin", "unattributed", WEEK, "net_fee", "25")
        .measure("sum", "sum-austin", WEEK, "sales_visits", "25");
    lake.location("divided", "divided-austin", "divided")
        .location("divided", "divided-dallas", "divided")
        .has("divided", "divided-austin", "appointments")
        .has("divided", "divided-dallas", "appointments")
        .measure("divided", "divided-austin", WEEK, "visits_no_show", "1")
        .measure("divided", "divided-austin", WEEK, "visits_due", "10")
        .measure("divided", "divided-dallas", WEEK, "visits_no_show", "30")
        .measure("divided", "divided-dallas", WEEK, "visits_due", "90");
    lake.location("glow", "glow-austin", "glow")
        .location("lux", "lux-austin", "glow")
        .has("glow", "glow-austin", "shifts")
        .has("lux", "lux-austin", "shifts")
        .seconds("glow", "glow-austin", "P1", WEEK, 100_000, 50_000)
        .seconds("lux", "lux-austin", "P1", WEEK, 100_000, 25_000);
    lake.location("unnamed", "unnamed-austin", "unnamed")
        .location("unnamed", "unnamed-dallas", "unnamed")
        .has("unnamed", "unnamed-austin", "shifts", "sale_lines")
        .has("unnamed", "unnamed-dallas", "shifts", "sale_lines")
        .seconds("unnamed", "unnamed-austin", "ann", WEEK, 100_000, 50_000)
        .seconds("unnamed", "unnamed-dallas", "ann", WEEK, 100_000, 50_000)
        .provider("unnamed", "unnamed-austin", "unattributed", WEEK, "net_service", "700")
        .provider("unnamed", "unnamed-dallas", "bea", WEEK, "net_service", "700");
    lake.location("zero", "zero-austin", "zero")
        .has("zero", "zero-austin", "shifts", "sale_lines")
        .seconds("zero", "zero-austin", "ann", WEEK.minusWeeks(1), 144_000, 72_000)
        .provider("zero", "zero-austin", "ann", WEEK, "net_service", "500");
    lake.location("twenty", "twenty-austin", "twenty")
        .has("twenty", "twenty-austin", "appointments")
        .measure("twenty", "twenty-austin", WEEK, "visits_no_show", "1")
        .measure("twenty", "twenty-austin", WEEK, "visits_due", "20")
        .measure("twenty", "twenty-austin", WEEK.minusWeeks(1), "visits_no_show", "1")
        .measure("twenty", "twenty-austin", WEEK.minusWeeks(1), "visits_due", "19");
    lake.location("hours", "hours-austin", "hours")
        .has("hours", "hours-austin", "shifts")
        .seconds("hours", "hours-austin", "ann", WEEK, 71_999, 3_600)
        .seconds("hours", "hours-austin", "ann", WEEK.minusWeeks(1), 72_000, 3_600);
    lake.location("stock", "stock-austin", "stock")
        .has("stock", "stock-austin", "stock_movements")
        .measure("stock", "stock-austin", WEEK, "annual_goods_used", "52000")
        .measure("stock", "stock-austin", WEEK, "mean_inventory", "10000");
    lake.location("unmet", "unmet-austin", "unmet")
        .location("unmet", "unmet-dallas", "unmet")
        .has("unmet", "unmet-austin", "shifts", "sale_lines")
        .has("unmet", "unmet-dallas", "sale_lines")
        .seconds("unmet", "unmet-austin", "ann", WEEK, 144_000, 72_000)
        .provider("unmet", "unmet-austin", "ann", WEEK, "net_service", "4000")
        .provider("unmet", "unmet-dallas", "bea", WEEK, "net_service", "9000");
    lake.location("nowhere", "nowhere-austin", "nowhere")
        .has("nowhere", "nowhere-austin", "appointments")
        .measure("nowhere", "nowhere-austin", WEEK, "visits_due", "0");
    lake.location("outcomeless", "outcomeless-austin", "outcomeless")
        .has("outcomeless", "outcomeless-austin", "shifts", "appointments")
        .seconds("outcomeless", "outcomeless-austin", "ann", WEEK, 144_000, 0)
        .measure("outcomeless", "outcomeless-austin", WEEK, "visits_no_show", "1")
        .measure("outcomeless", "outcomeless-austin", WEEK, "visits_due", "1");
    lake.location("deleted", "deleted-austin", "deleted")
        .has("deleted", "deleted-austin", "sale_lines")
        .seconds("deleted", "deleted-austin", "ann", WEEK, 144_000, 72_000)
        .rows(
            "silver/shifts",
            "practice_id, location_id, shift_id, local_date, is_deleted",
            "'deleted', 'deleted-austin', 's1', DATE '2026-03-30', true");
    lake.location("payments", "payments-austin", "payments")
        .has("payments", "payments-austin", "sale_lines", "payments")
        .provider("payments", "payments-austin", "ann", WEEK, "billed", "100")
        .provider("payments", "payments-austin", "ann", WEEK, "collected", "90")
        .provider("payments", "payments-austin", "ann", WEEK, "net_retail", "100");
    lake.location("seconds", "seconds-austin", "seconds")
        .provider("seconds", "seconds-austin", "ann", WEEK, "bookable_seconds", "5")
        .provider("seconds", "seconds-austin", "ann", WEEK, "kept_seconds", "1")
        .provider("seconds", "seconds-austin", "ann", WEEK, "no_show_seconds", "1")
        .provider("seconds", "seconds-austin", "ann", WEEK, "late_cancelled_seconds", "1")
        .provider("seconds", "seconds-austin", "ann", WEEK, "unresolved_seconds", "1")
        .provider("seconds", "seconds-austin", "ann", WEEK, "idle_seconds", "1")
        .provider("seconds", "seconds-austin", "ann", WEEK, "overflow_seconds", "90");
    lake.location("large", "large-austin", "large")
        .has("large", "large-austin", "shifts", "sale_lines")
        .provider("large", "large-austin", "ann", WEEK, "net_service", "123456789012345.6789")
        .seconds("large", "large-austin", "ann", WEEK, 9_007_199_254_740_993L, 1);
    lake.location("left", "left-austin", "left")
        .has("left", "left-austin", "shifts")
        .has("left", "left-gone", "shifts")
        .seconds("left", "left-austin", "ann", WEEK, 144_000, 72_000)
        .seconds("left", "left-gone", "ann", WEEK, 144_000, 144_000);
  }

  @Test
  void aKpiIsItsNumeratorOverItsDenominatorInTheUnitOfTheDefinition() throws Exception {
    // 40 h bookable of which 30 h kept, 6,000.50 of services.
    assertThat(
            LAKE.query(
                "SELECT kpi, value, numerator, denominator, sample_size, is_stable,"
                    + " definition_version FROM kpi_weekly WHERE practice_id = 'unit' AND kpi IN"
                    + " ('fill_rate', 'revenue_per_provider_hour', 'revenue_per_treated_hour') ORDER"
                    + " BY kpi"))
        .containsExactly(
            "fill_rate|0.75|1800.000000|2400.000000|40.000000|true|1",
            "revenue_per_provider_hour|150.0125|6000.500000|40.000000|40.000000|true|1",
            "revenue_per_treated_hour|200.01666666666668|6000.500000|30.000000|30.000000|true|1");
  }

  @Test
  void everyKpiIsMadeOfTheMeasuresOfItsDefinition() throws Exception {
    // No two measures are equal, so that none can stand in for another. A KPI that has a case of
    // its
    // own in kpi-cases is tested by that.
    List<String> cases = ResourceFolder.shipped("kpi-cases").files();
    assertThat(
            LAKE.query(
                "SELECT kpi, numerator::DOUBLE, denominator::DOUBLE, sample_size::DOUBLE FROM"
                    + " kpi_weekly WHERE practice_id = 'every' ORDER BY kpi"))
        .filteredOn(row -> !cases.contains(row.substring(0, row.indexOf('|')) + ".yaml"))
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
    assertThat(
            LAKE.query(
                "SELECT value, numerator, denominator, sample_size, is_stable FROM kpi_weekly"
                    + " WHERE practice_id = 'sum' AND kpi = 'net_revenue'"))
        .containsExactly("1125.0999|1125.099900|null|25.000000|true");
  }

  @Test
  void aPracticeDividesTheSumsOfItsLocationsAndNeverAveragesRatios() throws Exception {
    // 1 of 10 and 30 of 90: 31 ÷ 100, not the mean of 0.1 and 0.333.
    assertThat(
            LAKE.query(
                "SELECT value, numerator, denominator, sample_size FROM kpi_weekly_practice"
                    + " WHERE practice_id = 'divided' AND kpi = 'no_show_rate'"))
        .containsExactly("0.31|31.000000|100.000000|100.000000");
  }

  @Test
  void practicesThatShareIdsAreKeptApart() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT practice_id, location_id, provider_id, value FROM kpi_weekly_provider"
                    + " WHERE kpi = 'fill_rate' AND practice_id IN ('glow', 'lux') ORDER BY"
                    + " practice_id"))
        .containsExactly("glow|glow-austin|P1|0.5", "lux|lux-austin|P1|0.25");
    assertThat(
            LAKE.query(
                "SELECT practice_id, value FROM kpi_weekly_practice WHERE kpi = 'fill_rate'"
                    + " AND practice_id IN ('glow', 'lux') ORDER BY practice_id"))
        .containsExactly("glow|0.5", "lux|0.25");
    assertThat(
            LAKE.query(
                "SELECT practice_id, provider_id, name FROM providers WHERE practice_id IN"
                    + " ('glow', 'lux') ORDER BY ALL"))
        .containsExactly("glow|P1|P1", "lux|P1|P1");
  }

  @Test
  void whereNobodyIsNamedNoProviderGetsAnAmountOfZero() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT location_id, provider_id, numerator FROM kpi_weekly_provider WHERE"
                    + " practice_id = 'unnamed' AND kpi = 'revenue_per_provider_hour' ORDER BY ALL"))
        .containsExactly(
            "unnamed-austin|unattributed|700.000000",
            "unnamed-dallas|ann|0.000000",
            "unnamed-dallas|bea|700.000000");
    assertThat(
            LAKE.query(
                "SELECT location_id, numerator FROM kpi_weekly WHERE practice_id = 'unnamed'"
                    + " AND kpi = 'revenue_per_provider_hour' ORDER BY 1"))
        .containsExactly("unnamed-austin|700.000000", "unnamed-dallas|700.000000");
  }

  @Test
  void aDenominatorOfZeroGivesNoValueAndNeverZero() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT value, numerator, denominator, is_stable FROM kpi_weekly WHERE"
                    + " practice_id = 'zero' AND kpi = 'revenue_per_provider_hour' AND week_start ="
                    + " DATE '2026-03-30'"))
        .containsExactly("null|500.000000|0.000000|false");
    assertThat(
            LAKE.query(
                "SELECT reason FROM kpi_unavailable WHERE practice_id = 'zero' AND kpi ="
                    + " 'revenue_per_provider_hour'"))
        .containsExactly("nothing to divide by in this week");
    // Numerator and denominator zero: no row at all, and the list says why.
    assertThat(
            LAKE.query(
                "SELECT count(*) FROM kpi_weekly WHERE practice_id = 'zero' AND kpi ="
                    + " 'fill_rate' AND week_start = DATE '2026-03-30'"))
        .containsExactly("0");
    assertThat(
            LAKE.query(
                "SELECT reason FROM kpi_unavailable WHERE practice_id = 'zero' AND kpi ="
                    + " 'fill_rate'"))
        .containsExactly("the exports tell nothing of it after the week of 2026-03-23");
  }

  @Test
  void aSampleOfTwentyIsStableAndLessIsNot() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT sample_size, is_stable FROM kpi_weekly WHERE practice_id = 'twenty'"
                    + " AND kpi = 'no_show_rate' ORDER BY week_start"))
        .containsExactly("19.000000|false", "20.000000|true");
  }

  @Test
  void aStableSampleIsJudgedBeforeItIsRounded() throws Exception {
    // One second less than 20 hours is not 20 hours.
    assertThat(
            LAKE.query(
                "SELECT sample_size, is_stable FROM kpi_weekly WHERE practice_id = 'hours'"
                    + " AND kpi = 'fill_rate' ORDER BY week_start"))
        .containsExactly("20.000000|true", "19.999722|false");
  }

  @Test
  void aKpiWithoutASampleIsAlwaysStable() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT kpi, value, sample_size, is_stable FROM kpi_weekly WHERE practice_id"
                    + " = 'stock' AND kpi IN ('inventory_turn', 'days_on_hand') ORDER BY kpi"))
        .containsExactly("days_on_hand|70.0|null|true", "inventory_turn|5.2|null|true");
  }

  @Test
  void aKpiWhoseNeedsAreUnmetIsNotPublishedAndTheFirstReasonIsTold() throws Exception {
    // Dallas has sales but no shifts; its revenue must not enter the practice's per-hour figure.
    assertThat(
            LAKE.query(
                "SELECT location_id, value FROM kpi_weekly WHERE practice_id = 'unmet' AND"
                    + " kpi = 'revenue_per_provider_hour'"))
        .containsExactly("unmet-austin|100.0");
    assertThat(
            LAKE.query(
                "SELECT count(*) FROM kpi_weekly_provider WHERE practice_id = 'unmet' AND"
                    + " location_id = 'unmet-dallas' AND kpi = 'revenue_per_provider_hour'"))
        .containsExactly("0");
    assertThat(
            LAKE.query(
                "SELECT value FROM kpi_weekly_practice WHERE practice_id = 'unmet' AND kpi ="
                    + " 'revenue_per_provider_hour'"))
        .containsExactly("100.0");
    assertThat(
            LAKE.query(
                "SELECT kpi, reason FROM kpi_unavailable WHERE practice_id = 'unmet' AND"
                    + " location_id = 'unmet-dallas' AND kpi IN ('collection_rate', 'fill_rate',"
                    + " 'revenue_per_treated_hour') ORDER BY kpi"))
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
    assertThat(LAKE.query("SELECT count(*) FROM kpi_weekly WHERE practice_id = 'nowhere'"))
        .containsExactly("0");
    assertThat(
            LAKE.query(
                "SELECT reason FROM kpi_unavailable WHERE practice_id = 'nowhere' AND kpi ="
                    + " 'no_show_rate'"))
        .containsExactly(
            "the appointment export tells no outcome (attended, no-show, late-cancelled)");
    assertThat(
            LAKE.query(
                "SELECT kpi FROM kpi_definitions ANTI JOIN (FROM kpi_unavailable WHERE"
                    + " practice_id = 'nowhere') USING (kpi)"))
        .isEmpty();
  }

  @Test
  void withoutOutcomesOrTimesOfCancellationNoRateIsMadeUp() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT kpi, reason FROM kpi_unavailable WHERE practice_id = 'outcomeless'"
                    + " AND kpi IN ('fill_rate', 'late_cancel_rate') ORDER BY kpi"))
        .containsExactly(
            "fill_rate|the appointment export tells no outcome, so nobody knows who came",
            "late_cancel_rate|the appointment export holds no cancellation with its time, so a late"
                + " one cannot be told from an early one");
    assertThat(
            LAKE.query("SELECT kpi FROM kpi_weekly WHERE practice_id = 'outcomeless' ORDER BY kpi"))
        .containsExactly("booked_fill_rate", "no_show_rate");
  }

  @Test
  void aDeletedRowDoesNotMeetANeed() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT count(*) FROM kpi_weekly WHERE practice_id = 'deleted' AND kpi ="
                    + " 'fill_rate'"))
        .containsExactly("0");
  }

  @Test
  void onlyKpisWithProviderGrainArePublishedPerProvider() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT DISTINCT kpi FROM kpi_weekly_provider WHERE practice_id = 'payments'"
                    + " ORDER BY kpi"))
        .containsExactly("average_ticket", "net_revenue", "retail_share");
    assertThat(
            LAKE.query(
                "SELECT value FROM kpi_weekly WHERE practice_id = 'payments' AND kpi ="
                    + " 'collection_rate'"))
        .containsExactly("0.9");
  }

  @Test
  void providerMinutesAddUpExactlyWhereSecondsAreNoWholeMinutes() throws Exception {
    // A second is 0.016667 minutes; five of them, rounded, are not 0.083333. Idle takes the
    // difference.
    assertThat(
            LAKE.query(
                "SELECT bookable_minutes, kept_minutes, no_show_minutes,"
                    + " late_cancelled_minutes, unresolved_minutes, idle_minutes, overflow_minutes"
                    + " FROM provider_minutes_weekly WHERE practice_id = 'seconds'"))
        .containsExactly("0.083333|0.016667|0.016667|0.016667|0.016667|0.016665|1.500000");
  }

  @Test
  void largeSumsKeepEveryDigit() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT numerator, denominator FROM kpi_weekly WHERE practice_id = 'large'"
                    + " AND kpi IN ('net_revenue', 'booked_fill_rate') ORDER BY kpi"))
        .containsExactly("0.016667|150119987579016.550000", "123456789012345.678900|null");
  }

  @Test
  void aLocationThatLeftTheConfigurationIsNoLongerReported() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT location_id FROM kpi_weekly WHERE practice_id = 'left' AND kpi ="
                    + " 'fill_rate'"))
        .containsExactly("left-austin");
    assertThat(
            LAKE.query(
                "SELECT value FROM kpi_weekly_practice WHERE practice_id = 'left' AND kpi ="
                    + " 'fill_rate'"))
        .containsExactly("0.5");
  }
}
