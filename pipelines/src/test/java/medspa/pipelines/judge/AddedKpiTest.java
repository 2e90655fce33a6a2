package medspa.pipelines.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A KPI over existing measures is added by its definition, its case and its judge's query: with
 * those of {@code warehouse/src/test/additions/kpi} before the class path, and nothing else
 * touched, it is computed, judged and explained, and every other number of the tiny market equals
 * the judge's.
 */
class AddedKpiTest {
  private static final String KPI = "unresolved_share";

  @TempDir Path directory;

  @Test
  void theAddedKpiAndEveryNumberOfWeeksFromSundayEqualTheJudges() throws Exception {
    Path addition = Path.of("../warehouse/src/test/additions/kpi").toAbsolutePath().normalize();
    Path said = directory.resolve("said.txt");
    List<String> command =
        new java.util.ArrayList<>(
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
    java.lang.management.ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-X") || argument.startsWith("--add-"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            addition + File.pathSeparator + System.getProperty("java.class.path"),
            AddedKpiTest.class.getName(),
            directory.resolve("tiny").toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();

    assertThat(process.waitFor()).as(Files.readString(said)).isZero();
  }

  /** In the process of the test above; Spark's threads would keep it alive. */
  public static void main(String... arguments) {
    try {
      judge(Path.of(arguments[0]));
      System.exit(0);
    } catch (IOException | RuntimeException | AssertionError e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void judge(Path workspace) throws IOException {
    Verdict verdict = TinyMarketsJudgedTest.weeksFromSunday(workspace);
    assertThat(verdict.kpis())
        .containsKeys(KPI + " location week", KPI + " provider week", KPI + " practice week")
        .containsKeys("net_revenue category month", "no_show_rate region month");
    assertThat(verdict.told()).as("of it and of every other KPI").isEmpty();
    assertThat(LetterLimits.of(workspace))
        .isNotEmpty()
        .allSatisfy(
            (practice, effort) ->
                assertThat(effort.isTooMuch()).as(practice + ": " + effort).isFalse());
    String row =
        Verdict.query(
                workspace,
                "SELECT location_id || ' ' || week_start FROM kpi_weekly WHERE kpi = '"
                    + KPI
                    + "' AND numerator > 0 ORDER BY ALL LIMIT 1")
            .lines()
            .skip(1)
            .findFirst()
            .orElseThrow();
    String[] locationAndWeek = row.split(" ", -1);
    TinyMarketsJudgedTest.run(
        "explain",
        "-w",
        workspace.toString(),
        KPI,
        "--location",
        locationAndWeek[0],
        "--week",
        locationAndWeek[1]);
  }
}
