package medspa.pipelines.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Set;
import medspa.pipelines.cli.Medspa;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Other seeds, other seasons, other first days of the week, an as-of in the middle of a week: the
 * warehouse and the judge agree on them as well.
 */
class TinyMarketsJudgedTest {
  @TempDir Path directory;

  @ParameterizedTest(name = "seed {0} until {1}, weeks from {2}, as of {3}")
  @CsvSource({
    "3, 2026-04-12, sunday, 2026-04-12",
    "11, 2026-11-16, monday, 2026-11-12",
    "29, 2026-03-21, saturday, 2026-03-21"
  })
  void everyNumberEqualsTheJudges(int seed, LocalDate until, String weekday, LocalDate asOf)
      throws IOException {
    Path workspace = directory.resolve("tiny");
    run(
        "demo",
        workspace.toString(),
        "--size",
        "TINY",
        "--seed",
        "" + seed,
        "--until",
        "" + until,
        "--exports-only");
    Path yaml = workspace.resolve("medspa.yaml");
    Files.writeString(
        yaml,
        Files.readString(yaml).replace("week_starts_on: monday", "week_starts_on: " + weekday));
    run("ingest", "-w", workspace.toString());
    run("compute", "-w", workspace.toString(), "--as-of", asOf.toString());
    run("publish", "-w", workspace.toString());

    Verdict verdict = Verdict.on(workspace, asOf, Set.of());

    assertThat(verdict.practices()).containsExactly("aurora", "desert-bloom", "magnolia");
    assertThat(verdict.rows()).isGreaterThan(5_000);
    assertThat(verdict.told()).isEmpty();
  }

  private static void run(String... command) {
    StringWriter err = new StringWriter();
    int exit =
        Medspa.run(new PrintWriter(new StringWriter()), new PrintWriter(err), false, command);
    assertThat(exit).as(String.join(" ", command) + "\n" + err).isZero();
  }
}
