package medspa.warehouse.relation;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import medspa.warehouse.definition.Definitions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the daily flash says of a Thursday, 9 April 2026: its yesterday is a Wednesday, the third
 * day of a week that has not ended.
 */
class FlashRelationsTest {
  private HandMadeRelations warehouse;

  @BeforeEach
  void thursday() throws SQLException {
    warehouse = new HandMadeRelations();
    warehouse.run("UPDATE computed SET as_of = DATE '2026-04-09'");
  }

  @AfterEach
  void close() throws SQLException {
    warehouse.close();
  }

  private void rows(String relation, String location, String select) throws SQLException {
    warehouse.rows(relation, "'" + location + "' AS location_id, " + select);
  }

  /** Builds relations, each from the ones before. */
  private void build(String... relations) throws SQLException {
    for (String relation : relations) {
      if (relation.equals("flash_pace")) {
        warehouse.functionsOf(relation);
      }
      String query = HandMadeRelations.query(relation);
      warehouse.run(
          "INSERT INTO " + relation + " BY NAME " + query.substring(1, query.length() - 1));
    }
  }

  /** What was sold on a day, as service of a category and as one receipt. */
  private void sold(String location, String day, String net, String category) throws SQLException {
    rows(
        "sale_lines",
        location,
        String.format(
            "'r%s' AS sale_id, 'service' AS kind, %s AS net_amount, 0 AS tax_amount, DATE '%s' AS"
                + " local_date",
            day, net, day));
    String daily = "DATE '%s' AS date, %s AS numerator, '%s' AS kpi, %s AS category";
    rows("kpi_daily", location, String.format(daily, day, net, "net_revenue", "NULL"));
    rows(
        "kpi_daily",
        location,
        String.format(daily + ", 2 AS denominator", day, net, "average_ticket", "NULL"));
    rows(
        "kpi_daily", location, String.format(daily, day, net, "net_revenue", "'" + category + "'"));
  }

  private void paid(String location, String receiptOf, String day, String amount)
      throws SQLException {
    rows(
        "payments",
        location,
        String.format(
            "'r%s' AS sale_id, %s AS amount, DATE '%s' AS local_date", receiptOf, amount, day));
  }

  private void visit(String location, String day, String outcome) throws SQLException {
    rows("visits", location, "DATE '" + day + "' AS visit_date, '" + outcome + "' AS outcome");
  }

  /** 100 on each Monday to Wednesday of the four weeks before, paid at once. */
  private void fourWeeksOf(String location, String net) throws SQLException {
    for (String day :
        List.of(
            "2026-03-09",
            "2026-03-10",
            "2026-03-11",
            "2026-03-16",
            "2026-03-17",
            "2026-03-18",
            "2026-03-23",
            "2026-03-24",
            "2026-03-25",
            "2026-03-30",
            "2026-03-31",
            "2026-04-01")) {
      sold(location, day, net, "laser");
      paid(location, day, day, net);
    }
  }

  @Test
  void aDayOfWhichNothingArrivedIsUnknownAndNotZero() throws Exception {
    warehouse.location("austin");
    sold("austin", "2026-04-06", "120", "laser");
    visit("austin", "2026-04-06", "attended");
    visit("austin", "2026-04-08", "unresolved");
    build("flash_days");

    assertThat(
            warehouse.read(
                "SELECT date, net_revenue, sales_visits, billed, visits_due, visits_no_show,"
                    + " visits_unresolved FROM flash_days WHERE weeks_ago = 0 ORDER BY date"))
        .containsExactly(
            "2026-04-06|120.000000|2|null|1|0|0",
            "2026-04-07|null|null|null|null|null|0",
            "2026-04-08|null|null|null|null|null|1");
  }

  @Test
  void aClosedDayIsKnownToHaveSoldNothingWhereSalesAreToldAtAll() throws Exception {
    for (String location : List.of("sells", "silent")) {
      warehouse.location(location);
      rows("opening_hours", location, "w AS weekday FROM (VALUES (1), (2)) t(w)");
      rows("closed_days", location, "DATE '2026-04-07' AS date");
    }
    sold("sells", "2026-04-06", "120", "laser");
    build("flash_days");

    assertThat(
            warehouse.read(
                "SELECT location_id, date, is_closed, net_revenue FROM flash_days WHERE weeks_ago ="
                    + " 0 ORDER BY ALL"))
        .containsExactly(
            "sells|2026-04-06|false|120.000000",
            "sells|2026-04-07|true|0.000000",
            "sells|2026-04-08|true|0.000000",
            "silent|2026-04-06|false|null",
            "silent|2026-04-07|true|null",
            "silent|2026-04-08|true|null");
  }

  @Test
  void theWeekToDateIsHeldAgainstTheSameDaysOfTheFourWeeksBefore() throws Exception {
    warehouse.location("austin");
    fourWeeksOf("austin", "100");
    sold("austin", "2026-03-13", "5000", "laser");
    for (String day : List.of("2026-04-06", "2026-04-07", "2026-04-08")) {
      sold("austin", day, "130", "skin");
    }
    build("flash_days", "flash_pace", "flash_categories");

    assertThat(
            warehouse.read(
                "SELECT yesterday, week_to_date, days, days_told, compared_days, compared_last,"
                    + " compared_value, base_value, base_low, base_high, unavailable_reason FROM"
                    + " flash_pace WHERE kpi = 'net_revenue'"))
        .as("the Friday is no day of them")
        .containsExactly("130.0|390.0|3|3|3|2026-04-08|390.0|300.0|300.0|300.0|null");
    assertThat(
            warehouse.read(
                "SELECT yesterday, yesterday_sample, week_to_date, base_value FROM flash_pace"
                    + " WHERE kpi = 'average_ticket'"))
        .containsExactly("65.0|2.0000|65.0|50.0");
    assertThat(
            warehouse.read(
                "SELECT category, yesterday, week_to_date, compared, base FROM flash_categories"
                    + " ORDER BY category"))
        .containsExactly(
            "laser|0.000000|0.000000|0.000000|300.000000",
            "skin|130.000000|390.000000|390.000000|0.000000");
  }

  @Test
  void onlyDaysThatAreToldInAllFiveWeeksAreCompared() throws Exception {
    for (String location : List.of("late", "gap", "young")) {
      warehouse.location(location);
      fourWeeksOf(location, "100");
      sold(location, "2026-04-06", "130", "skin");
    }
    sold("gap", "2026-04-07", "140", "skin");
    sold("gap", "2026-04-08", "150", "skin");
    warehouse.run(
        "DELETE FROM sale_lines WHERE location_id = 'gap' AND local_date = DATE '2026-03-24'");
    warehouse.run("UPDATE locations SET opened_on = DATE '2026-03-31' WHERE location_id = 'young'");
    build("flash_days", "flash_pace");

    assertThat(
            warehouse.read(
                "SELECT location_id, yesterday, week_to_date, days, days_told, compared_days,"
                    + " compared_last, compared_value, base_value, unavailable_reason FROM"
                    + " flash_pace WHERE kpi = 'net_revenue' ORDER BY 1"))
        .containsExactly(
            "gap|150.0|420.0|3|3|2|2026-04-08|280.0|200.0|null",
            "late|null|130.0|3|1|1|2026-04-06|130.0|100.0|null",
            "young|null|130.0|3|1|0|null|null|null|it opened on Mar 31, 2026");
  }

  @Test
  void aDayThatWasClosedInOneOfTheWeeksIsNotLikeTheOthers() throws Exception {
    warehouse.location("austin");
    fourWeeksOf("austin", "100");
    sold("austin", "2026-04-06", "130", "laser");
    sold("austin", "2026-04-07", "5", "laser");
    rows("closed_days", "austin", "DATE '2026-04-07' AS date");
    build("flash_days", "flash_pace", "flash_categories");

    assertThat(
            warehouse.read(
                "SELECT week_to_date, days, days_told, compared_days, compared_value, base_value"
                    + " FROM flash_pace WHERE kpi = 'net_revenue'"))
        .containsExactly("135.0|2|1|1|130.0|100.0");
    assertThat(warehouse.read("SELECT week_to_date, compared, base FROM flash_categories"))
        .containsExactly("135.000000|130.000000|100.000000");
  }

  @Test
  void whatRefundsLeaveIsNothingToDivideBy() throws Exception {
    warehouse.location("austin");
    sold("austin", "2026-04-08", "-100", "laser");
    paid("austin", "2026-04-08", "2026-04-08", "-100");
    build("flash_days", "flash_pace");

    assertThat(
            warehouse.read(
                "SELECT yesterday, yesterday_sample FROM flash_pace WHERE kpi = 'collection_rate'"))
        .containsExactly("null|-100.0000");
  }

  @Test
  void whatIsCollectedIsOfTheSameAgeInEveryWeek() throws Exception {
    warehouse.location("austin");
    fourWeeksOf("austin", "100");
    // Of Monday of the week before 60 were paid on Wednesday; 40 on Thursday are later than now.
    warehouse.run("DELETE FROM payments WHERE sale_id = 'r2026-03-30'");
    paid("austin", "2026-03-30", "2026-04-01", "60");
    paid("austin", "2026-03-30", "2026-04-02", "40");
    paid("austin", "gift", "2026-03-30", "7");
    sold("austin", "2026-04-06", "100", "laser");
    paid("austin", "2026-04-06", "2026-04-06", "50");
    paid("austin", "2026-04-06", "2026-04-08", "20");
    build("flash_days", "flash_pace");

    assertThat(
            warehouse.read(
                "SELECT date, billed, collected FROM flash_days WHERE day_of_week = 0 AND weeks_ago"
                    + " < 2 ORDER BY 1"))
        .containsExactly("2026-03-30|100.0000|60.0000", "2026-04-06|100.0000|70.0000");
    assertThat(
            warehouse.read(
                "SELECT week_to_date, week_sample, compared_value, base_value, base_low FROM"
                    + " flash_pace WHERE kpi = 'collection_rate'"))
        .as("the mean of four Mondays, one of which had collected 60")
        .containsExactly("0.7|100.0000|0.7|0.9|0.6");
  }

  @Test
  void retailAndFeesAreWhatTheCategoriesLeave() throws Exception {
    warehouse.location("austin");
    sold("austin", "2026-04-08", "100", "laser");
    warehouse.run(
        "UPDATE kpi_daily SET numerator = 80 WHERE kpi = 'net_revenue' AND category IS NOT NULL");
    build("flash_days", "flash_categories");

    assertThat(
            warehouse.read(
                "SELECT category, yesterday, week_to_date, compared, base FROM flash_categories"))
        .containsExactlyInAnyOrder(
            "laser|80.000000|80.000000|null|null", "null|20.000000|20.000000|null|null");
  }

  private void shift(String provider, String from, String to, String kind) throws SQLException {
    rows(
        "shifts",
        "austin",
        String.format(
            "'%s' AS provider_id, TIMESTAMPTZ '%s' AS start_at, TIMESTAMPTZ '%s' AS end_at, '%s' AS"
                + " kind, CAST(timezone('America/Chicago', TIMESTAMPTZ '%s') AS DATE) AS local_date",
            provider, from, to, kind, from));
  }

  /** An appointment with ann in room 1 for a peel; columns that follow win. */
  private void booking(String from, String to, String status, String bookedAt, String more)
      throws SQLException {
    rows(
        "appointments",
        "austin",
        String.format(
            "'ann' AS provider_id, 'r1' AS room_id, 'peel' AS service_id, TIMESTAMPTZ '%s' AS"
                + " start_at, TIMESTAMPTZ '%s' AS end_at, '%s' AS status, TIMESTAMPTZ '%s' AS"
                + " booked_at, CAST(timezone('America/Chicago', TIMESTAMPTZ '%s') AS DATE) AS"
                + " local_date%s",
            from, to, status, bookedAt, from, more));
  }

  /** 9 to 15 in Chicago with a break from 12 to 13; booked from 10 to 11 and from 13 to 13:30. */
  private void bookOfToday() throws SQLException {
    warehouse.location("austin");
    shift("ann", "2026-04-09 14:00Z", "2026-04-09 20:00Z", "bookable");
    shift("ann", "2026-04-09 17:00Z", "2026-04-09 18:00Z", "break");
    booking("2026-04-09 15:00Z", "2026-04-09 16:00Z", "booked", "2026-04-08 12:00Z", "");
    booking("2026-04-09 18:00Z", "2026-04-09 18:30Z", "confirmed", "2026-04-01 12:00Z", "");
    // Made today, cancelled before, deleted: none of them stood when the day began.
    booking("2026-04-09 19:00Z", "2026-04-09 20:00Z", "booked", "2026-04-09 13:00Z", "");
    booking(
        "2026-04-09 16:00Z",
        "2026-04-09 17:00Z",
        "cancelled",
        "2026-04-01 12:00Z",
        ", TIMESTAMPTZ '2026-04-08 12:00Z' AS cancelled_at");
    booking("2026-04-09 16:00Z", "2026-04-09 17:00Z", "deleted", "2026-04-01 12:00Z", "");
  }

  /** Peels of 45 minutes that ann performed on so many days up to yesterday. */
  private void peels(int times) throws SQLException {
    rows(
        "appointments",
        "austin",
        "'ann' AS provider_id, 'peel' AS service_id, d + TIME '16:00' AS start_at, d + TIME '16:45'"
            + " AS end_at, 'completed' AS status, d + TIME '06:00' AS booked_at, CAST(d AS DATE) AS"
            + " local_date FROM (SELECT DATE '2026-04-08' - CAST(i AS INTEGER) AS d FROM range("
            + times
            + ") t(i))");
  }

  @Test
  void theBookOfTheDayIsThatWithWhichItBegan() throws Exception {
    bookOfToday();
    build("flash_bookings", "flash_hours", "flash_today", "flash_today_providers");

    assertThat(
            warehouse.read(
                "SELECT date, is_first_day, is_closed, rows_booked, bookable_minutes,"
                    + " booked_minutes, filled_share FROM flash_today"))
        .containsExactly("2026-04-09|false|false|2|300.000000|90.000000|null");
    assertThat(warehouse.read("SELECT * FROM flash_today_providers"))
        .containsExactly("glow|austin|ann|2|300.000000|90.000000");
  }

  @Test
  void freeTimeIsAGapWhereAUsualServiceFits() throws Exception {
    bookOfToday();
    peels(5);
    rows(
        "gap_rates",
        "austin",
        "13 AS range_weeks, DATE '2026-03-30' AS week_start, 400 AS net_per_treated_hour");
    build("flash_bookings", "flash_hours", "flash_today", "flash_gaps");

    assertThat(
            warehouse.read(
                "SELECT provider_id, from_time, until_time, free_minutes, service_id,"
                    + " service_minutes, worth FROM flash_gaps ORDER BY from_time"))
        .containsExactly(
            "ann|09:00|10:00|60.000000|peel|45.0|400.0",
            "ann|11:00|12:00|60.000000|peel|45.0|400.0",
            "ann|13:30|15:00|90.000000|peel|45.0|600.0");
    warehouse.run(
        "UPDATE appointments SET end_at = start_at + INTERVAL 70 MINUTE WHERE status = 'completed'");
    warehouse.run("DELETE FROM flash_gaps");
    build("flash_gaps");
    assertThat(warehouse.read("SELECT from_time, service_minutes FROM flash_gaps"))
        .as("an hour is too short for a peel of 70 minutes")
        .containsExactly("13:30|70.0");
  }

  @Test
  void fourTimesAreNotUsual() throws Exception {
    bookOfToday();
    peels(4);
    build("flash_bookings", "flash_hours", "flash_today", "flash_gaps");

    assertThat(warehouse.read("SELECT * FROM flash_gaps")).isEmpty();
  }

  @Test
  void ofTheTimeThatWasFreeInTheMorningTheShareIsToldThatFilledOnTheDay() throws Exception {
    warehouse.location("austin");
    // Yesterday four hours were bookable, one was booked, and one of the free ones filled.
    shift("ann", "2026-04-08 14:00Z", "2026-04-08 18:00Z", "bookable");
    booking("2026-04-08 14:00Z", "2026-04-08 15:00Z", "completed", "2026-04-07 12:00Z", "");
    booking("2026-04-08 15:00Z", "2026-04-08 16:00Z", "completed", "2026-04-08 12:00Z", "");
    booking("2026-04-08 16:00Z", "2026-04-08 17:00Z", "no_show", "2026-04-08 12:00Z", "");
    build("flash_bookings", "flash_hours", "flash_today");

    assertThat(
            warehouse.read(
                "SELECT round(filled_share, 6), rows_booked, bookable_minutes FROM flash_today"))
        .as("nothing tells of today or later")
        .containsExactly("0.333333|null|null");
  }

  @Test
  void aShiftOverMidnightBelongsToBothDays() throws Exception {
    warehouse.location("austin");
    // 22 to 2 in Chicago, into today; of today's two hours half an hour is booked from yesterday
    // on.
    shift("ann", "2026-04-09 03:00Z", "2026-04-09 07:00Z", "bookable");
    booking("2026-04-09 04:30Z", "2026-04-09 05:30Z", "booked", "2026-04-01 12:00Z", "");
    build("flash_bookings", "flash_hours");

    assertThat(
            warehouse.read(
                "SELECT date, sum(seconds) // 60, sum(seconds) FILTER (is_booked) // 60 FROM"
                    + " flash_hours GROUP BY 1 ORDER BY 1"))
        .containsExactly("2026-04-08|120|30", "2026-04-09|120|30");
  }

  @Test
  void withoutShiftsOfTodayOrLaterNobodyKnowsHowFullTheDayIs() throws Exception {
    bookOfToday();
    warehouse.run("DELETE FROM shifts");
    build("flash_bookings", "flash_hours", "flash_today", "flash_today_providers", "flash_gaps");

    assertThat(warehouse.read("SELECT rows_booked, bookable_minutes FROM flash_today"))
        .containsExactly("2|null");
    assertThat(warehouse.read("SELECT * FROM flash_today_providers"))
        .containsExactly("glow|austin|ann|2|null|null");
    assertThat(warehouse.read("SELECT * FROM flash_gaps")).isEmpty();
  }

  @Test
  void aLocationThatOpensTodayHasABookAndNoYesterday() throws Exception {
    bookOfToday();
    warehouse.run("UPDATE locations SET opened_on = DATE '2026-04-09'");
    warehouse.location("tomorrow");
    warehouse.run(
        "UPDATE locations SET opened_on = DATE '2026-04-10' WHERE location_id = 'tomorrow'");
    build("flash_bookings", "flash_hours", "flash_days", "flash_today", "flash_pace");

    assertThat(warehouse.read("SELECT location_id, is_first_day, rows_booked FROM flash_today"))
        .containsExactly("austin|true|2");
    assertThat(warehouse.read("SELECT * FROM flash_days")).isEmpty();
    assertThat(warehouse.read("SELECT * FROM flash_pace")).isEmpty();
  }

  @Test
  void aRoomIsTakenByTheFullCycleWithinOpeningHours() throws Exception {
    bookOfToday();
    rows("rooms", "austin", "r AS room_id, 'Treatment' AS kind FROM (VALUES ('r1'), ('r2')) t(r)");
    // The first cycle is 9:45 to 11:20, of which the place is open from 10 on.
    warehouse.rows(
        "services",
        "'peel' AS service_id, 15 AS setup_minutes, 10 AS turnover_minutes, 10 AS buffer_minutes");
    rows("opening_hours", "austin", "4 AS weekday, TIME '10:00' AS opens, TIME '16:00' AS closes");
    build("flash_bookings", "flash_hours", "flash_today", "flash_today_rooms");

    assertThat(warehouse.read("SELECT * FROM flash_today_rooms ORDER BY room_id"))
        .containsExactly(
            "glow|austin|r1|2|360.000000|145.000000", "glow|austin|r2|0|360.000000|0.000000");
    warehouse.run("DELETE FROM opening_hours");
    warehouse.run("DELETE FROM flash_today_rooms");
    build("flash_today_rooms");
    assertThat(warehouse.read("SELECT * FROM flash_today_rooms ORDER BY room_id"))
        .as("the whole day is looked at")
        .containsExactly("glow|austin|r1|2|null|160.000000", "glow|austin|r2|0|null|0.000000");
  }

  @Test
  void todaysBookingsAreHeldAgainstTheStockThatIsToldOfToday() throws Exception {
    bookOfToday();
    warehouse.rows(
        "service_products",
        "'peel' AS service_id, p AS product_id, q AS quantity FROM (VALUES ('acid', 3), ('gel', 1),"
            + " ('mask', 2), ('debt', 5)) t(p, q)");
    rows(
        "stock_today",
        "austin",
        "p AS product_id, q AS usable_on_hand FROM (VALUES ('acid', 4), ('gel', 2), ('debt', -1))"
            + " t(p, q)");
    build("flash_bookings", "flash_hours", "flash_today", "flash_stock");

    assertThat(warehouse.read("SELECT * FROM flash_stock ORDER BY product_id"))
        .containsExactly(
            "glow|austin|acid|2|6.0000|4.0000|2.0000",
            "glow|austin|debt|2|10.0000|0.0000|10.0000",
            "glow|austin|gel|2|2.0000|2.0000|0.0000",
            "glow|austin|mask|2|4.0000|null|null");
  }

  private List<String> found(String relation, String check) throws SQLException {
    return warehouse.read(
        Definitions.resource("relations/" + relation + "/checks/" + check + ".sql"));
  }

  @Test
  void aDayThatIsNotWhatWasMeasuredIsFound() throws Exception {
    warehouse.location("austin");
    sold("austin", "2026-04-08", "100", "laser");
    paid("austin", "2026-04-08", "2026-04-08", "90");
    visit("austin", "2026-04-08", "attended");
    build("flash_days", "flash_categories");
    String measured = "DATE '2026-04-08' AS date, '%s' AS kpi, %s AS numerator, %s AS denominator";
    rows("kpi_daily", "austin", String.format(measured, "collection_rate", "90", "100"));
    rows("kpi_daily", "austin", String.format(measured, "no_show_rate", "0", "1"));
    assertThat(found("flash_days", "flash_days_are_the_days_measured")).isEmpty();
    assertThat(found("flash_categories", "flash_categories_add_up")).isEmpty();

    for (String change : List.of("collected = 90.01", "billed = 99", "visits_no_show = 1")) {
      warehouse.run("CREATE OR REPLACE TABLE kept AS FROM flash_days");
      warehouse.run("UPDATE flash_days SET " + change + " WHERE net_revenue IS NOT NULL");
      assertThat(found("flash_days", "flash_days_are_the_days_measured"))
          .as(change)
          .containsExactly("glow|austin|2026-04-08");
      warehouse.run("CREATE OR REPLACE TABLE flash_days AS FROM kept");
    }
    warehouse.run("UPDATE flash_categories SET yesterday = 99.99");
    assertThat(found("flash_categories", "flash_categories_add_up")).containsExactly("glow|austin");
  }

  @Test
  void stockOfTodayThatIsNotWhereTheLedgerLedIsFound() throws Exception {
    String product = "'acid' AS product_id, ";
    rows("stock_ledger", "austin", product + "DATE '2026-04-01' AS date, 10 AS on_hand");
    rows(
        "stock_movements",
        "austin",
        product
            + "q AS quantity, d AS local_date FROM (VALUES (-3, DATE '2026-04-01'), (-2, DATE"
            + " '2026-04-08'), (-1, DATE '2026-04-09')) t(q, d)");
    rows("stock_today", "austin", product + "8 AS on_hand");
    assertThat(found("stock_today", "stock_today_follows_the_ledger")).isEmpty();

    warehouse.run("UPDATE stock_today SET on_hand = 7");
    assertThat(found("stock_today", "stock_today_follows_the_ledger"))
        .containsExactly("glow|austin|acid");
    rows("stock_counts", "austin", product + "DATE '2026-04-07' AS local_date");
    assertThat(found("stock_today", "stock_today_follows_the_ledger"))
        .as("a count has set it anew")
        .isEmpty();
  }
}
