package medspa.pipelines.cli;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.run.ExitCode;
import medspa.pipelines.run.Steps;
import medspa.pipelines.run.WorkspaceCheck;
import medspa.pipelines.run.WorkspaceCheck.Problem;
import medspa.pipelines.run.WorkspaceLock;
import medspa.warehouse.lake.DamagedFileException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medspa check}: whether every file of a workspace still is what was written. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Read every file of lake, history and warehouse, and say which is damaged, what that costs and"
          + " what heals it. Changes nothing, unless --give-up says so; exit code 5 if something is"
          + " damaged."
    })
final class CheckCommand implements Callable<Integer> {
  @Mixin WorkspaceOption option = new WorkspaceOption();
  @Mixin Terminal terminal = new Terminal();

  @Option(
      names = "--give-up",
      description = {
        "Read again what exports hold, and set apart below lost/ what is damaged and nothing else"
            + " holds, so that the next run goes on without it."
      })
  boolean givesUp;

  @Override
  public Integer call() {
    Workspace workspace = option.load();
    return WorkspaceLock.during(
            workspace.directory(),
            "check",
            () -> givesUp ? giveUp(workspace) : tell(WorkspaceCheck.of(workspace)))
        .code();
  }

  private ExitCode tell(List<Problem> problems) {
    problems.forEach(problem -> terminal.result(problem.line()));
    terminal.say(
        problems.isEmpty()
            ? "Every file is what was written."
            : problems.size() + " files are damaged; nothing was changed.");
    return problems.isEmpty() ? ExitCode.DONE : ExitCode.CHECK_FAILED;
  }

  private ExitCode giveUp(Workspace workspace) {
    try {
      new Steps(workspace, Clock.systemUTC(), System.getenv(), terminal::progress)
          .ingest(Optional.empty(), false)
          .mended()
          .forEach(terminal::result);
    } catch (DamagedFileException e) {
      // What is damaged still is given up now.
      terminal.say("What exports hold was read again.");
    }
    List<String> told = WorkspaceCheck.giveUp(workspace);
    told.forEach(terminal::result);
    terminal.say(
        told.isEmpty()
            ? "Nothing had to be given up."
            : "What is left of it is below lost/. The next run goes on without it.");
    return told.isEmpty() ? ExitCode.NOTHING_TO_DO : ExitCode.DONE;
  }
}
