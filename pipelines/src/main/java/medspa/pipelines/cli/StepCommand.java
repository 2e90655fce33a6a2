package medspa.pipelines.cli;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.run.ExitCode;
import medspa.pipelines.run.RunLogFile;
import medspa.pipelines.run.RunManifest;
import medspa.pipelines.run.Steps;
import medspa.pipelines.run.Version;
import medspa.pipelines.run.WorkspaceFormat;
import medspa.pipelines.run.WorkspaceLock;
import medspa.pipelines.run.WorkspaceModes;
import medspa.warehouse.history.PastRun;
import medspa.warehouse.history.RunLog;
import medspa.warehouse.lake.Batch;
import medspa.warehouse.lake.DiskFiles;
import medspa.warehouse.lake.LakeJson;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * A command that writes to a workspace: loads the configuration, holds the lock, and with {@code
 * --json} ends with one line of what it did.
 */
abstract class StepCommand implements Callable<Integer> {
  @Mixin WorkspaceOption option = new WorkspaceOption();
  @Mixin Terminal terminal = new Terminal();
  @Spec CommandSpec spec;

  @Option(names = "--json", description = "End with one line of JSON on standard output.")
  boolean json;

  /** What was done, in the order it was noted; becomes the line of JSON. */
  private final Map<String, Object> outcome = new LinkedHashMap<>();

  /** Where secrets are looked for. */
  Map<String, String> environment = System.getenv();

  private RunManifest manifest;
  private final List<String> leftOut = new ArrayList<>();
  private final Map<String, Double> cpuSeconds = new LinkedHashMap<>();

  /** Does the step and says how it ended. */
  abstract ExitCode work(Workspace workspace, Steps steps);

  /** Whether it is about files, so that it tells of each; else a sentence tells of all of them. */
  boolean tellsOfEachFile() {
    return true;
  }

  /** Whether files may be read again under a pseudonym key that was never used here. */
  boolean newKey() {
    return false;
  }

  /** The workspace that the command is about. */
  Workspace workspace() {
    return option.load();
  }

  @Override
  public final Integer call() {
    return run(workspace(), spec.name()).code();
  }

  /** Runs the step on a loaded workspace, in the name of a command. */
  final ExitCode run(Workspace workspace, String command) {
    Map<String, Long> onDisk = new ConcurrentSkipListMap<>();
    ExitCode exit;
    DiskFiles.Watched watched =
        DiskFiles.watchedBy(
            (effect, path) -> onDisk.merge(effect.name().toLowerCase(Locale.ROOT), 1L, Long::sum));
    try {
      exit =
          WorkspaceLock.during(
              workspace.directory(),
              command,
              () -> {
                WorkspaceFormat.bringUp(workspace).forEach(terminal::problem);
                return remembered(workspace, command, Clock.systemUTC());
              });
    } finally {
      watched.close();
    }
    terminal.progress("On disk: " + onDisk);
    if (json) {
      note("on_disk", onDisk);
      if (!cpuSeconds.isEmpty()) {
        note("cpu_seconds", cpuSeconds);
      }
      note("exit_code", exit.code());
      terminal.result(LakeJson.line(outcome));
    }
    return exit;
  }

  /** Does the step and appends to the history of runs how it went. */
  private ExitCode remembered(Workspace workspace, String command, Clock clock) {
    for (String open : WorkspaceModes.apply(workspace)) {
      terminal.problem(
          "Others than its owner and group may enter "
              + open
              + "/ of the workspace, which belongs to another user. That user can close it: chmod o= "
              + open);
    }
    RunLog runs = workspace.history().runs();
    PastRun run = PastRun.started(command, clock.instant());
    runs.append(run);
    try (RunLogFile log = RunLogFile.open(workspace.directory(), command, clock)) {
      log.write("medspa " + Version.CURRENT + " " + command);
      terminal.logTo(log);
      manifest = new RunManifest(workspace, run);
      log.event(manifest.started());
      return logged(workspace, runs, run, clock, log);
    }
  }

  private ExitCode logged(
      Workspace workspace, RunLog runs, PastRun run, Clock clock, RunLogFile log) {
    try {
      ExitCode exit = work(workspace, new Steps(workspace, clock, environment, terminal::progress));
      runs.append(ended(run, clock, exit, Optional.empty()));
      log.write("ended with exit code " + exit.code());
      tell(log, clock, exit, Optional.empty());
      return exit;
    } catch (RuntimeException e) {
      ExitCode exit = Medspa.exitCode(e);
      runs.append(ended(run, clock, exit, Optional.of(Problem.of(e))));
      log.write("ended with exit code " + exit.code() + ": " + Problem.of(e));
      if (exit == ExitCode.UNEXPECTED) {
        log.write(e);
      }
      tell(log, clock, exit, Optional.of(Problem.of(e)));
      throw e;
    }
  }

  private void tell(RunLogFile log, Clock clock, ExitCode exit, Optional<String> problem) {
    Map<String, Object> told = new LinkedHashMap<>(outcome);
    if (!cpuSeconds.isEmpty()) {
      told.put("cpu_seconds", cpuSeconds);
    }
    told.put("left_out", leftOut);
    Instant end = clock.instant();
    log.manifest(manifest.manifest(told, end, exit, problem));
    log.event(manifest.ended(told, end, exit, problem));
  }

  /** Notes the files that were taken in, for the manifest. */
  final void ingested(List<Batch> batches) {
    manifest.ingested(batches);
  }

  private PastRun ended(PastRun run, Clock clock, ExitCode exit, Optional<String> problem) {
    return new PastRun(
        run.id(),
        run.command(),
        run.startedAt(),
        Optional.of(clock.instant()),
        Optional.of(exit.code()),
        Optional.ofNullable((String) outcome.get("run_id")),
        Optional.ofNullable((String) outcome.get("as_of")),
        Optional.ofNullable((Long) outcome.get("known_at")),
        Optional.ofNullable((Integer) outcome.get("ingested")),
        List.copyOf(leftOut),
        problem);
  }

  /** Notes a file that was left out, for the history of runs. */
  final void leftOut(String fileName) {
    leftOut.add(fileName);
  }

  /** Does a part of the work and keeps for the line of JSON what all threads spent on it. */
  final <T> T part(String name, Supplier<T> work) {
    long before = processorNanos();
    T result = work.get();
    cpuSeconds.put(name, Math.round((processorNanos() - before) / 1e7) / 100.0);
    return result;
  }

  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** Notes a fact for the line of JSON. */
  final void note(String key, Object value) {
    outcome.put(key, value);
  }
}
