package medspa.pipelines.run;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.warehouse.history.PastPublication;
import medspa.warehouse.history.PastRun;

/**
 * Whether somebody should look at a workspace, from what its history and warehouse tell.
 *
 * @param facts what was found, in the order in which it is told
 * @param problems what somebody should look at, in words; none when all is well
 */
public record Health(Map<String, Object> facts, List<String> problems) {
  /**
   * What one source told when it was published.
   *
   * @param name as it is configured
   * @param state such as {@code late}
   */
  public record SourceState(String name, String state) {
    private boolean needsALook() {
      return List.of("late", "missing", "refused").contains(state);
    }
  }

  /**
   * Looks at a workspace.
   *
   * @param publications by number
   * @param runs in the order of their beginning
   * @param sources as of the last publication
   * @param unpublished ingested files that are newer than it
   * @param oldest how old the last publication may be
   * @param isRunning whether the process that took the lock last is still there
   */
  public static Health of(
      List<PastPublication> publications,
      List<PastRun> runs,
      List<SourceState> sources,
      long unpublished,
      Instant now,
      Duration oldest,
      boolean isRunning) {
    Map<String, Object> facts = new LinkedHashMap<>();
    List<String> problems = new ArrayList<>();
    if (publications.isEmpty()) {
      problems.add("nothing is published");
    } else {
      PastPublication last = publications.get(publications.size() - 1);
      Duration age = Duration.between(last.publishedAt(), now);
      facts.put("published_at", last.publishedAt().truncatedTo(ChronoUnit.SECONDS).toString());
      facts.put("age_hours", age.toHours());
      facts.put("as_of", last.asOf().toString());
      if (age.compareTo(oldest) > 0) {
        problems.add(
            "the last publication is "
                + age.toHours()
                + " hours old, more than "
                + oldest.toHours());
      }
    }
    facts.put("unpublished_files", unpublished);
    List<String> late = new ArrayList<>();
    for (SourceState source : sources) {
      if (source.needsALook()) {
        late.add(source.name());
        problems.add("source " + source.name() + " is " + source.state());
      }
    }
    facts.put("late_sources", late);
    facts.put("running", isRunning);
    lastEnded(runs, isRunning)
        .ifPresent(
            run -> {
              facts.put("last_command", run.command());
              facts.put(
                  "last_started_at", run.startedAt().truncatedTo(ChronoUnit.SECONDS).toString());
              facts.put("last_exit_code", run.exitCode().orElse(null));
              if (isFailure(run)) {
                problems.add("the last command failed: " + words(run));
              }
            });
    runs.stream()
        .filter(run -> run.exitCode().isPresent() && isFailure(run))
        .reduce((earlier, later) -> later)
        .ifPresent(
            run ->
                facts.put(
                    "last_failure",
                    run.startedAt().truncatedTo(ChronoUnit.SECONDS) + " " + words(run)));
    return new Health(facts, List.copyOf(problems));
  }

  /** The last command that is over: one without an end is running, or was killed. */
  private static Optional<PastRun> lastEnded(List<PastRun> runs, boolean isRunning) {
    int last = runs.size() - 1;
    if (last >= 0 && isRunning && runs.get(last).exitCode().isEmpty()) {
      last--;
    }
    return last < 0 ? Optional.empty() : Optional.of(runs.get(last));
  }

  private static boolean isFailure(PastRun run) {
    return run.exitCode().stream()
        .noneMatch(code -> code == ExitCode.DONE.code() || code == ExitCode.NOTHING_TO_DO.code());
  }

  private static String words(PastRun run) {
    return run.command()
        + run.exitCode().map(code -> " ended with exit code " + code).orElse(" was killed")
        + run.problem().map(problem -> ": " + problem).orElse("");
  }

  /** Whether nobody needs to look. */
  public boolean isWell() {
    return problems.isEmpty();
  }
}
