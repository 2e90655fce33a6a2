package medspa.pipelines.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import medspa.pipelines.run.Health.SourceState;
import medspa.warehouse.history.PastPublication;
import medspa.warehouse.history.PastRun;
import org.junit.jupiter.api.Test;

class HealthTest {
  private static final Instant NOW = Instant.parse("2026-06-10T12:00:00Z");
  private static final List<PastPublication> PUBLISHED =
      List.of(
          new PastPublication(
              1,
              "r",
              Instant.parse("2026-06-08T12:00:00Z"),
              LocalDate.parse("2026-06-08"),
              LocalDate.parse("2026-06-01"),
              6,
              6,
              "c",
              "0.1.0",
              0,
              0));
  private static final List<SourceState> SOURCES =
      List.of(new SourceState("sales", "current"), new SourceState("shifts", "not watched"));

  private static PastRun run(String at, Integer exit, String problem) {
    return new PastRun(
        at,
        "run",
        Instant.parse(at),
        Optional.ofNullable(exit).map(code -> NOW),
        Optional.ofNullable(exit),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.ofNullable(problem));
  }

  private static Health of(List<PastRun> runs, List<SourceState> sources, boolean isRunning) {
    return Health.of(PUBLISHED, runs, sources, 2, NOW, Duration.ofDays(8), isRunning);
  }

  @Test
  void aFreshPublicationAfterAGoodRunIsWell() {
    Health health = of(List.of(run("2026-06-08T11:00:00Z", 0, null)), SOURCES, false);
    assertThat(health.problems()).isEmpty();
    assertThat(health.facts())
        .containsEntry("age_hours", 48L)
        .containsEntry("unpublished_files", 2L)
        .containsEntry("last_exit_code", 0);
  }

  @Test
  void anEmptyWorkspaceAndAnOldPublicationAreNot() {
    assertThat(
            Health.of(List.of(), List.of(), List.of(), 0, NOW, Duration.ofDays(8), false)
                .problems())
        .containsExactly("nothing is published");
    assertThat(
            Health.of(PUBLISHED, List.of(), SOURCES, 0, NOW, Duration.ofHours(47), false)
                .problems())
        .containsExactly("the last publication is 48 hours old, more than 47");
    assertThat(
            Health.of(PUBLISHED, List.of(), SOURCES, 0, NOW, Duration.ofDays(2), false).problems())
        .isEmpty();
  }

  @Test
  void sourcesThatAreLateMissingOrRefusedAreNamed() {
    assertThat(
            of(
                    List.of(),
                    List.of(
                        new SourceState("a", "late"),
                        new SourceState("b", "missing"),
                        new SourceState("c", "refused"),
                        new SourceState("d", "nothing yet")),
                    false)
                .problems())
        .containsExactly("source a is late", "source b is missing", "source c is refused");
  }

  @Test
  void onlyTheLastCommandCountsAndAnEarlierFailureIsTold() {
    List<PastRun> runs =
        List.of(
            run("2026-06-08T11:00:00Z", 5, "a check failed"),
            run("2026-06-09T11:00:00Z", 99, null));
    Health health = of(runs, SOURCES, false);
    assertThat(health.isWell()).isTrue();
    assertThat(health.facts())
        .containsEntry(
            "last_failure", "2026-06-08T11:00:00Z run ended with exit code 5: a check failed");
    assertThat(of(runs.subList(0, 1), SOURCES, false).problems())
        .containsExactly("the last command failed: run ended with exit code 5: a check failed");
  }

  @Test
  void aCommandWithoutAnEndIsRunningOrWasKilled() {
    List<PastRun> runs =
        List.of(run("2026-06-08T11:00:00Z", 0, null), run("2026-06-10T11:59:00Z", null, null));
    assertThat(of(runs, SOURCES, true).isWell()).isTrue();
    assertThat(of(runs, SOURCES, false).problems())
        .containsExactly("the last command failed: run was killed");
  }
}
