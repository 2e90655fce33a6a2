package medspa.warehouse.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import medspa.warehouse.relation.HandMadeRelations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Each action on a made situation that must give it, and one that must not. The last computed week
 * begins on Monday, 30 March 2026; a visit brings 200, a treated hour 300.
 */
class ActionCandidatesTest {
  private HandMadeRelations warehouse;

  @BeforeEach
  void twoLocations() throws SQLException {
    warehouse = new HandMadeRelations();
    for (String location : List.of("hit", "miss")) {
      warehouse.location(location);
      rows(
          "gap_rates",
          "DATE '2026-03-30' AS week_start, 13 AS range_weeks, '"
              + location
              + "' AS location_id, 200 AS net_per_attended_visit, 300 AS net_per_treated_hour");
    }
  }

  @AfterEach
  void close() throws SQLException {
    warehouse.close();
  }

  private void rows(String relation, String select) throws SQLException {
    warehouse.rows(relation, select);
  }

  private List<String> actions(String id) throws SQLException {
    return warehouse.read(
        "SELECT location_id, subject, low::DECIMAL(18,2), expected::DECIMAL(18,2),"
            + " high::DECIMAL(18,2), due_on, sentence, evidence FROM "
            + HandMadeRelations.query("actions")
            + " WHERE action = '"
            + id
            + "' ORDER BY rank");
  }

  @Test
  void unpaidReceiptsAreCollectedWhereExperienceSaysThatSomeOfThemArePaid() throws Exception {
    // Of 40 receipts of 100 that were late, 20 were paid after five weeks; 10 open ones are younger
    // than 13 weeks. At the other place nothing is late; a third one exports no payments.
    rows(
        "sale_lines",
        "'hit' AS location_id, 's' || i AS sale_id, DATE '2026-02-02' - CAST(CASE WHEN i < 30 THEN"
            + " 60 ELSE 0 END AS INTEGER) AS local_date, 90 AS net_amount, 10 AS tax_amount FROM"
            + " range(40) t(i)");
    rows(
        "payments",
        "'hit' AS location_id, 's' || i AS sale_id, DATE '2026-01-12' AS local_date, 100 AS amount"
            + " FROM range(20) t(i)");
    rows(
        "sale_lines",
        "'miss' AS location_id, 'm' || i AS sale_id, DATE '2026-02-02' AS local_date, 90 AS"
            + " net_amount, 10 AS tax_amount FROM range(40) t(i)");
    rows(
        "payments",
        "'miss' AS location_id, 'm' || i AS sale_id, DATE '2026-02-03' AS local_date, 100 AS"
            + " amount FROM range(40) t(i)");

    assertThat(actions("collect_receipts"))
        .containsExactly(
            "hit|hit|352.00|500.00|648.00|2026-04-10|Collect 10 receipts|Unpaid for over four weeks; of such receipts 50 % were paid later");
  }

  @Test
  void withoutPaymentsInTheExportsNothingIsOwed() throws Exception {
    rows(
        "sale_lines",
        "'hit' AS location_id, 's' || i AS sale_id, DATE '2026-02-02' AS local_date, 90 AS"
            + " net_amount, 10 AS tax_amount FROM range(40) t(i)");
    assertThat(actions("collect_receipts")).isEmpty();
  }

  @Test
  void stockThatCannotServeTheBookingsIsSecuredAtWhatTheyBring() throws Exception {
    // 10 bookings of 40 units on two days; 300 units cover the first day, 100 of the second are
    // short.
    for (String location : List.of("hit", "miss")) {
      String usable = location.equals("hit") ? "300" : "400";
      String missing = location.equals("hit") ? "100" : "0";
      rows(
          "stock_at_risk",
          "'"
              + location
              + "' AS location_id, 'tox' AS product_id, DATE '2026-04-05' AS on_date, d AS date, 5"
              + " AS lead_time_days, 5 AS booked_rows, 200 AS need, n AS cumulative_need, "
              + usable
              + " AS usable_on_hand, s AS short_quantity FROM (VALUES (DATE '2026-04-07', 200, 0),"
              + " (DATE '2026-04-09', 400, "
              + missing
              + ")) t(d, n, s)");
      rows(
          "appointments",
          "'"
              + location
              + "' AS location_id, 'a' || i AS appointment_id, 'botox' AS service_id, CASE WHEN i <"
              + " 5 THEN DATE '2026-04-07' ELSE DATE '2026-04-09' END AS local_date, 'booked' AS"
              + " status FROM range(10) t(i)");
    }
    rows("products", "'tox' AS product_id, 'Toxin' AS name");
    rows("service_products", "'botox' AS service_id, 'tox' AS product_id, 40 AS quantity");
    // Sold by the unit: a line of 40 units brings 480.
    rows(
        "sale_lines",
        "'hit' AS location_id, 'botox' AS service_id, 'service' AS kind, 40 AS quantity, 480 AS"
            + " net_amount, DATE '2026-03-31' AS local_date FROM range(3)");
    rows(
        "visits",
        "'hit' AS location_id, DATE '2026-03-31' AS visit_date, CASE WHEN i < 9 THEN 'attended'"
            + " ELSE 'no_show' END AS outcome FROM range(10) t(i)");

    assertThat(actions("secure_stock"))
        .containsExactly(
            "hit|tox|1080.00|1200.00|2400.00|2026-04-08|Get 100 more of Toxin by Thu Apr 9, by"
                + " express or transfer|10 bookings need it before an order can arrive;"
                + " 300 on hand");
    warehouse.run("DELETE FROM locations WHERE location_id = 'miss'");
    assertThat(actions("secure_stock"))
        .as("no other location to send it")
        .singleElement()
        .asString()
        .contains("|Get 100 more of Toxin by Thu Apr 9, by express|");
  }

  @Test
  void lotsThatExpireUnusedAreUsedOrMoved() throws Exception {
    rows(
        "inventory_expiring",
        "l AS location_id, 'gel' AS product_id, c AS is_consignment, DATE '2026-05-03' AS"
            + " expires_on, 28 AS days_left, h AS horizon_days, 20 AS on_hand, 8 AS projected_use,"
            + " 12 AS at_risk, 10 AS unit_cost, 120 AS at_risk_cost FROM (VALUES ('hit', false, 30),"
            + " ('miss', true, 30), ('miss', false, 0), ('miss', false, 90)) t(l, c, h)");
    rows("inventory_reorder", "'hit' AS location_id, 'gel' AS product_id, 1.5 AS usage_deviation");

    assertThat(actions("use_lots"))
        .containsExactly(
            "hit|gel|60.00|120.00|180.00|2026-04-26|Use or move 12 of gel before May 3|20 on hand"
                + " in lots that expire within 60 days; at this pace 8 of it will be used");
  }

  @Test
  void overstockIsCashAndNotRankedAmongRevenue() throws Exception {
    rows(
        "inventory_overstock",
        "l AS location_id, p AS product_id, 100 AS on_hand, 20 AS par, o AS overstock, 10 AS"
            + " unit_cost, o * 10 AS overstock_cost FROM (VALUES ('hit', 'sun', 60), ('hit',"
            + " 'peel', 20), ('miss', 'sun', 30)) t(l, p, o)");
    rows("inventory_reorder", "'hit' AS location_id, 'sun' AS product_id, 5 AS usage_deviation");
    rows(
        "inventory_expiring",
        "'hit' AS location_id, 'gel' AS product_id, false AS is_consignment, DATE '2026-05-03' AS"
            + " expires_on, 28 AS days_left, 30 AS horizon_days, 20 AS on_hand, 8 AS projected_use,"
            + " 12 AS at_risk, 10 AS unit_cost, 120 AS at_risk_cost");

    assertThat(actions("free_overstock"))
        .containsExactly(
            "hit|hit|600.00|800.00|1600.00|2026-04-10|Order none of 2 products until used down|More"
                + " than par and four weeks of use; most of the money is in sun");
    assertThat(
            warehouse.read(
                "SELECT action FROM " + HandMadeRelations.query("actions") + " ORDER BY rank"))
        .as("800 in cash after 120 in revenue")
        .containsExactly("use_lots", "free_overstock");
  }

  @Test
  void halfDaysThatAreIdleNextWeekAreFilledByName() throws Exception {
    // Four free hours of next week; of the weeks before, 10 free hours were 8 idle ones at the end.
    rows(
        "week_ahead_hours",
        "l AS location_id, 'ann' AS provider_id, w AS week_start, d AS date, true AS is_afternoon,"
            + " 14400 AS bookable_seconds, b AS booked_seconds FROM (VALUES ('hit', DATE"
            + " '2026-04-06', DATE '2026-04-08', 0), ('miss', DATE '2026-04-06', DATE '2026-04-08',"
            + " 7200), ('miss', DATE '2026-03-30', DATE '2026-03-31', 0)) t(l, w, d, b)");
    rows(
        "week_ahead_hours",
        "'hit' AS location_id, 'ann' AS provider_id, DATE '2026-03-30' AS week_start, DATE"
            + " '2026-03-31' AS date, true AS is_afternoon, 36000 AS bookable_seconds, 0 AS"
            + " booked_seconds");
    rows(
        "provider_minutes_weekly",
        "'hit' AS location_id, 'ann' AS provider_id, DATE '2026-03-30' AS week_start, 400 AS"
            + " idle_minutes, 80 AS no_show_minutes, 0 AS late_cancelled_minutes");
    rows("providers", "'ann' AS provider_id, 'Ann Lee' AS name");

    assertThat(actions("fill_half_days"))
        .containsExactly(
            "hit|hit|240.00|480.00|720.00|2026-04-08|Fill 4 free hours of next week: Ann Lee Wed"
                + " pm|1 half-day at most a quarter booked; lately 20 % of such hours filled without"
                + " it");
  }

  private void bookings(String location, String day, int from, int to, String status, boolean sent)
      throws SQLException {
    rows(
        "appointments",
        String.format(
            "'%s' AS location_id, '%s%s' || i AS appointment_id, DATE '%s' AS local_date, TIMESTAMPTZ"
                + " '%s 16:00Z' AS start_at, TIMESTAMPTZ '%s 16:00Z' - to_days(9) AS booked_at,"
                + " '%s' AS status, %s AS reminder_sent_at FROM range(%d, %d) t(i)",
            location,
            status,
            day,
            day,
            day,
            day,
            status,
            sent ? "TIMESTAMPTZ '" + day + " 06:00Z'" : "NULL::TIMESTAMPTZ",
            from,
            to));
  }

  @Test
  void bookingsAreRemindedWhereTheOwnDataTellThatItHelps() throws Exception {
    for (String location : List.of("hit", "miss")) {
      bookings(location, "2026-04-08", 0, 10, "booked", false);
      bookings(location, "2026-04-09", 10, 20, "booked", true);
      // Half of the bookings went without a reminder, a quarter of them were missed.
      bookings(location, "2026-03-31", 20, 35, "completed", false);
      bookings(location, "2026-04-01", 35, 40, "no_show", false);
      bookings(location, "2026-04-02", 40, 60, "completed", true);
    }
    rows(
        "booking_effects",
        "l AS location_id, 'reminder' AS effect, 0.6 AS risk_ratio, 0.4 AS lower_95, u AS upper_95"
            + " FROM (VALUES ('hit', 0.9), ('miss', 1.1)) t(l, u)");

    // 10 bookings × 25 % × 200 are at stake.
    assertThat(actions("remind_bookings"))
        .containsExactly(
            "hit|hit|50.00|200.00|300.00|2026-04-08|Remind 10 bookings of next week that have no"
                + " reminder yet|50 % of bookings got none in the last four weeks; reminded"
                + " clients miss 0.60× as many visits (0.40 to 0.90)");
  }

  @Test
  void remindersThatStoppedLatelyAreMissedAsOftenAsTheyAreNowForgotten() throws Exception {
    bookings("hit", "2026-04-08", 0, 10, "booked", false);
    // Until March everybody was reminded but five, of whom one did not come; since then nobody is.
    bookings("hit", "2026-02-03", 10, 60, "completed", true);
    bookings("hit", "2026-02-04", 60, 64, "completed", false);
    bookings("hit", "2026-02-05", 64, 65, "no_show", false);
    bookings("hit", "2026-03-31", 65, 76, "completed", false);
    bookings("hit", "2026-04-01", 76, 80, "no_show", false);
    rows(
        "booking_effects",
        "'hit' AS location_id, 'reminder' AS effect, 0.6 AS risk_ratio, 0.4 AS lower_95, 0.9 AS"
            + " upper_95");

    // All 10 bookings, and not a quarter of them, × 25 % × 200 are at stake.
    assertThat(actions("remind_bookings"))
        .containsExactly(
            "hit|hit|50.00|200.00|300.00|2026-04-08|Remind 10 bookings of next week that have no"
                + " reminder yet|100 % of bookings got none in the last four weeks; reminded"
                + " clients miss 0.60× as many visits (0.40 to 0.90)");
  }

  private void visit(String client, String location, String day, String bookedOn)
      throws SQLException {
    rows(
        "appointments",
        String.format(
            "'%s' AS location_id, '%s%s' AS appointment_id, '%s' AS client_key, DATE '%s' AS"
                + " local_date, TIMESTAMPTZ '%s 16:00Z' AS start_at, TIMESTAMPTZ '%s 16:00Z' AS"
                + " booked_at, 'completed' AS status",
            location, client, day, client, day, day, bookedOn));
  }

  @Test
  void clientsWhoLeftWithoutANextAppointmentAreCalled() throws Exception {
    for (int i = 0; i < 20; i++) {
      // All with a next appointment came back, five of those without.
      visit("with" + i, "hit", "2025-12-01", "2025-11-20");
      visit("with" + i, "hit", "2026-01-12", "2025-12-01");
      visit("without" + i, "hit", "2025-12-02", "2025-11-20");
      if (i < 5) {
        visit("without" + i, "hit", "2026-01-13", "2026-01-02");
      }
    }
    for (int i = 0; i < 4; i++) {
      visit("now" + i, "hit", "2026-03-31", "2026-03-20");
    }
    visit("next", "hit", "2026-04-01", "2026-03-20");
    visit("next", "hit", "2026-05-01", "2026-04-01");
    visit("elsewhere", "miss", "2026-04-01", "2026-03-20");

    // 4 clients × 75 % × 200.
    assertThat(actions("rebook_clients"))
        .containsExactly(
            "hit|hit|150.00|300.00|600.00|2026-04-10|Call 4 clients who left last week without a"
                + " next appointment|25 % of such clients come back, 100 % of those"
                + " with an appointment");
  }

  private void discounts(String location, String person, int weeksAgo, int percent)
      throws SQLException {
    rows(
        "sale_lines",
        String.format(
            "'%s' AS location_id, '%s' AS seller_id, 'service' AS kind, DATE '2026-04-02' - %d AS"
                + " local_date, 100 AS gross_amount, %d AS discount_amount FROM range(10)",
            location, person, 7 * weeksAgo, percent));
  }

  @Test
  void discountsAboveTheOwnNormAreAskedAbout() throws Exception {
    for (int week = 0; week < 14; week++) {
      discounts("hit", "bea", week, week < 4 ? 20 : week % 2 == 0 ? 4 : 6);
      discounts("miss", "cal", week, week % 2 == 0 ? 4 : 6);
    }
    rows("providers", "'bea' AS provider_id, 'Bea Ray' AS name");

    assertThat(actions("check_discounts"))
        .containsExactly(
            "hit|bea|139.46|150.00|160.54|2026-04-10|Ask Bea Ray about discounts|20 % of gross sales"
                + " in the last four weeks, 5 % in the weeks before");
  }

  @Test
  void templatesThatRealityContradictsAreCorrected() throws Exception {
    rows(
        "service_durations",
        "'hit' AS location_id, s AS service_id, 52 AS rows_timed, d AS scheduled_median_minutes, m"
            + " AS actual_median_minutes, p AS actual_p80_minutes FROM (VALUES ('laser', 60, 38,"
            + " 45), ('peel', 30, 40, 44), ('facial', 60, 55, 58)) t(s, d, m, p)");

    // A quarter hour of four treatments a week at 300 an hour, and ten minutes of as many.
    assertThat(actions("correct_template"))
        .containsExactly(
            "hit|laser|75.00|150.00|300.00|2026-04-17|Book laser for 45 instead of 60 minutes|52"
                + " treatments in 13 weeks: half within 38 minutes, four of five within 45",
            "hit|peel|50.00|100.00|200.00|2026-04-17|Book peel for 45 instead of 30 minutes|52"
                + " treatments in 13 weeks: half within 40 minutes, four of five within 44");
  }

  private void made(String service, int from, int minutes, String bookedOn) throws SQLException {
    rows(
        "appointments",
        String.format(
            "'hit' AS location_id, 'a' || i AS appointment_id, '%s' AS service_id, TIMESTAMPTZ '%s"
                + " 16:00Z' AS booked_at, TIMESTAMPTZ '2026-04-20 16:00Z' AS start_at, TIMESTAMPTZ"
                + " '2026-04-20 16:00Z' + to_minutes(%d) AS end_at, 'booked' AS status FROM"
                + " range(%d, %d) t(i)",
            service, bookedOn, minutes, from, from + 5));
  }

  @Test
  void aTemplateIsWhatBookingsAreGivenNow() throws Exception {
    rows(
        "service_durations",
        "'hit' AS location_id, s AS service_id, 52 AS rows_timed, d AS scheduled_median_minutes, m"
            + " AS actual_median_minutes, p AS actual_p80_minutes FROM (VALUES ('corrected', 60,"
            + " 38, 45), ('stretched', 60, 55, 60), ('once', 60, 55, 60)) t(s, d, m, p)");
    made("corrected", 0, 45, "2026-03-25");
    made("stretched", 10, 90, "2026-03-25");
    made("once", 20, 90, "2026-03-20");

    // Half an hour of four treatments a week at 300 an hour.
    assertThat(actions("correct_template"))
        .as("what was booked before the last two weeks says nothing of today's template")
        .containsExactly(
            "hit|stretched|150.00|300.00|600.00|2026-04-17|Book stretched for 60 instead of 90"
                + " minutes|52 treatments in 13 weeks: half within 55 minutes, four of five within"
                + " 60");
  }

  @Test
  void bookingsOfTheComingWeekThatClashAreMoved() throws Exception {
    rows(
        "appointments",
        "l AS location_id, a AS appointment_id, s AS status FROM (VALUES ('hit', 'a1', 'booked'),"
            + " ('hit', 'a2', 'confirmed'), ('miss', 'b1', 'booked'), ('miss', 'b2', 'cancelled'))"
            + " t(l, a, s)");
    rows(
        "double_bookings",
        "l AS location_id, d AS local_date, 'x' AS first_appointment_id, a AS"
            + " second_appointment_id FROM (VALUES ('hit', DATE '2026-04-08', 'a1'), ('miss', DATE"
            + " '2026-04-01', 'b1'), ('miss', DATE '2026-04-08', 'b2')) t(l, d, a)");
    rows(
        "overbooked_rooms",
        "'hit' AS location_id, DATE '2026-04-07' AS local_date, 'a2' AS next_appointment_id, 20 AS"
            + " missing_minutes, false AS is_double_booked");

    // A visit of 200; who waits for a room comes.
    assertThat(actions("clear_clashes"))
        .containsExactly(
            "hit|hit|50.00|100.00|200.00|2026-04-08|Move 1 double booking of next week, from"
                + " Wednesday on|A provider or room would have two at a time; 1 more begins before"
                + " the room is cleaned");
  }

  @Test
  void aServiceThatOnlyOneOfSeveralPeoplePerformsIsAnExposure() throws Exception {
    rows(
        "appointments",
        "l AS location_id, 'a' || i AS appointment_id, p AS provider_id, s AS service_id,"
            + " 'completed' AS status, DATE '2026-03-31' AS local_date FROM range(14) t(i), (VALUES"
            + " ('hit', 'ann', 'laser'), ('hit', 'bea', 'peel'), ('hit', 'ann', 'peel'), ('miss',"
            + " 'ann', 'laser')) v(l, p, s)");
    rows(
        "sale_lines",
        "l AS location_id, 'laser' AS service_id, 'service' AS kind, 1300 AS net_amount, DATE"
            + " '2026-03-31' - CAST(7 * i AS INTEGER) AS local_date FROM range(6) t(i), (VALUES"
            + " ('hit'), ('miss')) v(l)");

    assertThat(actions("train_second"))
        .containsExactly(
            "hit|laser|0.00|600.00|1300.00|2026-05-01|Train a second person for laser|Only ann"
                + " performed it in 13 weeks, 14 times");
  }

  @Test
  void theLetterNamesThreeOfDifferentKindsWhereThereAreSoMany() throws Exception {
    // By rank: hit's gel 120, miss's gel 110, hit's oil 100; then cash at both.
    rows(
        "inventory_expiring",
        "l AS location_id, p AS product_id, false AS is_consignment, DATE '2026-05-03' AS"
            + " expires_on, 28 AS days_left, 30 AS horizon_days, 20 AS on_hand, 8 AS projected_use,"
            + " 12 AS at_risk, c AS unit_cost, 12 * c AS at_risk_cost FROM (VALUES ('hit', 'gel',"
            + " 10), ('miss', 'gel', 9), ('hit', 'oil', 8), ('hit', 'wax', 7)) t(l, p, c)");
    rows(
        "inventory_overstock",
        "l AS location_id, 'sun' AS product_id, 100 AS on_hand, 20 AS par, 60 AS overstock, 10 AS"
            + " unit_cost, 600 AS overstock_cost FROM (VALUES ('hit'), ('miss')) t(l)");
    assertThat(
            warehouse.read(
                "SELECT rank, location_id, action, subject, is_in_letter, is_of_location FROM "
                    + HandMadeRelations.query("actions")
                    + " ORDER BY rank"))
        .containsExactly(
            "1|hit|use_lots|gel|true|true",
            "2|miss|use_lots|gel|true|true",
            "3|hit|use_lots|oil|false|true",
            "4|hit|use_lots|wax|false|false",
            "5|hit|free_overstock|hit|true|true",
            "6|miss|free_overstock|miss|false|true");
  }

  @Test
  void aWeekWithoutAnythingToSeeToHasNoActions() throws Exception {
    assertThat(warehouse.read("SELECT action FROM " + HandMadeRelations.query("actions")))
        .isEmpty();
  }
}
