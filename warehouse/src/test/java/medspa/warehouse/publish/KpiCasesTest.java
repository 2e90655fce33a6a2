package medspa.warehouse.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import medspa.warehouse.definition.ResourceFolder;
import medspa.warehouse.definition.YamlValue;
import medspa.warehouse.relation.DataDictionary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Given measures of a location's week, what a KPI is: one file under {@code kpi-cases} for each,
 * all of them in one warehouse with a location per case.
 */
class KpiCasesTest {
  @TempDir Path directory;

  @Test
  void everyKpiIsWhatItsCaseExpects() throws Exception {
    assertThat(check(directory)).contains("online_booking_share");
  }

  /**
   * A KPI over existing measures is its definition, its case and its judge's query. The files under
   * {@code src/test/additions/kpi} are laid before the class path of another process, which then
   * publishes and documents the KPI; nothing else is touched.
   */
  @Test
  void aKpiOverExistingMeasuresIsAddedByItsOwnFiles() throws Exception {
    Path addition = Path.of("src/test/additions/kpi").toAbsolutePath();
    Path said = directory.resolve("said.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                addition + java.io.File.pathSeparator + System.getProperty("java.class.path"),
                KpiCasesTest.class.getName(),
                directory.resolve("with-addition").toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();

    assertThat(process.waitFor()).as(Files.readString(said)).isZero();
    assertThat(Files.readString(said)).contains("checked [", "unresolved_share]");
  }

  /** In the process of the test above: checks all cases it finds, with the sample's among them. */
  public static void main(String... arguments) throws Exception {
    List<String> checked = check(Path.of(arguments[0]));
    assertThat(DataDictionary.markdown()).contains("### unresolved_share\n");
    System.out.println("checked " + checked);
  }

  /** The tables whose rows a KPI may need at its location. */
  private static String[] facts() {
    return TableContracts.load().all().stream()
        .filter(table -> table.date().isPresent())
        .map(TableContract::name)
        .toArray(String[]::new);
  }

  private static List<String> check(Path directory) throws Exception {
    ResourceFolder folder = ResourceFolder.shipped("kpi-cases");
    Problems problems = new Problems();
    List<YamlValue> cases = new ArrayList<>();
    for (String file : folder.files()) {
      cases.add(YamlValue.parse(folder.path(file), folder.text(file), problems));
    }
    problems.failIfAny();
    LakeFixture lake = new LakeFixture(directory).reading("kpi_weekly");
    try {
      List<String> kpis = new ArrayList<>();
      for (YamlValue given : cases) {
        String kpi = given.text("kpi");
        kpis.add(kpi);
        lake.location("glow", kpi, "TX").has("glow", kpi, facts());
        for (Map.Entry<String, YamlValue> measure :
            given.find("measures").orElseThrow().entries().entrySet()) {
          lake.measure(
              "glow", kpi, LakeFixture.LAST_WEEK, measure.getKey(), measure.getValue().text());
        }
      }
      lake.write().publish();
      for (YamlValue expected : cases) {
        String kpi = expected.text("kpi");
        assertThat(
                lake.query(
                    "SELECT numerator, denominator, value FROM kpi_weekly WHERE kpi = '"
                        + kpi
                        + "' AND location_id = '"
                        + kpi
                        + "'"))
            .as(kpi)
            .containsExactly(
                expected.text("numerator")
                    + "|"
                    + expected.optionalText("denominator").orElse("null")
                    + "|"
                    + expected.text("value"));
      }
      return kpis;
    } finally {
      lake.close();
    }
  }
}
