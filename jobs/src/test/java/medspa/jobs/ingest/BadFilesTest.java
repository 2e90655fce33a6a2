package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.RefusedFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bad file is refused with what, where and what to do next, and the other files are done. */
class BadFilesTest {
  private static final String HEADER = "appointment_id,location_id,start_at,end_at,status";
  private static final String ROW = "A1,austin,2026-06-01T09:00,2026-06-01T10:00,booked";

  @TempDir Path directory;

  private IngestFixture fixture() throws Exception {
    return new IngestFixture(directory)
        .builtIn("appointments", "glow", Delivery.UPSERT)
        .file("appointments-good.csv", HEADER, ROW);
  }

  /** Ingests, checks that the good file went in, and returns the one refusal. */
  private static RefusedFile refusal(IngestFixture fixture) {
    Ingestion.Result result = fixture.ingest();
    assertThat(result.batches())
        .extracting(b -> b.fileName())
        .containsExactly("exports/appointments-good.csv");
    assertThat(result.refused()).hasSize(1);
    assertThat(RefusedFile.read(fixture.lake)).isEqualTo(result.refused());
    assertThat(result.refused().get(0).nextStep()).isNotBlank();
    return result.refused().get(0);
  }

  @Test
  void anEmptyFile() throws Exception {
    assertThat(refusal(fixture().bytes("appointments-bad.csv", new byte[0])).message())
        .contains("appointments-bad.csv", "empty");
  }

  @Test
  void anArchiveThatSwellsIsRefusedAsWhatItIsAndItsNamesLeadNowhere() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] lines = (ROW + "\n").repeat(1_000).getBytes(StandardCharsets.UTF_8);
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("../../bomb.csv"));
      zip.write((HEADER + "\n").getBytes(StandardCharsets.UTF_8));
      for (int i = 0; i < 2_000; i++) {
        zip.write(lines);
      }
    }
    IngestFixture fixture =
        fixture()
            .add(
                "zipped",
                "glow",
                "medspa",
                Optional.of("appointments"),
                "*.zip",
                Optional.empty(),
                Delivery.UPSERT)
            .bytes("bomb.zip", bytes.toByteArray());
    assertThat(refusal(fixture).message())
        .contains("bomb.zip!/../../bomb.csv", "swells to more than 200 times its size");
    assertThat(directory.resolve("../../bomb.csv").normalize()).doesNotExist();
    assertThat(directory.resolve("bomb.csv")).doesNotExist();
  }

  @Test
  void aHeaderAloneIsAPeriodWithoutRows() throws Exception {
    IngestFixture fixture = fixture().file("appointments-none.csv", HEADER);
    assertThat(fixture.ingest().refused()).isEmpty();
  }

  @Test
  void anotherHeaderNamesTheMissingColumnAndTheNearestMapping() throws Exception {
    IngestFixture fixture =
        fixture()
            .file(
                "appointments-bad.csv",
                "Start Time,End Time,Type,Calendar,Date Scheduled,Scheduled By,Appointment ID",
                "x,x,x,x,x,x,x");
    RefusedFile refused = refusal(fixture);
    assertThat(refused.line()).contains(1L);
    assertThat(refused.column()).contains("appointment_id");
    assertThat(refused.message()).contains("it looks like acuity-appointments", "mapping list");
  }

  @Test
  void aNearlyRightHeaderNamesWhatDiffers() throws Exception {
    IngestFixture fixture =
        fixture()
            .file(
                "appointments-bad.csv",
                "Start Time,End Time,Type,Calendar,Date Scheduled,Appointment ID",
                "x,x,x,x,x,x");
    assertThat(refusal(fixture).message())
        .contains("nearest is acuity-appointments, for which it lacks Scheduled By");
  }

  @Test
  void aHeaderOfOneColumnPointsToTheDelimiter() throws Exception {
    IngestFixture fixture =
        fixture().file("appointments-bad.csv", HEADER.replace(',', '~'), ROW.replace(',', '~'));
    assertThat(refusal(fixture).message()).contains("one column", "delimiter");
  }

  @Test
  void aTruncatedLastLine() throws Exception {
    IngestFixture fixture =
        fixture()
            .bytes(
                "appointments-bad.csv",
                (HEADER + "\n" + ROW + "\nA2,austin,2026-06-0").getBytes(StandardCharsets.UTF_8));
    RefusedFile refused = refusal(fixture);
    assertThat(refused.line()).contains(3L);
    assertThat(refused.message()).contains("truncated").doesNotContain("A2");
  }

  @Test
  void aFileThatEndsInsideAQuotedField() throws Exception {
    IngestFixture fixture =
        fixture()
            .bytes(
                "appointments-bad.csv",
                (HEADER + "\n" + ROW + "\nA2,austin,2026-06-01T09:00,2026-06-01T10:00,\"book")
                    .getBytes(StandardCharsets.UTF_8));
    RefusedFile refused = refusal(fixture);
    assertThat(refused.line()).contains(3L);
    assertThat(refused.message()).contains("inside a quoted field");
  }

  @Test
  void aMissingLastLineBreakIsNoTruncation() throws Exception {
    IngestFixture fixture =
        fixture()
            .bytes(
                "appointments-fine.csv",
                (HEADER + "\nA2" + ROW.substring(2)).getBytes(StandardCharsets.UTF_8));
    assertThat(fixture.ingest().refused()).isEmpty();
  }

  @Test
  void aColumnTwice() throws Exception {
    RefusedFile refused =
        refusal(fixture().file("appointments-bad.csv", HEADER + ",status", ROW + ",booked"));
    assertThat(refused.column()).contains("status");
    assertThat(refused.message()).contains("twice");
  }

  @Test
  void aBinaryFileAWorkbookAndAPdf() throws Exception {
    ByteArrayOutputStream zip = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(zip)) {
      out.putNextEntry(new ZipEntry("xl/workbook.xml"));
    }
    IngestFixture fixture =
        fixture()
            .bytes("appointments-a.csv", new byte[] {1, 2, 0, 4, 5})
            .bytes("appointments-b.csv", zip.toByteArray())
            .bytes("appointments-c.csv", "%PDF-1.7 …".getBytes(StandardCharsets.UTF_8));
    assertThat(fixture.ingest().refused())
        .extracting(RefusedFile::problem)
        .anySatisfy(p -> assertThat(p).contains("binary"))
        .anySatisfy(p -> assertThat(p).contains("ZIP archive or an Excel workbook"))
        .anySatisfy(p -> assertThat(p).contains("PDF"))
        .hasSize(3);
  }

  @Test
  void aFileInAnotherEncodingAndHowToReadIt() throws Exception {
    byte[] latin =
        (HEADER + ",provider_id\n" + ROW + ",Zoë\n").getBytes(Charset.forName("windows-1252"));
    RefusedFile refused = refusal(fixture().bytes("appointments-bad.csv", latin));
    assertThat(refused.line()).isPresent();
    assertThat(refused.message()).contains("not UTF-8", "encoding: windows-1252");

    IngestFixture second =
        new IngestFixture(directory.resolve("second"))
            .builtIn("appointments", "glow", Delivery.UPSERT)
            .last(s -> s.withEncoding("windows-1252"))
            .bytes("appointments.csv", latin);
    assertThat(second.ingest().refused()).isEmpty();
    assertThat(second.rows("appointments", "SELECT provider_id FROM rows")).containsExactly("Zoë");
  }

  @Test
  void byteOrderMarksAndCarriageReturnsAreRead() throws Exception {
    String text = HEADER + "\r\n" + ROW + "\r\n";
    IngestFixture fixture =
        new IngestFixture(directory)
            .builtIn("appointments", "glow", Delivery.UPSERT)
            .bytes("appointments-8.csv", ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8))
            .bytes(
                "appointments-16.csv",
                ("\uFEFF" + text.replace("A1", "A2")).getBytes(StandardCharsets.UTF_16LE));
    assertThat(fixture.ingest().refused()).isEmpty();
    assertThat(fixture.rows("appointments", "SELECT appointment_id, status FROM rows ORDER BY 1"))
        .containsExactly("A1|booked", "A2|booked");
  }

  @Tag("full")
  @Test
  void aLineOf200MegabytesIsRefusedWithoutReadingItWhole() throws Exception {
    IngestFixture fixture = fixture();
    try (BufferedWriter out =
        Files.newBufferedWriter(directory.resolve("exports/appointments-bad.csv"))) {
      out.write(HEADER + "\n" + ROW + "\n");
      String megabyte = "x".repeat(1 << 20);
      for (int i = 0; i < 200; i++) {
        out.write(megabyte);
      }
    }
    RefusedFile refused = refusal(fixture);
    assertThat(refused.line()).contains(3L);
    assertThat(refused.message()).contains("longer than 1048576 characters");
  }
}
