package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import medspa.warehouse.market.FiscalYear;
import medspa.warehouse.market.FiscalYear.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Months, fiscal periods and other ranges of days, on 60 weeks from 10 February 2025. */
class MonthsPublicationTest {
  private static final LocalDate FIRST_DAY = LAST_WEEK.minusWeeks(59);

  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(
          MonthsPublicationTest::write,
          "kpi_between",
          "kpi_monthly",
          "kpi_monthly_category",
          "kpi_monthly_numbers",
          "kpi_monthly_practice",
          "kpi_monthly_product",
          "kpi_monthly_provider",
          "kpi_monthly_region",
          "kpi_monthly_room",
          "kpi_weekly_numbers",
          "kpi_weekly_provider",
          "leakage_monthly",
          "periods",
          "stock_monthly",
          "inventory_monthly");

  private static void write(LakeFixture lake) throws Exception {
    lake.weeksComputed(60).fiscalYear(new FiscalYear(MonthDay.of(1, 1), Pattern.WEEKS_4_4_5));
    revenue(lake);
    told(lake);
    unnamed(lake);
    wholeMonths(lake);
    stock(lake);
  }

  /** A day's measure, which is in its week's as well. */
  private static void day(
      LakeFixture lake,
      String place,
      String grain,
      String member,
      String day,
      String measure,
      String amount)
      throws SQLException {
    String practice = place.substring(0, place.indexOf('-'));
    LocalDate date = LocalDate.parse(day);
    LocalDate week = date.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    lake.day(practice, place, grain, member, date, measure, amount);
    lake.rows(
        "gold/measures_weekly",
        "practice_id, location_id, grain, member_id, week_start, measure, amount",
        "'%s', '%s', '%s', %s, DATE '%s', '%s', %s"
            .formatted(practice, place, grain, member, week, measure, amount));
  }

  private static void service(LakeFixture lake, String place, String day, String net)
      throws SQLException {
    for (String[] member :
        new String[][] {{"location", "NULL"}, {"provider", "'ann'"}, {"category", "'Laser'"}}) {
      day(lake, place, member[0], member[1], day, "net_service", net);
      day(lake, place, member[0], member[1], day, "lines_sold", "1");
      day(lake, place, member[0], member[1], day, "sales_visits", "1");
    }
  }

  /** What an odd month sells on its first day, and the day before it, in the week of both. */
  private static void revenue(LakeFixture lake) throws Exception {
    lake.location("glow", "glow-austin", "TX")
        .location("glow", "glow-dallas", "TX")
        .has("glow", "glow-austin", "sale_lines")
        .has("glow", "glow-dallas", "sale_lines");
    service(lake, "glow-austin", "2025-02-10", "9");
    service(lake, "glow-austin", "2025-03-31", "100");
    service(lake, "glow-austin", "2025-04-01", "40.25");
    service(lake, "glow-austin", "2026-02-28", "7");
    service(lake, "glow-austin", "2026-03-31", "130.5");
    service(lake, "glow-austin", "2026-04-01", "60");
    service(lake, "glow-dallas", "2026-03-31", "20");
    // Sold and taken back in two months of one week.
    service(lake, "glow-dallas", "2025-09-30", "50");
    service(lake, "glow-dallas", "2025-10-01", "-50");
  }

  @Test
  void aMonthHasItsDaysAndAPartOfOneIsNothingToCompareWith() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT period_start, period_end, value, sample_size, is_whole, days_told,"
                    + " value_before, value_year_before FROM kpi_monthly WHERE calendar = 'month'"
                    + " AND location_id = 'glow-austin' AND kpi = 'net_revenue' ORDER BY ALL"))
        .containsExactly(
            // The first computed day is the 10th.
            "2025-02-01|2025-02-28|9.0|1.000000|false|7|null|null",
            "2025-03-01|2025-03-31|100.0|1.000000|true|1|null|null",
            "2025-04-01|2025-04-30|40.25|1.000000|true|6|null|null",
            "2026-02-01|2026-02-28|7.0|1.000000|true|6|null|null",
            // In a week that is told nothing was sold in the days of March.
            "2026-03-01|2026-03-31|130.5|1.000000|true|3|null|null",
            "2026-04-01|2026-04-30|60.0|1.000000|false|5|null|null");
    assertThat(
            LAKE.query(
                "SELECT location_id, value FROM kpi_monthly WHERE calendar = 'month' AND"
                    + " kpi = 'net_revenue' AND location_id = 'glow-dallas' ORDER BY period_start"))
        .as("a refund is the month's in which it was made")
        .containsExactly(
            "glow-dallas|50.0", "glow-dallas|-50.0", "glow-dallas|20.0", "glow-dallas|0.0");
  }

  /** A sale on each Monday of some months of two years; a second location begins in March. */
  private static void wholeMonths(LakeFixture lake) throws Exception {
    lake.location("whole", "whole-austin", "TX")
        .location("whole", "whole-dallas", "TX")
        .has("whole", "whole-austin", "sale_lines")
        .has("whole", "whole-dallas", "sale_lines");
    LocalDate opening = LocalDate.of(2026, 3, 2);
    for (LocalDate monday : List.of(LocalDate.of(2025, 2, 24), LocalDate.of(2026, 1, 26))) {
      for (int week = 0; week < 10; week++) {
        LocalDate day = monday.plusWeeks(week);
        service(lake, "whole-austin", day.toString(), "1");
        if (!day.isBefore(opening)) {
          service(lake, "whole-dallas", day.toString(), "1");
        }
      }
    }
  }

  @Test
  void aMonthStandsBesideTheOneBeforeAndTheYearBefore() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT period_start, value, days_told, value_before, value_year_before FROM"
                    + " kpi_monthly WHERE calendar = 'month' AND location_id = 'whole-austin' AND"
                    + " kpi = 'net_revenue' ORDER BY ALL"))
        .containsExactly(
            "2025-02-01|1.0|5|null|null",
            "2025-03-01|5.0|31|null|null",
            "2025-04-01|4.0|30|5.0|null",
            "2025-05-01|0.0|4|4.0|null",
            "2026-01-01|1.0|6|null|null",
            "2026-02-01|4.0|28|null|null",
            "2026-03-01|5.0|31|4.0|5.0",
            "2026-04-01|0.0|5|5.0|4.0");
    assertThat(
            LAKE.query(
                "SELECT period_start, value, locations_told, value_before, value_year_before FROM"
                    + " kpi_monthly_practice WHERE calendar = 'month' AND practice_id = 'whole' AND"
                    + " kpi = 'net_revenue' AND period_start >= DATE '2026-02-01' ORDER BY ALL"))
        .as("a practice with another location is nothing to compare with")
        .containsExactly(
            "2026-02-01|4.0|1|null|null",
            "2026-03-01|10.0|2|null|null",
            "2026-04-01|0.0|2|null|null");
  }

  @Test
  void aRangeSaysOfHowManyDaysAndLocationsItTells() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT grain, value, days_told, locations_told FROM kpi_between(DATE '2026-02-28',"
                    + " DATE '2026-03-03') WHERE practice_id = 'whole' AND kpi = 'net_revenue' AND"
                    + " coalesce(location_id, 'whole-austin') = 'whole-austin' AND grain IN"
                    + " ('location', 'practice', 'region') ORDER BY ALL"))
        .as("Dallas has no number in the week of February")
        .containsExactly("location|1.0|4|null", "practice|2.0|6|2", "region|2.0|6|2");
  }

  @Test
  void practiceAndRegionAddTheirLocationsAndProvidersHaveTheirOwn() throws Exception {
    String march = " WHERE calendar = 'month' AND kpi = 'net_revenue' AND practice_id = 'glow' AND";
    march += " period_start = DATE '2026-03-01'";
    assertThat(
            LAKE.query(
                "SELECT value, locations_told, locations, days_told FROM kpi_monthly_practice"
                    + march))
        .containsExactly("150.5|2|2|5");
    assertThat(LAKE.query("SELECT region, value FROM kpi_monthly_region" + march))
        .containsExactly("TX|150.5");
    assertThat(
            LAKE.query(
                "SELECT provider_id, value FROM kpi_monthly_provider"
                    + march
                    + " AND location_id = 'glow-austin'"))
        .containsExactly("ann|130.5");
    assertThat(
            LAKE.query(
                "SELECT category, value FROM kpi_monthly_category"
                    + march
                    + " AND location_id = 'glow-austin'"))
        .containsExactly("Laser|130.5");
    assertThat(LAKE.query("FROM kpi_monthly_room")).isEmpty();
  }

  @Test
  void fiscalPeriodsHaveTheirOwnRows() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT p.label, p.first_day, p.last_day, k.value, k.is_whole FROM kpi_monthly k"
                    + " JOIN periods p USING (calendar, period_start) WHERE calendar = 'fiscal' AND"
                    + " location_id = 'glow-austin' AND kpi = 'net_revenue' ORDER BY ALL"))
        .containsExactly(
            "FY2025-P02|2025-02-10|2025-02-23|9.0|false",
            "FY2025-P04|2025-03-31|2025-04-27|140.25|true",
            "FY2026-P03|2026-02-23|2026-03-29|7.0|true",
            "FY2026-P04|2026-03-30|2026-04-05|190.5|false");
  }

  @Test
  void anyRangeOfDaysIsExact() throws Exception {
    String between =
        "SELECT value, sample_size FROM kpi_between(DATE '%s', DATE '%s') WHERE grain ="
            + " 'location' AND location_id = 'glow-austin' AND kpi = 'net_revenue'";
    assertThat(LAKE.query(between.formatted("2026-03-31", "2026-03-31")))
        .containsExactly("130.5|1.000000");
    assertThat(LAKE.query(between.formatted("2026-02-28", "2026-04-01")))
        .containsExactly("197.5|3.000000");
    assertThat(LAKE.query(between.formatted(FIRST_DAY.toString(), "2026-04-05")))
        .containsExactly("346.75|6.000000");
  }

  @Test
  void everyMonthIsTheRangeOfItsDays() throws Exception {
    List<String> months =
        LAKE.query(
            "SELECT period_start, first_day, last_day FROM periods WHERE calendar = 'month'");
    assertThat(months).hasSize(15);
    for (String month : months) {
      String[] days = month.split("\\|", -1);
      assertThat(
              LAKE.query(
                  "SELECT b.* EXCLUDE (grain, member_id, is_stable, definition_version,"
                      + " unavailable_reason, locations_told) FROM kpi_between(DATE '"
                      + days[1]
                      + "', DATE '"
                      + days[2]
                      + "') b JOIN kpi_definitions d USING (kpi) WHERE grain = 'location' AND d.months ="
                      + " 'sum' ORDER BY ALL"))
          .as(month)
          .isEqualTo(
              LAKE.query(
                  "SELECT practice_id, location_id, kpi, value, k.numerator, k.denominator, sample_size,"
                      + " days_told FROM kpi_monthly k JOIN kpi_definitions d USING (kpi) WHERE d.months = 'sum'"
                      + " AND calendar = 'month' AND period_start = DATE '"
                      + days[0]
                      + "' ORDER BY ALL"));
    }
  }

  @Test
  void aRangeThatIsNotComputedIsAnErrorThatSaysWhichIs() {
    for (String range :
        List.of("DATE '2025-02-09', DATE '2025-03-01'", "DATE '2026-04-01', DATE '2026-04-06'")) {
      assertThatThrownBy(() -> LAKE.query("SELECT * FROM kpi_between(" + range + ")"))
          .hasMessageContaining(
              "are not all computed; ask for a range within 2025-02-10 to 2026-04-05");
      assertThatThrownBy(
              () ->
                  LAKE.query(
                      "SELECT count(*) FROM kpi_between(" + range + ") WHERE kpi = 'nothing'"))
          .as("also where nothing of it is looked at")
          .hasMessageContaining("are not all computed");
    }
    assertThatThrownBy(() -> LAKE.query("FROM kpi_between(DATE '2026-03-31', DATE '2026-03-01')"))
        .hasMessageContaining("the first day 2026-03-31 is after the last one 2026-03-01");
  }

  /** Two weeks of hours of which only the first tells who came. */
  private static void told(LakeFixture lake) throws Exception {
    lake.location("told", "told-austin", "told")
        .has("told", "told-austin", "appointments", "shifts", "timecards");
    for (String day : List.of("2026-02-27", "2026-03-01", "2026-03-02")) {
      for (String[] member : new String[][] {{"location", "NULL"}, {"provider", "'ann'"}}) {
        day(lake, "told-austin", member[0], member[1], day, "bookable_seconds", "3600");
        boolean isKept = day.equals("2026-02-27");
        day(
            lake,
            "told-austin",
            member[0],
            member[1],
            day,
            isKept ? "kept_seconds" : "idle_seconds",
            "3600");
      }
    }
    day(lake, "told-austin", "location", "NULL", "2026-02-27", "visits_attended", "1");
    for (String[] member : new String[][] {{"location", "NULL"}, {"provider", "'ann'"}}) {
      day(lake, "told-austin", member[0], member[1], "2026-02-28", "overtime_seconds", "7200");
      day(lake, "told-austin", member[0], member[1], "2026-03-01", "overtime_seconds", "3600");
    }
    // Two hours more than at the location: she worked elsewhere, too.
    for (String practice :
        List.of(
            "'2026-02-28', 'overtime_seconds', 7200", "'2026-03-01', 'overtime_seconds', 10800")) {
      lake.rows(
          "gold/measures_daily",
          "practice_id, grain, date, measure, amount",
          "'told', 'practice', DATE " + practice);
    }
    lake.rows(
        "gold/measures_weekly",
        "practice_id, grain, week_start, measure, amount",
        "'told', 'practice', DATE '2026-02-23', 'overtime_seconds', 18000");
  }

  /** An hour of Ann's, and a sale that names nobody. */
  private static void unnamed(LakeFixture lake) throws Exception {
    lake.location("unnamed", "unnamed-austin", "unnamed")
        .has("unnamed", "unnamed-austin", "sale_lines", "shifts");
    for (String[] member :
        new String[][] {
          {"location", "NULL"}, {"provider", "'unattributed'"}, {"category", "'uncategorised'"}
        }) {
      day(lake, "unnamed-austin", member[0], member[1], "2026-02-27", "net_service", "90");
      day(lake, "unnamed-austin", member[0], member[1], "2026-02-27", "lines_sold", "1");
    }
    for (String[] member : new String[][] {{"location", "NULL"}, {"provider", "'ann'"}}) {
      day(lake, "unnamed-austin", member[0], member[1], "2026-02-27", "bookable_seconds", "3600");
      day(lake, "unnamed-austin", member[0], member[1], "2026-02-27", "idle_seconds", "3600");
    }
  }

  @Test
  void whereSalesNameNobodyNoProviderSoldNothing() throws Exception {
    for (String relation :
        List.of(
            "(SELECT *, provider_id AS member_id FROM kpi_weekly_provider)",
            "(SELECT *, provider_id AS member_id FROM kpi_monthly_provider)",
            "kpi_between(DATE '2026-02-23', DATE '2026-03-01')",
            "kpi_between(DATE '2026-02-27', DATE '2026-02-28')")) {
      assertThat(
              LAKE.query(
                  "SELECT DISTINCT member_id, numerator FROM "
                      + relation
                      + " WHERE location_id = 'unnamed-austin' AND member_id IS NOT NULL AND kpi ="
                      + " 'revenue_per_provider_hour'"))
          .as(relation)
          .containsExactly("unattributed|90.000000");
    }
  }

  @Test
  void weeksThatAreNotToldAreInNoMonth() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT period_start, numerator, denominator, days_told FROM kpi_monthly WHERE"
                    + " calendar = 'month' AND location_id = 'told-austin' AND kpi = 'fill_rate'"
                    + " ORDER BY ALL"))
        .as("the hours of 2 March are of a week that nobody tells of")
        .containsExactly("2026-02-01|60.000000|60.000000|6", "2026-03-01|0.000000|60.000000|1");
  }

  @Test
  void aPracticeHasItsOwnOvertimeInAMonthToo() throws Exception {
    String overtime =
        "SELECT grain, period_start, value, days_told FROM kpi_monthly_numbers WHERE practice_id ="
            + " 'told' AND calendar = 'month' AND kpi = 'overtime_hours' ORDER BY ALL";
    assertThat(LAKE.query(overtime))
        .containsExactly(
            "location|2026-02-01|2.0|6",
            "location|2026-03-01|1.0|1",
            "practice|2026-02-01|2.0|6",
            "practice|2026-03-01|3.0|1",
            "provider|2026-02-01|2.0|6",
            "provider|2026-03-01|1.0|1",
            "region|2026-02-01|2.0|6",
            "region|2026-03-01|1.0|1");
    assertThat(
            LAKE.query(
                "SELECT grain, value FROM kpi_between(DATE '2026-02-16', DATE '2026-03-01') WHERE"
                    + " practice_id = 'told' AND kpi = 'overtime_hours' ORDER BY ALL"))
        .containsExactly("location|3.0", "practice|5.0", "provider|3.0", "region|3.0");
  }

  /**
   * Twelve units at 10 from 1 February, four used on 20 March, two missing at a count on 31 March;
   * a consigned product beside it.
   */
  private static void stock(LakeFixture lake) throws Exception {
    lake.location("shelf", "shelf-austin", "shelf").has("shelf", "shelf-austin", "sale_lines");
    String[] rows = {
      "'owned', false, DATE '2026-02-01', 0, 12, 0, 0, 12, 10, 120, 0, 0",
      "'owned', false, DATE '2026-03-20', 12, 0, -4, 0, 8, 10, 80, 40, 0",
      "'owned', false, DATE '2026-03-31', 8, 0, 0, -2, 6, 10, 60, 0, 20",
      "'lent', true, DATE '2026-03-01', 0, 5, 0, 0, 5, 7, 35, 0, 0",
      "'lent', true, DATE '2026-03-25', 5, 0, -1, 0, 4, 7, 28, 7, 0"
    };
    for (String row : rows) {
      lake.rows(
          "gold/stock_ledger",
          "practice_id, location_id, wasted, expired, adjusted, transferred, opening_balance,"
              + " expired_cost, product_id, is_consignment, date, opening_on_hand, received, used,"
              + " count_correction, on_hand, unit_cost, stock_value, goods_used_cost,"
              + " shrinkage_cost",
          "'shelf', 'shelf-austin', 0, 0, 0, 0, 0, 0, " + row);
    }
    String[][] moved = {
      {"owned", "2026-02-01", "12"}, {"owned", "2026-03-20", "-4"},
      {"lent", "2026-03-01", "5"}, {"lent", "2026-03-25", "-1"}
    };
    for (String[] move : moved) {
      lake.rows(
          "silver/stock_movements",
          "practice_id, location_id, movement_id, product_id, kind, quantity, local_date,"
              + " is_deleted, source_file_id, source_line",
          "'shelf', 'shelf-austin', '%s%s', '%s', 'usage', %s, DATE '%s', false, 'f', 1"
              .formatted(move[0], move[1], move[0], move[2], move[1]));
    }
    weeks(lake, "owned", false, LocalDate.of(2026, 1, 26));
    weeks(lake, "lent", true, LocalDate.of(2026, 2, 23));
    lake.rows(
        "gold/inventory_on_hand",
        "practice_id, location_id, product_id, on_date, on_hand",
        "'shelf', 'shelf-austin', 'owned', DATE '2026-03-31', 6",
        "'shelf', 'shelf-austin', 'lent', DATE '2026-03-25', 4");
    lake.rows(
        "gold/stock_lots",
        "practice_id, location_id, product_id, on_hand",
        "'shelf', 'shelf-austin', 'owned', 6",
        "'shelf', 'shelf-austin', 'lent', 4");
    day(lake, "shelf-austin", "location", "NULL", "2026-03-20", "goods_used", "40");
    day(lake, "shelf-austin", "location", "NULL", "2026-03-25", "goods_used", "7");
  }

  private static void weeks(LakeFixture lake, String product, boolean isConsignment, LocalDate from)
      throws SQLException {
    for (LocalDate week = from; !week.isAfter(LAST_WEEK); week = week.plusWeeks(1)) {
      lake.execute(
          """
          INSERT INTO "gold/stock_weekly" BY NAME
          SELECT 'shelf' AS practice_id, 'shelf-austin' AS location_id, '%1$s' AS product_id,
            %2$s AS is_consignment, DATE '%3$s' AS week_start,
            coalesce(arg_max(on_hand, date) FILTER (date < DATE '%3$s'), 0) AS opening_on_hand,
            coalesce(sum(received + used) FILTER (date >= DATE '%3$s'), 0) AS movements,
            coalesce(sum(count_correction) FILTER (date >= DATE '%3$s'), 0) AS count_corrections,
            arg_max(on_hand, date) AS on_hand, arg_max(stock_value, date) AS stock_value
          FROM "gold/stock_ledger"
          WHERE product_id = '%1$s' AND date < DATE '%3$s' + 7"""
              .formatted(product, isConsignment, week));
      if (!isConsignment) {
        lake.execute(
            """
            INSERT INTO "gold/measures_weekly" BY NAME
            SELECT practice_id, location_id, unnest(['location', 'product']) AS grain,
              unnest([NULL, product_id]) AS member_id, week_start, 'stock_value' AS measure,
              stock_value AS amount
            FROM "gold/stock_weekly"
            WHERE product_id = '%s' AND week_start = DATE '%s'"""
                .formatted(product, week));
      }
    }
  }

  @Test
  void theStockroomOfAMonthRollsForwardByProductAndInMoney() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT product_id, period_start, last_day, opening_on_hand, received, used,"
                    + " count_correction, on_hand, stock_value, history_days,"
                    + " round(mean_stock_value_91, 4) FROM"
                    + " stock_monthly WHERE practice_id = 'shelf' AND calendar = 'month' ORDER BY ALL"))
        .containsExactly(
            "lent|2026-03-01|2026-03-31|0.0000|5.0000|-1.0000|0.0000|4.0000|28.0000000000|59|"
                + "17.5593",
            "lent|2026-04-01|2026-04-05|4.0000|0.0000|0.0000|0.0000|4.0000|28.0000000000|64|18.3750",
            "owned|2026-02-01|2026-02-28|0.0000|12.0000|0.0000|0.0000|12.0000|120.0000000000|28|"
                + "120.0000",
            // 47 days of 120, 11 of 80 and one of 60.
            "owned|2026-03-01|2026-03-31|12.0000|0.0000|-4.0000|-2.0000|6.0000|60.0000000000|59|"
                + "111.5254",
            "owned|2026-04-01|2026-04-05|6.0000|0.0000|0.0000|0.0000|6.0000|60.0000000000|64|107.5000");
    assertThat(
            LAKE.query(
                "SELECT period_start, COLUMNS(lambda c: c IN ('cost_of_goods', 'goods_used_owned',"
                    + " 'goods_used_consigned', 'opening_value', 'received_and_revalued',"
                    + " 'shrinkage', 'closing_value'))::DECIMAL(18, 2) FROM inventory_monthly WHERE"
                    + " practice_id = 'shelf' AND calendar = 'month' AND is_whole ORDER BY ALL"))
        .containsExactly(
            "2026-02-01|0.00|0.00|0.00|0.00|120.00|0.00|120.00",
            "2026-03-01|47.00|40.00|7.00|120.00|0.00|20.00|60.00");
  }

  @Test
  void whatIsOnHandStandsForAMonthByItsLastDay() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT period_start, value, value_before FROM kpi_monthly WHERE calendar = 'month'"
                    + " AND location_id = 'shelf-austin' AND kpi = 'stock_value' ORDER BY ALL"))
        .containsExactly("2026-02-01|120.0|null", "2026-03-01|60.0|120.0", "2026-04-01|60.0|60.0");
    assertThat(
            LAKE.query(
                "SELECT product_id, value FROM kpi_monthly_product WHERE calendar = 'month' AND"
                    + " location_id = 'shelf-austin' AND kpi = 'stock_value' AND period_start ="
                    + " DATE '2026-03-01'"))
        .containsExactly("owned|60.0");
    String between =
        "SELECT value, unavailable_reason FROM kpi_between(DATE '2026-03-01', DATE '%s') WHERE kpi ="
            + " 'stock_value' AND grain = 'location' AND practice_id = 'shelf'";
    assertThat(LAKE.query(between.formatted("2026-03-29"))).containsExactly("80.0|null");
    assertThat(LAKE.query(between.formatted("2026-03-31")))
        .containsExactly(
            "null|holds at the end of a week; end the range on 2026-04-05, or read kpi_monthly for a"
                + " month's end");
  }
}
