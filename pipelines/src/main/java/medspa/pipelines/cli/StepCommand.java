package medspa.pipelines.cli;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.run.ExitCode;
import medspa.pipelines.run.Steps;
import medspa.pipelines.run.WorkspaceLock;
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

  /** Does the step and says how it ended. */
  abstract ExitCode work(Workspace workspace, Steps steps);

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
    ExitCode exit =
        WorkspaceLock.during(
            workspace.directory(),
            command,
            () ->
                work(
                    workspace,
                    new Steps(workspace, Clock.systemUTC(), System.getenv(), terminal::progress)));
    if (json) {
      note("exit_code", exit.code());
      terminal.result(LakeJson.line(outcome));
    }
    return exit;
  }

  /** Notes a fact for the line of JSON. */
  final void note(String key, Object value) {
    outcome.put(key, value);
  }
}
