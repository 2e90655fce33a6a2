package medspa.warehouse.relation;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is expected of the coming week, on made bookings and sales. All weeks but the coming one are
 * over: 26 from 6 October 2025 on, the last begins on 30 March 2026. Clients come on Tuesdays.
 */
class ForecastTest {
  private static final String COMING = "2026-04-07";

  private HandMadeRelations warehouse;

  @BeforeEach
  void austin() throws SQLException {
    warehouse = new HandMadeRelations();
    warehouse.location("austin");
  }

  @AfterEach
  void close() throws SQLException {
    warehouse.close();
  }

  /** The Tuesday of each week, of the coming one too; {@code w} is the number of the week. */
  private static final String TUESDAYS =
      "(SELECT w, DATE '2025-10-07' + CAST(7 * w AS INTEGER) AS day FROM range(27) t(w))";

  /**
   * Bookings of every Tuesday, some of them for each week.
   *
   * @param howMany per Tuesday, an expression of the week {@code w}
   * @param daysBefore on which they were made
   * @param status of those that are over; coming ones are booked
   * @param cancelled whether they are cancelled on the day before
   */
  private void bookings(
      String name,
      String howMany,
      int daysBefore,
      String channel,
      String service,
      String status,
      boolean cancelled)
      throws SQLException {
    warehouse.rows(
        "appointments",
        String.format(
            Locale.ROOT,
            "'austin' AS location_id, '%s' || w || '-' || i AS appointment_id, day AS local_date,"
                + " CAST(day AS TIMESTAMPTZ) + to_hours(16) AS start_at, CAST(day AS TIMESTAMPTZ) +"
                + " to_hours(16) - to_days(%d) AS booked_at, '%s' AS booking_channel, '%s' AS"
                + " service_id, CASE WHEN w = 26 THEN 'booked' ELSE '%s' END AS status, %s AS"
                + " cancelled_at FROM %s, range(%s) b(i) WHERE w < 26 OR %d > 1",
            name,
            daysBefore,
            channel,
            service,
            status,
            cancelled
                ? "CASE WHEN w < 26 THEN CAST(day AS TIMESTAMPTZ) - to_hours(8) END"
                : "NULL::TIMESTAMPTZ",
            TUESDAYS,
            howMany,
            daysBefore));
  }

  /** What those who came paid, a visit of one row each. */
  private void sales(String service, String price, String retail) throws SQLException {
    warehouse.rows(
        "sale_lines",
        "'austin' AS location_id, local_date, k AS kind, 1 AS quantity, CASE k WHEN 'service' THEN"
            + " service_id END AS service_id, n AS net_amount FROM appointments, (VALUES"
            + " ('service', "
            + price
            + "), ('retail', "
            + retail
            + ")) v(k, n) WHERE status = 'completed' AND service_id = '"
            + service
            + "'");
    warehouse.rows(
        "visits",
        "'austin' AS location_id, local_date AS visit_date, 'attended' AS outcome FROM appointments"
            + " WHERE status = 'completed' AND service_id = '"
            + service
            + "'");
  }

  private void forecast() throws SQLException {
    for (String relation :
        List.of(
            "forecast_bookings",
            "forecast_days",
            "forecast_made",
            "forecast_daily",
            "forecast_weekly")) {
      warehouse.derive(relation);
    }
  }

  private List<String> daily(String columns, String where) throws SQLException {
    return warehouse.read(
        "SELECT " + columns + " FROM forecast_daily WHERE " + where + " ORDER BY date");
  }

  /** Ten bookings of a Tuesday, of which one is cancelled and one missed, and three made late. */
  private void steadyWeeks() throws SQLException {
    bookings("kept", "8", 9, "phone", "laser", "completed", false);
    bookings("missed", "1", 9, "phone", "laser", "no_show", false);
    bookings("cancelled", "1", 9, "phone", "laser", "cancelled", true);
    bookings("late", "3", 1, "phone", "laser", "completed", false);
    sales("laser", "100", "10");
  }

  @Test
  void standingBookingsLessThoseUsuallyLostAndWhatIsUsuallyStillBookedAreExpected()
      throws Exception {
    steadyWeeks();
    forecast();
    // 10 × 80 % × 100, 3 × 100, and 10 of retail for each of 11 visits.
    assertThat(
            daily(
                "basis, rows_booked, bookable_hours, expected_visits, expected_net_revenue, low,"
                    + " high, weekday_mean, net_revenue, skill",
                "date = DATE '" + COMING + "'"))
        .containsExactly("coming|10|null|11.00|1210.00|1210.00|1210.00|1210.00|null|null");
    assertThat(
            daily(
                "basis, expected_net_revenue, low, net_revenue, error", "date = DATE '2026-03-31'"))
        .containsExactly("backtest|1210.00|null|1210.0000|0.0000");
    assertThat(
            warehouse.read(
                "SELECT grain, basis, locations, expected_net_revenue, low, high, four_week_mean,"
                    + " weeks_scored FROM forecast_weekly WHERE week_start = DATE '2026-04-06'"))
        .containsExactly(
            "location|coming|1|1210.00|1210.00|1210.00|1210.00|13",
            "practice|coming|1|1210.00|1210.00|1210.00|1210.00|13");
  }

  @Test
  void risksAndValuesOfFewAreShrunkToTheMeanOfTheLocation() throws Exception {
    bookings("laser", "9", 9, "phone", "laser", "completed", false);
    bookings("peel", "1", 9, "phone", "peel", "completed", false);
    bookings("lost", "1", 9, "online", "laser", "cancelled", true);
    sales("laser", "100", "0");
    sales("peel", "300", "0");
    forecast();
    // A row brings 120 on the mean: laser (11,700 + 20 × 120) ÷ 137, peel (3,900 + 20 × 120) ÷ 33.
    // One
    // of eleven is lost: by phone 20/11 ÷ 150, online (13 + 20/11) ÷ 33.
    double laser = 14_100.0 / 137;
    double peel = 6_300.0 / 33;
    double kept = 1 - 20.0 / 11 / 150;
    double online = 1 - (13 + 20.0 / 11) / 33;
    double expected = (9 * laser + peel) * kept + laser * online;
    assertThat(daily("expected_net_revenue", "date = DATE '" + COMING + "'"))
        .containsExactly(String.format(Locale.ROOT, "%.2f", expected));
  }

  @Test
  void salesOfServicesThatNobodyIsBookedForAreSpreadOverAllBookings() throws Exception {
    steadyWeeks();
    warehouse.run("UPDATE sale_lines SET service_id = 'named otherwise' WHERE kind = 'service'");
    forecast();
    assertThat(daily("expected_net_revenue", "date = DATE '" + COMING + "'"))
        .containsExactly("1210.00");
  }

  @Test
  void whatHappensAfterAWeekBeganChangesNoForecastOfIt() throws Exception {
    steadyWeeks();
    forecast();
    String every = "basis, date, rows_booked, expected_visits, expected_net_revenue, weekday_mean";
    String upToMarch = "week_start <= DATE '2026-03-02'";
    List<String> coming = daily(every, "basis = 'coming'");
    List<String> march = daily(every, upToMarch);

    // From the first days of these weeks on: other bookings, cancellations, sales.
    for (String from : List.of("2026-04-06", "2026-03-02")) {
      warehouse.run(
          "INSERT INTO appointments BY NAME SELECT * REPLACE ('new' || appointment_id AS"
              + " appointment_id, timezone('America/Chicago', TIMESTAMP '"
              + from
              + "') AS booked_at) FROM appointments WHERE local_date >= DATE '"
              + from
              + "'");
      warehouse.run(
          "UPDATE appointments SET status = 'cancelled', cancelled_at = timezone('America/Chicago',"
              + " TIMESTAMP '"
              + from
              + "') WHERE appointment_id LIKE 'kept%' AND local_date >= DATE '"
              + from
              + "'");
      warehouse.run(
          "INSERT INTO sale_lines BY NAME SELECT * REPLACE (local_date + 1 AS local_date, 777 AS"
              + " net_amount) FROM sale_lines WHERE local_date >= DATE '"
              + from
              + "'");
      warehouse.run(
          "UPDATE sale_lines SET net_amount = 99 WHERE local_date >= DATE '" + from + "'");
      forecast();
      if (from.equals("2026-04-06")) {
        assertThat(daily(every, "basis = 'coming'")).isEqualTo(coming);
      }
      assertThat(daily(every, upToMarch)).isEqualTo(march);
    }
    assertThat(daily(every, "basis = 'coming'")).as("later weeks learn of it").isNotEqualTo(coming);
  }

  /** Between 4 and 14 bookings, without an order in time, of which most come. */
  private void weeksThatDiffer() throws SQLException {
    bookings("kept", "4 + (w * 7) % 11", 9, "phone", "laser", "completed", false);
    bookings("cancelled", "1", 9, "phone", "laser", "cancelled", true);
    bookings("late", "1 + w % 2", 1, "phone", "laser", "completed", false);
    sales("laser", "100", "0");
  }

  private double skill() throws SQLException {
    List<String> skills =
        warehouse.read(
            "SELECT DISTINCT skill FROM forecast_weekly WHERE grain = 'practice' UNION SELECT"
                + " DISTINCT skill FROM forecast_daily");
    assertThat(skills).as("of days and weeks, as there is one day a week").hasSize(1);
    return Double.parseDouble(skills.get(0));
  }

  @Test
  void whereTheBookTellsWhatIsComingTheForecastHasSkill() throws Exception {
    weeksThatDiffer();
    forecast();
    assertThat(skill()).isGreaterThan(0.7);
    assertThat(
            warehouse.read(
                "SELECT low < expected_net_revenue, high > expected_net_revenue, weeks_scored FROM"
                    + " forecast_weekly WHERE basis = 'coming' AND grain = 'practice'"))
        .containsExactly("true|true|13");
  }

  @Test
  void withFewerThanEightErrorsNobodyKnowsHowGoodItIs() throws Exception {
    steadyWeeks();
    // The first forecast learns of the eight weeks before 9 February.
    warehouse.run("DELETE FROM appointments WHERE local_date < DATE '2025-12-16'");
    warehouse.run("DELETE FROM sale_lines WHERE local_date < DATE '2025-12-16'");
    forecast();
    assertThat(daily("expected_net_revenue, low, high, skill", "date = DATE '" + COMING + "'"))
        .containsExactly("1210.00|1210.00|1210.00|null");
    warehouse.run("DELETE FROM appointments WHERE local_date < DATE '2025-12-23'");
    warehouse.run("DELETE FROM sale_lines WHERE local_date < DATE '2025-12-23'");
    forecast();
    assertThat(daily("expected_net_revenue, low, high, skill", "date = DATE '" + COMING + "'"))
        .containsExactly("1210.00|null|null|null");
    assertThat(
            warehouse.read(
                "SELECT expected_net_revenue, low, high, weeks_scored, skill FROM forecast_weekly"
                    + " WHERE basis = 'coming' AND grain = 'practice'"))
        .containsExactly("1210.00|null|null|7|null");
  }

  @Test
  void whereDaysArePermutedItHasNone() throws Exception {
    weeksThatDiffer();
    // What is sold in a week is sold in another; 5 has no divisor in common with 26.
    warehouse.run(
        "UPDATE sale_lines SET local_date = DATE '2025-10-07' + 7 * CAST(((local_date - DATE"
            + " '2025-10-07') // 7 * 5 + 3) % 26 AS INTEGER)");
    forecast();
    assertThat(skill()).isLessThan(0);
  }

  private String reason() throws SQLException {
    forecast();
    List<String> reasons =
        daily("expected_net_revenue, low, withheld_reason", "date = DATE '" + COMING + "'");
    assertThat(reasons).hasSize(1);
    return reasons.get(0);
  }

  @Test
  void whatTheExportsDoNotTellGivesNoForecast() throws Exception {
    steadyWeeks();
    warehouse.run("DELETE FROM appointments WHERE local_date > DATE '2026-04-05'");
    assertThat(reason()).isEqualTo("null|null|no booking of the week is told");
    steadyWeeks();
    warehouse.run(
        "UPDATE appointments SET cancelled_at = NULL WHERE local_date > DATE '2026-01-13'");
    assertThat(reason())
        .isEqualTo("null|null|the exports do not tell when bookings were cancelled");
    warehouse.run(
        "UPDATE appointments SET booked_at = NULL WHERE local_date > DATE '2026-03-13' AND"
            + " appointment_id LIKE 'kept%'");
    assertThat(reason()).isEqualTo("null|null|the exports do not tell when bookings were made");
    warehouse.run("DELETE FROM sale_lines WHERE local_date < DATE '2026-02-17'");
    assertThat(reason()).isEqualTo("null|null|fewer than eight of the 13 weeks before are told");
    warehouse.run("UPDATE appointments SET status = 'booked'");
    assertThat(reason()).isEqualTo("null|null|the exports do not tell who came");
  }

  @Test
  void aWeekWhoseSalesDidNotArriveIsNeitherLearnedFromNorScored() throws Exception {
    steadyWeeks();
    warehouse.run("DELETE FROM sale_lines WHERE local_date = DATE '2026-03-17'");
    forecast();
    assertThat(daily("expected_net_revenue, weekday_mean", "date = DATE '" + COMING + "'"))
        .containsExactly("1210.00|1210.00");
    assertThat(daily("expected_net_revenue, net_revenue, error", "week_start = DATE '2026-03-16'"))
        .hasSize(7)
        .contains("1210.00|null|null")
        .allSatisfy(day -> assertThat(day).endsWith("|null|null"));
    assertThat(
            warehouse.read(
                "SELECT DISTINCT weeks_scored FROM forecast_weekly WHERE grain = 'practice'"))
        .containsExactly("12");
  }

  @Test
  void refundsAndRetailOfAClosedDayAreItsRevenue() throws Exception {
    steadyWeeks();
    warehouse.rows(
        "sale_lines",
        "'austin' AS location_id, DATE '2026-03-29' AS local_date, k AS kind, q AS quantity, n AS"
            + " net_amount FROM (VALUES ('service', -1, -100), ('retail', 1, 30)) t(k, q, n)");
    forecast();
    assertThat(daily("expected_net_revenue, net_revenue, error", "date = DATE '2026-03-29'"))
        .containsExactly("0.00|-70.0000|-70.0000");
  }

  @Test
  void onAClosedDayNobodyIsStillBooked() throws Exception {
    steadyWeeks();
    warehouse.run("DELETE FROM appointments WHERE local_date = DATE '" + COMING + "'");
    bookings("other day", "1", 9, "phone", "laser", "no_show", false);
    warehouse.run(
        "UPDATE appointments SET local_date = local_date + 1, start_at = start_at + to_days(1) WHERE"
            + " appointment_id LIKE 'other day%'");
    warehouse.rows(
        "week_ahead_hours",
        "'austin' AS location_id, 'ann' AS provider_id, DATE '2026-04-06' AS week_start, DATE"
            + " '2026-04-08' AS date, false AS is_afternoon, 14400 AS bookable_seconds, 3600 AS"
            + " booked_seconds");
    forecast();
    assertThat(
            daily(
                "date, booked_hours, bookable_hours, expected_net_revenue, low",
                "date BETWEEN DATE '2026-04-07' AND DATE '2026-04-08'"))
        .element(0)
        .isEqualTo("2026-04-07|0.00|0.00|0.00|null");
    assertThat(daily("booked_hours, bookable_hours", "date = DATE '2026-04-08'"))
        .containsExactly("1.00|4.00");
  }

  /** The same bookings and sales at another location. */
  private void alsoAt(String location) throws SQLException {
    warehouse.location(location);
    for (String relation : List.of("appointments", "sale_lines", "visits")) {
      warehouse.run(
          "INSERT INTO "
              + relation
              + " SELECT * REPLACE ('"
              + location
              + "' AS location_id) FROM "
              + relation
              + " WHERE location_id = 'austin'");
    }
  }

  @Test
  void aPracticeIsForecastOverTheSameLocationsInEveryWeek() throws Exception {
    steadyWeeks();
    alsoAt("boston");
    alsoAt("young");
    warehouse.run(
        "DELETE FROM sale_lines WHERE location_id = 'young' AND local_date < DATE '2026-03-01' OR"
            + " location_id = 'boston' AND local_date = DATE '2026-03-17'");
    forecast();
    assertThat(
            warehouse.read(
                "SELECT week_start, locations, expected_net_revenue, net_revenue, weeks_scored FROM"
                    + " forecast_weekly WHERE grain = 'practice' AND week_start >= DATE '2026-03-16'"
                    + " ORDER BY 1"))
        .containsExactly(
            "2026-03-16|2|2420.00|null|12",
            "2026-03-23|2|2420.00|2420.0000|12",
            "2026-03-30|2|2420.00|2420.0000|12",
            "2026-04-06|2|2420.00|null|12");
    assertThat(
            warehouse.read(
                "SELECT expected_net_revenue, withheld_reason FROM forecast_weekly WHERE location_id"
                    + " = 'young' AND basis = 'coming'"))
        .containsExactly("null|fewer than eight of the 13 weeks before are told");
  }

  private void published(int publication, String day, String expected) throws SQLException {
    warehouse.rows(
        "past_forecasts",
        String.format(
            "%d AS publication, 'austin' AS location_id, DATE '%s' - 1 AS week_start, DATE '%s' AS"
                + " date, 7 AS rows_booked, %s AS expected_net_revenue, 600 AS low, 900 AS high",
            publication, day, day, expected));
  }

  @Test
  void aForecastStaysAsItWasPublishedFirst() throws Exception {
    steadyWeeks();
    published(3, "2026-03-31", "NULL");
    published(4, "2026-03-31", "700");
    published(5, "2026-03-31", "1200");
    published(1, "2025-12-02", "1100");
    published(5, COMING, "1");
    forecast();
    String columns =
        "date, basis, publication, rows_booked, expected_net_revenue, low, high, net_revenue, error";
    assertThat(daily(columns, "basis = 'published'"))
        .containsExactly(
            "2025-12-02|published|1|7|1100.00|600.00|900.00|1210.0000|110.0000",
            "2026-03-31|published|4|7|700.00|600.00|900.00|1210.0000|510.0000");
    assertThat(daily("basis, expected_net_revenue", "date = DATE '" + COMING + "'"))
        .as("what is still ahead is said as it is known now")
        .containsExactly("coming|1210.00");
  }
}
