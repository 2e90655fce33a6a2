package medspa.warehouse.publish;

import static medspa.warehouse.publish.LakeFixture.LAST_WEEK;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One week under the rules of five vendors, worked out by hand. */
class CrosswalkPublicationTest {
  private static final List<String> VENDORS =
      List.of("boulevard", "jane", "mangomint", "phorest", "zenoti");

  @RegisterExtension final LakeFixture lake = new LakeFixture();
  private int next;

  @BeforeEach
  void open() throws Exception {
    lake.location("glow", "austin", "TX").location("glow", "waco", "TX");
    lake.has("glow", "austin", "shifts", "appointments", "sale_lines", "payments");
  }

  private void minutes(String part, int minutes) throws Exception {
    lake.provider(
        "glow", "austin", "ann", LAST_WEEK, part + "_seconds", Integer.toString(60 * minutes));
  }

  private void visits(String outcome, int visits) throws Exception {
    lake.measure("glow", "austin", LAST_WEEK, "visits_" + outcome, Integer.toString(visits));
  }

  private List<String> crosswalk(String kpi) throws Exception {
    return lake.query(
        "SELECT vendor, CAST(numerator AS DECIMAL(18, 2)), CAST(denominator AS DECIMAL(18, 2)),"
            + " unavailable_reason FROM kpi_crosswalk WHERE location_id = 'austin' AND kpi = '"
            + kpi
            + "' AND week_start = DATE '2026-03-30' ORDER BY vendor");
  }

  @Test
  void theFillRateOfAWeekUnderFiveRules() throws Exception {
    // 2,000 bookable minutes beside 120 of breaks and 80 of blocks; 50 minutes were worked outside.
    minutes("bookable", 2000);
    minutes("kept", 1000);
    minutes("no_show", 100);
    minutes("late_cancelled", 40);
    minutes("unresolved", 60);
    minutes("idle", 800);
    minutes("overflow", 50);
    minutes("break", 120);
    minutes("blocked", 80);
    visits("attended", 1);
    lake.write().publish();

    assertThat(crosswalk("fill_rate"))
        .containsExactly(
            "boulevard|1110.00|2200.00|null",
            "jane|1160.00|2200.00|null",
            "mangomint|1210.00|2000.00|null",
            "phorest|1170.00|2200.00|null",
            "zenoti|1250.00|2200.00|null");
    assertThat(
            lake.query(
                "SELECT item, CAST(numerator_change AS INTEGER), CAST(denominator_change AS"
                    + " INTEGER) FROM kpi_crosswalk_items WHERE kpi = 'fill_rate' AND vendor ="
                    + " 'zenoti' ORDER BY position"))
        .containsExactly(
            "Treatments outside bookable time are used time|50|0",
            "Breaks are used and scheduled time|120|120",
            "Blocked time is used and scheduled time|80|80");
    assertThat(
            lake.query(
                "SELECT value, our_value FROM kpi_crosswalk WHERE kpi = 'fill_rate' AND vendor ="
                    + " 'mangomint'"))
        .containsExactly("0.605|0.5");
  }

  @Test
  void theNoShowRateUnderTheRulesThatArePublished() throws Exception {
    visits("attended", 80);
    visits("no_show", 6);
    visits("late_cancelled", 4);
    visits("due", 90);
    visits("cancelled", 12);
    visits("unresolved", 3);
    lake.write().publish();

    assertThat(crosswalk("no_show_rate"))
        .containsExactly(
            "boulevard|null|null|the vendor publishes no rule",
            "jane|6.00|89.00|null",
            "mangomint|null|null|the vendor publishes no rule",
            "phorest|null|null|the vendor publishes no rule",
            "zenoti|6.00|105.00|null");
  }

  private void line(String kind, String net, String tax) throws Exception {
    lake.rows(
        "silver/sale_lines",
        "practice_id, location_id, sale_id, line_id, kind, quantity, net_amount, tax_amount,"
            + " local_date, is_deleted, source_file_id, source_line",
        "'glow', 'austin', 'S', '%d', '%s', 1, %s, %s, DATE '2026-04-05', false, 'f', 1"
            .formatted(++next, kind, net, tax));
    if (List.of("service", "retail", "fee").contains(kind)) {
      lake.provider("glow", "austin", "ann", LAST_WEEK, "net_" + kind, net);
    }
  }

  @Test
  void theSalesOfAWeekUnderFiveRules() throws Exception {
    line("service", "1000", "0");
    line("retail", "200", "16.50");
    line("fee", "50", "4");
    // Tax on anything but services and goods is in nobody's number.
    line("package", "900", "74.25");
    line("membership", "99", "0");
    line("gift_card", "75", "0");
    line("deposit", "25", "0");
    line("tip", "40", "0");
    lake.write().publish();

    assertThat(crosswalk("net_revenue"))
        .containsExactly(
            "boulevard|2389.00|null|null",
            "jane|2324.00|null|null",
            "mangomint|1200.00|null|null",
            "phorest|1216.50|null|null",
            "zenoti|2324.00|null|null");
  }

  private void visit(String client, String date, String outcome) throws Exception {
    lake.rows(
        "silver/visits",
        "practice_id, location_id, visit_key, client_key, visit_date, outcome, rows",
        "'glow', 'austin', 'v%d', %s, DATE '%s', '%s', 1"
            .formatted(++next, client == null ? "NULL" : "'" + client + "'", date, outcome));
    if (outcome.equals("attended")) {
      visits("attended", 1);
      if (client != null) {
        visits("attended_known", 1);
      }
    }
  }

  /** Times are of Chicago, five hours behind. */
  private void booking(String location, String client, String booked, String start, String status)
      throws Exception {
    lake.rows(
        "silver/appointments",
        "practice_id, location_id, appointment_id, client_key, booked_at, start_at, status,"
            + " local_date, is_deleted, source_file_id, source_line",
        "'glow', '%s', 'a%d', %s, TIMESTAMPTZ '%s-05:00', TIMESTAMPTZ '%s-05:00', '%s', DATE '%s',"
                .formatted(
                    location,
                    ++next,
                    client == null ? "NULL" : "'" + client + "'",
                    booked,
                    start,
                    status,
                    start.substring(0, 10))
            + " false, 'f', 1");
  }

  @Test
  void rebookingUnderTheRulesThatArePublished() throws Exception {
    lake.rows("silver/clients", "practice_id, client_key, is_deleted", "'glow', 'c1', false");
    // Books on the way out, at the last minute of the day, at the other location.
    visit("c1", "2026-03-31", "attended");
    booking("austin", "c1", "2026-03-01 10:00", "2026-03-31 10:00", "completed");
    booking("waco", "c1", "2026-03-31 23:59", "2026-05-01 10:00", "booked");
    // Had booked before the visit, and cancelled since.
    visit("c2", "2026-04-01", "attended");
    booking("austin", "c2", "2026-03-02 10:00", "2026-04-01 10:00", "completed");
    booking("austin", "c2", "2026-03-20 10:00", "2026-04-20 10:00", "cancelled");
    // Books the day after: a rebooking for one vendor only, within 24 hours.
    visit("c3", "2026-04-02", "attended");
    booking("austin", "c3", "2026-03-03 10:00", "2026-04-02 16:00", "completed");
    booking("austin", "c3", "2026-04-03 15:00", "2026-04-04 10:00", "completed");
    // Two more services of that visit, one of them added when it was over: still one appointment.
    booking("austin", "c3", "2026-04-03 15:00", "2026-04-04 10:30", "completed");
    booking("austin", "c3", "2026-04-04 11:00", "2026-04-04 11:00", "completed");
    // Nobody knows who that was, and one who did not come.
    visit(null, "2026-04-03", "attended");
    booking("austin", null, "2026-03-01 10:00", "2026-04-03 10:00", "completed");
    visit("c4", "2026-04-03", "no_show");
    booking("austin", "c4", "2026-03-01 10:00", "2026-04-03 11:00", "no_show");
    lake.measure("glow", "austin", LAST_WEEK, "rows_with_booked_at", "9")
        .measure("glow", "austin", LAST_WEEK, "visits_rebooked", "2")
        .write()
        .publish();

    // Mangomint asks of 6 appointments of the week; c3's second one was prebooked.
    assertThat(crosswalk("rebooking_rate"))
        .containsExactly(
            "boulevard|null|null|the vendor publishes no rule",
            "jane|null|null|the vendor publishes no rule",
            "mangomint|1.00|6.00|null",
            "phorest|1.00|3.00|null",
            "zenoti|1.00|4.00|null");
  }

  @Test
  void everyVendorHasARuleOrTheWordThatItPublishesNoneForEachNumber() throws Exception {
    lake.write().publish();

    assertThat(
            lake.query(
                "SELECT kpi, string_agg(vendor, ' ' ORDER BY vendor) FROM"
                    + " kpi_crosswalk_definitions GROUP BY kpi ORDER BY kpi"))
        .containsExactly(
            "fill_rate|" + String.join(" ", VENDORS),
            "net_revenue|" + String.join(" ", VENDORS),
            "no_show_rate|" + String.join(" ", VENDORS),
            "rebooking_rate|" + String.join(" ", VENDORS));
    assertThat(
            lake.query(
                "SELECT count(*) FROM kpi_crosswalk_definitions WHERE metric IS NOT NULL AND"
                    + " (source IS NULL OR definition IS NULL)"))
        .containsExactly("0");
  }
}
