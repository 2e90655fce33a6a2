package medspa.pipelines.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge itself, against numbers worked out by hand for one week in which the clocks change. */
class KpiJudgeTest {
  private static final LocalDate AS_OF = LocalDate.of(2026, 11, 2);
  private static final LocalDate WEEK = LocalDate.of(2026, 10, 26);

  @TempDir static Path workspace;
  private static List<JudgedRow> rows;

  @BeforeAll
  static void judgeAWeekWorkedOutByHand() throws IOException {
    Files.writeString(
        workspace.resolve("medspa.yaml"),
        """
        practices:
          - id: glow
            locations:
              - {id: soho, time_zone: America/New_York}
        sources:
          - {format: medspa, table: appointments, practice: glow, from: 'exports/appointments-*.csv', delivery: window}
          - {format: medspa, table: shifts, practice: glow, from: 'exports/shifts-*.csv'}
          - {format: medspa, table: timecards, practice: glow, from: 'exports/timecards-*.csv'}
          - {format: medspa, table: sale_lines, practice: glow, from: 'exports/sale_lines-*.csv'}
          - {format: medspa, table: payments, practice: glow, from: 'exports/payments-*.csv'}
          - {format: medspa, table: stock_movements, practice: glow, from: 'exports/stock_movements-*.csv'}
          - {format: medspa, table: stock_counts, practice: glow, from: 'exports/stock_counts-*.csv'}
          - {format: medspa, table: products, practice: glow, from: 'exports/products-*.csv'}
        """);
    Files.createDirectories(workspace.resolve("exports"));
    // enough rows that one bad one does not refuse the file
    StringBuilder others = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      others.append("B%d,soho,,P2,2026-10-20T10:00,2026-10-20T11:00,deleted,\n".formatted(i));
    }
    String header =
        "appointment_id,location_id,client_id,provider_id,start_at,end_at,status,cancelled_at\n";
    write(
        "appointments-1.csv",
        header
            + others
            + """
            A1,soho,C1,P1,2026-10-26T09:00,2026-10-26T10:00,booked,
            A5,soho,C5,P1,2026-10-26T14:00,2026-10-26T14:30,booked,
            A7,soho,C7,P1,2026-10-27T10:00,2026-10-27T11:00,completed,
            """);
    write(
        "appointments-2.csv",
        header
            + others
            + """
            A1,soho,C1,P1,2026-10-26T09:00,2026-10-26T10:00,completed,
            A2,soho,C2,P1,2026-10-26T09:30,2026-10-26T10:30,booked,
            A2,soho,C2,P1,2026-10-26T09:30,2026-10-26T10:30,no_show,
            A3,soho,C3,P1,2026-10-26T11:00,2026-10-26T12:00,cancelled,2026-10-25T11:00
            A4,soho,C4,P1,2026-10-26T12:00,2026-10-26T13:00,cancelled,2026-10-25T12:01
            A5,soho,C5,P1,2026-10-26T14:00,2026-10-26T14:30,checked-out,
            A6,soho,C6,P1,2026-11-01T01:30,2026-11-01T02:30,completed,
            """);
    write(
        "shifts-1.csv",
        """
        shift_id,location_id,provider_id,start_at,end_at,kind
        S1,soho,P1,2026-10-26T09:00,2026-10-26T13:00,bookable
        S2,soho,P1,2026-10-26T12:00,2026-10-26T17:00,bookable
        S3,soho,P1,2026-10-26T12:30,2026-10-26T13:00,break
        S4,soho,P1,2026-10-31T22:00,2026-11-01T04:00,bookable
        """);
    write(
        "timecards-1.csv",
        """
        timecard_id,location_id,provider_id,clock_in_at,clock_out_at
        T1,soho,P1,2026-10-26T09:00-04:00,2026-10-26T17:00-04:00
        """);
    write(
        "sale_lines-1.csv",
        """
        sale_id,line_id,location_id,client_id,provider_id,seller_id,sold_at,kind,quantity,gross_amount,discount_amount,tax_amount
        R1,1,soho,C1,P1,FD,2026-10-26T10:05,service,1,200.00,20.00,
        R1,2,soho,C1,,FD,2026-10-26T10:05,retail,1,30.00,,2.4750
        R1,3,soho,C1,,FD,2026-10-26T10:05,retail,1,30.00,,2.4750
        R1,4,soho,C1,,FD,2026-10-28T10:05,retail,-1,-30.00,,-2.4750
        R2,1,soho,,,FD,2026-10-26T11:00,fee,1,50.00,,
        R3,1,soho,C2,P1,FD,2026-11-02T00:00,service,1,999.00,,
        """);
    write(
        "payments-1.csv",
        """
        payment_id,location_id,sale_id,paid_at,tender,amount
        P1,soho,R1,2026-10-26T10:05,card,200.00
        P2,soho,R1,2026-11-02T00:00,card,12.00
        P3,soho,R0,2026-10-26T10:05,card,77.00
        """);
    write(
        "stock_counts-1.csv",
        """
        count_id,location_id,product_id,counted_at,quantity
        K1,soho,BTX,2026-10-05T08:00,100
        K2,soho,BTX,2026-10-20T19:00,140
        """);
    write(
        // the last one, of consigned goods, only tells that the week was exported
        "stock_movements-1.csv",
        """
        movement_id,location_id,product_id,moved_at,kind,quantity,unit_cost
        M1,soho,BTX,2026-10-12T10:00,receipt,100,7.00
        M2,soho,BTX,2026-10-19T19:00,usage,-50,
        M3,soho,BTX,2026-10-20T19:00,usage,-5,
        M4,soho,VOL,2026-10-12T10:00,receipt,10,300.00
        M5,soho,VOL,2026-10-13T19:00,usage,-1,
        M6,soho,VOL,2026-10-28T10:00,transfer_out,-1,
        """);
    write(
        "products-1.csv", "product_id,unit_cost,is_consignment\nBTX,5.00,false\nVOL,300.00,true\n");
    rows = KpiJudge.judge(workspace, AS_OF, Set.of());
  }

  @Test
  void minutesAreRealAndCountOnce() {
    // overlapping shifts of 8 h less half an hour, and a night of 7 h because the clocks go back;
    // kept are 60 min and a treatment from the first 01:30 to 02:30, which are 120
    assertThat(location("fill_rate")).isEqualTo("180 / 870");
    // a no-show beside the kept hour 30, a late cancellation less the break 30, unresolved 30
    assertThat(location("booked_fill_rate")).isEqualTo("270 / 870");
    assertThat(of("P1", "fill_rate")).isEqualTo("180 / 870");
  }

  @Test
  void cancellationAtExactlyTheNoticeIsEarlyAndRejectedRowsKeepTheEarlierVersion() {
    assertThat(location("no_show_rate")).isEqualTo("1 / 4");
    assertThat(location("late_cancel_rate")).isEqualTo("1 / 4");
  }

  @Test
  void refundsReduceRevenueAndIdenticalLinesCountTwice() {
    assertThat(location("net_revenue")).isEqualTo("260 / -");
    assertThat(location("average_ticket")).isEqualTo("210 / 1");
    assertThat(of("P1", "net_revenue")).isEqualTo("180 / -");
    assertThat(of("FD", "average_ticket")).isEqualTo("30 / 1");
    assertThat(of("unattributed", "net_revenue")).isEqualTo("50 / -");
  }

  @Test
  void paymentsOnTheAsOfDayAndToUnknownReceiptsDoNotCount() {
    assertThat(location("collection_rate")).isEqualTo("200 / 262.475");
  }

  @Test
  void revenueIsSetAgainstThreeKindsOfHours() {
    assertThat(location("revenue_per_provider_hour")).isEqualTo("180 / 14.5");
    assertThat(location("revenue_per_treated_hour")).isEqualTo("180 / 3");
    assertThat(of("P1", "revenue_per_worked_hour")).isEqualTo("180 / 8");
  }

  @Test
  void inventoryIsCountedAfterWhatMovedAtTheSameInstant() {
    // 7 days of 500, 7 of 1,400, one of 1,050 and 13 of 980; 55 units used at 7 in 28 days
    assertThat(location("inventory_turn")).isEqualTo("5005 / 967.5");
    assertThat(location("days_on_hand")).isEqualTo("352170 / 5005");
  }

  @Test
  void aBookingThatALaterWindowMissesIsGone() {
    assertThat(rows)
        .filteredOn(r -> r.kpi().equals("no_show_rate") && r.grain().equals("location"))
        .filteredOn(r -> r.period().equals("week"))
        .extracting(JudgedRow::starts)
        .containsExactly(WEEK);
  }

  @Test
  void earlyCancellationsAndLastMinuteChangesHaveDifferentDenominators() {
    // six visits but the deleted one, of which four were due
    assertThat(location("cancel_rate")).isEqualTo("1 / 6");
    assertThat(location("last_minute_change_rate")).isEqualTo("100 / 4");
  }

  @Test
  void standingRowsThatOverlapAreAPairAndCancelledOnesAreNot() {
    assertThat(location("double_bookings")).isEqualTo("1 / -");
    assertThat(of("P1", "double_bookings")).isEqualTo("1 / -");
  }

  @Test
  void clientsAreNewAtTheirFirstAttendedStartAndBookedAgainOnlyWithATimeOfBooking() {
    assertThat(location("new_client_share")).isEqualTo("2 / 2");
    assertThat(location("rebooking_rate")).isEqualTo("0 / 2");
  }

  @Test
  void discountsAndRetailAreSharesOfWhatIsLeftAfterRefunds() {
    assertThat(location("discount_rate")).isEqualTo("20 / 230");
    assertThat(location("retail_share")).isEqualTo("30 / 210");
    assertThat(location("margin_after_goods")).isEqualTo("210 / 210");
  }

  @Test
  void aCountShowsWhatIsMissingAtTheCostOfItsDayAndTheFirstOneIsAnOpening() {
    assertThat(text("location", Optional.empty(), "shrinkage_cost", WEEK.minusWeeks(1)))
        .isEqualTo("35 / -");
    assertThat(text("product", Optional.of("BTX"), "count_error_share", WEEK.minusWeeks(1)))
        .isEqualTo("35 / 1015");
    assertThat(rows)
        .filteredOn(r -> r.kpi().equals("shrinkage_cost") && r.grain().equals("location"))
        .hasSize(1);
    assertThat(location("stock_value")).isEqualTo("980 / -");
  }

  @Test
  void aDayHasItsOwnRevenue() {
    assertThat(rows)
        .filteredOn(r -> r.kpi().equals("net_revenue") && r.period().equals("day"))
        .filteredOn(r -> r.grain().equals("location"))
        .extracting(r -> r.starts() + " " + plain(r.numerator()))
        .containsExactly("2026-10-26 290", "2026-10-28 -30");
  }

  private static String location(String kpi) {
    return text("location", Optional.empty(), kpi, WEEK);
  }

  private static String of(String provider, String kpi) {
    return text("provider", Optional.of(provider), kpi, WEEK);
  }

  private static String text(String grain, Optional<String> member, String kpi, LocalDate week) {
    JudgedRow row =
        rows.stream()
            .filter(r -> r.kpi().equals(kpi) && r.grain().equals(grain))
            .filter(r -> r.member().equals(member) && r.period().equals("week"))
            .filter(r -> r.starts().equals(week))
            .findFirst()
            .orElseThrow();
    return plain(row.numerator()) + " / " + row.denominator().map(KpiJudgeTest::plain).orElse("-");
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private static void write(String name, String text) throws IOException {
    Path file = workspace.resolve("exports").resolve(name);
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
  }
}
