package medspa.jobs.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
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
  void everyShippedMappingHasAFixture() throws Exception {
    Problems problems = new Problems();
    Set<String> shipped =
        new TreeSet<>(Mappings.load(TableContracts.load(), directory, problems).names());
    problems.failIfAny();
    VendorFixture.all().forEach(fixture -> shipped.remove(fixture.mapping()));
    assertThat(shipped).isEmpty();
  }
}
