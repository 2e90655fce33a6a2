package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.Period;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row that cannot lie where it says is rejected: outside its file's period, or in the future. */
class RowsOutOfTimeTest {
  private static final String PAYMENTS = "payment_id,location_id,sale_id,paid_at,tender,amount";

  @TempDir Path directory;

  private static String payment(String id, String location, String paidAt) {
    return id + "," + location + ",S" + id + "," + paidAt + ",cash,1";
  }

  /** Receipts with a title such as "Report period: 5/28/2026 - 6/3/2026". */
  private IngestFixture titled() throws Exception {
    return new IngestFixture(directory)
        .mappingFile(
            "till.yaml",
            """
            mapping: till
            vendor: Till
            title: Receipts
            evidence: made up
            file: {type: csv, header_within: 5, short_rows: true}
            header: {required: [No, Paid, Sum]}
            delivery: window
            titles: 'Report period: (?<first>.+) - (?<last>.+)'
            period: {first: TRY_CAST(dated(getvariable('first')) AS DATE), last: TRY_CAST(dated(getvariable('last')) AS DATE)}
            dates: [Paid]
            tables:
              payments:
                columns: {payment_id: '"No"', sale_id: '"No"', paid_at: dated("Paid"), tender: "'cash'", amount: '"Sum"'}
            """)
        .mapped("till", "till", "till*.csv", "austin");
  }

  @Test
  void aTitleThatOnlyOneOrderMakesAPeriodOfProvesTheOrderOfTheRows() throws Exception {
    IngestFixture fixture =
        titled()
            .file("till.csv", "Report period: 5/28/2026 - 6/3/2026", "No,Paid,Sum", "1,6/2/2026,5");
    Batch batch = fixture.ingest().batches().get(0);
    assertThat(batch.dateOrder()).contains("mdy");
    assertThat(batch.provesDateOrder()).isTrue();
    assertThat(batch.period())
        .contains(new Period(LocalDate.parse("2026-05-28"), LocalDate.parse("2026-06-03")));
  }

  @Test
  void aTitleInDatesThatAreNoNumbersProvesTheOrderToo() throws Exception {
    IngestFixture fixture =
        titled()
            .file(
                "till.csv",
                "Report period: 2026-06-01 - 2026-06-07",
                "No,Paid,Sum",
                "1,1/6/2026,5",
                "2,7/6/2026,5");
    assertThat(fixture.ingest().batches())
        .extracting(Batch::dateOrder)
        .contains(Optional.of("dmy"));
  }

  @Test
  void aRowOutsideThePeriodOfItsFileIsRejectedByItsLocalDay() throws Exception {
    IngestFixture fixture =
        titled()
            .file(
                "till.csv",
                "Report period: 2026-06-01 - 2026-06-15",
                "No,Paid,Sum",
                "1,5/31/2026 11:59 PM,5",
                "2,6/1/2026 12:00 AM,5",
                "3,6/15/2026 11:59 PM,5",
                "4,6/16/2026 12:00 AM,5");
    assertThat(fixture.ingest("0.5").refused()).isEmpty();
    assertThat(fixture.rejected())
        .containsExactly("3 paid_at outside_period", "6 paid_at outside_period");
    assertThat(fixture.rows("payments", "SELECT payment_id FROM rows ORDER BY 1"))
        .containsExactly("2", "3");
  }

  @Test
  void aFileWhoseRowsLieOnOtherDaysThanItsNameSaysIsRefusedAndTheAdviceHelps() throws Exception {
    IngestFixture fixture =
        titled()
            .file(
                "till.csv",
                "Report period: 2026-07-01 - 2026-07-07",
                "No,Paid,Sum",
                "1,6/15/2026,5");
    assertThat(fixture.ingest().refused())
        .singleElement()
        .satisfies(
            refused ->
                assertThat(refused.message())
                    .contains("outside_period", "line 3", "the name it came with", "`dates: mdy`"));
  }

  @Test
  void aRowOfSquareBelongsToTheDayThatTheExportShows() throws Exception {
    // Ten in the evening in New York is the next day on Lord Howe.
    IngestFixture fixture =
        new IngestFixture(directory)
            .mapped("items", "square-items", "items*.csv", "island")
            .file(
                "items-2026-06-01-2026-06-02.csv",
                "Date,Time,Time Zone,Category,Item,Qty,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Event Type",
                "2026-06-01,22:00:00,Eastern Time (US & Canada),Skin,Facial,1,$10.00,$0.00,$10.00,$0.00,A,Payment",
                "2026-06-02,22:00:00,Eastern Time (US & Canada),Skin,Facial,1,$10.00,$0.00,$10.00,$0.00,B,Payment");
    assertThat(fixture.ingest("0.5").refused()).isEmpty();
    assertThat(fixture.rows("sale_lines", "SELECT sale_id, local_date FROM rows"))
        .containsExactly("A|2026-06-02");
    assertThat(fixture.rejected()).containsExactly("3 sold_at outside_period");
  }

  private IngestFixture payments() {
    IngestFixture fixture =
        new IngestFixture(directory).builtIn("payments", "glow", Delivery.UPSERT);
    fixture.ingestedAt = Instant.parse("2026-06-01T12:00:00Z");
    return fixture;
  }

  @Test
  void whatHappenedCannotLieMoreThanADayAfterTheDelivery() throws Exception {
    IngestFixture fixture =
        payments()
            .file(
                "payments.csv",
                PAYMENTS,
                payment("1", "island", "2026-06-02T12:00:00Z"),
                payment("2", "island", "2026-06-02T12:00:01Z"),
                payment("3", "austin", "2026-06-02"),
                payment("4", "austin", "2026-06-03"));
    assertThat(fixture.ingest("0.5").refused()).isEmpty();
    assertThat(fixture.rejected())
        .containsExactly("3 paid_at after_delivery", "5 paid_at after_delivery");
  }

  @Test
  void aFileThatIsReadAgainLaterIsJudgedByItsFirstDelivery() throws Exception {
    IngestFixture fixture =
        payments().file("payments.csv", PAYMENTS, payment("1", "austin", "2026-07-01"));
    assertThat(fixture.ingest("1").batches()).hasSize(1);
    for (String later : List.of("2026-08-01T00:00:00Z", "2026-09-01T00:00:00Z")) {
      fixture.ingestedAt = Instant.parse(later);
      fixture.last(source -> source.withLocations(Map.of("At " + later, "austin")));
      assertThat(fixture.ingest("1").batches()).as("read again").hasSize(1);
      assertThat(fixture.rejected()).containsExactly("2 paid_at after_delivery");
    }
  }

  @Test
  void aDayThatSomebodyNamesIsOverWhateverTheClockSays() throws Exception {
    IngestFixture fixture =
        payments()
            .file(
                "payments.csv",
                PAYMENTS,
                payment("1", "austin", "2026-11-15T23:00"),
                payment("2", "austin", "2026-11-18T00:00"));
    fixture.asOf = Optional.of(LocalDate.parse("2026-11-16"));
    assertThat(fixture.ingest("0.5").refused()).isEmpty();
    assertThat(fixture.rejected()).containsExactly("3 paid_at after_delivery");
  }

  @Test
  void aBookingOrAnExpiryDateMayLieAhead() throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .builtIn("appointments", "glow", Delivery.UPSERT)
            .builtIn("stock_movements", "glow", Delivery.UPSERT)
            .file(
                "appointments.csv",
                "appointment_id,location_id,start_at,end_at,status",
                "A1,austin,2027-06-02T09:00,2027-06-02T10:00,booked")
            .file(
                "stock_movements.csv",
                "movement_id,location_id,product_id,lot,expires_on,moved_at,kind,quantity",
                "M1,austin,P1,L1,2028-01-01,2026-05-31T09:00,receipt,1");
    fixture.ingestedAt = Instant.parse("2026-06-01T12:00:00Z");
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(fixture.rejected()).isEmpty();
  }

  @Test
  void salesPaymentsMovementsCountsAndTimeCardsTellThePastAndPlansDoNot() {
    assertThat(TableContracts.load().all().stream().filter(TableContract::tellsThePast))
        .extracting(TableContract::name)
        .containsExactly("payments", "sale_lines", "stock_counts", "stock_movements", "timecards");
  }
}
