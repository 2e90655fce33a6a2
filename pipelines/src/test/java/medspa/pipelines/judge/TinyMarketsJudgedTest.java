package medspa.pipelines.judge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Set;
import medspa.pipelines.cli.Medspa;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Other seeds, other seasons, other first days of the week, an as-of in the middle of a week, a
 * history that begins later: the warehouse and the judge agree on them as well. The market whose
 * weeks begin on Sunday is also judged, with one more KPI, by {@link AddedKpiTest}.
 */
class TinyMarketsJudgedTest {
  @TempDir Path directory;

  @Tag("full")
  @Test
  void everyNumberOfWeeksFromSundayEqualsTheJudges() throws IOException {
    Path workspace = directory.resolve("tiny");
    assertThat(weeksFromSunday(workspace).told()).isEmpty();
    assertThat(ExtractedMarket.leaks(workspace)).isEmpty();
  }

  @Tag("full")
  @Test
  void everyNumberBeforeAnAsOfInTheMiddleOfAWeekEqualsTheJudges() throws IOException {
    assertThat(judged(directory.resolve("tiny"), 11, "2026-11-16", "monday", "2026-11-12").told())
        .isEmpty();
  }

  @Tag("full")
  @Test
  void everyNumberOfWeeksFromSaturdayEqualsTheJudges() throws IOException {
    assertThat(judged(directory.resolve("tiny"), 29, "2026-03-21", "saturday", "2026-03-21").told())
        .isEmpty();
  }

  /** What the judge says of a market with a change of the clocks and weeks from Sunday. */
  static Verdict weeksFromSunday(Path workspace) throws IOException {
    return judged(workspace, 3, "2026-04-12", "sunday", "2026-04-12");
  }

  private static Verdict judged(Path workspace, int seed, String until, String weekday, String asOf)
      throws IOException {
    run(
        "demo",
        workspace.toString(),
        "--size",
        "TINY",
        "--seed",
        "" + seed,
        "--until",
        until,
        "--exports-only");
    configure(workspace.resolve("medspa.yaml"), until, weekday);
    JudgedTraps.addTo(
        workspace, LocalDate.parse(until), DayOfWeek.valueOf(weekday.toUpperCase(Locale.ROOT)));
    run("ingest", "-w", workspace.toString());
    run("compute", "-w", workspace.toString(), "--as-of", asOf);
    run("publish", "-w", workspace.toString());

    Verdict verdict = Verdict.on(workspace, LocalDate.parse(asOf), Set.of());

    assertThat(verdict.practices()).containsExactly("aurora", "desert-bloom", "magnolia");
    assertThat(verdict.rows()).isGreaterThan(5_000);
    return verdict;
  }

  /**
   * Weeks begin on the given day and the history of the clients in the middle of one. The first
   * location has more rooms than its list knows, the last one has those of its list.
   */
  private static void configure(Path file, String until, String weekday) throws IOException {
    LocalDate historyFrom = LocalDate.parse(until).minusWeeks(15).minusDays(3);
    String yaml =
        Files.readString(file)
            .replace(
                "week_starts_on: monday",
                "week_starts_on: " + weekday + "\nhistory_from: " + historyFrom)
            .replaceFirst(" rooms: \\d+", " rooms: 7");
    int rooms = yaml.lastIndexOf("        rooms: ");
    Files.writeString(
        file, yaml.substring(0, rooms) + yaml.substring(yaml.indexOf('\n', rooms) + 1));
  }

  static void run(String... command) {
    StringWriter err = new StringWriter();
    int exit =
        Medspa.run(new PrintWriter(new StringWriter()), new PrintWriter(err), false, command);
    assertThat(exit).as(String.join(" ", command) + "\n" + err).isZero();
  }
}
