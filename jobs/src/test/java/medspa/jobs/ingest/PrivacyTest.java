package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.warehouse.lake.Batch.Delivery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What no export may carry past ingestion. */
class PrivacyTest {
  @TempDir Path directory;

  private IngestFixture clients() throws Exception {
    return new IngestFixture(directory)
        .add(
            "a",
            "glow",
            "medspa",
            Optional.of("clients"),
            "a*.csv",
            Optional.empty(),
            Delivery.UPSERT)
        .add(
            "b",
            "lumi",
            "medspa",
            Optional.of("clients"),
            "b*.csv",
            Optional.empty(),
            Delivery.UPSERT)
        .file("a1.csv", "client_id,name,phone", "C1,Dora Quist,555-0199")
        .file("a2.csv", "client_id,acquisition_channel", "C1,friend")
        .file("b1.csv", "client_id", "C1");
  }

  @Test
  void aClientHasOnePseudonymInAPracticeAndAnotherInAnother() throws Exception {
    IngestFixture fixture = clients();
    fixture.ingest();
    List<String> keys =
        fixture.rows("clients", "SELECT DISTINCT practice_id, client_key FROM rows ORDER BY 1");
    assertThat(keys).hasSize(2);
    String glow = keys.get(0).substring("glow|".length());
    String lumi = keys.get(1).substring("lumi|".length());
    assertThat(glow).matches("[0-9a-f]{32}").isNotEqualTo(lumi);
    assertThat(glow)
        .as("HMAC-SHA-256 of practice, unit separator and client under the key, 128 bits")
        .isEqualTo(hmac("glow\u001fC1"));
  }

  private static String hmac(String message) throws Exception {
    javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
    mac.init(
        new javax.crypto.spec.SecretKeySpec(
            IngestFixture.KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    return java.util.HexFormat.of()
        .formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)), 0, 16);
  }

  @Test
  void aNewKeyReadsEveryFileAgainInItsOldPlace() throws Exception {
    IngestFixture fixture = clients();
    fixture.ingest();
    List<String> before = fixture.rows("clients", "SELECT client_key FROM rows ORDER BY ALL");
    fixture.key = new PseudonymKey("another key of more than 32 bytes");
    Ingestion.Result rotated = fixture.ingest();
    assertThat(rotated.refused()).isEmpty();
    assertThat(rotated.batches()).hasSize(3).allMatch(batch -> batch.replaces().isPresent());
    assertThat(fixture.rows("clients", "SELECT client_key FROM rows ORDER BY ALL"))
        .hasSize(3)
        .doesNotContainAnyElementsOf(before);
  }

  @Test
  void aNewKeyWithoutTheOldFilesIsReportedAndTheOldKeyStillWorks() throws Exception {
    IngestFixture fixture = clients();
    PseudonymKey old = fixture.key;
    fixture.ingest();
    Files.delete(directory.resolve("exports/a2.csv"));
    fixture.key = new PseudonymKey("another key of more than 32 bytes");
    assertThat(fixture.ingest().refused())
        .singleElement()
        .satisfies(
            file ->
                assertThat(file.message())
                    .startsWith("exports/a2.csv: ")
                    .contains("another pseudonym key", "Put the file back"));
    fixture.key = old;
    assertThat(fixture.ingest().refused()).isEmpty();
  }

  @Test
  void anotherKeyGivesAnotherPseudonym() {
    assertThat(new PseudonymKey(IngestFixture.KEY).pseudonym("p", "c"))
        .isNotEqualTo(new PseudonymKey(IngestFixture.KEY + "f").pseudonym("p", "c"));
  }

  @Test
  void aKeyUnder32BytesIsRefusedAndNotPrinted() {
    assertThatThrownBy(() -> new PseudonymKey("short secret"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have 32")
        .hasMessageNotContaining("short secret");
    assertThatThrownBy(() -> new PseudonymKey("secret7".repeat(5).replace('7', 's')))
        .hasMessageContaining("only 5 different bytes")
        .hasMessageNotContaining("secret");
    assertThat(new PseudonymKey("12345678".repeat(4)).fingerprint()).hasSize(32);
    assertThat(new PseudonymKey(IngestFixture.KEY)).hasToString("PseudonymKey");
  }

  @Test
  void noNameNoteOrKeyIsInAnyByteOfTheLake() throws Exception {
    String canary = "Canaryname";
    IngestFixture fixture =
        new IngestFixture(directory)
            .mapped("acuity", "acuity-appointments", "acuity.csv", "austin")
            .mapped("square", "square-items", "square.csv", "austin")
            .file(
                "acuity.csv",
                "Start Time,End Time,Timezone,First Name,Last Name,Phone,Email,Type,Calendar,"
                    + "Notes,Date Scheduled,Scheduled By,Appointment ID",
                "\"June 1, 2026 9:00 am\",\"June 1, 2026 10:00 am\",x,"
                    + canary
                    + ","
                    + canary
                    + ",'+15550100,"
                    + canary
                    + "@example.com,Botox,Claire,"
                    + canary
                    + ",2026-05-01,"
                    + canary
                    + "@example.com,1",
                // A row that is rejected is part of the promise.
                canary
                    + ","
                    + canary
                    + ",x,"
                    + canary
                    + ","
                    + canary
                    + ","
                    + canary
                    + ","
                    + canary
                    + ",Botox,Claire,"
                    + canary
                    + ",2026-05-01,"
                    + canary
                    + ",2")
            .mapped("headless", "square-items-12", "headless.csv", "austin")
            .file("square.csv", "Date,Time", canary + "," + canary)
            // An export without a header has a client's name where the columns should be, twice.
            .file("headless.csv", "9001," + canary + "," + canary, "9002,x,x");
    StringBuilder told = new StringBuilder();
    Ingestion.Result result = fixture.ingest("0.5");
    result.refused().forEach(r -> told.append(r.message()));

    assertThat(result.batches()).hasSize(1);
    assertThat(result.refused()).hasSize(2);
    assertThat(told.toString()).doesNotContainIgnoringCase(canary);
    try (Stream<Path> files = Files.walk(fixture.lake.directory())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String raw = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(raw).doesNotContainIgnoringCase(canary).doesNotContain(IngestFixture.KEY);
        if (file.toString().endsWith(".parquet")) {
          // Pages are compressed: read them through the engine.
          assertThat(IngestFixture.query("SELECT * FROM '" + file + "'").toString())
              .doesNotContainIgnoringCase(canary);
        }
      }
    }
  }

  @Test
  void anErrorOfTheEngineDoesNotQuoteACell() throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .mappingFile("careless.yaml", careless("CAST(\"Name\" AS INTEGER)"));
    fixture.mapped("x", "careless", "x.csv", "austin").file("x.csv", "Id,Name", "1,Canaryname");
    assertThat(fixture.ingest().refused())
        .singleElement()
        .satisfies(
            refused ->
                assertThat(refused.message())
                    .contains("The SQL of the mapping careless failed", "Conversion Error")
                    .doesNotContain("Canaryname"));
  }

  @Test
  void theSqlOfAMappingCanReachNoFile() throws Exception {
    Path secret = Files.writeString(directory.resolve("secret.csv"), "a\nb\n");
    IngestFixture fixture =
        new IngestFixture(directory)
            .mappingFile(
                "curious.yaml",
                careless("(SELECT any_value(a) FROM read_csv('" + secret + "'))")
                    .replace("careless", "curious"));
    fixture.mapped("x", "curious", "x.csv", "austin").file("x.csv", "Id,Name", "1,n");
    assertThat(fixture.ingest().refused())
        .singleElement()
        .satisfies(refused -> assertThat(refused.message()).contains("Permission Error"));
  }

  private static String careless(String expression) {
    return """
        mapping: careless
        vendor: v
        title: t
        evidence: e
        file: {type: csv}
        header: {required: [Id, Name]}
        tables:
          products:
            columns:
              product_id: >
                %s
        """
        .formatted(expression);
  }
}
