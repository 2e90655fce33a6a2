package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.RefusedFile;
import medspa.warehouse.query.Sql;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every vendor's fixtures after each {@link Resave}: they give the rows of the original, or fewer
 * of them with a refusal or rejections that say why, and never another row.
 */
class EveryResaveTest {
  @TempDir Path directory;

  /** What one ingestion left: its rows without their place in the file, and what it left out. */
  private record Taken(List<String> rows, List<String> refused, List<String> rejected, long told) {}

  /** One way for each fixture, all ways in turn. */
  @TestFactory
  Stream<DynamicTest> aResavedExportGivesItsOwnNumbersOrSaysWhyNot() throws Exception {
    return fixtures(1);
  }

  @Tag("full")
  @TestFactory
  Stream<DynamicTest> everyWayOfResavingGivesTheExportsOwnNumbersOrSaysWhyNot() throws Exception {
    return fixtures(Resave.values().length);
  }

  private Stream<DynamicTest> fixtures(int waysOfEach) throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    for (VendorFixture fixture : VendorFixture.all()) {
      if (!fixture.isRefused()) {
        List<Resave> ways = new ArrayList<>(List.of(Resave.values()));
        Collections.rotate(ways, -tests.size());
        tests.add(DynamicTest.dynamicTest(fixture.id(), () -> resaved(fixture, ways, waysOfEach)));
      }
    }
    return tests.stream();
  }

  /** Resaves a fixture in the first so many ways that change it. */
  private void resaved(VendorFixture fixture, List<Resave> ways, int most) throws Exception {
    Taken original = taken(fixture, file -> Optional.empty());
    List<String> wrong = new ArrayList<>();
    int changed = 0;
    for (Resave resave : ways) {
      Map<Path, byte[]> files = changed < most ? fixture.changed(resave::of) : Map.of();
      if (!files.isEmpty()) {
        changed++;
        Taken again = taken(fixture, file -> Optional.ofNullable(files.get(file)));
        difference(original, again).ifPresent(text -> wrong.add(resave + ": " + text));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(changed).isPositive();
  }

  /** What is wrong with a resaved export's rows, if anything. */
  private static Optional<String> difference(Taken original, Taken again) {
    List<String> other = new ArrayList<>(again.rows());
    original.rows().forEach(other::remove);
    if (!other.isEmpty()) {
      return Optional.of("gives " + other + " of " + again + " where there was " + original.rows());
    }
    boolean fewer = again.rows().size() < original.rows().size();
    boolean told = !again.refused().isEmpty() || again.told() > original.told();
    return fewer && !told
        ? Optional.of("says nothing of " + (original.rows().size() - again.rows().size()) + " rows")
        : Optional.empty();
  }

  /**
   * Columns that tell of the place in the file, or of the rows beside: the line and made-up keys.
   */
  private static List<String> placed(String table, Mapping mapping) {
    List<String> columns = new ArrayList<>(List.of("source_file_id", "source_line", "class_id"));
    for (TableMapping mapped : mapping.tables()) {
      if (mapped.table().equals(table)) {
        TableContracts.load().table(table).key().stream()
            .filter(key -> !key.equals("location_id"))
            .filter(key -> mapped.makesUp(key, mapping.header()))
            .forEach(columns::add);
      }
    }
    return columns;
  }

  private Taken taken(VendorFixture fixture, VendorFixture.Change change) throws Exception {
    IngestFixture workspace = fixture.workspace(Files.createTempDirectory(directory, "w"), change);
    Ingestion.Result result = workspace.ingest(fixture.rejectLimit());
    List<String> refused =
        result.refused().stream()
            .filter(file -> file.source().equals("export"))
            .map(RefusedFile::message)
            .toList();
    List<Batch> batches =
        Bronze.read(workspace.lake).current().stream()
            .filter(batch -> batch.source().equals("export"))
            .toList();
    Mapping mapping = workspace.sources.get(workspace.sources.size() - 1).mapping().mapping();
    List<String> rows = new ArrayList<>();
    for (String table : new TreeSet<>(TableContracts.load().names())) {
      List<String> files = new ArrayList<>();
      for (Batch batch : batches) {
        Path file = workspace.lake.batchTable(batch.sourceFileId(), table);
        if (Files.exists(file)) {
          files.add("'" + file + "'");
        }
      }
      if (!files.isEmpty()) {
        rows.addAll(
            IngestFixture.query(
                """
                SELECT '%s', COLUMNS(lambda c: NOT list_contains(%s, c))
                FROM read_parquet([%s], union_by_name = true)
                """
                    .formatted(table, Sql.list(placed(table, mapping)), String.join(", ", files))));
      }
    }
    long told =
        batches.stream()
            .flatMap(batch -> batch.tables().stream())
            .mapToLong(t -> t.rowsRejected() + t.rowsSuperseded() + t.rowsDuplicate())
            .sum();
    return new Taken(
        rows.stream().sorted().collect(Collectors.toList()), refused, workspace.rejected(), told);
  }
}
