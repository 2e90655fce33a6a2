package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.Run;
import medspa.warehouse.lake.Batch.Window;
import medspa.warehouse.lake.Bronze;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of deliveries: no file counts twice, none is lost, and the order is kept. */
class DeliveryRulesTest {
  private static final String HEADER = "appointment_id,location_id,start_at,end_at,status";
  private static final String BOOKED = "A1,austin,2026-06-01T09:00,2026-06-01T10:00,booked";
  private static final String DONE = "A1,austin,2026-06-01T09:00,2026-06-01T10:00,completed";

  @TempDir Path directory;

  private IngestFixture fixture(Delivery delivery) {
    return new IngestFixture(directory).builtIn("appointments", "glow", delivery);
  }

  @Test
  void theSameBytesUnderAnotherNameAreTakenOnce() throws Exception {
    IngestFixture fixture =
        fixture(Delivery.UPSERT)
            .file("appointments-1.csv", HEADER, BOOKED)
            .file("appointments-2.csv", HEADER, BOOKED);
    Ingestion.Result first = fixture.ingest();
    assertThat(first.batches()).hasSize(1);
    assertThat(first.copies()).as("a file that was not there before is told as such").isEqualTo(1);
    assertThat(fixture.ingest().batches()).as("ingesting twice changes nothing").isEmpty();
    fixture.file("appointments-3.csv", HEADER, BOOKED);
    Ingestion.Result third = fixture.ingest();
    assertThat(third.known()).isEqualTo(3);
    assertThat(third.copies()).isEqualTo(2);
    assertThat(Bronze.read(fixture.lake).all()).hasSize(1);
  }

  @Test
  void anOldExportUnderANewNameIsNoNewDelivery() throws Exception {
    IngestFixture fixture =
        fixture(Delivery.UPSERT)
            .file("appointments-2026-06-01.csv", HEADER, BOOKED)
            .file("appointments-2026-06-08.csv", HEADER, DONE);
    fixture.ingest();
    fixture.file("appointments-2026-06-15.csv", HEADER, BOOKED);
    assertThat(fixture.ingest().batches()).isEmpty();
    assertThat(Bronze.read(fixture.lake).current())
        .extracting(Batch::fileName)
        .containsExactly(
            "exports/appointments-2026-06-01.csv", "exports/appointments-2026-06-08.csv");
  }

  @Test
  void anOlderExportThatArrivesInALaterRunIsTheNewestDelivery() throws Exception {
    IngestFixture fixture =
        fixture(Delivery.UPSERT).file("appointments-2026-06-08.csv", HEADER, DONE);
    fixture.ingest();
    fixture.file("appointments-2026-06-01.csv", HEADER, BOOKED);
    fixture.ingest();
    assertThat(Bronze.read(fixture.lake).current())
        .extracting(Batch::fileName)
        .containsExactly(
            "exports/appointments-2026-06-08.csv", "exports/appointments-2026-06-01.csv");
  }

  @Test
  void theSameBytesOfAnotherSourceAreAnotherFile() throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .add(
                "a",
                "glow",
                "medspa",
                Optional.of("products"),
                "a.csv",
                Optional.empty(),
                Delivery.UPSERT)
            .add(
                "b",
                "lumi",
                "medspa",
                Optional.of("products"),
                "b.csv",
                Optional.empty(),
                Delivery.UPSERT)
            .file("a.csv", "product_id", "BTX")
            .file("b.csv", "product_id", "BTX");
    assertThat(fixture.ingest().batches())
        .extracting(Batch::practiceId)
        .containsExactlyInAnyOrder("glow", "lumi");
    assertThat(fixture.rows("products", "SELECT practice_id, product_id FROM rows ORDER BY 1"))
        .containsExactly("glow|BTX", "lumi|BTX");
  }

  @Test
  void filesOfOneRunAreOrderedByTheDateInTheirName() throws Exception {
    IngestFixture fixture =
        fixture(Delivery.UPSERT)
            .file("appointments-b-2026-06-08.csv", HEADER, DONE)
            .file("appointments-c-2026-06-01.csv", HEADER, BOOKED);
    assertThat(fixture.ingest().batches())
        .extracting(Batch::fileName)
        .containsExactly(
            "exports/appointments-c-2026-06-01.csv", "exports/appointments-b-2026-06-08.csv");
  }

  @Test
  void filesWithoutADateInTheirNameAreOrderedByModification() throws Exception {
    IngestFixture fixture =
        fixture(Delivery.UPSERT)
            .file("appointments-a.csv", HEADER, DONE)
            .file("appointments-b.csv", HEADER, BOOKED);
    Path exports = directory.resolve("exports");
    Files.setLastModifiedTime(
        exports.resolve("appointments-a.csv"),
        FileTime.from(Instant.parse("2026-06-08T00:00:00Z")));
    Files.setLastModifiedTime(
        exports.resolve("appointments-b.csv"),
        FileTime.from(Instant.parse("2026-06-01T00:00:00Z")));
    assertThat(fixture.ingest().batches())
        .extracting(Batch::fileName)
        .containsExactly("exports/appointments-b.csv", "exports/appointments-a.csv");
  }

  @Test
  void anAppendedKeySeenBeforeIsRejectedAndTheFirstStays() throws Exception {
    IngestFixture fixture =
        fixture(Delivery.APPEND).file("appointments-2026-06-01.csv", HEADER, BOOKED);
    fixture.ingest();
    fixture.file(
        "appointments-2026-06-08.csv",
        HEADER,
        DONE,
        "A2,austin,2026-06-01T09:00,2026-06-01T10:00,booked");
    assertThat(fixture.ingest("0.5").refused()).isEmpty();
    assertThat(fixture.rejected()).containsExactly("2 appointment_id key_seen_before");
    assertThat(fixture.rows("appointments", "SELECT appointment_id, status FROM rows ORDER BY 1"))
        .containsExactly("A1|booked", "A2|booked");
  }

  @Test
  void anAppendedKeyThatAnotherSourceHasIsAccepted() throws Exception {
    IngestFixture fixture = new IngestFixture(directory);
    for (String source : List.of("old", "new")) {
      fixture.add(
          source,
          "glow",
          "medspa",
          Optional.of("appointments"),
          source + "*.csv",
          Optional.empty(),
          Delivery.APPEND);
    }
    fixture.file("old.csv", HEADER, BOOKED);
    fixture.ingest();
    fixture.file("new.csv", HEADER, DONE);
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(fixture.rejected()).isEmpty();
    assertThat(fixture.rows("appointments", "SELECT appointment_id, status FROM rows ORDER BY ALL"))
        .containsExactly("A1|booked", "A1|completed");
  }

  @Test
  void anAppendedFileThatIsReadAgainDoesNotLoseToALaterOne() throws Exception {
    IngestFixture fixture =
        fixture(Delivery.APPEND)
            .file("appointments-2026-06-01.csv", HEADER, BOOKED)
            .file("appointments-2026-06-08.csv", HEADER, DONE.replace("A1", "A2"));
    fixture.ingest();
    fixture.key = new PseudonymKey("another key, which is long enough to be one");
    fixture.file("appointments-2026-06-15.csv", HEADER, DONE, DONE.replace("A1", "A3"));

    assertThat(fixture.ingest("0.5").refused()).isEmpty();
    assertThat(fixture.rejected()).containsExactly("2 appointment_id key_seen_before");
    assertThat(fixture.rows("appointments", "SELECT appointment_id, status FROM rows ORDER BY 1"))
        .containsExactly("A1|booked", "A2|completed", "A3|completed");
  }

  @Test
  void aBatchTellsTheDatesItSpansPerLocation() throws Exception {
    IngestFixture fixture =
        fixture(Delivery.WINDOW)
            .file(
                "appointments.csv",
                HEADER,
                "A1,austin,2026-06-03T23:30,2026-06-04T00:30,booked",
                "A2,austin,2026-05-30T09:00,2026-05-30T10:00,booked",
                "A3,island,2026-06-01T09:00,2026-06-01T10:00,booked");
    assertThat(fixture.ingest().batches().get(0).tables().get(0).windows())
        .containsExactly(
            new Window(
                "austin",
                java.time.LocalDate.parse("2026-05-30"),
                java.time.LocalDate.parse("2026-06-03"),
                List.of(
                    new Run(
                        java.time.LocalDate.parse("2026-05-30"),
                        java.time.LocalDate.parse("2026-06-03"),
                        2))),
            new Window(
                "island",
                java.time.LocalDate.parse("2026-06-01"),
                java.time.LocalDate.parse("2026-06-01")));
  }

  @Test
  void aRejectedRowKeepsADigestOfItsKeyAndNothingElse() throws Exception {
    IngestFixture fixture =
        fixture(Delivery.WINDOW)
            .file("appointments.csv", HEADER, "A1,austin,2026-06-01T09:00,2026-06-01T10:00,Dora");
    Batch batch = fixture.ingest("1").batches().get(0);
    assertThat(
            IngestFixture.query(
                "SELECT row_key = sha256('glow' || chr(31) || 'austin' || chr(31) || 'A1'), "
                    + "location_id FROM '"
                    + fixture.lake.rejectedRows(batch.sourceFileId())
                    + "'"))
        .containsExactly("true|austin");
    assertThat(
            IngestFixture.query(
                "SELECT * FROM '" + fixture.lake.rejectedRows(batch.sourceFileId()) + "'"))
        .allSatisfy(row -> assertThat(row).doesNotContain("Dora"));
  }

  @Test
  void aChangedInputReadsTheFileAgainInItsOldPlace() throws Exception {
    IngestFixture fixture =
        fixture(Delivery.UPSERT)
            .file("appointments-2026-06-01.csv", HEADER, BOOKED)
            .file("appointments-2026-06-08.csv", HEADER, DONE);
    fixture.ingest();
    fixture.key = new PseudonymKey("another key, which is long enough to be one");

    List<Batch> again = fixture.ingest().batches();

    assertThat(again).hasSize(2);
    assertThat(again.get(0).replaces()).isPresent();
    assertThat(Bronze.read(fixture.lake).all()).hasSize(4);
    assertThat(Bronze.read(fixture.lake).current())
        .extracting(Batch::order, Batch::sequence)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1L, 3L),
            org.assertj.core.groups.Tuple.tuple(2L, 4L));
  }

  @Test
  void aLookUpThatChangesReadsTheFileAgainInItsOldPlace() throws Exception {
    String items =
        "Date,Time,Category,Item,Qty,Gross Sales,Discounts,Net Sales,Tax,Transaction ID\n";
    IngestFixture fixture =
        new IngestFixture(directory)
            .mapped("items", "square-items-12", "items-*.csv", "austin")
            .mapped("transactions", "square-transactions-17", "transactions-*.csv", "austin")
            .last(s -> s.withLookups(Map.of("items", "items")))
            .file(
                "items-2026-06-01-2026-06-02.csv",
                items + "2026-06-01,10:00:00,None,Facial,1,$9.00,$0.00,$9.00,$0.00,ORDER1")
            .file(
                "transactions-2026-06-01-2026-06-03.csv",
                "Date,Time,Gross Sales,Discounts,Net Sales,Tax,Tip,Total Collected,Card",
                "2026-06-01,10:00:00,$9.00,$0.00,$9.00,$0.00,$0.00,$9.00,$9.00",
                "2026-06-02,10:00:00,$9.00,$0.00,$9.00,$0.00,$0.00,$9.00,$9.00");
    fixture.ingest("0.5");
    assertThat(fixture.rejected()).containsExactly("3 payment_id missing");

    fixture.file(
        "items-2026-06-02-2026-06-03.csv",
        items + "2026-06-02,10:00:00,None,Facial,1,$9.00,$0.00,$9.00,$0.00,ORDER2");
    assertThat(fixture.ingest("0.5").batches())
        .filteredOn(batch -> batch.replaces().isPresent())
        .singleElement()
        .satisfies(batch -> assertThat(batch.source()).isEqualTo("transactions"));
    assertThat(fixture.rejected()).isEmpty();
    assertThat(fixture.rows("payments", "SELECT sale_id FROM rows ORDER BY 1"))
        .containsExactly("ORDER1", "ORDER2");
  }

  @Test
  void whatAKilledRunLeftBehindIsNoBatch() throws Exception {
    IngestFixture fixture = fixture(Delivery.UPSERT).file("appointments.csv", HEADER, BOOKED);
    Path half = fixture.lake.bronze().resolve(".00000001-abcdefabcdef");
    Files.createDirectories(half);
    Files.writeString(half.resolve("appointments.parquet"), "half");
    Files.createDirectories(fixture.lake.bronze().resolve("00000007-abcdefabcdef"));

    assertThat(fixture.ingest().batches()).hasSize(1);
    assertThat(Bronze.read(fixture.lake).all()).hasSize(1);
    assertThat(half).doesNotExist();
  }

  @Test
  void aSourceWithoutAnyFileIsReportedButNotOnceItHasDelivered() throws Exception {
    IngestFixture fixture = fixture(Delivery.UPSERT);
    assertThat(fixture.ingest().refused())
        .singleElement()
        .satisfies(
            refused ->
                assertThat(refused.message()).contains("exports/appointments*.csv", "No file"));
    fixture.file("appointments.csv", HEADER, BOOKED).ingest();
    Files.delete(directory.resolve("exports/appointments.csv"));
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(Bronze.read(fixture.lake).current()).hasSize(1);
  }

  @Test
  void rowsOfOneZenotiBookingUnderOneStatusReplaceOneAnotherAndAreNamed() throws Exception {
    String row =
        "6/15/2026,6/1/2026,%s,Ann Lee,Peel,Main,6/15/2026 %s,6/15/2026 11:00 AM,Kim,%s,%s";
    IngestFixture fixture =
        new IngestFixture(directory)
            .mapped("zenoti", "zenoti-appointments-14", "zenoti*.csv", "austin")
            .file(
                "zenoti-2026-06-16.csv",
                "Appointment Date,Booked Date,Invoice No,Guest Name,Service Name,Center Name,"
                    + "Start Time,End Time,Provider,Room,Status",
                row.formatted("I1", "09:00 AM", "R1", "Open"),
                row.formatted("I1", "09:00 AM", "R2", "Confirmed"),
                row.formatted("I2", "10:00 AM", "R1", "Closed"),
                row.formatted("I2", "10:00 AM", "R1", "Open"),
                // A visit of nothing but a service of 0 minutes, told twice.
                row.formatted("I3", "11:00 AM", "R1", "Open"),
                row.formatted("I3", "11:00 AM", "R2", "Open"));

    Ingestion.Result result = fixture.ingest();
    assertThat(result.refused()).isEmpty();
    assertThat(result.batches().get(0).tables().get(0).rowsSuperseded()).isEqualTo(2);
    assertThat(Ingestion.replacedLines(fixture.lake, result.batches().get(0)))
        .containsExactly("line 2 by line 3", "line 6 by line 7");
    assertThat(
            fixture.rows(
                "appointments",
                "SELECT source_line, visit_id, room_id, status FROM rows ORDER BY 1"))
        .containsExactly("3|I1|R2|confirmed", "4|I2|R1|completed", "7|I3|R2|booked");
  }
}
