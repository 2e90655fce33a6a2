package medspa.warehouse.relation;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the owner's letter reads besides KPIs: what moved revenue, the week ahead, what is owed. */
class LetterRelationsTest {
  private HandMadeRelations warehouse;

  @BeforeEach
  void open() throws SQLException {
    warehouse = new HandMadeRelations();
  }

  @AfterEach
  void close() throws SQLException {
    warehouse.close();
  }

  /** Net revenue of the five weeks up to the last one, the oldest first; NULL is a week untold. */
  private void revenue(String location, String... weeks) throws SQLException {
    warehouse.location(location);
    for (int i = 0; i < weeks.length; i++) {
      if (!weeks[i].equals("NULL")) {
        warehouse.rows(
            "kpi_weekly_numbers",
            "'location' AS grain, '"
                + location
                + "' AS location_id, DATE '2026-03-30' - "
                + 7 * (weeks.length - 1 - i)
                + " AS week_start, 'net_revenue' AS kpi, 1 AS value, "
                + weeks[i]
                + " AS numerator");
      }
    }
  }

  private void service(String location, String category, String net, String base)
      throws SQLException {
    warehouse.rows(
        "revenue_change_weekly",
        String.format(
            "'%s' AS location_id, DATE '2026-03-30' AS week_start, '%s' AS category, %s AS"
                + " net_revenue, %s AS base_revenue, %s - %s AS change, 5 AS volume_change, 3 AS"
                + " price_change, %s - %s - 8 AS mix_change",
            location, category, net, base, net, base, net, base));
  }

  @Test
  void theStepsOfALocationAddUpToItsChangeWhateverWasRounded() throws Exception {
    // The mean of the four weeks is 100.005; retail and fees are what the services leave.
    revenue("told", "90", "100", "100", "100", "100.02", "150.50");
    service("told", "laser", "80.00", "60.00");
    service("told", "skin", "40.00", "30.33");

    assertThat(
            warehouse.read(
                "SELECT comparison, part, category, net_revenue, base_revenue, change, volume_change,"
                    + " price_change, mix_change FROM "
                    + HandMadeRelations.query("revenue_steps")))
        .containsExactly(
            "compared|rest|null|30.50|9.68|20.82|null|null|null",
            "compared|service|laser|80.00|60.00|20.00|5.00|3.00|12.00",
            "compared|service|skin|40.00|30.33|9.67|5.00|3.00|1.67");
    assertThat(
            warehouse.read(
                "SELECT sum(net_revenue), sum(base_revenue), sum(change) FROM "
                    + HandMadeRelations.query("revenue_steps")))
        .containsExactly("150.50|100.01|50.49");
  }

  @Test
  void onlyLocationsThatAreOpenAndToldInAllFiveWeeksAreCompared() throws Exception {
    revenue("gap", "10", "10", "NULL", "10", "10", "10");
    revenue("young", "40", "50");
    revenue("silent", "10", "10", "10", "10", "10", "NULL");
    revenue("opened", "10", "10", "10", "10", "10", "10");
    warehouse.run(
        "UPDATE locations SET opened_on = DATE '2026-03-16' WHERE location_id = 'opened'");
    service("gap", "laser", "10", "10");

    assertThat(
            warehouse.read(
                "SELECT location_id, comparison, part, net_revenue, base_revenue, change FROM "
                    + HandMadeRelations.query("revenue_steps")))
        .containsExactly(
            "gap|gap|all|10.00|7.50|2.50",
            "opened|opened|all|10.00|10.00|0.00",
            "silent|not_told|all|null|10.00|null",
            "young|opened|all|50.00|10.00|40.00");
  }

  private void shift(String from, String to, String kind) throws SQLException {
    warehouse.rows(
        "shifts",
        String.format(
            "'austin' AS location_id, 'ann' AS provider_id, TIMESTAMPTZ '%s' AS start_at,"
                + " TIMESTAMPTZ '%s' AS end_at, '%s' AS kind, CAST(timezone('America/Chicago',"
                + " TIMESTAMPTZ '%s') AS DATE) AS local_date",
            from, to, kind, from));
  }

  private void booking(String from, String to, String status, String bookedAt, String cancelledAt)
      throws SQLException {
    warehouse.rows(
        "appointments",
        String.format(
            "'austin' AS location_id, 'ann' AS provider_id, TIMESTAMPTZ '%s' AS start_at,"
                + " TIMESTAMPTZ '%s' AS end_at, '%s' AS status, TIMESTAMPTZ '%s' AS booked_at, %s AS"
                + " cancelled_at, CAST(timezone('America/Chicago', TIMESTAMPTZ '%s') AS DATE) AS"
                + " local_date",
            from,
            to,
            status,
            bookedAt,
            cancelledAt.isEmpty() ? "NULL::TIMESTAMPTZ" : "TIMESTAMPTZ '" + cancelledAt + "'",
            from));
  }

  private void tuesdayOfNextWeek() throws SQLException {
    warehouse.location("austin");
    // 9 to 17 in Chicago with an hour's break from 12 on: 3 hours before noon, 4 after.
    shift("2026-04-07 14:00Z", "2026-04-07 22:00Z", "bookable");
    shift("2026-04-07 17:00Z", "2026-04-07 18:00Z", "break");
    // An hour twice at once, half an hour into the break, one cancelled, one after the week began.
    booking("2026-04-07 14:00Z", "2026-04-07 15:00Z", "booked", "2026-04-01 12:00Z", "");
    booking("2026-04-07 14:30Z", "2026-04-07 15:00Z", "confirmed", "2026-04-01 12:00Z", "");
    booking("2026-04-07 16:30Z", "2026-04-07 17:30Z", "booked", "2026-04-01 12:00Z", "");
    booking(
        "2026-04-07 19:00Z",
        "2026-04-07 20:00Z",
        "cancelled",
        "2026-04-01 12:00Z",
        "2026-04-03 12:00Z");
    booking("2026-04-07 20:00Z", "2026-04-07 21:00Z", "booked", "2026-04-06 12:00Z", "");
  }

  @Test
  void theWeekAheadIsBookedAsItWasWhenItBegan() throws Exception {
    tuesdayOfNextWeek();
    assertThat(
            warehouse.read(
                "SELECT provider_id, week_start, date, is_afternoon, bookable_seconds / 60,"
                    + " booked_seconds / 60 FROM "
                    + HandMadeRelations.query("week_ahead_hours")))
        .containsExactly(
            "ann|2026-04-06|2026-04-07|false|180.0|90.0",
            "ann|2026-04-06|2026-04-07|true|240.0|0.0");
  }

  @Test
  void aWeekThatIsOverCountsWhatWasCancelledAfterItBegan() throws Exception {
    warehouse.location("austin");
    shift("2026-03-31 14:00Z", "2026-03-31 16:00Z", "bookable");
    booking(
        "2026-03-31 14:00Z",
        "2026-03-31 15:00Z",
        "cancelled",
        "2026-03-20 12:00Z",
        "2026-03-31 12:00Z");
    assertThat(
            warehouse.read(
                "SELECT week_start, bookable_seconds, booked_seconds FROM "
                    + HandMadeRelations.query("week_ahead_hours")))
        .containsExactly("2026-03-30|7200|3600");
  }

  @Test
  void aDayWithoutShiftsOfItsWeekIsNotKnownToBeFull() throws Exception {
    tuesdayOfNextWeek();
    warehouse.run(
        "INSERT INTO week_ahead_hours BY NAME "
            + HandMadeRelations.query("week_ahead_hours").replaceAll("^\\(|\\)$", ""));
    warehouse.location("boston");
    warehouse.run(
        "INSERT INTO appointments BY NAME SELECT * REPLACE ('boston' AS location_id) FROM"
            + " appointments WHERE status = 'confirmed'");

    assertThat(warehouse.read("SELECT * FROM " + HandMadeRelations.query("coming_days")))
        .containsExactly(
            "glow|austin|2026-04-07|420.0|90.0|3", "glow|boston|2026-04-07|null|null|1");
  }

  @Test
  void whatIsOwedIsToldByItsAgeAndNotWherePaymentsAreUnknown() throws Exception {
    for (String location : java.util.List.of("pays", "silent")) {
      warehouse.location(location);
      warehouse.rows(
          "sale_lines",
          "'"
              + location
              + "' AS location_id, 's' || d AS sale_id, DATE '2026-04-05' - CAST(d AS INTEGER) AS"
              + " local_date, 90 AS net_amount, 10 AS tax_amount FROM (VALUES (0), (27), (28), (90),"
              + " (91), (500)) t(d)");
    }
    warehouse.rows(
        "payments",
        "'pays' AS location_id, s AS sale_id, d AS local_date, 60 AS amount FROM (VALUES ('s27',"
            + " DATE '2026-03-20'), ('s28', DATE '2026-04-06')) t(s, d)");

    assertThat(warehouse.read("SELECT * FROM " + HandMadeRelations.query("receivables")))
        .containsExactly(
            "glow|pays|0|2|140.0000", "glow|pays|28|2|200.0000", "glow|pays|91|1|100.0000");
  }
}
