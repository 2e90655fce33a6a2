package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One week under the rules of five vendors, worked out by hand. */
class CrosswalkPublicationTest {
  private static final List<String> VENDORS =
      List.of("boulevard", "jane", "mangomint", "phorest", "zenoti");

  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(
          CrosswalkPublicationTest::write,
          "kpi_crosswalk",
          "kpi_crosswalk_definitions",
          "kpi_crosswalk_items");

  /**
   * One week at "-austin" of a practice that is named after its test; another location is "-waco".
   */
  private static final class Week {
    private final LakeFixture lake;
    private final String practice;
    private int next;

    Week(LakeFixture lake, String practice) throws Exception {
      this.lake = lake;
      this.practice = practice;
      lake.location(practice, austin(), "TX").location(practice, practice + "-waco", "TX");
      lake.has(practice, austin(), "shifts", "appointments", "sale_lines", "payments");
    }

    private String austin() {
      return practice + "-austin";
    }

    void minutes(String part, int minutes) throws Exception {
      lake.provider(
          practice, austin(), "ann", LAST_WEEK, part + "_seconds", Integer.toString(60 * minutes));
    }

    void visits(String outcome, int visits) throws Exception {
      measure("visits_" + outcome, Integer.toString(visits));
    }

    void measure(String measure, String amount) throws Exception {
      lake.measure(practice, austin(), LAST_WEEK, measure, amount);
    }

    void line(String kind, String net, String tax) throws Exception {
      lake.rows(
          "silver/sale_lines",
          "practice_id, location_id, sale_id, line_id, kind, quantity, net_amount, tax_amount,"
              + " local_date, is_deleted, source_file_id, source_line",
          "'%s', '%s', 'S', '%d', '%s', 1, %s, %s, DATE '2026-04-05', false, 'f', 1"
              .formatted(practice, austin(), ++next, kind, net, tax));
      if (List.of("service", "retail", "fee").contains(kind)) {
        lake.provider(practice, austin(), "ann", LAST_WEEK, "net_" + kind, net);
      }
    }

    void visit(String client, String date, String outcome) throws Exception {
      lake.rows(
          "silver/visits",
          "practice_id, location_id, visit_key, client_key, visit_date, outcome, rows",
          "'%s', '%s', 'v%d', %s, DATE '%s', '%s', 1"
              .formatted(
                  practice,
                  austin(),
                  ++next,
                  client == null ? "NULL" : "'" + client + "'",
                  date,
                  outcome));
      if (outcome.equals("attended")) {
        visits("attended", 1);
        if (client != null) {
          visits("attended_known", 1);
        }
      }
    }

    /** Times are of Chicago, five hours behind. */
    void booking(String location, String client, String booked, String start, String status)
        throws Exception {
      lake.rows(
          "silver/appointments",
          "practice_id, location_id, appointment_id, client_key, booked_at, start_at, status,"
              + " local_date, is_deleted, source_file_id, source_line",
          "'%s', '%s-%s', 'a%d', %s, TIMESTAMPTZ '%s-05:00', TIMESTAMPTZ '%s-05:00', '%s', DATE '%s',"
                  .formatted(
                      practice,
                      practice,
                      location,
                      ++next,
                      client == null ? "NULL" : "'" + client + "'",
                      booked,
                      start,
                      status,
                      start.substring(0, 10))
              + " false, 'f', 1");
    }
  }

  private static List<String> crosswalk(String kpi, String practice) throws Exception {
    return LAKE.query(
        "SELECT vendor, CAST(numerator AS DECIMAL(18, 2)), CAST(denominator AS DECIMAL(18, 2)),"
            + " unavailable_reason FROM kpi_crosswalk WHERE location_id = '"
            + practice
            + "-austin' AND kpi = '"
            + kpi
            + "' AND week_start = DATE '2026-03-30' ORDER BY vendor");
  }

  private static void write(LakeFixture lake) throws Exception {
    fill(new Week(lake, "fill"));
    outcomes(new Week(lake, "outcomes"));
    sales(new Week(lake, "sales"));
    rebooked(new Week(lake, "rebooked"));
  }

  private static void fill(Week at) throws Exception {
    // 2,000 bookable minutes beside 120 of breaks and 80 of blocks; 50 minutes were worked outside.
    at.minutes("bookable", 2000);
    at.minutes("kept", 1000);
    at.minutes("no_show", 100);
    at.minutes("late_cancelled", 40);
    at.minutes("unresolved", 60);
    at.minutes("idle", 800);
    at.minutes("overflow", 50);
    at.minutes("break", 120);
    at.minutes("blocked", 80);
    at.visits("attended", 1);
  }

  @Test
  void theFillRateOfAWeekUnderFiveRules() throws Exception {
    assertThat(crosswalk("fill_rate", "fill"))
        .containsExactly(
            "boulevard|1110.00|2200.00|null",
            "jane|1160.00|2200.00|null",
            "mangomint|1210.00|2000.00|null",
            "phorest|1170.00|2200.00|null",
            "zenoti|1250.00|2200.00|null");
    assertThat(
            LAKE.query(
                "SELECT item, CAST(numerator_change AS INTEGER), CAST(denominator_change AS"
                    + " INTEGER) FROM kpi_crosswalk_items WHERE practice_id = 'fill' AND kpi = 'fill_rate' AND vendor ="
                    + " 'zenoti' ORDER BY position"))
        .containsExactly(
            "Treatments outside bookable time are used time|50|0",
            "Breaks are used and scheduled time|120|120",
            "Blocked time is used and scheduled time|80|80");
    assertThat(
            LAKE.query(
                "SELECT value, our_value FROM kpi_crosswalk WHERE practice_id = 'fill' AND kpi = 'fill_rate' AND vendor ="
                    + " 'mangomint'"))
        .containsExactly("0.605|0.5");
  }

  private static void outcomes(Week at) throws Exception {
    at.visits("attended", 80);
    at.visits("no_show", 6);
    at.visits("late_cancelled", 4);
    at.visits("due", 90);
    at.visits("cancelled", 12);
    at.visits("unresolved", 3);
  }

  @Test
  void theNoShowRateUnderTheRulesThatArePublished() throws Exception {
    assertThat(crosswalk("no_show_rate", "outcomes"))
        .containsExactly(
            "boulevard|null|null|the vendor publishes no rule",
            "jane|6.00|89.00|null",
            "mangomint|null|null|the vendor publishes no rule",
            "phorest|null|null|the vendor publishes no rule",
            "zenoti|6.00|105.00|null");
  }

  private static void sales(Week at) throws Exception {
    at.line("service", "1000", "0");
    at.line("retail", "200", "16.50");
    at.line("fee", "50", "4");
    // Tax on anything but services and goods is in nobody's number.
    at.line("package", "900", "74.25");
    at.line("membership", "99", "0");
    at.line("gift_card", "75", "0");
    at.line("deposit", "25", "0");
    at.line("tip", "40", "0");
  }

  @Test
  void theSalesOfAWeekUnderFiveRules() throws Exception {
    assertThat(crosswalk("net_revenue", "sales"))
        .containsExactly(
            "boulevard|2389.00|null|null",
            "jane|2324.00|null|null",
            "mangomint|1200.00|null|null",
            "phorest|1216.50|null|null",
            "zenoti|2324.00|null|null");
  }

  private static void rebooked(Week at) throws Exception {
    at.lake.rows(
        "silver/clients", "practice_id, client_key, is_deleted", "'rebooked', 'c1', false");
    // Books on the way out, at the last minute of the day, at the other location.
    at.visit("c1", "2026-03-31", "attended");
    at.booking("austin", "c1", "2026-03-01 10:00", "2026-03-31 10:00", "completed");
    at.booking("waco", "c1", "2026-03-31 23:59", "2026-05-01 10:00", "booked");
    // Had booked before the visit, and cancelled since.
    at.visit("c2", "2026-04-01", "attended");
    at.booking("austin", "c2", "2026-03-02 10:00", "2026-04-01 10:00", "completed");
    at.booking("austin", "c2", "2026-03-20 10:00", "2026-04-20 10:00", "cancelled");
    // Books the day after: a rebooking for one vendor only, within 24 hours.
    at.visit("c3", "2026-04-02", "attended");
    at.booking("austin", "c3", "2026-03-03 10:00", "2026-04-02 16:00", "completed");
    at.booking("austin", "c3", "2026-04-03 15:00", "2026-04-04 10:00", "completed");
    // Two more services of that visit, one of them added when it was over: still one appointment.
    at.booking("austin", "c3", "2026-04-03 15:00", "2026-04-04 10:30", "completed");
    at.booking("austin", "c3", "2026-04-04 11:00", "2026-04-04 11:00", "completed");
    // Nobody knows who that was, and one who did not come.
    at.visit(null, "2026-04-03", "attended");
    at.booking("austin", null, "2026-03-01 10:00", "2026-04-03 10:00", "completed");
    at.visit("c4", "2026-04-03", "no_show");
    at.booking("austin", "c4", "2026-03-01 10:00", "2026-04-03 11:00", "no_show");
    at.measure("rows_with_booked_at", "9");
    at.measure("visits_rebooked", "2");
  }

  @Test
  void rebookingUnderTheRulesThatArePublished() throws Exception {
    // Mangomint asks of 6 appointments of the week; c3's second one was prebooked.
    assertThat(crosswalk("rebooking_rate", "rebooked"))
        .containsExactly(
            "boulevard|null|null|the vendor publishes no rule",
            "jane|null|null|the vendor publishes no rule",
            "mangomint|1.00|6.00|null",
            "phorest|1.00|3.00|null",
            "zenoti|1.00|4.00|null");
  }

  @Test
  void everyVendorHasARuleOrTheWordThatItPublishesNoneForEachNumber() throws Exception {
    assertThat(
            LAKE.query(
                "SELECT kpi, string_agg(vendor, ' ' ORDER BY vendor) FROM"
                    + " kpi_crosswalk_definitions GROUP BY kpi ORDER BY kpi"))
        .containsExactly(
            "fill_rate|" + String.join(" ", VENDORS),
            "net_revenue|" + String.join(" ", VENDORS),
            "no_show_rate|" + String.join(" ", VENDORS),
            "rebooking_rate|" + String.join(" ", VENDORS));
    assertThat(
            LAKE.query(
                "SELECT count(*) FROM kpi_crosswalk_definitions WHERE metric IS NOT NULL AND"
                    + " (source IS NULL OR definition IS NULL)"))
        .containsExactly("0");
  }
}
