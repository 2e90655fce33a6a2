package medspa.warehouse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What clients bring by channel, and what goes together with no-shows. */
class ClientListsPublicationTest {
  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(
          ClientListsPublicationTest::write, "booking_effects", "clients_by_channel", "visits");

  /** The clients of a practice that is named after its test and has one location, "-austin". */
  private static final class Clients {
    private final LakeFixture lake;
    private final String practice;
    private int visits;

    Clients(LakeFixture lake, String practice) {
      this.lake = lake;
      this.practice = practice;
      lake.location(practice, practice + "-austin", practice);
    }

    void sale(String client, String day, String kind, String net) throws Exception {
      lake.rows(
          "silver/sale_lines",
          "practice_id, location_id, sale_id, line_id, client_key, kind, quantity, net_amount,"
              + " local_date, is_deleted",
          String.format(
              "'%s', '%s-austin', '%s-%s-%s-%s', '1', '%s', '%s', sign(%s), %s, DATE '%s', false",
              practice, practice, client, day, kind, net, client, kind, net, net, day));
    }

    void client(String client, String channel, String firstSeen) throws Exception {
      lake.rows(
          "silver/clients",
          "practice_id, client_key, acquisition_channel, first_seen_on, is_deleted",
          String.format("'%s', '%s', %s, %s, false", practice, client, channel, firstSeen));
    }

    /** Visits of one row each that start at 10:00 local time on the last computed Monday. */
    void visits(int due, int noShows, String channel, String booked, boolean reminded)
        throws Exception {
      lake.execute(
          String.format(
              "INSERT INTO \"silver/appointments\" (practice_id, location_id, appointment_id,"
                  + " start_at, end_at, status, booking_channel, booked_at, reminder_sent_at,"
                  + " local_date, is_deleted) SELECT '%s', '%s-austin', 'v%d-' || i, TIMESTAMPTZ"
                  + " '2026-03-30 15:00+00', TIMESTAMPTZ '2026-03-30 16:00+00', CASE WHEN i < %d"
                  + " THEN 'no_show' ELSE 'completed' END, %s, TIMESTAMPTZ '%s', %s, DATE"
                  + " '2026-03-30', false FROM range(%d) t(i)",
              practice,
              practice,
              ++visits,
              noShows,
              channel == null ? "NULL" : "'" + channel + "'",
              booked,
              reminded ? "TIMESTAMPTZ '2026-03-29 15:00+00'" : "NULL",
              due));
    }

    /** Appointments at the location, as SQL literals of the columns named. */
    void appointments(String columns, String... rows) throws Exception {
      for (String row : rows) {
        lake.rows(
            "silver/appointments",
            "practice_id, location_id, is_deleted, " + columns,
            "'%s', '%s-austin', false, %s".formatted(practice, practice, row));
      }
    }
  }

  private static List<String> effect(String practice, String name) throws Exception {
    return LAKE.query(
        "SELECT strata, exposed_due, exposed_no_shows, reference_due, reference_no_shows,"
            + " round(risk_ratio, 6), round(lower_95, 6), round(upper_95, 6), withheld_reason"
            + " FROM booking_effects WHERE location_id = '"
            + practice
            + "-austin' AND effect = '"
            + name
            + "'");
  }

  private static void write(LakeFixture lake) throws Exception {
    mantel(new Clients(lake, "mantel"));
    ahead(new Clients(lake, "ahead"));
    strata(new Clients(lake, "strata"));
    reminded(new Clients(lake, "reminded"));
    few(new Clients(lake, "few"));
    decided(new Clients(lake, "decided"));
    weeks(new Clients(lake, "weeks"));
    channels(new Clients(lake, "channels"));
    unsold(new Clients(lake, "unsold"));
  }

  private static void mantel(Clients at) throws Exception {
    // ≤ 1 day: 1 of 10 online, 2 of 10 by phone. 2 to 7 days: 2 of 20, and 8 of 40.
    at.visits(6, 1, "online", "2026-03-29 15:00+00", false);
    at.visits(4, 0, "app", "2026-03-30 14:00+00", false);
    at.visits(10, 2, "phone", "2026-03-29 15:00+00", false);
    at.visits(20, 2, "online", "2026-03-28 15:00+00", false);
    at.visits(40, 8, "phone", "2026-03-23 15:00+00", false);
    // One arm only, another channel, no channel: nothing to compare.
    at.visits(7, 7, "phone", "2026-03-10 15:00+00", false);
    at.visits(9, 9, "walk_in", "2026-03-29 15:00+00", false);
    at.visits(9, 9, null, "2026-03-29 15:00+00", false);
  }

  @Test
  void theRiskRatioIsThatOfMantelAndHaenszelOverLeadTimes() throws Exception {
    // R = 1·10/20 + 2·40/60, S = 2·10/20 + 8·20/60: ratio 1/2. P = (3·100 − 2·20)/20² +
    // (10·800 − 16·60)/60² = 2.60556; the variance is P ÷ RS = 0.387603.
    assertThat(effect("mantel", "online_booking"))
        .containsExactly("2|30|3|50|10|0.5|0.147581|1.693984|null");
    assertThat(LAKE.query("SELECT DISTINCT interpretation, week_start FROM booking_effects"))
        .containsExactly("association|2026-03-30");
  }

  private static void ahead(Clients at) throws Exception {
    // 04:30 UTC on the 29th is still the 28th in Chicago: two days ahead, another stratum.
    at.visits(20, 2, "online", "2026-03-29 04:30+00", false);
    at.visits(20, 2, "phone", "2026-03-29 05:30+00", false);
  }

  @Test
  void leadTimeIsCountedInLocalDays() throws Exception {
    assertThat(effect("ahead", "online_booking"))
        .containsExactly(
            "0|0|0|0|0|null|null|null|only 0 comparable visits due booked online or by app, 20 are"
                + " needed");
  }

  private static void strata(Clients at) throws Exception {
    for (String booked :
        new String[] {
          "2026-03-29", "2026-03-28", "2026-03-23", "2026-03-22", "2026-02-28", "2026-02-27"
        }) {
      at.visits(10, 1, "online", booked + " 15:00+00", false);
      at.visits(10, 1, "phone", booked + " 15:00+00", false);
    }
  }

  @Test
  void theStrataEndAtOneSevenAndThirtyDays() throws Exception {
    assertThat(effect("strata", "online_booking"))
        .singleElement()
        .asString()
        .startsWith("4|60|6|60|6|1.0|")
        .endsWith("|null");
  }

  private static void reminded(Clients at) throws Exception {
    at.visits(20, 1, null, "2026-03-28 15:00+00", true);
    at.visits(20, 4, null, "2026-03-28 15:00+00", false);
    // One of them is reminded when it begins, which is too late.
    at.lake.execute(
        "UPDATE \"silver/appointments\" SET reminder_sent_at = start_at"
            + " WHERE practice_id = 'reminded' AND appointment_id = 'v2-0'");
    // A second less than 48 hours ahead, and without the time of booking.
    at.visits(20, 20, null, "2026-03-28 15:00:01+00", false);
    at.appointments(
        "appointment_id, start_at, status, local_date",
        "'u1', '2026-03-30 15:00Z', 'no_show', DATE '2026-03-30'");
  }

  @Test
  void remindersAreComparedAmongVisitsBookedFortyEightHoursAhead() throws Exception {
    assertThat(effect("reminded", "reminder"))
        .singleElement()
        .asString()
        .startsWith("1|20|1|20|4|0.25|")
        .endsWith("|null");
  }

  private static void few(Clients at) throws Exception {
    at.visits(19, 5, "online", "2026-03-29 15:00+00", false);
    at.visits(25, 5, "phone", "2026-03-29 15:00+00", false);
    at.visits(20, 0, null, "2026-03-20 15:00+00", true);
    at.visits(20, 5, null, "2026-03-20 15:00+00", false);
    at.lake.location("few", "few-waco", "few");
  }

  @Test
  void nineteenVisitsInAnArmAreTooFewAndNoNoShowGivesNoRatio() throws Exception {
    assertThat(effect("few", "online_booking"))
        .containsExactly(
            "1|19|5|25|5|null|null|null|only 19 comparable visits due booked online or by app, 20"
                + " are needed");
    assertThat(effect("few", "reminder"))
        .containsExactly("1|20|0|20|5|null|null|null|no no-show among those reminded");
    assertThat(
            LAKE.query(
                "SELECT effect, exposed_due, risk_ratio IS NULL, withheld_reason IS NULL FROM"
                    + " booking_effects WHERE location_id = 'few-waco'"))
        .containsExactly("online_booking|0|true|false", "reminder|0|true|false");
  }

  private static void decided(Clients at) throws Exception {
    at.visits(19, 3, "online", "2026-03-29 15:00+00", false);
    at.visits(20, 3, "phone", "2026-03-29 15:00+00", false);
    // Cancelled early by phone, booked again online for the same day, and came.
    at.appointments(
        "appointment_id, client_key, start_at, end_at, status, cancelled_at, booking_channel,"
            + " booked_at, local_date",
        "'w1', 'c1', '2026-03-30 14:00Z', '2026-03-30 15:00Z', 'cancelled', '2026-03-27 14:00Z',"
            + " 'phone', '2026-03-20 14:00Z', DATE '2026-03-30'",
        "'w2', 'c1', '2026-03-30 16:00Z', '2026-03-30 17:00Z', 'completed', NULL,"
            + " 'online', '2026-03-29 14:00Z', DATE '2026-03-30'",
        // Late-cancelled is due; a booking whose outcome is open is not.
        "'w3', 'c2', '2026-03-30 16:00Z', '2026-03-30 17:00Z', 'cancelled', '2026-03-30 15:00Z',"
            + " 'phone', '2026-03-29 14:00Z', DATE '2026-03-30'",
        "'w4', 'c3', '2026-03-30 16:00Z', '2026-03-30 17:00Z', 'booked', NULL,"
            + " 'phone', '2026-03-29 14:00Z', DATE '2026-03-30'");
  }

  @Test
  void aVisitOfSeveralRowsCountsOnceWithTheRowThatDecidedIt() throws Exception {
    assertThat(effect("decided", "online_booking"))
        .singleElement()
        .asString()
        .startsWith("1|20|3|21|3|1.05|")
        .endsWith("|null");
  }

  private static void weeks(Clients at) throws Exception {
    at.visits(20, 2, "online", "2026-03-29 15:00+00", false);
    at.visits(20, 2, "phone", "2026-03-29 15:00+00", false);
    for (String day : List.of("2025-10-05", "2025-10-06")) {
      at.appointments(
          "appointment_id, start_at, end_at, status, booking_channel, booked_at, local_date",
          "'old%1$s', '%1$s 15:00Z', '%1$s 16:00Z', 'no_show', 'online', '%1$s', DATE '%1$s'"
              .formatted(day));
    }
  }

  @Test
  void onlyTwentySixWeeksCount() throws Exception {
    assertThat(effect("weeks", "online_booking"))
        .singleElement()
        .asString()
        .startsWith("1|21|3|20|2|");
  }

  private static void channels(Clients at) throws Exception {
    at.client("c1", "'Instagram'", "NULL");
    at.client("c2", "'Instagram'", "NULL");
    at.client("c3", "'Instagram'", "NULL");
    at.client("c4", "' '", "NULL");
    at.client("c5", "'Instagram'", "DATE '2020-01-01'");
    at.sale("walk-in", "2025-10-01", "service", "1");
    // Day 90 is 5 April, the last day before the as-of.
    at.sale("c1", "2026-01-05", "service", "100.10");
    at.sale("c1", "2026-04-05", "retail", "50");
    at.sale("c1", "2026-02-01", "tip", "20");
    at.sale("c1", "2026-02-01", "package", "900");
    // First seen by an appointment on 1 December; day 90 is 1 March, day 91 is not.
    at.appointments(
        "appointment_id, client_key, status, local_date",
        "'a1', 'c2', 'completed', DATE '2025-12-01'",
        "'a2', 'c2', 'no_show', DATE '2025-11-01'");
    at.sale("c2", "2026-03-01", "fee", "30");
    at.sale("c2", "2026-03-02", "service", "40");
    // A day too late, older than the history, and without a channel.
    at.sale("c3", "2026-01-06", "service", "500");
    at.sale("c5", "2025-12-05", "service", "700");
    at.sale("c4", "2025-10-02", "service", "80");
    at.sale("c4", "2025-12-31", "service", "-10");
    at.sale("c4", "2026-03-31", "service", "5");
  }

  @Test
  void onlyClientsWhoseHorizonIsOverBelongToItsCohort() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT acquisition_channel, horizon_days, clients, first_cohort_date,"
                    + " last_cohort_date, net_revenue, net_revenue_per_client, is_stable FROM"
                    + " clients_by_channel WHERE practice_id = 'channels'"))
        .as("the walk-in and c4 have reached 180 days")
        .containsExactly(
            "Instagram|90|2|2025-12-01|2026-01-05|180.1000|90.05|false",
            "unknown|90|2|2025-10-01|2025-10-02|71.0000|35.5|false",
            "unknown|180|2|2025-10-01|2025-10-02|76.0000|38.0|false");
  }

  private static void unsold(Clients at) throws Exception {
    at.visits(30, 0, "online", "2026-03-29 15:00+00", false);
  }

  @Test
  void withoutSalesThereAreNoCohorts() throws Exception {
    assertThat(LAKE.query("SELECT * FROM clients_by_channel WHERE practice_id = 'unsold'"))
        .isEmpty();
  }
}
