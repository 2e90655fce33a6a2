package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of the export contract that hold for every row, whoever the vendor is. */
class ContractRulesTest {
  private static final String APPOINTMENT =
      "appointment_id,location_id,client_id,start_at,end_at,status";
  private static final String SALE =
      "sale_id,line_id,location_id,sold_at,kind,quantity,gross_amount,discount_amount,tax_amount";

  @TempDir Path directory;

  private IngestFixture appointments() {
    return new IngestFixture(directory).builtIn("appointments", "glow", Delivery.UPSERT);
  }

  private IngestFixture sales() {
    return new IngestFixture(directory).builtIn("sale_lines", "glow", Delivery.UPSERT);
  }

  @ParameterizedTest
  @CsvSource({
    // Chicago: -06:00 in winter, -05:00 in summer.
    "austin, 2026-01-15T09:00, 2026-01-15T15:00Z",
    "austin, 2026-07-15 09:00:30, 2026-07-15T14:00:30Z",
    // 02:30 is skipped on 8 March and moves forward by the gap, to 03:30.
    "austin, 2026-03-08T02:30, 2026-03-08T08:30Z",
    "austin, 2026-03-08T01:59, 2026-03-08T07:59Z",
    "austin, 2026-03-08T03:00, 2026-03-08T08:00Z",
    // 01:30 comes twice on 1 November and takes the earlier offset.
    "austin, 2026-11-01T01:30, 2026-11-01T06:30Z",
    "austin, 2026-11-01T02:00, 2026-11-01T08:00Z",
    // Lord Howe changes by half an hour.
    "island, 2026-04-05T01:45, 2026-04-04T14:45Z",
    "island, 2026-10-04T02:15, 2026-10-03T15:45Z",
    // A time with an offset is an instant, wherever the location is.
    "island, 2026-06-01T09:00Z, 2026-06-01T09:00Z",
    "austin, 2026-06-01 09:00:00 UTC, 2026-06-01T09:00Z",
    "austin, 2026-04-05 19:50:32 +0400, 2026-04-05T15:50:32Z",
    "austin, 2026-04-05T19:50-05, 2026-04-06T00:50Z",
    "austin, 2026-06-01T09:00:00+05:30, 2026-06-01T03:30Z",
  })
  void aTimeWithoutOffsetIsLocalToTheLocation(String location, String written, String instant)
      throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .builtIn("payments", "glow", Delivery.UPSERT)
            .file(
                "payments.csv",
                "payment_id,location_id,sale_id,paid_at,tender,amount",
                "P1," + location + ",S1," + written + ",cash,1");

    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(fixture.rows("payments", "SELECT paid_at FROM rows")).containsExactly(instant);
  }

  @Test
  void theLocalDateOfARowIsThatOfItsLocation() throws Exception {
    IngestFixture fixture =
        appointments()
            .file(
                "appointments.csv",
                APPOINTMENT,
                "A1,austin,C1,2026-06-02T03:00Z,2026-06-02T04:00Z,booked",
                "A2,island,C1,2026-06-02T03:00Z,2026-06-02T04:00Z,booked");
    fixture.ingest();
    assertThat(
            fixture.rows("appointments", "SELECT appointment_id, local_date FROM rows ORDER BY 1"))
        .containsExactly("A1|2026-06-01", "A2|2026-06-02");
  }

  @ParameterizedTest
  @CsvSource({
    "',austin,C1,2026-06-01T09:00,2026-06-01T10:00,booked', appointment_id missing",
    "'A1,austin,C1,,2026-06-01T10:00,booked', start_at missing",
    "'A1,austin,C1,June first,2026-06-01T10:00,booked', start_at not_a_instant",
    "'A1,austin,C1,2026-02-30T09:00,2026-06-01T10:00,booked', start_at not_a_instant",
    "'A1,austin,C1,infinity,2026-06-01T10:00,booked', start_at not_a_instant",
    "'A1,austin,C1,epoch,2026-06-01T10:00,booked', start_at not_a_instant",
    "'A1,austin,C1,2026-06-01 09:00 EST,2026-06-01T10:00,booked', start_at not_a_instant",
    "'A1,austin,C1,0026-06-01T09:00,0026-06-01T10:00,booked', start_at date_out_of_range",
    "'A1,austin,C1,2026-06-01T09:00,2126-06-01T10:00,booked', end_at date_out_of_range",
    "'A1,austin,C1,2026-06-01T09:00,2026-06-01T10:00,Unbooked', status unknown_word",
    "'A1,austin,C1,2026-06-01T09:00,2026-06-01T10:00,', status missing",
    "'A1,austin,C1,2026-06-01T09:00,2026-06-01T09:00,booked', end_at end_not_after_start",
    "'A1,austin,C1,2026-06-01T10:00,2026-06-01T09:00,booked', end_at end_not_after_start",
    "'A1,austin,C1,2026-06-01T09:00,2026-06-02T09:01,booked', end_at longer_than_24_hours",
    "'A1,boston,C1,2026-06-01T09:00,2026-06-01T10:00,booked', location_id unknown_location",
    "'A1,,C1,2026-06-01T09:00,2026-06-01T10:00,booked', location_id unknown_location",
    "'A1,austin,C1,2026-06-01T09:00,2026-06-01T10:00', wrong_number_of_fields",
    "'A1,austin,C1,2026-06-01T09:00,2026-06-01T10:00,booked,extra', wrong_number_of_fields",
  })
  void anAppointmentIsRejectedWithItsReason(String row, String expected) throws Exception {
    IngestFixture fixture =
        appointments()
            .file(
                "appointments.csv",
                APPOINTMENT,
                "G1,austin,C1,2026-06-01T09:00,2026-06-02T09:00,booked",
                row);

    assertThat(fixture.ingest("0.5").refused()).isEmpty();
    assertThat(fixture.rejected()).containsExactly("3 " + expected);
    assertThat(fixture.rows("appointments", "SELECT appointment_id FROM rows"))
        .as("exactly 24 hours are allowed, and the good row is kept")
        .containsExactly("G1");
  }

  @ParameterizedTest
  @CsvSource({
    "No-Show, no_show",
    "NO SHOW, no_show",
    "NoShow, no_show",
    "No%20Show, no_show",
    "'no  show', no_show",
    "COMPLETED, completed",
  })
  void aWordOfAVocabularyIsKnownWhateverItsSpelling(String written, String word) throws Exception {
    IngestFixture fixture =
        appointments()
            .file(
                "appointments.csv",
                APPOINTMENT,
                "A1,austin,C1,2026-06-01T09:00,2026-06-01T10:00," + written);

    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(fixture.rows("appointments", "SELECT status FROM rows")).containsExactly(word);
  }

  @ParameterizedTest
  @CsvSource({
    "'S1,1,austin,2026-06-01T09:00,service,0,10,0,0', quantity quantity_zero",
    "'S1,1,austin,2026-06-01T09:00,service,0.0000,10,0,0', quantity quantity_zero",
    "'S1,1,austin,2026-06-01T09:00,service,one,10,0,0', quantity not_a_number",
    "'S1,1,austin,2026-06-01T09:00,service,1,$10,0,0', gross_amount not_a_number",
    "'S1,1,austin,2026-06-01T09:00,service,1,1e3,0,0', gross_amount not_a_number",
    "'S1,1,austin,2026-06-01T09:00,service,1,10.00001,0,0', gross_amount more_than_four_decimals",
    "'S1,1,austin,2026-06-01T09:00,service,1,123456789012345,0,0', gross_amount not_a_number",
    "'S1,1,austin,2026-06-01T09:00,service,1,10,-1,0', discount_amount negative_discount",
    "'S1,1,austin,2026-06-01T09:00,voucher,1,10,0,0', kind unknown_word",
  })
  void aSaleLineIsRejectedWithItsReason(String row, String expected) throws Exception {
    IngestFixture fixture =
        sales().file("sale_lines.csv", SALE, "S0,1,austin,2026-06-01T09:00,tip,1,1,0,0", row);

    assertThat(fixture.ingest("0.5").refused()).isEmpty();
    assertThat(fixture.rejected()).containsExactly("3 " + expected);
  }

  @Test
  void ofARejectedSaleItsMoneyIsKeptAsFarAsItCanBeReadAndNoOtherText() throws Exception {
    IngestFixture fixture =
        sales()
            .file(
                "sale_lines.csv",
                SALE,
                "S0,1,austin,2026-06-01T09:00,tip,1,1,0,0",
                "S1,1,austin,2026-06-01T23:30,Dora Quill,1,100,10,5",
                "S2,1,austin,2026-06-02T09:00,service,0,20.5,,0",
                "S3,1,austin,2026-06-02T09:00,service,1,$10,0,0",
                "S4,1,austin,2026-06-02T09:00,service,1,10,1e3,0",
                "S5,1,nowhere,2026-06-02T09:00,retail,1,7,0,0",
                "S6,1,austin,2026-06-02T09:00,service,1,30,0,0,9",
                // More than an amount can hold.
                "S7,1,austin,2026-06-02T09:00,service,1,99999999999999.9999,-1,0");
    Batch batch = fixture.ingest("1").batches().get(0);

    String file = "'" + fixture.lake.rejectedAmounts(batch.sourceFileId()) + "'";
    assertThat(
            IngestFixture.query(
                "SELECT source_line, location_id, local_date, kind, amount, column_name, reason FROM "
                    + file))
        .containsExactly(
            "3|austin|2026-06-01|null|90.0000|kind|unknown_word",
            "4|austin|2026-06-02|service|20.5000|quantity|quantity_zero",
            "5|austin|2026-06-02|service|null|gross_amount|not_a_number",
            "6|austin|2026-06-02|service|null|discount_amount|not_a_number",
            "7|null|null|retail|7.0000|location_id|unknown_location",
            "8|null|null|null|null|null|wrong_number_of_fields",
            "9|austin|2026-06-02|service|null|discount_amount|negative_discount");
    assertThat(IngestFixture.query("SELECT * FROM " + file))
        .allSatisfy(row -> assertThat(row).doesNotContain("Dora"));
    assertThat(
            IngestFixture.query(
                "SELECT row_key = sha256('glow' || chr(31) || 'austin' || chr(31) || 'S1' || chr(31)"
                    + " || '1') FROM "
                    + file
                    + " WHERE source_line = 3"))
        .containsExactly("true");
  }

  @ParameterizedTest
  @CsvSource({
    "shifts, 'shift_id,location_id,provider_id,start_at,end_at,kind',"
        + " 'X1,austin,P,2026-06-01T09:00,2026-06-02T09:00,bookable',"
        + " 'X2,austin,P,2026-06-01T09:00,2026-06-01T09:00,break', end_at end_not_after_start",
    "shifts, 'shift_id,location_id,provider_id,start_at,end_at,kind',"
        + " 'X1,austin,P,2026-06-01T09:00,2026-06-02T09:00,blocked',"
        + " 'X2,austin,P,2026-06-01T09:00,2026-06-02T09:01,time_off', end_at longer_than_24_hours",
    "timecards, 'timecard_id,location_id,provider_id,clock_in_at,clock_out_at',"
        + " 'X1,austin,P,2026-06-01T09:00,2026-06-02T09:00',"
        + " 'X2,austin,P,2026-06-01T09:00,2026-06-01T09:00', clock_out_at end_not_after_start",
    "timecards, 'timecard_id,location_id,provider_id,clock_in_at,clock_out_at',"
        + " 'X1,austin,P,2026-06-01T09:00,2026-06-02T09:00',"
        + " 'X2,austin,P,2026-06-01T09:00,2026-06-02T09:01', clock_out_at longer_than_24_hours",
    "stock_movements, 'movement_id,location_id,product_id,moved_at,kind,quantity',"
        + " 'X1,austin,BTX,2026-06-01T09:00,usage,-0.5',"
        + " 'X2,austin,BTX,2026-06-01T09:00,usage,0', quantity quantity_zero",
    "payments, 'payment_id,location_id,sale_id,paid_at,tender,amount,payout_on',"
        + " 'X1,austin,S1,2026-06-05T23:00,card,1,2026-06-05',"
        + " 'X2,austin,S2,2026-06-05T23:00,card,1,2026-05-06',"
        + " payout_on payout_far_from_payment",
    "payments, 'payment_id,location_id,sale_id,paid_at,tender,amount,payout_on',"
        + " 'X1,austin,S1,2026-06-05T23:00,card,1,2026-08-05',"
        + " 'X2,austin,S2,2026-06-05T23:00,card,1,2062-06-08',"
        + " payout_on payout_far_from_payment",
    "payouts, 'payout_id,location_id,paid_out_at,status,amount',"
        + " 'X1,austin,2026-06-01,in_transit,-12.50',"
        + " 'X2,austin,2026-06-01T06:00,lost,1', status unknown_word",
    "memberships, 'membership_id,location_id,client_id,status,started_at,paused_on,resumes_on,ended_on,price',"
        + " 'X1,austin,C1,active,2026-06-01,,,,0',"
        + " 'X2,austin,C2,cancelled,2026-06-01,,,,1',"
        + " ended_on ended_without_day",
    "memberships, 'membership_id,location_id,client_id,status,started_at,paused_on,resumes_on,ended_on,price',"
        + " 'X1,austin,C1,expired,2026-06-01,,,2026-06-01,',"
        + " 'X2,austin,C2,paused,2026-06-01,,,,1',"
        + " paused_on paused_without_day",
    "memberships, 'membership_id,location_id,client_id,status,started_at,paused_on,resumes_on,ended_on,price',"
        + " 'X1,austin,C1,paused,2026-06-01,2026-06-02,2026-06-02,,',"
        + " 'X2,austin,C2,paused,2026-06-01,2026-06-02,2026-06-01,,1',"
        + " resumes_on pause_ends_before_it_begins",
    "memberships, 'membership_id,location_id,client_id,status,started_at,paused_on,resumes_on,ended_on,price',"
        + " 'X1,austin,,past_due,2026-06-01,,,,0',"
        + " 'X2,austin,C2,active,2026-06-01,,,,-1',"
        + " price negative_price",
    "stock_counts, 'count_id,location_id,product_id,counted_at,quantity',"
        + " 'X1,austin,BTX,2026-06-01T09:00,0',"
        + " 'X2,austin,BTX,2026-06-01T09:00,none', quantity not_a_number",
  })
  void aRowOfAnotherTableIsRejectedWithItsReason(
      String table, String header, String good, String bad, String expected) throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .builtIn(table, "glow", Delivery.UPSERT)
            .file(table + ".csv", header, good, bad);

    assertThat(fixture.ingest("0.5").refused()).isEmpty();
    assertThat(fixture.rejected()).containsExactly("3 " + expected);
    assertThat(fixture.rows(table, "SELECT count(*) FROM rows")).containsExactly("1");
  }

  @Test
  void aRowsOwnLocationIsCheckedAlsoWhereTheSourceNamesOne() throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .add(
                "schedule",
                "glow",
                "medspa",
                Optional.of("appointments"),
                "appointments.csv",
                Optional.of("austin"),
                Delivery.UPSERT)
            .file(
                "appointments.csv",
                APPOINTMENT,
                "A1,,C1,2026-06-01T09:00,2026-06-01T10:00,booked",
                "A2,island,C1,2026-06-01T09:00,2026-06-01T10:00,booked",
                "A3,nowhere,C1,2026-06-01T09:00,2026-06-01T10:00,booked");

    assertThat(fixture.ingest("0.5").refused()).isEmpty();
    assertThat(fixture.rejected()).containsExactly("4 location_id unknown_location");
    assertThat(
            fixture.rows("appointments", "SELECT appointment_id, location_id FROM rows ORDER BY 1"))
        .containsExactly("A1|austin", "A2|island");
  }

  @Test
  void moneyIsKeptAsItComesWithFourDecimals() throws Exception {
    IngestFixture fixture =
        sales()
            .file(
                "sale_lines.csv",
                SALE,
                "S1,1,austin,2026-06-01T09:00,service,1,10.1234,0.0001,5788.4515",
                "S1,2,austin,2026-06-01T09:00,service,-1,-10.100000,-2,",
                "S1,3,austin,2026-06-01T09:00,service,2,.5,0,0");
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(
            fixture.rows(
                "sale_lines",
                "SELECT line_id, gross_amount, discount_amount, tax_amount FROM rows ORDER BY 1"))
        .containsExactly(
            "1|10.1234|0.0001|5788.4515", "2|-10.1000|-2.0000|null", "3|0.5000|0.0000|0.0000");
  }

  @Test
  void aLineWrittenTwiceIsADuplicateAndADifferentOneSupersedes() throws Exception {
    String first = "A1,austin,C1,2026-06-01T09:00,2026-06-01T10:00,booked";
    IngestFixture fixture =
        appointments()
            .file(
                "appointments.csv",
                APPOINTMENT,
                first,
                first,
                first,
                "A2,austin,C1,2026-06-01T09:00,2026-06-01T10:00,booked",
                "A2,austin,C1,2026-06-01T09:00,2026-06-01T10:00,completed",
                "A1,island,C1,2026-06-01T09:00,2026-06-01T10:00,booked");

    TableCounts counts = fixture.ingest().batches().get(0).tables().get(0);

    assertThat(counts.rowsRead()).isEqualTo(6);
    assertThat(counts.rowsAccepted()).as("the key holds within a location").isEqualTo(3);
    assertThat(counts.rowsDuplicate()).isEqualTo(2);
    assertThat(counts.rowsSuperseded()).isEqualTo(1);
    assertThat(counts.rowsRejected()).isZero();
    assertThat(
            fixture.rows(
                "appointments", "SELECT appointment_id, status, source_line FROM rows ORDER BY 3"))
        .containsExactly("A1|booked|4", "A2|completed|6", "A1|booked|7");
  }

  @Test
  void aColumnTheContractDoesNotKnowIsDroppedAndCounted() throws Exception {
    IngestFixture fixture =
        appointments()
            .file(
                "appointments.csv",
                "note,status,end_at,start_at,location_id,appointment_id,client_name",
                "ask for Dora,booked,2026-06-01T10:00,2026-06-01T09:00,austin,A1,Dora Quist");

    assertThat(fixture.ingest().batches().get(0).columnsDropped()).isEqualTo(2);
    assertThat(fixture.rows("appointments", "SELECT * FROM rows").toString())
        .doesNotContain("Dora");
  }

  @Test
  void moreThanTheLimitOfRejectedRowsRefusesTheFile() throws Exception {
    String[] lines = new String[21];
    lines[0] = APPOINTMENT;
    for (int i = 1; i <= 20; i++) {
      lines[i] = "A" + i + ",austin,C1,2026-06-01T09:00,2026-06-01T10:00,booked";
    }
    lines[7] = "A7,austin,C1,2026-06-01T09:00,2026-06-01T10:00,Dora Quist";
    assertThat(appointments().file("appointments.csv", lines).ingest().refused())
        .as("1 of 20 is 5 %, which is not more than 5 %")
        .isEmpty();

    lines[9] = "A9,austin,C1,2026-06-01T09:00,2026-06-01T10:00,nonsense";
    IngestFixture fixture =
        new IngestFixture(directory.resolve("second"))
            .builtIn("appointments", "glow", Delivery.UPSERT)
            .file("appointments.csv", lines);
    assertThat(fixture.ingest().refused())
        .singleElement()
        .satisfies(
            refused -> {
              assertThat(refused.line()).contains(8L);
              assertThat(refused.column()).contains("status");
              assertThat(refused.message())
                  .contains("2 of 20 rows (10.0 %)", "unknown_word", "reject_limit")
                  .doesNotContain("Dora");
            });
    assertThat(fixture.lake.bronze()).isEmptyDirectory();
  }

  @Test
  void theSourceLineIsTheLineOnWhichTheRecordBegins() throws Exception {
    IngestFixture fixture =
        appointments()
            .file(
                "appointments.csv",
                "appointment_id,location_id,start_at,end_at,status,note",
                "A1,austin,2026-06-01T09:00,2026-06-01T10:00,booked,\"two",
                "lines\"",
                "",
                "A2,austin,2026-06-01T09:00,2026-06-01T10:00,booked,");
    fixture.ingest();
    assertThat(
            fixture.rows("appointments", "SELECT appointment_id, source_line FROM rows ORDER BY 1"))
        .containsExactly("A1|2", "A2|5");
  }
}
