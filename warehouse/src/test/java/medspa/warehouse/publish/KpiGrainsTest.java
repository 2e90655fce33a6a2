package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.AS_OF;
import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class KpiGrainsTest {
  private static final LocalDate WEEK = LAST_WEEK;
  private static final LocalDate BEFORE = LAST_WEEK.minusWeeks(1);

  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(
          KpiGrainsTest::write,
          "kpi_between",
          "kpi_daily",
          "kpi_weekly_numbers",
          "measures_weekly");

  private static void write(LakeFixture lake) throws Exception {
    market(lake);
    overtime(lake);
  }

  /** Dues of a location, of one provider and of one category; both are more than the location's. */
  private static void dues(LakeFixture lake, String location, LocalDate week, int noShow, int due)
      throws Exception {
    lake.measure("glow", location, week, "visits_no_show", Integer.toString(noShow))
        .measure("glow", location, week, "visits_due", Integer.toString(due))
        .member("glow", location, "category", "Laser", week, "visits_no_show", "1")
        .member("glow", location, "category", "Laser", week, "visits_due", "2")
        .member("glow", location, "provider", "ann", week, "visits_due", "3");
  }

  private static void market(LakeFixture lake) throws Exception {
    lake.location("glow", "austin", "TX")
        .location("glow", "dallas", "TX")
        .location("glow", "tulsa", "OK")
        .has("glow", "austin", "appointments", "shifts", "sale_lines", "stock_movements")
        .has("glow", "dallas", "appointments")
        .has("glow", "tulsa", "sale_lines");
    dues(lake, "austin", BEFORE, 1, 10);
    dues(lake, "austin", WEEK, 2, 30);
    dues(lake, "dallas", WEEK, 4, 40);
    // Tulsa has no appointment export: what is measured there is in no roll-up of visits.
    dues(lake, "tulsa", WEEK, 9, 10);
    lake.seconds("glow", "austin", "ann", BEFORE, 7_201, 3_599)
        .seconds("glow", "austin", "ann", WEEK, 72_001, 35_999)
        .provider("glow", "austin", "ann", WEEK, "net_service", "700.25")
        .provider("glow", "tulsa", "bea", WEEK, "net_service", "300")
        .provider("glow", "tulsa", "bea", WEEK, "net_retail", "40")
        .member("glow", "austin", "category", "Laser", WEEK, "net_service", "700.25")
        .member("glow", "tulsa", "category", "Peel", WEEK, "net_service", "300")
        .measure("glow", "austin", BEFORE, "annual_goods_used", "9000")
        .measure("glow", "austin", BEFORE, "mean_inventory", "1000")
        .measure("glow", "austin", WEEK, "annual_goods_used", "5200")
        .measure("glow", "austin", WEEK, "mean_inventory", "1300");
  }

  @Test
  void aCategoryHasTheKpisThatNameTheGrain() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT location_id, category, kpi, value, numerator, denominator FROM"
                    + " kpi_weekly_category WHERE week_start = DATE '2026-03-30' ORDER BY ALL"))
        .containsExactly(
            "austin|Laser|net_revenue|700.25|700.250000|null",
            "austin|Laser|no_show_rate|0.5|1.000000|2.000000",
            "dallas|Laser|no_show_rate|0.5|1.000000|2.000000",
            "tulsa|Peel|net_revenue|300.0|300.000000|null");
    assertThat(LAKE.query("FROM kpi_weekly_room UNION ALL FROM kpi_weekly_product")).isEmpty();
  }

  @Test
  void aRegionDividesTheSumsOfItsLocationsAtWhichTheKpiIsAvailable() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT region, kpi, numerator, denominator, locations_told, locations FROM"
                    + " kpi_weekly_region WHERE kpi IN"
                    + " ('no_show_rate', 'net_revenue') AND week_start = DATE '2026-03-30'"
                    + " ORDER BY ALL"))
        .containsExactly(
            "OK|net_revenue|340.000000|null|1|1",
            "TX|net_revenue|700.250000|null|1|2",
            "TX|no_show_rate|6.000000|70.000000|2|2");
  }

  @Test
  void oneWeekBetweenIsTheWeekAtEveryGrain() throws Exception {
    String columns =
        ", practice_id, kpi, value, numerator, denominator, sample_size, is_stable,"
            + " definition_version";
    for (LocalDate week : List.of(BEFORE, WEEK)) {
      String day = "DATE '" + week + "'";
      String where = " WHERE week_start = " + day;
      String weekly =
          String.join(
              " UNION ALL ",
              "SELECT 'location', location_id, NULL" + columns + " FROM kpi_weekly" + where,
              "SELECT 'provider', location_id, provider_id"
                  + columns
                  + " FROM kpi_weekly_provider"
                  + where,
              "SELECT 'category', location_id, category"
                  + columns
                  + " FROM kpi_weekly_category"
                  + where,
              "SELECT 'practice', NULL, NULL" + columns + " FROM kpi_weekly_practice" + where,
              "SELECT 'region', NULL, region" + columns + " FROM kpi_weekly_region" + where);

      assertThat(
              LAKE.query(
                  "SELECT grain, location_id, member_id"
                      + columns
                      + " FROM kpi_between("
                      + day
                      + ", "
                      + day
                      + " + 6)"))
          .hasSizeGreaterThan(10)
          .containsExactlyInAnyOrderElementsOf(LAKE.query(weekly));
    }
  }

  @Test
  void aRangeOfWeeksAddsTheMeasuresBeforeItDividesAndRounds() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT grain, location_id, member_id, kpi, round(value, 6), numerator,"
                    + " denominator, sample_size, is_stable FROM kpi_between(DATE '2026-03-23', DATE"
                    + " '2026-04-05') WHERE kpi IN ('no_show_rate', 'fill_rate', 'inventory_turn')"
                    + " AND grain IN ('location', 'practice') ORDER BY ALL"))
        .containsExactly(
            // 39,598 s and 79,202 s; the rounded weeks would add up to …966666 and …033334.
            "location|austin|null|fill_rate|0.499962|659.966667|1320.033333|22.000556|true",
            "location|austin|null|inventory_turn|4.0|5200.000000|1300.000000|null|true",
            "location|austin|null|no_show_rate|0.075|3.000000|40.000000|40.000000|true",
            "location|dallas|null|no_show_rate|0.1|4.000000|40.000000|40.000000|true",
            "practice|null|null|fill_rate|0.499962|659.966667|1320.033333|22.000556|true",
            "practice|null|null|inventory_turn|4.0|5200.000000|1300.000000|null|true",
            "practice|null|null|no_show_rate|0.0875|7.000000|80.000000|80.000000|true");
  }

  private static void overtime(LakeFixture lake) throws Exception {
    // 30 hours at each of two locations are overtime at neither, and 20 hours in the practice.
    lake.location("rest", "rest-austin", "TX")
        .location("rest", "rest-dallas", "TX")
        .has("rest", "rest-austin", "timecards")
        .has("rest", "rest-dallas", "timecards")
        .provider("rest", "rest-austin", "ann", WEEK, "overtime_seconds", "3600")
        .rows(
            "gold/measures_weekly",
            "practice_id, grain, week_start, measure, amount",
            "'rest', 'practice', DATE '" + WEEK + "', 'overtime_seconds', 72000");
  }

  @Test
  void aPracticeThatMeasuresForItselfIsNotTheSumOfItsLocations() throws Exception {
    assertThat(LAKE.query("SELECT location_id, value FROM kpi_weekly WHERE kpi = 'overtime_hours'"))
        .containsExactly("rest-austin|1.0");
    assertThat(LAKE.query("SELECT value FROM kpi_weekly_practice WHERE kpi = 'overtime_hours'"))
        .containsExactly("20.0");
    assertThat(
            LAKE.query(
                "SELECT grain, value FROM kpi_between(DATE '2026-03-30', DATE '2026-04-05') WHERE"
                    + " kpi = 'overtime_hours' ORDER BY ALL"))
        .containsExactly("location|1.0", "practice|20.0", "provider|1.0", "region|1.0");
  }

  @Test
  void daysArePublishedUpToTheAsOfAlsoThoseOfTheUnfinishedWeek(@TempDir Path directory)
      throws Exception {
    try (LakeFixture lake = new LakeFixture(directory)) {
      lake.reading("kpi_daily");
      days(lake);
    }
  }

  private static void days(LakeFixture lake) throws Exception {
    lake.location("glow", "austin", "TX")
        .location("glow", "dallas", "TX")
        .has("glow", "austin", "sale_lines");
    LocalDate unfinished = AS_OF.plusDays(1);
    for (LocalDate day : List.of(WEEK, unfinished)) {
      daily(lake, "austin", "location", "NULL", day, "net_service", "100.5");
      daily(lake, "austin", "location", "NULL", day, "net_retail", "20");
      daily(lake, "austin", "location", "NULL", day, "sales_visits", "2");
      daily(lake, "austin", "provider", "'ann'", day, "net_service", "100.5");
      daily(lake, "austin", "provider", "'ann'", day, "net_retail", "20");
      daily(lake, "austin", "category", "'Laser'", day, "net_service", "100.5");
      daily(lake, "austin", "category", "'Laser'", day, "sales_visits", "1");
      // Without a point-of-sale export nothing is published.
      daily(lake, "dallas", "location", "NULL", day, "net_service", "900");
      daily(lake, "dallas", "provider", "'ann'", day, "net_service", "900");
      daily(lake, "dallas", "category", "'Peel'", day, "net_service", "900");
    }
    lake.write().publish();

    assertThat(
            lake.query(
                "SELECT location_id, date, kpi, category, value, numerator, denominator,"
                    + " sample_size, is_stable FROM kpi_daily WHERE date = DATE '"
                    + unfinished
                    + "' ORDER BY ALL"))
        .containsExactly(
            "austin|2026-04-07|average_ticket|null|60.25|120.500000|2.000000|2.000000|false",
            "austin|2026-04-07|net_revenue|Laser|100.5|100.500000|null|1.000000|false",
            "austin|2026-04-07|net_revenue|null|120.5|120.500000|null|2.000000|false");
    assertThat(lake.query("SELECT DISTINCT date FROM kpi_daily ORDER BY 1"))
        .containsExactly("2026-03-30", "2026-04-07");
  }

  private static void daily(
      LakeFixture lake,
      String location,
      String grain,
      String member,
      LocalDate day,
      String measure,
      String amount)
      throws Exception {
    lake.day("glow", location, grain, member, day, measure, amount);
    if (day.isBefore(AS_OF)) {
      lake.rows(
          "gold/measures_weekly",
          "practice_id, location_id, grain, member_id, week_start, measure, amount",
          String.join(
              ", ",
              "'glow'",
              "'" + location + "'",
              "'" + grain + "'",
              member,
              "DATE '" + day + "'",
              "'" + measure + "'",
              amount));
    }
  }
}
