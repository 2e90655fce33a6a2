package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import medspa.jobs.read.ExportFile;
import medspa.jobs.read.FileRefusedException;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Each shipped mapping on exports written by hand with the quirks its vendor is known for. */
class VendorMappingsTest {
  @TempDir Path directory;

  @TestFactory
  Stream<DynamicTest> everyFixtureBecomesTheRowsItNames() throws Exception {
    List<VendorFixture> fixtures = VendorFixture.all();
    return fixtures.stream()
        .map(
            fixture ->
                DynamicTest.dynamicTest(
                    fixture.name(),
                    () ->
                        assertThat(fixture.actual(Files.createTempDirectory(directory, "w")))
                            .isEqualTo(fixture.expected())));
  }

  @Test
  void everyExportIsRecognisedByItsHeaderAmongAllMappings() throws Exception {
    Problems problems = new Problems();
    Mappings mappings = Mappings.load(TableContracts.load(), directory, problems);
    problems.failIfAny();
    Recognition recognition = new Recognition(mappings.all());
    SoftAssertions all = new SoftAssertions();
    for (VendorFixture fixture : VendorFixture.all()) {
      for (Path file : fixture.files(Files.createTempDirectory(directory, "r"))) {
        try {
          all.assertThat(recognition.recognise(ExportFile.of(file)).id())
              .as(file.getFileName().toString())
              .isEqualTo(fixture.mapping());
        } catch (FileRefusedException e) {
          all.fail(fixture.name() + ", " + file.getFileName() + ": " + e.getMessage());
        }
      }
    }
    all.assertAll();
  }

  @Test
  void everyShippedMappingHasAFixture() throws Exception {
    Problems problems = new Problems();
    Set<String> shipped =
        new TreeSet<>(Mappings.load(TableContracts.load(), directory, problems).names());
    problems.failIfAny();
    VendorFixture.all().forEach(fixture -> shipped.remove(fixture.mapping()));
    assertThat(shipped).isEmpty();
  }
}
