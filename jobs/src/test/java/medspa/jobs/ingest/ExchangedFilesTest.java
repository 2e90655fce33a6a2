package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.RefusedFile;
import medspa.warehouse.lake.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A file that somebody exchanges after it was hashed and before it is read: its rows are never kept
 * under the hash of other bytes. The first file of a source being done is the moment in between.
 */
class ExchangedFilesTest {
  private static final String HEADER = "appointment_id,location_id,start_at,end_at,status";
  private static final String FIRST = "A1,austin,2026-06-01T09:00,2026-06-01T10:00,booked";
  private static final String PLANNED = "A2,austin,2026-06-02T09:00,2026-06-02T10:00,booked";
  private static final String EXCHANGED = "A3,austin,2026-06-03T09:00,2026-06-03T10:00,booked";

  @TempDir Path directory;

  private IngestFixture fixture() throws IOException {
    return new IngestFixture(directory)
        .builtIn("appointments", "glow", Delivery.UPSERT)
        .file("appointments-2026-06-01.csv", HEADER, FIRST)
        .file("appointments-2026-06-02.csv", HEADER, PLANNED);
  }

  /** Does something once, when the first file is done. */
  private static Consumer<String> afterTheFirst(Exchange exchange) {
    return new Consumer<>() {
      private boolean done;

      @Override
      public void accept(String line) {
        if (!done) {
          done = true;
          try {
            exchange.run();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      }
    };
  }

  private interface Exchange {
    void run() throws IOException;
  }

  @Test
  void anExchangedFileIsTakenAsItIsUnderItsOwnHash() throws Exception {
    IngestFixture fixture = fixture();
    Path file = directory.resolve("exports/appointments-2026-06-02.csv");
    fixture.progress =
        afterTheFirst(() -> Files.writeString(file, HEADER + "\n" + EXCHANGED + "\n"));
    Ingestion.Result result = fixture.ingest();
    assertThat(result.refused()).isEmpty();
    assertThat(result.batches()).hasSize(2);
    assertThat(result.batches().get(1).sha256()).isEqualTo(Sha256.of(file));
    assertThat(fixture.rows("appointments", "SELECT appointment_id FROM rows ORDER BY 1"))
        .containsExactly("A1", "A3");
    assertThat(fixture.ingest().known()).isEqualTo(2);
    fixture.file("appointments-2026-06-02.csv", HEADER, PLANNED);
    assertThat(fixture.ingest().batches()).as("what was planned was never taken").hasSize(1);
  }

  @Test
  void aFileExchangedForOneThatIsThereIsTakenOnce() throws Exception {
    IngestFixture fixture = fixture();
    Path file = directory.resolve("exports/appointments-2026-06-02.csv");
    fixture.progress = afterTheFirst(() -> Files.writeString(file, HEADER + "\n" + FIRST + "\n"));
    Ingestion.Result result = fixture.ingest();
    assertThat(result.batches()).hasSize(1);
    assertThat(result.known()).isEqualTo(1);
    assertThat(result.refused()).isEmpty();
  }

  @Test
  void aFileThatIsGoneWhenItIsReadIsRefused() throws Exception {
    IngestFixture fixture = fixture();
    Path file = directory.resolve("exports/appointments-2026-06-02.csv");
    fixture.progress = afterTheFirst(() -> Files.delete(file));
    Ingestion.Result result = fixture.ingest();
    assertThat(result.batches()).hasSize(1);
    assertThat(result.refused())
        .extracting(RefusedFile::message)
        .containsExactly(
            "exports/appointments-2026-06-02.csv: The file cannot be read. Check its permissions"
                + " and whether it is still being copied.");
  }

  @Test
  void aFileExchangedForNoneIsRefusedAndTakenWhenItStands() throws Exception {
    IngestFixture fixture = fixture();
    Path file = directory.resolve("exports/appointments-2026-06-02.csv");
    fixture.progress =
        afterTheFirst(
            () -> {
              Files.delete(file);
              Files.createDirectory(file);
            });
    assertThat(fixture.ingest().refused()).hasSize(1);
    Files.delete(file);
    fixture.file("appointments-2026-06-02.csv", HEADER, EXCHANGED);
    assertThat(fixture.ingest().batches()).hasSize(1);
    assertThat(Bronze.read(fixture.lake).all()).hasSize(2);
  }

  @Test
  void anExchangedLookUpIsReadAsItIsAndItsHashDecidesWhetherTheFileIsReadAgain() throws Exception {
    IngestFixture fixture =
        new IngestFixture(directory)
            .mappingFile(
                "names.yaml",
                """
                mapping: names
                vendor: Somebody
                title: names of providers
                evidence: made up
                file: {type: csv}
                header: {required: [Id, Role]}
                """)
            .mappingFile(
                "people.yaml",
                """
                mapping: people
                vendor: Somebody
                title: providers with a look-up
                evidence: made up
                file: {type: csv}
                header: {required: [Person]}
                file_name: '(?<date>\\d{4}-\\d{2}-\\d{2})'
                lookups: [names]
                tables:
                  providers:
                    from: (SELECT s.*, n.Role FROM source s JOIN names n ON n.Id = s.Person)
                    columns: {provider_id: Person, role: Role}
                """)
            .mapped("people", "people", "people*.csv", "austin")
            .last(source -> source.withLookups(Map.of("names", "names")))
            .mapped("names", "names", "names.csv", "austin")
            .file("people-2026-06-01.csv", "Person", "P1")
            .file("people-2026-06-02.csv", "Person", "P2")
            .file("names.csv", "Id,Role", "P1,nurse", "P2,nurse");
    fixture.progress =
        afterTheFirst(
            () ->
                Files.writeString(
                    directory.resolve("exports/names.csv"),
                    "Id,Role\nP1,injector\nP2,injector\n",
                    StandardCharsets.UTF_8));
    assertThat(fixture.ingest().batches()).hasSize(2);
    assertThat(fixture.rows("providers", "SELECT provider_id, role FROM rows ORDER BY 1"))
        .containsExactly("P1|nurse", "P2|injector");
    List<Batch> again = fixture.ingest().batches();
    assertThat(again).extracting(Batch::fileName).containsExactly("exports/people-2026-06-01.csv");
    assertThat(again.get(0).replaces()).isNotEqualTo(Optional.empty());
    assertThat(fixture.rows("providers", "SELECT provider_id, role FROM rows ORDER BY 1"))
        .containsExactly("P1|injector", "P2|injector");
  }
}
