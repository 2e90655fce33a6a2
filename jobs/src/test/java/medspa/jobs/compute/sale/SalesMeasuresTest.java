package medspa.jobs.compute.sale;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import medspa.jobs.compute.Results;
import medspa.jobs.compute.TestBatch;
import medspa.jobs.compute.TestLake;
import medspa.jobs.compute.TestMarket;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.market.Market;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures of revenue, sales visits and receipts, each rule at a location of its own. */
final class SalesMeasuresTest {
  @TempDir static Path directory;
  private static Results results;
  private static TestBatch batch;

  @BeforeAll
  static void compute() {
    Market market =
        new TestMarket()
            .location("glow", "credit")
            .location("glow", "identical")
            .location("glow", "refund")
            .location("glow", "kinds")
            .location("glow", "visits")
            .location("glow", "receipts")
            .location("glow", "hour")
            .locationWithRooms("glow", "configured", 4)
            .location("glow", "rooms")
            .openedOn("opening", LocalDate.parse("2026-03-18"))
            .locationWithRooms("glow", "opening", 3)
            .location("other", "twin")
            .build();
    TestLake lake = new TestLake(directory, market);
    batch = lake.batch(Delivery.UPSERT);
    credit();
    identicalAndRefund();
    kinds();
    visits();
    receipts();
    hour();
    rooms();
    batch.write();
    results = lake.compute("2026-04-01");
  }

  private static void line(String location, String sale, String line, String rest) {
    batch.row(
        "sale_lines",
        "location_id=" + location + " sale_id=" + sale + " line_id=" + line + " " + rest);
  }

  /** A payment by card, unless the rest names another tender. */
  private static void payment(String location, String sale, String id, String rest) {
    batch.row(
        "payments",
        "location_id="
            + location
            + " sale_id="
            + sale
            + " payment_id="
            + id
            + " tender=card "
            + rest);
  }

  private static void credit() {
    String at = "client_key=a quantity=1 sold_at=2026-03-03T10:00 ";
    line(
        "credit",
        "1",
        "1",
        at
            + "kind=service provider_id=p seller_id=q gross_amount=300.0125"
            + " discount_amount=10.0025 tax_amount=5");
    line("credit", "1", "2", at + "kind=retail provider_id=p seller_id=q gross_amount=50");
    line("credit", "1", "3", at + "kind=fee provider_id=p seller_id=q gross_amount=7");
    line("credit", "2", "1", at + "kind=service seller_id=q gross_amount=20");
    line("credit", "2", "2", at + "kind=retail provider_id=p gross_amount=5");
    // The other practice has the same client, provider and receipt.
    line("twin", "1", "1", at + "kind=service provider_id=p gross_amount=1000");
  }

  @Test
  void servicesAndFeesAreCreditedToThePerformerAndRetailToTheSeller() {
    assertThat(results.measures("credit", "p"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "net_service", "290.01",
                "gross_service", "300.0125",
                "discount_service", "10.0025",
                "net_fee", "7",
                "gross_fee", "7",
                "lines_sold", "1",
                "sales_visits", "1"));
    assertThat(results.measures("credit", "q"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "net_retail", "50", "gross_retail", "50", "lines_sold", "1", "sales_visits", "1"));
  }

  @Test
  void whatNobodyIsNamedForIsUnattributedAndProvidersAddUpToTheLocation() {
    assertThat(results.measures("credit", "unattributed"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "net_service", "20",
                "gross_service", "20",
                "net_retail", "5",
                "gross_retail", "5",
                "lines_sold", "2",
                "sales_visits", "1"));
    assertThat(
            results.rows(
                "SELECT location_id, date, measure FROM {gold/measures_daily}"
                    + " WHERE regexp_full_match(measure, '(net|gross|discount)_(service|retail|fee)')"
                    + " GROUP BY ALL HAVING"
                    + " sum(amount) FILTER (grain = 'location')"
                    + " IS DISTINCT FROM sum(amount) FILTER (grain = 'provider')"))
        .isEmpty();
    assertThat(results.measures("credit")).containsEntry("net_service", "310.01");
  }

  @Test
  void linesWithADiscountTellThatTheExportTellsDiscounts() {
    assertThat(results.measures("credit")).containsEntry("lines_discounted", "1");
    assertThat(results.measures("twin")).doesNotContainKey("lines_discounted");
  }

  @Test
  void twoPracticesThatShareIdsStayApart() {
    assertThat(results.measures("twin"))
        .containsEntry("net_service", "1000")
        .containsEntry("sales_visits", "1")
        .containsEntry("receipts", "1");
  }

  private static void identicalAndRefund() {
    String at = "sold_at=2026-03-03T10:00 ";
    line("identical", "1", "1", at + "kind=retail quantity=1 gross_amount=25");
    line("identical", "1", "2", at + "kind=retail quantity=1 gross_amount=25");
    line("refund", "1", "1", at + "client_key=a kind=service quantity=1 gross_amount=100");
    line(
        "refund",
        "2",
        "1",
        "sold_at=2026-03-10T10:00 client_key=a kind=service quantity=-1"
            + " gross_amount=-100 discount_amount=-20 tax_amount=-8");
    line("refund", "3", "1", "sold_at=2026-03-11T10:00 kind=retail quantity=-2 gross_amount=-30");
  }

  @Test
  void identicalLinesOfAReceiptBothCount() {
    assertThat(results.measures("identical"))
        .containsEntry("net_retail", "50")
        .containsEntry("sales_visits", "1")
        .containsEntry("receipts", "1");
  }

  @Test
  void aRefundAloneIsNoVisitButReducesTheRevenueOfItsDay() {
    assertThat(
            results.rows(
                "SELECT date, measure, amount::BIGINT FROM {gold/measures_daily} WHERE location_id"
                    + " = 'refund' AND grain = 'location' AND (measure LIKE 'net_%'"
                    + " OR measure = 'sales_visits') ORDER BY ALL"))
        .containsExactly(
            "2026-03-03|net_service|100",
            "2026-03-03|sales_visits|1",
            "2026-03-10|net_service|-80",
            "2026-03-11|net_retail|-30");
  }

  private static void kinds() {
    int id = 0;
    for (String kind : new String[] {"package", "membership", "gift_card", "deposit", "tip"}) {
      id++;
      line(
          "kinds",
          "1",
          String.valueOf(id),
          "client_key=a sold_at=2026-03-03T10:00 quantity=1"
              + " gross_amount=10 tax_amount=1 kind="
              + kind);
    }
    line(
        "kinds",
        "2",
        "1",
        "client_key=b sold_at=2026-03-03T10:00 quantity=1 gross_amount=10" + " kind=fee");
  }

  @Test
  void tipsAndDeferredSalesAreNoRevenueButAreBilled() {
    assertThat(results.measures("kinds"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("net_fee", "10"),
                Map.entry("gross_fee", "10"),
                Map.entry("net_package", "10"),
                Map.entry("net_membership", "10"),
                Map.entry("net_gift_card", "10"),
                Map.entry("net_deposit", "10"),
                Map.entry("net_tip", "10"),
                Map.entry("tax_amount", "5"),
                Map.entry("receipts", "2"),
                Map.entry("billed", "65"),
                Map.entry("billed_at_close", "65")));
  }

  private static void visits() {
    String retail = "kind=retail quantity=1 gross_amount=1 ";
    // One client, two receipts and two providers on one day: one visit of the location.
    line("visits", "1", "1", retail + "client_key=a seller_id=p sold_at=2026-03-03T09:00");
    line("visits", "2", "1", retail + "client_key=a seller_id=q sold_at=2026-03-03T18:00");
    line("visits", "3", "1", retail + "client_key=a seller_id=p sold_at=2026-03-04T09:00");
    // Without a client each receipt is one, on the day of its first line.
    line("visits", "4", "1", retail + "sold_at=2026-03-03T23:59");
    line("visits", "4", "2", retail + "sold_at=2026-03-04T00:01");
    line("visits", "5", "1", retail + "sold_at=2026-03-03T10:00");
  }

  @Test
  void aSalesVisitIsAClientsDayElseAReceipt() {
    assertThat(
            results.rows(
                "SELECT date, member_id, amount::BIGINT FROM {gold/measures_daily} WHERE"
                    + " location_id = 'visits' AND measure = 'sales_visits' ORDER BY ALL"))
        .containsExactly(
            "2026-03-03|p|1",
            "2026-03-03|q|1",
            "2026-03-03|unattributed|2",
            "2026-03-03|null|3",
            "2026-03-04|p|1",
            "2026-03-04|null|1");
  }

  private static void receipts() {
    line(
        "receipts",
        "1",
        "1",
        "sold_at=2026-03-03T10:00 kind=service quantity=1 gross_amount=100"
            + " discount_amount=10 tax_amount=7.4259");
    line("receipts", "1", "2", "sold_at=2026-03-12T10:00 kind=tip quantity=1 gross_amount=15");
    payment("receipts", "1", "1", "amount=60 paid_at=2026-03-03T10:00");
    payment("receipts", "1", "2", "amount=-5 paid_at=2026-03-20T10:00");
    // The last instant before the as-of, and its first.
    payment("receipts", "1", "3", "tender=gift_card amount=30 paid_at=2026-03-31T23:59:59");
    payment("receipts", "1", "4", "amount=1000 paid_at=2026-04-01T00:00");
    payment("receipts", "unknown", "5", "amount=500 paid_at=2026-03-03T10:00");
    // Paid ahead, in the last instant of the receipt's week, and after it.
    payment("receipts", "1", "6", "amount=7 paid_at=2026-02-20T10:00");
    payment("receipts", "1", "7", "amount=8 paid_at=2026-03-08T23:59:59");
    payment("receipts", "1", "8", "amount=9 paid_at=2026-03-09T00:00");
    // A line after the as-of is no part of its receipt yet.
    line("receipts", "1", "3", "sold_at=2026-04-01T00:00 kind=retail quantity=1 gross_amount=900");
  }

  @Test
  void aReceiptCountsWholeOnTheDayOfItsFirstLineWithWhatWasPaidBeforeTheAsOf() {
    assertThat(
            results.rows(
                "SELECT date, measure, amount::DECIMAL(18,4) FROM {gold/measures_daily} WHERE"
                    + " location_id = 'receipts' AND measure IN ('receipts', 'billed',"
                    + " 'collected') ORDER BY ALL"))
        .containsExactly(
            "2026-03-03|billed|112.4259",
            "2026-03-03|collected|109.0000",
            "2026-03-03|receipts|1.0000");
  }

  @Test
  void whatWasBilledAndPaidAtCloseIsThatBeforeTheEndOfTheReceiptsWeek() {
    assertThat(
            results.rows(
                "SELECT date, measure, amount::DECIMAL(18,4) FROM {gold/measures_daily} WHERE"
                    + " location_id = 'receipts' AND measure LIKE '%_at_close' ORDER BY ALL"))
        .containsExactly(
            "2026-03-03|billed_at_close|97.4259", "2026-03-03|collected_at_close|75.0000");
  }

  private static void hour() {
    String day = "2026-03-03T";
    batch.row(
        "shifts",
        "shift_id=1 location_id=hour provider_id=p kind=bookable start_at="
            + day
            + "09:00 end_at="
            + day
            + "17:00");
    batch.row(
        "appointments",
        "appointment_id=1 location_id=hour provider_id=p start_at="
            + day
            + "10:00 end_at="
            + day
            + "12:30 status=completed");
    line(
        "hour",
        "1",
        "1",
        "sold_at=2026-03-03T12:30 kind=service provider_id=p quantity=1" + " gross_amount=437.37");
  }

  @Test
  void revenuePerProviderHourIsFillRateTimesRevenuePerTreatedHour() {
    Map<String, String> p = results.measures("hour", "p");
    double net = Double.parseDouble(p.get("net_service"));
    double bookable = Double.parseDouble(p.get("bookable_seconds"));
    double kept = Double.parseDouble(p.get("kept_seconds"));
    assertThat(bookable).isEqualTo(8 * 3600);
    assertThat(net / bookable)
        .isCloseTo(kept / bookable * (net / kept), org.assertj.core.data.Offset.offset(1e-12));
  }

  private static void rooms() {
    String at = "kind=service quantity=1 gross_amount=10 sold_at=";
    line("configured", "1", "1", at + "2026-03-03T10:00");
    line("configured", "2", "1", at + "2026-03-22T10:00");
    // Sold before the location opened on a Wednesday, and after.
    line("opening", "1", "1", "kind=deposit quantity=1 gross_amount=50 sold_at=2026-03-03T10:00");
    line("opening", "2", "1", at + "2026-03-24T10:00");
    line("rooms", "1", "1", at + "2026-03-29T10:00");
    line("rooms", "2", "1", at + "2026-03-31T10:00");
    for (String location : new String[] {"configured", "rooms"}) {
      batch.row("rooms", "location_id=" + location + " room_id=1 kind=treatment");
      batch.row("rooms", "location_id=" + location + " room_id=2 kind=Treatment");
      batch.row("rooms", "location_id=" + location + " room_id=3 kind=storage");
    }
  }

  @Test
  void aRefundCountsInGrossDiscountAndLinesWithItsSign() {
    assertThat(results.measures("refund"))
        .containsEntry("gross_retail", "-30")
        .containsEntry("discount_service", "-20")
        .containsEntry("net_service", "20")
        .containsEntry("lines_sold", "3")
        // 100 sold and 100 refunded.
        .containsEntry("gross_service", "0");
  }

  @Test
  void paymentsAreMeasuredByTenderOnTheirOwnDayBeforeTheAsOf() {
    assertThat(
            results.rows(
                "SELECT date, measure, amount::BIGINT FROM {gold/measures_daily} WHERE location_id"
                    + " = 'receipts' AND measure LIKE 'paid_%' ORDER BY ALL"))
        .containsExactly(
            "2026-02-20|paid_card|7",
            // The payment to a receipt that nobody knows was paid all the same.
            "2026-03-03|paid_card|560",
            "2026-03-08|paid_card|8",
            "2026-03-09|paid_card|9",
            "2026-03-20|paid_card|-5",
            "2026-03-31|paid_gift_card|30");
  }

  @Test
  void treatmentRoomsAreThoseOfTheConfigurationElseOfTheExportInTheWeeksOfItsSales() {
    assertThat(
            results.rows(
                "SELECT location_id, week_start, amount::BIGINT FROM {gold/measures_weekly} WHERE"
                    + " measure = 'treatment_rooms' ORDER BY ALL"))
        .containsExactly(
            // First and last sale line are three weeks apart; the week between has no sale.
            "configured|2026-03-02|4",
            "configured|2026-03-09|4",
            "configured|2026-03-16|4",
            // From the week in which it opened, without sales too.
            "opening|2026-03-16|3",
            "opening|2026-03-23|3",
            // The line of the first of April is after the last whole week.
            "rooms|2026-03-23|2");
    assertThat(
            results.rows(
                "SELECT location_id, date, amount FROM {gold/measures_daily} WHERE measure ="
                    + " 'treatment_rooms' AND date BETWEEN DATE '2026-03-16' AND DATE '2026-03-22'"
                    + " ORDER BY ALL"))
        .as("a seventh a day, exact over the week; the day it opened is a Wednesday")
        .containsExactly(
            "configured|2026-03-16|0.5714285714",
            "configured|2026-03-17|0.5714285715",
            "configured|2026-03-18|0.5714285714",
            "configured|2026-03-19|0.5714285714",
            "configured|2026-03-20|0.5714285714",
            "configured|2026-03-21|0.5714285715",
            "configured|2026-03-22|0.5714285714",
            "opening|2026-03-18|0.6000000000",
            "opening|2026-03-19|0.6000000000",
            "opening|2026-03-20|0.6000000000",
            "opening|2026-03-21|0.6000000000",
            "opening|2026-03-22|0.6000000000");
  }
}
