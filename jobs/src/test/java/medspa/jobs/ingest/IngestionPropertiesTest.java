package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import medspa.jobs.ingest.GeneratedExports.ArrivingFile;
import medspa.jobs.ingest.GeneratedExports.ExportRow;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Batch.Delivery;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.DiskFiles;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.Sha256;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** What holds for any rows, however they are cut into files and in whatever order these arrive. */
class IngestionPropertiesTest {
  private Path workspace;

  @BeforeTry
  void makeWorkspace() throws IOException {
    workspace = Files.createTempDirectory("medspa-ingestion");
  }

  @AfterTry
  void deleteWorkspace() throws IOException {
    DiskFiles.remove(workspace);
  }

  @Property(tries = 3, edgeCases = EdgeCasesMode.NONE)
  void everyRowOfEveryFileIsAccountedFor(
      @ForAll(supplier = GeneratedExports.Any.class) GeneratedExports exports,
      @ForAll Random random)
      throws Exception {
    accounted(exports, random);
  }

  @Tag("full")
  @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
  void soIsEveryRowOfManyFiles(
      @ForAll(supplier = GeneratedExports.Any.class) GeneratedExports exports,
      @ForAll Random random)
      throws Exception {
    accounted(exports, random);
  }

  private void accounted(GeneratedExports exports, Random random) throws Exception {
    Map<String, Set<Integer>> seen = new HashMap<>();
    Map<String, List<Long>> expected = new TreeMap<>();
    List<List<ArrivingFile>> arrival = exports.arrival(random);
    arrival.stream()
        .flatMap(List::stream)
        .sorted((a, b) -> Integer.compare(a.place(), b.place()))
        .forEach(
            file ->
                expected.put(
                    "exports/" + file.name(),
                    fates(file, seen.computeIfAbsent(file.source().name(), s -> new HashSet<>()))));

    Lake lake = exports.ingest(arrival, workspace);

    Map<String, List<Long>> counted = new TreeMap<>();
    for (Batch batch : Bronze.read(lake).all()) {
      TableCounts counts = batch.tables().get(0);
      counted.put(
          batch.fileName(),
          List.of(
              counts.rowsRead(),
              counts.rowsAccepted(),
              counts.rowsDuplicate(),
              counts.rowsSuperseded(),
              counts.rowsRejected()));
      assertThat(counts.rowsRead())
          .isEqualTo(
              counts.rowsAccepted()
                  + counts.rowsDuplicate()
                  + counts.rowsSuperseded()
                  + counts.rowsRejected());
      assertThat(rows(lake.batchTable(batch.sourceFileId(), counts.table())))
          .isEqualTo(counts.rowsAccepted());
      assertThat(rows(lake.rejectedRows(batch.sourceFileId()))).isEqualTo(counts.rowsRejected());
    }
    assertThat(counted).isEqualTo(expected);
  }

  /** Rows read, accepted, duplicate, superseded and rejected, by the words of the contract. */
  private static List<Long> fates(ArrivingFile file, Set<Integer> seen) {
    long duplicate = 0;
    long superseded = 0;
    long rejected = 0;
    List<ExportRow> later = new ArrayList<>();
    for (int i = file.rows().size() - 1; i >= 0; i--) {
      ExportRow row = file.rows().get(i);
      boolean seenBefore = file.source().delivery() == Delivery.APPEND && seen.contains(row.key());
      if (row.isRejected() || seenBefore) {
        rejected++;
      } else if (later.contains(row)) {
        duplicate++;
      } else if (later.stream().anyMatch(other -> other.key() == row.key())) {
        superseded++;
        later.add(row);
      } else {
        later.add(row);
      }
    }
    later.forEach(row -> seen.add(row.key()));
    long read = file.rows().size();
    return List.of(read, read - duplicate - superseded - rejected, duplicate, superseded, rejected);
  }

  private static long rows(Path parquet) throws Exception {
    return Files.exists(parquet)
        ? Long.parseLong(IngestFixture.query("SELECT count(*) FROM '" + parquet + "'").get(0))
        : 0;
  }

  @Property(tries = 3, edgeCases = EdgeCasesMode.NONE)
  void ingestingAgainChangesNothingNotEvenUnderOtherNames(
      @ForAll(supplier = GeneratedExports.Any.class) GeneratedExports exports,
      @ForAll Random random)
      throws Exception {
    again(exports, random);
  }

  @Tag("full")
  @Property(tries = 9, edgeCases = EdgeCasesMode.NONE)
  void norDoesIngestingManyFilesAgain(
      @ForAll(supplier = GeneratedExports.Any.class) GeneratedExports exports,
      @ForAll Random random)
      throws Exception {
    again(exports, random);
  }

  private void again(GeneratedExports exports, Random random) throws Exception {
    IngestFixture fixture = exports.fixture(workspace);
    int files = 0;
    for (List<ArrivingFile> run : exports.arrival(random)) {
      files += run.size();
      Ingestion.Result once = exports.ingestRun(fixture, run);
      assertThat(once.batches()).hasSize(run.size());
      List<String> before = lake(fixture);

      Ingestion.Result again = fixture.ingest("1");

      assertThat(again.batches()).isEmpty();
      assertThat(again.refused()).isEqualTo(once.refused());
      assertThat(again.known()).isEqualTo(files);
      assertThat(lake(fixture)).isEqualTo(before);
    }
    List<String> before = lake(fixture);
    Path exported = workspace.resolve("exports");
    try (Stream<Path> all = Files.list(exported)) {
      for (Path file : all.toList()) {
        String name = file.getFileName().toString();
        Files.copy(file, exported.resolve(name.replace("-2026-", "-2025-")));
        Files.move(file, exported.resolve(name.replace("-2026-", "-2027-")));
      }
    }
    Ingestion.Result renamed = fixture.ingest("1");
    assertThat(renamed.batches()).isEmpty();
    assertThat(renamed.known()).isEqualTo(2 * files);
    assertThat(renamed.copies()).isEqualTo(files);
    assertThat(lake(fixture)).isEqualTo(before);
  }

  /** Every file of bronze with its digest. */
  private static List<String> lake(IngestFixture fixture) throws IOException {
    try (Stream<Path> files = Files.walk(fixture.lake.bronze())) {
      List<String> digests = new ArrayList<>();
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        digests.add(file + " " + Sha256.of(Files.readAllBytes(file)));
      }
      return digests;
    }
  }
}
