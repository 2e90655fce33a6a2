package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import medspa.jobs.ingest.Source.Safeguards;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.Period;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.RefusedFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What deliveries delete of earlier ones, how it is counted, and what is too much. */
class DeletionsTest {
  private static final String HEADER = "appointment_id,location_id,start_at,end_at,status";
  private static final String ITEMS =
      "Date,Time,Category,Item,Qty,Gross Sales,Discounts,Net Sales,Tax,Transaction ID";

  @TempDir Path directory;

  private IngestFixture schedule() {
    return new IngestFixture(directory).builtIn("appointments", "glow", Delivery.WINDOW);
  }

  private static String row(String id, LocalDate day) {
    return "%s,austin,%sT09:00,%sT10:00,booked".formatted(id, day, day);
  }

  /** A file with the header and a row on each of some days from one on. */
  private static String[] days(String from, int days) {
    List<String> lines = new ArrayList<>(List.of(HEADER));
    for (int i = 0; i < days; i++) {
      LocalDate day = LocalDate.parse(from).plusDays(i);
      lines.add(row("A" + day, day));
    }
    return lines.toArray(String[]::new);
  }

  private static String[] with(String[] lines, String... more) {
    List<String> all = new ArrayList<>(List.of(lines));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static long deleted(Ingestion.Result result) {
    assertThat(result.refused()).isEmpty();
    return result.batches().stream()
        .flatMap(batch -> batch.tables().stream())
        .mapToLong(TableCounts::rowsDeleted)
        .sum();
  }

  @Test
  void aStrayDateDeletesNothing() throws Exception {
    IngestFixture fixture = schedule().file("appointments-2026-05-28.csv", days("2026-04-01", 56));
    fixture.ingest();
    fixture.file(
        "appointments-2026-06-08.csv",
        with(days("2026-06-01", 7), row("stray", LocalDate.parse("2026-04-02"))));
    assertThat(deleted(fixture.ingest())).isZero();
  }

  @Test
  void aDeliveryTellsHowManyRowsItDeletes() throws Exception {
    IngestFixture fixture = schedule().file("appointments-2026-05-28.csv", days("2026-04-01", 20));
    assertThat(deleted(fixture.ingest())).isZero();
    fixture.file(
        "appointments-2026-06-08.csv",
        HEADER,
        row("A2026-04-03", LocalDate.parse("2026-04-03")),
        row("A2026-04-07", LocalDate.parse("2026-04-07")));
    assertThat(deleted(fixture.ingest())).isEqualTo(3);
    // What is gone is not deleted again, and what has moved or was rejected is not gone.
    fixture.file(
        "appointments-2026-06-15.csv",
        HEADER,
        row("A2026-04-01", LocalDate.parse("2026-04-02")),
        row("A2026-04-08", LocalDate.parse("2026-04-20")),
        "A2026-04-09,austin,2026-04-09T09:00,2026-04-09T10:00,whatever",
        row("A2026-04-07", LocalDate.parse("2026-04-10")));
    assertThat(deleted(fixture.ingest("0.5", "1"))).isEqualTo(13);
  }

  @Test
  void aRowThatAFarDeliveryHasMovedElsewhereIsNotDeletedWhereItWas() throws Exception {
    IngestFixture fixture = schedule().file("appointments-2026-05-28.csv", days("2026-04-01", 3));
    fixture.ingest();
    fixture.file(
        "appointments-2026-06-01.csv", HEADER, row("A2026-04-02", LocalDate.parse("2026-09-01")));
    fixture.ingest();
    fixture.file(
        "appointments-2026-06-08.csv",
        HEADER,
        row("A2026-04-01", LocalDate.parse("2026-04-01")),
        row("A2026-04-03", LocalDate.parse("2026-04-03")));
    assertThat(deleted(fixture.ingest())).isZero();
  }

  @Test
  void aDeliveryThatWouldDeleteMoreThanItsLimitIsRefusedWithTheCount() throws Exception {
    IngestFixture fixture = schedule().file("appointments-2026-05-28.csv", days("2026-04-01", 40));
    fixture.ingest();
    fixture.file(
        "appointments-2026-06-08.csv",
        HEADER,
        row("A2026-04-01", LocalDate.parse("2026-04-01")),
        row("A2026-04-12", LocalDate.parse("2026-04-12")),
        row("A2026-04-13", LocalDate.parse("2026-04-13")));
    // 10 rows are few enough whatever their share.
    assertThat(deleted(fixture.ingest())).isEqualTo(10);

    fixture.file(
        "appointments-2026-06-15.csv",
        HEADER,
        row("A2026-04-13", LocalDate.parse("2026-04-13")),
        row("A2026-04-27", LocalDate.parse("2026-04-27")),
        row("A2026-05-01", LocalDate.parse("2026-05-01")));
    assertThat(fixture.ingest().refused())
        .singleElement()
        .extracting(RefusedFile::message)
        .asString()
        .contains(
            "exports/appointments-2026-06-15.csv",
            "would delete 16 of the 19 rows of appointments",
            "of austin",
            "from 2026-04-14 to 2026-04-30",
            "set `deletion_limit: 1` at the source appointments");

    Safeguards all = new Safeguards(Optional.of(BigDecimal.ONE), false);
    fixture.last(source -> source.withSafeguards(all));
    assertThat(deleted(fixture.ingest())).isEqualTo(16);
  }

  @Test
  void aLimitOfNothingRefusesTheFirstDeletion() throws Exception {
    IngestFixture fixture = schedule().file("appointments-2026-05-28.csv", days("2026-04-01", 40));
    fixture.ingest();
    fixture.file(
        "appointments-2026-06-08.csv",
        HEADER,
        row("A2026-04-01", LocalDate.parse("2026-04-01")),
        row("A2026-04-03", LocalDate.parse("2026-04-03")));
    assertThat(fixture.ingest("0.05", "0").refused()).hasSize(1);
    assertThat(deleted(fixture.ingest("0.05", "0.025"))).isEqualTo(1);
  }

  @Test
  void aPeriodInTheNameIsReplacedAndItsEndIsTheVendors() throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .mapped("items", "square-items-12", "items-*.csv", "austin")
            .file(
                "items-2026-06-01-2026-06-08.csv",
                ITEMS,
                "2026-06-07,10:00:00,None,Facial,1,$9.00,$0.00,$9.00,$0.00,ORDER1");
    assertThat(fixture.ingest().batches().get(0).period())
        .contains(new Period(LocalDate.parse("2026-06-01"), LocalDate.parse("2026-06-07")));
    fixture =
        new IngestFixture(directory)
            .mapped("sales", "jane-sales", "Sales_*.csv", "austin")
            .last(s -> s.withLocations(java.util.Map.of("Main St", "austin")))
            .file(
                "Sales_20260601_20260607.csv",
                "Location,Purchase Date,Invoice Date,Patient Guid,Item,Staff Member,Payer,Invoice #,Income Category,Status,Subtotal,Total,Collected",
                "Main St,2026-06-07,2026-06-07,G1,Facial,Tammy,,1-P01,Treatment Income,paid,9.00,9.00,9.00");
    assertThat(fixture.ingest().batches().get(0).period())
        .contains(new Period(LocalDate.parse("2026-06-01"), LocalDate.parse("2026-06-07")));
  }

  private IngestFixture items(Delivery delivery) {
    return new IngestFixture(directory)
        .add(
            "items",
            "glow",
            "square-items-12",
            Optional.empty(),
            "items-*.csv",
            Optional.of("austin"),
            delivery);
  }

  private static String item(String day, String item, int amount, String order) {
    return "%s,10:00:00,None,%s,1,$%d.00,$0.00,$%d.00,$0.00,%s"
        .formatted(day, item, amount, amount, order);
  }

  @Test
  void linesThatVanishFromAReceiptAreCounted() throws Exception {
    IngestFixture fixture =
        items(Delivery.UPSERT)
            .file(
                "items-2026-06-01-2026-06-08.csv",
                ITEMS,
                item("2026-06-02", "Botox", 300, "T1"),
                item("2026-06-02", "Serum", 50, "T1"),
                item("2026-06-03", "Peel", 80, "T2"));
    fixture.ingest();
    fixture.file(
        "items-2026-06-01-2026-06-09.csv",
        ITEMS,
        item("2026-06-02", "Serum", 50, "T1"),
        item("2026-06-08", "Peel", -80, "T2"));
    assertThat(deleted(fixture.ingest())).isEqualTo(1);
    assertThat(fixture.rows("sale_lines", "SELECT line_id FROM rows ORDER BY ALL"))
        .containsExactly(
            "2026-06-02:1", "2026-06-02:1", "2026-06-02:2", "2026-06-03:1", "2026-06-08:1");
  }

  @Test
  void aReceiptThatIsAppendedAgainIsRejectedWhole() throws Exception {
    IngestFixture fixture =
        items(Delivery.APPEND)
            .file("items-2026-06-01-2026-06-08.csv", ITEMS, item("2026-06-02", "Botox", 300, "T1"));
    fixture.ingest();
    fixture.file(
        "items-2026-06-01-2026-06-09.csv",
        ITEMS,
        item("2026-06-02", "Serum", 50, "T1"),
        item("2026-06-02", "Botox", 300, "T1"),
        item("2026-06-08", "Botox", -300, "T1"));
    assertThat(fixture.ingest("1").refused()).isEmpty();
    assertThat(fixture.rejected())
        .containsExactly("2 line_id key_seen_before", "3 line_id key_seen_before");
    assertThat(fixture.rows("sale_lines", "SELECT line_id, gross_amount FROM rows ORDER BY ALL"))
        .containsExactly("2026-06-02:1|300.0000", "2026-06-08:3|-300.0000");
  }

  @Test
  void aFileThatWasPastedTwiceIsRefusedUnlessItIsSaidToBeHonest() throws Exception {
    String[] twice = {
      ITEMS,
      item("2026-06-02", "Botox", 300, "T1"),
      item("2026-06-03", "Peel", 80, "T2"),
      item("2026-06-02", "Botox", 300, "T1"),
      item("2026-06-03", "Peel", 80, "T2")
    };
    IngestFixture fixture = items(Delivery.UPSERT).file("items-2026-06-01-2026-06-08.csv", twice);
    assertThat(fixture.ingest().refused())
        .singleElement()
        .extracting(RefusedFile::message)
        .asString()
        .contains("line 4 is that of line 2 again", "2 of 2 receipts", "`repeated_rows: keep`");
    fixture.last(source -> source.withSafeguards(new Safeguards(Optional.empty(), true)));
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(fixture.rows("sale_lines", "SELECT count(*) FROM rows")).containsExactly("4");
  }

  @Test
  void twoEqualLinesOfAReceiptAreTwoThingsSold() throws Exception {
    IngestFixture fixture =
        items(Delivery.UPSERT)
            .file(
                "items-2026-06-01-2026-06-08.csv",
                ITEMS,
                item("2026-06-02", "Botox", 300, "T1"),
                item("2026-06-02", "Botox", 300, "T1"),
                item("2026-06-03", "Peel", 80, "T2"));
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(fixture.rows("sale_lines", "SELECT count(*) FROM rows")).containsExactly("3");
  }

  @Test
  void aHeaderInTheMiddleIsRefusedWithItsLine() throws Exception {
    IngestFixture fixture =
        items(Delivery.UPSERT)
            .file(
                "items-2026-06-01-2026-06-08.csv",
                ITEMS,
                item("2026-06-02", "Botox", 300, "T1"),
                ITEMS,
                item("2026-06-03", "Peel", 80, "T2"));
    assertThat(fixture.ingest().refused())
        .singleElement()
        .extracting(RefusedFile::message)
        .asString()
        .contains("line 3", "The header stands here again");
  }
}
