package medspa.warehouse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Members from month to month, against a few whose months are worked out by hand. */
class MembershipPublicationTest {
  private static final String COLUMNS =
      "practice_id, location_id, membership_id, client_key, status, local_date, paused_on,"
          + " resumes_on, ended_on, price, period, is_deleted, source_file_id, source_line";

  @RegisterExtension
  static final PublishedLake LAKE =
      new PublishedLake(MembershipPublicationTest::write, "membership_monthly");

  private static int next;

  private static void member(
      LakeFixture lake, String client, String status, String from, String more) throws Exception {
    lake.rows(
        "silver/memberships",
        COLUMNS,
        "'club', 'club-austin', 'm%d', %s, '%s', DATE '%s', %s, false, 'f', 1"
            .formatted(++next, client, status, from, more));
  }

  private static void write(LakeFixture lake) throws Exception {
    lake.location("club", "club-austin", "TX");
    // A row before the first month, so that the weeks of the fixture reach into it.
    lake.provider("club", "club-austin", "ann", LocalDate.of(2026, 1, 26), "lines_sold", "1");
    member(lake, "'a'", "active", "2025-06-01", "NULL, NULL, NULL, 100, 'month'");
    member(lake, "'b'", "cancelled", "2025-06-01", "NULL, NULL, DATE '2026-03-15', 1200, 'year'");
    // Two memberships of one client, one of which goes on: the client is not lost.
    member(lake, "'c'", "cancelled", "2025-06-01", "NULL, NULL, DATE '2026-03-20', 30, 'quarter'");
    member(lake, "'c'", "past_due", "2025-06-01", "NULL, NULL, NULL, 12, 'week'");
    member(lake, "'d'", "paused", "2025-06-01", "DATE '2026-03-10', NULL, NULL, 90, 'month'");
    member(
        lake,
        "'e'",
        "active",
        "2025-06-01",
        "DATE '2026-02-10', DATE '2026-03-02', NULL, 80, 'month'");
    member(lake, "'f'", "active", "2026-03-31", "NULL, NULL, NULL, NULL, NULL");
    member(lake, "NULL", "active", "2026-03-01", "NULL, NULL, NULL, 500, 'once'");
    member(lake, "'g'", "cancelled", "2026-03-05", "NULL, NULL, DATE '2026-03-05', 70, 'month'");
    // Ends on the first day of April: still a member on the last of March.
    member(lake, "'h'", "expired", "2025-06-01", "NULL, NULL, DATE '2026-04-01', 60, 'month'");
  }

  @Test
  void membersComePauseResumeAndGoFromMonthToMonth() throws Exception {
    assertThat(
            months(
                "opening, joined, resumed, paused, lost, closing, net_change, paused_at_end,"
                    + " cancelled, sold"))
        .containsExactly("2026-03-01|5|2|1|1|1|6|1|1|2|2", "2026-04-01|6|0|0|0|1|5|-1|1|1|0");
  }

  @Test
  void churnIsOfThoseWhoWereMembersOnTheFirstDay() throws Exception {
    // On the first of March: a 100, b 100, c 10 + 52, d 90, h 60 and the one without a name.
    assertThat(
            months(
                "first_day_members, churned, round(churn, 4), first_day_mrr, churned_mrr,"
                    + " round(mrr_churn, 4), mrr, without_price"))
        .containsExactly(
            "2026-03-01|6|1|0.1667|412.0000|100.0000|0.2427|292.0000|1",
            "2026-04-01|5|0|0.0|232.0000|0.0000|0.0|232.0000|1");
  }

  @Test
  void whoIsPastDueIsKnownOfTodayAlone() throws Exception {
    assertThat(months("past_due_at_end")).containsExactly("2026-03-01|null", "2026-04-01|1");
  }

  private static List<String> months(String columns) throws Exception {
    return LAKE.query(
        "SELECT period_start, "
            + columns
            + " FROM membership_monthly WHERE calendar = 'month' AND period_start >= DATE '2026-03-01'"
            + " ORDER BY 1");
  }
}
