package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped mappings, each on a small export with the quirks its vendor is known for. */
class SquareAndAcuityTest {
  private static final String ITEMS_33 =
      "Date,Time,Time Zone,Category,Item,Qty,Price Point Name,SKU,Modifiers Applied,Gross Sales,"
          + "Discounts,Net Sales,Tax,Transaction ID,Payment ID,Device Name,Notes,Details,"
          + "Event Type,Location,Dining Option,Customer ID,Customer Name,Customer Reference ID,"
          + "Unit,Count,GTIN,Itemization Type,Fulfillment Note,Channel,Token,Card Brand,PAN Suffix";
  private static final String ITEMS_35 =
      ITEMS_33.replace("Itemization Type,", "Itemization Type,Commission,Employee,");
  private static final String TRANSACTIONS_55 =
      "Date,Time,Time Zone,Gross Sales,Discounts,Service Charges,Net Sales,Gift Card Sales,Tax,"
          + "Tip,Partial Refunds,Total Collected,Source,Card,Card Entry Methods,Cash,"
          + "Square Gift Card,Other Tender,Other Tender Type,Tender Note,Fees,Net Total,"
          + "Transaction ID,Payment ID,Card Brand,PAN Suffix,Device Name,Staff Name,Staff ID,"
          + "Details,Description,Event Type,Location,Dining Option,Customer ID,Customer Name,"
          + "Customer Reference ID,Device Nickname,Third Party Fees,Deposit ID,Deposit Date,"
          + "Deposit Details,Fee Percentage Rate,Fee Fixed Rate,Refund Reason,Discount Name,"
          + "Transaction Status,Cash App,Order Reference ID,Fulfillment Note,"
          + "Free Processing Applied,Channel,Unattributed Tips,Table Info,International Fee";
  private static final String ITEMS_12 =
      "Date,Time,Category,Item,Qty,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Notes,"
          + "Customer ID";
  private static final String TRANSACTIONS_17 =
      "Date,Time,Gross Sales,Discounts,Net Sales,Tax,Tip,Total Collected,Card,"
          + "Card Entry Methods,Fees,Net Total,Card Brand,Description,Fee Percentage Rate,"
          + "Fee Fixed Rate,Discount Name";

  @TempDir Path directory;

  private static String item33(
      String time,
      String zone,
      String item,
      String qty,
      String gross,
      String discount,
      String sale,
      String event,
      String type) {
    return "2026-06-01,"
        + time
        + ","
        + zone
        + ",None,"
        + item
        + ","
        + qty
        + ",Regular,,,"
        + gross
        + ","
        + discount
        + ",,$1.10,"
        + sale
        + ",P,iPad,note,,"
        + event
        + ",Main,,CUST1,Dora Quist,,,1,,"
        + type
        + ",,In store,T,Visa,1234";
  }

  @Test
  void squareItemsOf33ColumnsWithTwoEqualLinesARefundAndAForeignZone() throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .mapped("items", "square-items", "items-*.csv", "austin")
            .file(
                "items-2026-06-01-2026-06-02.csv",
                ITEMS_33,
                item33(
                    "23:30:00",
                    "Eastern Time (US & Canada)",
                    "Facial",
                    "1.0",
                    "\"$1,149.00\"",
                    "-$49.00",
                    "S1",
                    "Payment",
                    "Service"),
                item33(
                    "23:30:00",
                    "Eastern Time (US & Canada)",
                    "Serum",
                    "1.0",
                    "$20.00 ",
                    "$0.00",
                    "S1",
                    "Payment",
                    "Physical Good"),
                item33(
                    "23:30:00",
                    "Eastern Time (US & Canada)",
                    "Serum",
                    "1.0",
                    "$20.00 ",
                    "$0.00",
                    "S1",
                    "Payment",
                    "Physical Good"),
                item33(
                    "9:28:05 PM",
                    "Asia/Calcutta",
                    "Serum",
                    "-1.0",
                    "-$20.00",
                    "$0.00",
                    "S2",
                    "Refund",
                    "Prepared Food and Beverage"),
                item33(
                    "12:00:00",
                    "America/Denver",
                    "Custom Amount",
                    "1.0",
                    "($36.75)",
                    "$0.00",
                    "S3",
                    "Payment",
                    "Custom Amount"))
            .file(
                "items-2026-06-02-2026-06-03.csv",
                ITEMS_33,
                item33(
                    "10:00:00",
                    "Nowhere Standard Time",
                    "Serum",
                    "1.0",
                    "$20.00",
                    "$0.00",
                    "S4",
                    "Payment",
                    "Service"),
                item33(
                    "10:00:00",
                    "Arizona",
                    "Serum",
                    "1.0",
                    "$20.00",
                    "$0.00",
                    "S5",
                    "Payment",
                    "Service"));

    assertThat(fixture.ingest("0.5").refused()).isEmpty();
    assertThat(fixture.rejected())
        .as("an unknown zone is not guessed")
        .containsExactly("2 sold_at not_a_instant");
    assertThat(
            fixture.rows(
                "sale_lines",
                "SELECT sale_id, line_id, kind, sold_at, quantity, gross_amount, discount_amount,"
                    + " tax_amount FROM rows ORDER BY 1, 2"))
        .containsExactly(
            "S1|1|service|2026-06-02T03:30Z|1.0000|1149.0000|49.0000|1.1000",
            "S1|2|retail|2026-06-02T03:30Z|1.0000|20.0000|0.0000|1.1000",
            "S1|3|retail|2026-06-02T03:30Z|1.0000|20.0000|0.0000|1.1000",
            "S2|1|retail|2026-06-01T15:58:05Z|-1.0000|-20.0000|0.0000|1.1000",
            "S3|1|service|2026-06-01T18:00Z|1.0000|-36.7500|0.0000|1.1000",
            "S5|1|service|2026-06-02T17:00Z|1.0000|20.0000|0.0000|1.1000"
                .replace("06-02", "06-01"));
    assertThat(
            fixture.rows("sale_lines", "SELECT DISTINCT local_date FROM rows WHERE sale_id = 'S1'"))
        .as("the day is that of the shop, not of the account's zone")
        .containsExactly("2026-06-01");
    assertThat(fixture.rows("sale_lines", "SELECT * FROM rows").toString())
        .doesNotContain("Dora", "note", "1234,");
  }

  @Test
  void aCommaThatSeparatesNoThousandsIsNoMoney() throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .mapped("items", "square-items", "items-*.csv", "austin")
            .file(
                "items-2026-06-01-2026-06-02.csv",
                ITEMS_33,
                item33(
                    "10:00:00",
                    "UTC",
                    "A",
                    "1.0",
                    "\"12,50\"",
                    "$0.00",
                    "S1",
                    "Payment",
                    "Service"),
                item33(
                    "10:00:00",
                    "UTC",
                    "A",
                    "1.0",
                    "\"$1,234,567.89\"",
                    "$0.00",
                    "S2",
                    "Payment",
                    "Service"));
    assertThat(fixture.ingest("0.5").refused()).isEmpty();
    assertThat(fixture.rejected()).containsExactly("2 gross_amount not_a_number");
    assertThat(fixture.rows("sale_lines", "SELECT gross_amount FROM rows"))
        .containsExactly("1234567.8900");
  }

  @Test
  void squareItemsOf35ColumnsNameWhoPerformedAndSold() throws Exception {
    String row =
        item33(
                "10:00:00",
                "Arizona",
                "Facial",
                "1.0",
                "$20.00",
                "$0.00",
                "S1",
                "Payment",
                "Service")
            .replace(",Service,,In store", ",Service,$2.00,Claire Adams,,In store");
    IngestFixture fixture =
        new IngestFixture(directory)
            .mapped("items", "square-items", "items-*.csv", "austin")
            .file("items-2026-06-01-2026-06-02.csv", ITEMS_35, row);
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(fixture.rows("sale_lines", "SELECT provider_id, seller_id, service_id FROM rows"))
        .containsExactly("Claire Adams|Claire Adams|Facial");
  }

  @Test
  void squareLocationsAreTranslatedAndAnUnknownOneIsRejected() throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .mapped("items", "square-items", "items-*.csv", "austin")
            .last(s -> s.withLocations(Map.of("Main", "island")))
            .file(
                "items-2026-06-01-2026-06-02.csv",
                ITEMS_33,
                item33("10:00:00", "UTC", "A", "1.0", "$1.00", "$0.00", "S1", "Payment", "Service"),
                item33("10:00:00", "UTC", "A", "1.0", "$1.00", "$0.00", "S2", "Payment", "Service")
                    .replace(",Main,", ",Annex,"));
    assertThat(fixture.ingest("0.5").refused()).isEmpty();
    assertThat(fixture.rows("sale_lines", "SELECT location_id FROM rows"))
        .containsExactly("island");
    assertThat(fixture.rejected()).containsExactly("3 location_id unknown_location");
  }

  private static String transaction(
      String sale, String event, String card, String cash, String gift, String tip, String sold) {
    return "2026-06-01,10:00:00,Arizona,$100.00,$0.00,$0.00,$100.00,"
        + sold
        + ",$8.00,"
        + tip
        + ",$0.00,$108.00,Point of Sale,"
        + card
        + ",Tapped,"
        + cash
        + ","
        + gift
        + ",$0.00,,,-$3.00,$105.00,"
        + sale
        + ",P,Visa,1234,iPad,Claire Adams,S,https://x,"
        + "Facial,"
        + event
        + ",Main,,CUST1,Dora Quist,,,$0.00,D,,,2.6,$0.10,,,Complete,$0.00,,,,,"
        + "$0.00,,$0.00";
  }

  @Test
  void squareTransactionsBecomeAPaymentPerTenderAndTipsAndGiftCardsSold() throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .mapped("transactions", "square-transactions", "transactions-*.csv", "austin")
            .file(
                "transactions-2026-06-01-2026-06-02.csv",
                TRANSACTIONS_55,
                transaction("S1", "Payment", "$58.00", "$50.00", "$0.00", "$10.00", "$0.00"),
                transaction("S2", "Payment", "$50.00", "$0.00", "$8.00", "$0.00", "$50.00"),
                transaction("S3", "Refund", "-$20.00", "$0.00", "$0.00", "-$2.00", "$0.00"));
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(fixture.rows("payments", "SELECT sale_id, tender, amount FROM rows ORDER BY 1, 2"))
        .containsExactly(
            "S1|card|58.0000",
            "S1|cash|50.0000",
            "S2|card|50.0000",
            "S2|gift_card|8.0000",
            "S3|card|-20.0000");
    assertThat(
            fixture.rows(
                "sale_lines", "SELECT sale_id, kind, quantity, gross_amount FROM rows ORDER BY 1"))
        .containsExactly(
            "S1|tip|1.0000|10.0000", "S2|gift_card|1.0000|50.0000", "S3|tip|-1.0000|-2.0000");
  }

  @Test
  void theOlderTransactionsFindTheirOrderInTheItemsByDateAndTime() throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .mapped("items", "square-items-12", "items-*.csv", "austin")
            .last(s -> s.withParams(Map.of("retail_categories", "Toys|Retail Skincare")))
            .mapped("transactions", "square-transactions-17", "transactions-*.csv", "austin")
            .last(s -> s.withLookups(Map.of("items", "items")))
            .file(
                "items-2026-06-01-2026-06-02.csv",
                ITEMS_12,
                "2026-06-01,10:00:00,None,Facial,1,$100.00,$0.00,$100.00,$8.00,ORDER1,,",
                "2026-06-01,10:00:00,Retail Skincare,Serum,1,$20.00,$0.00,$20.00,$1.00,ORDER1,,",
                "2026-06-01,11:00:00,None,Serum,1,$20.00,$0.00,$20.00,$1.00,ORDER2,,",
                "2026-06-01,11:00:00,None,Serum,1,$20.00,$0.00,$20.00,$1.00,ORDER3,,")
            .file(
                "transactions-2026-06-01-2026-06-02.csv",
                TRANSACTIONS_17,
                "2026-06-01,10:00:00,$120.00,$0.00,$120.00,$9.00,$5.00,$134.00,$100.00,Tapped,"
                    + "-$1.00,$133.00,Visa,x,2.6,$0.10,",
                "2026-06-01,11:00:00,$20.00,$0.00,$20.00,$1.00,$0.00,$21.00,$21.00,Tapped,"
                    + "-$1.00,$20.00,Visa,x,2.6,$0.10,");
    assertThat(fixture.ingest("0.5").refused()).isEmpty();
    assertThat(
            fixture.rows(
                "payments", "SELECT sale_id, tender, amount, paid_at FROM rows ORDER BY tender"))
        .as("what was not paid by card is some other tender")
        .containsExactly(
            "ORDER1|card|100.0000|2026-06-01T15:00Z", "ORDER1|other|34.0000|2026-06-01T15:00Z");
    assertThat(fixture.rejected())
        .as("two orders share the second, so the payment's order is not guessed")
        .containsExactly("3 payment_id missing");
    assertThat(
            fixture.rows(
                "sale_lines",
                "SELECT kind, gross_amount FROM rows WHERE sale_id = 'ORDER1' ORDER BY 2"))
        .as("a category that the source names holds goods")
        .containsExactly("tip|5.0000", "retail|20.0000", "service|100.0000");

    // A look-up that changes is another input: the file is read again and takes its old place.
    fixture.file(
        "items-2026-06-02-2026-06-03.csv",
        ITEMS_12,
        "2026-06-02,10:00:00,None,Facial,1,$100.00,$0.00,$100.00,$8.00,ORDER9,,");
    assertThat(fixture.ingest("0.5").batches())
        .filteredOn(b -> b.replaces().isPresent())
        .singleElement()
        .satisfies(b -> assertThat(b.source()).isEqualTo("transactions"));
  }

  @Test
  void acuityAppointmentsHaveNoOutcomeAndTheirClientIsAPseudonymOfTheEmail() throws Exception {
    String header =
        "\"Start Time\",\"End Time\",\"Timezone\",\"First Name\",\"Last Name\",\"Phone\","
            + "\"Email\",\"Type\",\"Calendar\",\"Appointment Price\",\"Paid?\","
            + "\"Amount Paid Online\",\"Certificate Code\",\"Notes\",\"Date Scheduled\","
            + "\"Label\",\"Scheduled By\",\"Date Rescheduled\",\"Appointment ID\",\"Allergies?\"";
    IngestFixture fixture =
        new IngestFixture(directory)
            .mapped("acuity", "acuity-appointments", "*.csv", "austin")
            .file(
                "appointments.csv",
                header,
                "\"December 2, 2020 9:00 am\",\"December 2, 2020 10:45 am\",\"Europe/London\","
                    + "\"A\",\"B\",\"'+1555\",\"Dora@Example.com\",\"Facial\",\"Claire Adams\","
                    + "\"29.00\",\"yes\",\"0.00\",\"\",\"note\",\"2020-11-25\",\"\",\"a client \","
                    + "\"\",\"487\",\"nuts\"",
                "\"December 2, 2020 12:00 pm\",\"December 2, 2020 12:30 pm\",\"Europe/London\","
                    + "\"A\",\"B\",\"'+1555\",\"dora@example.com\",\"Facial\",\"Claire Adams\","
                    + "\"29.00\",\"no\",\"0.00\",\"\",\"\",\"2020-11-25\",\"\","
                    + "\"owner@example.com\",\"\",\"488\",\"\"");
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(
            fixture.rows(
                "appointments",
                "SELECT appointment_id, provider_id, status, start_at, end_at, booking_channel"
                    + " FROM rows ORDER BY 1"))
        .containsExactly(
            "487|Claire Adams|booked|2020-12-02T15:00Z|2020-12-02T16:45Z|online",
            "488|Claire Adams|booked|2020-12-02T18:00Z|2020-12-02T18:30Z|other");
    assertThat(fixture.rows("appointments", "SELECT count(DISTINCT client_key) FROM rows"))
        .containsExactly("1");
  }
}
