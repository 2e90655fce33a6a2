package medspa.warehouse.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import medspa.warehouse.relation.HandMadeRelations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What became of each action a week after it was proposed, on a made situation in which somebody
 * did it, one in which nobody did, and one of which the exports do not tell. It was proposed at the
 * end of the week of 23 March 2026, and is looked at after that of 30 March.
 */
class ActionOutcomesTest {
  private static final List<String> LOCATIONS = List.of("did", "did-not", "silent");

  private HandMadeRelations warehouse;

  @BeforeEach
  void threeLocations() throws SQLException {
    warehouse = new HandMadeRelations();
    for (String location : LOCATIONS) {
      warehouse.location(location);
    }
  }

  @AfterEach
  void close() throws SQLException {
    warehouse.close();
  }

  private void rows(String relation, String select) throws SQLException {
    warehouse.rows(relation, select);
  }

  /** The action was proposed at each of the locations; without a subject it is the location. */
  private void proposed(String action, String subject, String observed) throws SQLException {
    for (String location : LOCATIONS) {
      rows(
          "acted_actions",
          String.format(
              Locale.ROOT,
              "'%s' AS location_id, DATE '2026-03-23' AS week_start, '%s' AS action, '%s' AS"
                  + " subject, %s AS observed, 600 AS expected",
              location,
              action,
              subject.isEmpty() ? location : subject,
              observed));
    }
  }

  private List<String> outcomes() throws SQLException {
    warehouse.derive("forecast_bookings");
    return warehouse.read(
        "SELECT location_id, status, observed::DOUBLE, observed_after::DOUBLE, came, became FROM "
            + HandMadeRelations.query("action_outcomes")
            + " ORDER BY 1");
  }

  private void bookings(String location, String name, String columns, int from, int to)
      throws SQLException {
    rows(
        "appointments",
        String.format(
            "'%s' AS location_id, '%s' || i AS appointment_id, %s FROM range(%d, %d) t(i)",
            location, name, columns, from, to));
  }

  private static String at(String day, int hour) {
    return "TIMESTAMPTZ '" + day + " " + (hour + 5) + ":00Z'";
  }

  private static String visit(String day, String status, String bookedOn) {
    return "DATE '"
        + day
        + "' AS local_date, "
        + at(day, 13)
        + " AS start_at, "
        + at(day, 14)
        + " AS end_at, '"
        + status
        + "' AS status, "
        + at(bookedOn, 9)
        + " AS booked_at";
  }

  /** Somebody came on the Tuesday, so that the schedule of the week is known to be there. */
  private void schedules() throws SQLException {
    for (String location : List.of("did", "did-not")) {
      bookings(location, "came", visit("2026-03-31", "completed", "2026-03-01"), 0, 1);
    }
  }

  private void stockMoves(String kind, String product, String quantity, String... locations)
      throws SQLException {
    for (String location : locations) {
      rows(
          "stock_movements",
          String.format(
              "'%s' AS location_id, '%s' AS product_id, '%s' AS kind, %s AS quantity, DATE"
                  + " '2026-04-01' AS local_date",
              location, product, kind, quantity));
    }
  }

  @Test
  void receiptsArePaidOrNot() throws Exception {
    proposed("collect_receipts", "", "400");
    for (String location : LOCATIONS) {
      // Four receipts were open; the fifth was paid before, the sixth is younger.
      rows(
          "sale_lines",
          "'"
              + location
              + "' AS location_id, 's' || i AS sale_id, CASE WHEN i = 5 THEN DATE '2026-03-10' ELSE"
              + " DATE '2026-02-10' END AS local_date, 90 AS net_amount, 10 AS tax_amount FROM"
              + " range(6) t(i)");
      rows(
          "payments",
          "'"
              + location
              + "' AS location_id, 's4' AS sale_id, DATE '2026-03-20' AS local_date, 100 AS"
              + " amount");
    }
    rows(
        "payments",
        "'did' AS location_id, 's' || i AS sale_id, DATE '2026-04-02' AS local_date, 100 AS amount"
            + " FROM range(4) t(i)");
    // Of the receipts of others, and after the week.
    rows(
        "payments",
        "'did-not' AS location_id, s AS sale_id, d AS local_date, 100 AS amount FROM (VALUES ('s5',"
            + " DATE '2026-04-02'), ('s1', DATE '2026-04-06')) t(s, d)");

    assertThat(outcomes())
        .containsExactly(
            "did|done|400.0|0.0|400.00|4 of 4 unpaid receipts were paid",
            "did-not|not_done|400.0|400.0|0.00|0 of 4 unpaid receipts were paid",
            "silent|unknown|400.0|null|null|null");
  }

  @Test
  void someReceiptsArePaidInPart() throws Exception {
    proposed("collect_receipts", "", "200");
    rows(
        "sale_lines",
        "'did' AS location_id, 's' || i AS sale_id, DATE '2026-02-10' AS local_date, 100 AS"
            + " net_amount, 0 AS tax_amount FROM range(2) t(i)");
    rows(
        "payments",
        "'did' AS location_id, 's1' AS sale_id, DATE '2026-04-02' AS local_date, 60 AS amount");
    assertThat(outcomes())
        .contains("did|in_part|200.0|140.0|60.00|0 of 2 unpaid receipts were paid");
  }

  @Test
  void stockThatWasShortComesInOrNot() throws Exception {
    proposed("secure_stock", "tox", "100");
    stockMoves("receipt", "tox", "60", "did");
    stockMoves("transfer_in", "tox", "40", "did");
    stockMoves("receipt", "gel", "500", "did-not");
    stockMoves("usage", "tox", "-50", "did-not");
    assertThat(outcomes())
        .containsExactly(
            "did|done|100.0|0.0|null|100 of tox came in, 100 were short",
            "did-not|not_done|100.0|100.0|null|0 of tox came in, 100 were short",
            "silent|unknown|100.0|null|null|null");
  }

  @Test
  void lotsAreUsedOrThrownAway() throws Exception {
    proposed("use_lots", "gel", "12");
    // Here a lot expired and was thrown away; a later one was not meant.
    stockMoves("usage", "gel", "-15", "did");
    stockMoves("expired", "gel", "-10", "did-not");
    rows(
        "inventory_expiring",
        "'did-not' AS location_id, 'gel' AS product_id, false AS is_consignment, e AS expires_on, q"
            + " AS at_risk FROM (VALUES (DATE '2026-04-20', 2), (DATE '2026-06-20', 40)) t(e, q)");
    assertThat(outcomes())
        .containsExactly(
            "did|done|12.0|0.0|600.00|0 of 12 of gel would still be left over",
            "did-not|not_done|12.0|12.0|0.00|12 of 12 of gel would still be left over",
            "silent|unknown|12.0|null|null|null");
  }

  @Test
  void overstockIsNotOrderedOrOrderedAgain() throws Exception {
    proposed("free_overstock", "", "900");
    for (String location : LOCATIONS) {
      rows(
          "inventory_overstock",
          "'"
              + location
              + "' AS location_id, p AS product_id, 400 AS overstock_cost FROM (VALUES"
              + " ('sun'), ('peel')) t(p)");
    }
    stockMoves("sale", "sun", "-3", "did");
    stockMoves("receipt", "tox", "3", "did");
    stockMoves("receipt", "sun", "3", "did-not");
    assertThat(outcomes())
        .containsExactly(
            "did|done|900.0|800.0|100.00|No overstocked product came in",
            "did-not|not_done|900.0|800.0|100.00|1 overstocked product came in again",
            "silent|unknown|900.0|null|null|null");
  }

  @Test
  void idleHalfDaysAreFilledOrStayIdle() throws Exception {
    proposed("fill_half_days", "", "4");
    for (String location : LOCATIONS) {
      rows(
          "week_ahead_hours",
          "'"
              + location
              + "' AS location_id, 'ann' AS provider_id, DATE '2026-03-30' AS week_start, d AS date,"
              + " true AS is_afternoon, 14400 AS bookable_seconds, b AS booked_seconds FROM (VALUES"
              + " (DATE '2026-04-01', 0), (DATE '2026-04-02', 7200)) t(d, b)");
    }
    schedules();
    // Four hours of the idle half-day; of the other place one in the half-day that was not idle.
    bookings("did", "late", visit("2026-04-01", "completed", "2026-03-30"), 0, 4);
    bookings("did", "lost", visit("2026-04-01", "no_show", "2026-03-30"), 0, 4);
    bookings("did-not", "late", visit("2026-04-02", "completed", "2026-03-30"), 0, 1);
    // It stood in the book already, beside the hours that were free.
    bookings("did-not", "stood", visit("2026-04-01", "completed", "2026-03-20"), 0, 1);
    warehouse.run("UPDATE appointments SET provider_id = 'ann'");
    rows(
        "sale_lines",
        "l AS location_id, a AS appointment_id, 'service' AS kind, 150 AS net_amount, DATE"
            + " '2026-04-01' AS local_date FROM (VALUES ('did', 'late0'), ('did', 'late1'), ('did',"
            + " 'came0'), ('did-not', 'late0')) t(l, a)");
    assertThat(outcomes())
        .containsExactly(
            "did|done|4.0|0.0|300.00|4 of 4 free hours were filled",
            "did-not|not_done|4.0|4.0|0.00|0 of 4 free hours were filled",
            "silent|unknown|4.0|null|null|null");
  }

  @Test
  void whatFilledHoursBroughtIsUnknownWhereSalesDoNotNameTheirBooking() throws Exception {
    proposed("fill_half_days", "", "4");
    rows(
        "week_ahead_hours",
        "'did' AS location_id, 'ann' AS provider_id, DATE '2026-03-30' AS week_start, DATE"
            + " '2026-04-01' AS date, true AS is_afternoon, 14400 AS bookable_seconds, 0 AS"
            + " booked_seconds");
    bookings("did", "late", visit("2026-04-01", "completed", "2026-03-30"), 0, 1);
    warehouse.run("UPDATE appointments SET provider_id = 'ann'");
    rows(
        "sale_lines",
        "'did' AS location_id, 'service' AS kind, 150 AS net_amount, DATE '2026-04-01' AS"
            + " local_date");
    assertThat(outcomes()).contains("did|in_part|4.0|3.0|null|1 of 4 free hours were filled");
  }

  @Test
  void bookingsAreRemindedOrNot() throws Exception {
    proposed("remind_bookings", "", "3");
    schedules();
    for (String location : List.of("did", "did-not")) {
      // One had its reminder before; one was made within two days; one was cancelled meanwhile.
      bookings(location, "meant", visit("2026-04-02", "completed", "2026-03-20"), 0, 2);
      bookings(location, "before", visit("2026-04-02", "completed", "2026-03-20"), 0, 1);
      bookings(location, "short", visit("2026-04-02", "completed", "2026-04-01"), 0, 1);
      bookings(location, "off", visit("2026-04-02", "cancelled", "2026-03-20"), 0, 1);
    }
    warehouse.run(
        "UPDATE appointments SET reminder_sent_at = "
            + at("2026-03-28", 9)
            + " WHERE appointment_id LIKE 'before%'");
    warehouse.run(
        "UPDATE appointments SET cancelled_at = "
            + at("2026-03-31", 9)
            + " WHERE status = 'cancelled'");
    warehouse.run(
        "UPDATE appointments SET reminder_sent_at = "
            + at("2026-03-31", 9)
            + " WHERE location_id = 'did' AND reminder_sent_at IS NULL");
    assertThat(outcomes())
        .containsExactly(
            "did|done|3.0|0.0|null|3 of 3 bookings got a reminder",
            "did-not|not_done|3.0|3.0|null|0 of 3 bookings got a reminder",
            "silent|unknown|3.0|null|null|null");
  }

  @Test
  void clientsWhoLeftBookOrDoNot() throws Exception {
    proposed("rebook_clients", "", "2");
    for (String location : List.of("did", "did-not")) {
      bookings(
          location,
          "left",
          visit("2026-03-25", "completed", "2026-03-01")
              + ", '"
              + location
              + "' || i AS client_key",
          0,
          2);
      // One more had an appointment already.
      bookings(
          location,
          "had",
          visit("2026-03-25", "completed", "2026-03-01") + ", '" + location + "9' AS client_key",
          0,
          1);
      bookings(
          location,
          "next",
          visit("2026-05-25", "booked", "2026-03-25") + ", '" + location + "9' AS client_key",
          0,
          1);
      bookings(
          location,
          "other",
          visit("2026-05-25", "booked", "2026-04-02") + ", '" + location + "7' AS client_key",
          0,
          1);
    }
    bookings(
        "did",
        "new",
        visit("2026-05-25", "booked", "2026-04-02") + ", 'did' || i AS client_key",
        0,
        2);
    // Booked, and cancelled again.
    bookings(
        "did-not",
        "new",
        visit("2026-05-25", "cancelled", "2026-04-02") + ", 'did-not' || i AS client_key",
        0,
        2);
    assertThat(outcomes())
        .containsExactly(
            "did|done|2.0|0.0|null|2 of 2 clients booked since",
            "did-not|not_done|2.0|2.0|null|0 of 2 clients booked since",
            "silent|unknown|2.0|null|null|null");
  }

  @Test
  void discountsFallBackToTheirNormOrDoNot() throws Exception {
    proposed("check_discounts", "bea", "0.20");
    for (String location : LOCATIONS) {
      rows(
          "sale_lines",
          "'"
              + location
              + "' AS location_id, 'bea' AS seller_id, 'service' AS kind, DATE '2026-02-10' AS"
              + " local_date, 100 AS gross_amount, 5 AS discount_amount FROM range(20)");
    }
    rows(
        "sale_lines",
        "l AS location_id, 'bea' AS seller_id, 'service' AS kind, DATE '2026-04-01' AS local_date,"
            + " 100 AS gross_amount, d AS discount_amount FROM range(10), (VALUES ('did', 5),"
            + " ('did-not', 25)) t(l, d)");
    assertThat(outcomes())
        .containsExactly(
            "did|done|0.2|0.05|150.00|bea gave 5 % of gross sales, 20 % before",
            "did-not|not_done|0.2|0.25|0.00|bea gave 25 % of gross sales, 20 % before",
            "silent|unknown|0.2|null|null|null");
    warehouse.run(
        "UPDATE sale_lines SET discount_amount = 12 WHERE local_date = DATE '2026-04-01'");
    assertThat(outcomes())
        .contains("did|in_part|0.2|0.12|80.00|bea gave 12 % of gross sales, 20 % before");
  }

  @Test
  void templatesAreCorrectedOrNot() throws Exception {
    proposed("correct_template", "laser", "15");
    for (String location : LOCATIONS) {
      rows(
          "service_durations",
          "'"
              + location
              + "' AS location_id, 'laser' AS service_id, 52 AS rows_timed, 60 AS"
              + " scheduled_median_minutes, 38 AS actual_median_minutes, 45 AS actual_p80_minutes");
    }
    for (String location : LOCATIONS) {
      bookings(location, "old", visit("2026-04-20", "booked", "2026-03-20"), 0, 9);
    }
    bookings("did", "new", visit("2026-04-20", "booked", "2026-04-01"), 0, 3);
    bookings("did-not", "new", visit("2026-04-20", "booked", "2026-04-01"), 0, 3);
    bookings("silent", "new", visit("2026-04-20", "booked", "2026-04-01"), 0, 2);
    warehouse.run("UPDATE appointments SET service_id = 'laser'");
    warehouse.run(
        "UPDATE appointments SET end_at = start_at + to_minutes(45) WHERE location_id = 'did' AND"
            + " appointment_id LIKE 'new%'");
    assertThat(outcomes())
        .containsExactly(
            "did|done|15.0|0.0|null|New bookings of laser take 45 minutes",
            "did-not|not_done|15.0|15.0|null|New bookings of laser take 60 minutes",
            "silent|unknown|15.0|null|null|null");
  }

  @Test
  void clashesAreMovedOrNot() throws Exception {
    proposed("clear_clashes", "", "2");
    schedules();
    for (String location : List.of("did", "did-not")) {
      bookings(location, "twice", visit("2026-04-01", "completed", "2026-03-20"), 0, 2);
      bookings(location, "late", visit("2026-04-01", "completed", "2026-04-01"), 0, 1);
    }
    rows(
        "double_bookings",
        "l AS location_id, DATE '2026-04-01' AS local_date, 'x' AS first_appointment_id, a AS"
            + " second_appointment_id FROM (VALUES ('did', 'late0'), ('did-not', 'twice0'),"
            + " ('did-not', 'twice1'), ('did-not', 'late0')) t(l, a)");
    rows(
        "overbooked_rooms",
        "'did' AS location_id, DATE '2026-04-01' AS local_date, 'twice1' AS"
            + " next_appointment_id");
    assertThat(outcomes())
        .containsExactly(
            "did|done|2.0|0.0|null|0 of 2 double bookings were not moved",
            "did-not|not_done|2.0|2.0|null|2 of 2 double bookings were not moved",
            "silent|unknown|2.0|null|null|null");
  }

  @Test
  void aSecondPersonPerformsTheServiceOrDoesNot() throws Exception {
    proposed("train_second", "laser", "1");
    for (String location : LOCATIONS) {
      bookings(location, "before", visit("2026-03-10", "completed", "2026-03-01"), 0, 3);
    }
    bookings("did", "week", visit("2026-04-01", "completed", "2026-03-20"), 0, 2);
    bookings("did-not", "week", visit("2026-04-01", "completed", "2026-03-20"), 0, 2);
    warehouse.run("UPDATE appointments SET service_id = 'laser', provider_id = 'ann'");
    warehouse.run(
        "UPDATE appointments SET provider_id = 'bea' WHERE location_id = 'did' AND appointment_id ="
            + " 'week1'");
    assertThat(outcomes())
        .containsExactly(
            "did|done|1.0|2.0|null|2 people performed laser lately",
            "did-not|not_done|1.0|1.0|null|1 person performed laser lately",
            "silent|unknown|1.0|null|null|null");
  }

  private void proposedBy(int publication, String week, String subject) throws SQLException {
    rows(
        "past_actions",
        String.format(
            Locale.ROOT,
            "%d AS publication, 'did' AS location_id, DATE '%s' AS week_start, 'train_second' AS"
                + " action, '%s' AS subject, 1 AS observed, true AS is_in_letter",
            publication,
            week,
            subject));
  }

  @Test
  void lookedAtIsWhatWasProposedFirstAWeekBefore() throws Exception {
    proposedBy(4, "2026-03-16", "too old");
    proposedBy(5, "2026-03-23", "laser");
    proposedBy(5, "2026-03-23", "peel");
    proposedBy(6, "2026-03-23", "facial");
    proposedBy(7, "2026-03-30", "too young");
    assertThat(
            warehouse.read(
                "SELECT subject FROM " + HandMadeRelations.query("acted_actions") + " ORDER BY 1"))
        .containsExactly("laser", "peel");
  }

  @Test
  void ofEarlierWeeksStandsWhatWasSeenFirst() throws Exception {
    rows(
        "past_outcomes",
        "p AS publication, 'did' AS location_id, w AS week_start, 'train_second' AS action, 'laser'"
            + " AS subject, s AS status FROM (VALUES (3, DATE '2026-03-09', 'done'), (4, DATE"
            + " '2026-03-09', 'not_done'), (5, DATE '2026-03-16', 'unknown'), (6, DATE '2026-03-23',"
            + " 'done')) t(p, w, s)");
    assertThat(
            warehouse.read(
                "SELECT week_start, status FROM "
                    + HandMadeRelations.query("action_outcomes")
                    + " ORDER BY 1"))
        .containsExactly("2026-03-09|done", "2026-03-16|unknown");
  }
}
