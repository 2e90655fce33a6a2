package medspa.pipelines.cli;

import java.util.List;
import java.util.concurrent.Callable;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.run.ExitCode;
import medspa.pipelines.run.Leftovers;
import medspa.pipelines.run.WorkspaceLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medspa clean}: what killed commands have left. */
@Command(
    name = "clean",
    mixinStandardHelpOptions = true,
    description = {
      "List what killed commands have left in a workspace and what nothing needs any more, with its"
          + " size; with --yes remove it."
    })
final class CleanCommand implements Callable<Integer> {
  @Mixin WorkspaceOption option = new WorkspaceOption();
  @Mixin Terminal terminal = new Terminal();

  @Option(names = "--yes", description = "Remove it; otherwise it is only listed.")
  boolean removes;

  @Override
  public Integer call() {
    Workspace workspace = option.load();
    return WorkspaceLock.during(workspace.directory(), "clean", () -> clean(workspace)).code();
  }

  private ExitCode clean(Workspace workspace) {
    List<Leftovers> leftovers = Leftovers.find(workspace);
    for (Leftovers leftover : leftovers) {
      if (removes) {
        leftover.remove();
      }
      terminal.result(leftover.path() + ": " + leftover.bytes() + " bytes, " + leftover.what());
    }
    long bytes = leftovers.stream().mapToLong(Leftovers::bytes).sum();
    if (leftovers.isEmpty()) {
      terminal.say("There is nothing to clean.");
      return ExitCode.NOTHING_TO_DO;
    }
    terminal.say(
        (removes ? "Removed " : "Nothing was removed; `medspa clean --yes` removes ")
            + bytes
            + " bytes.");
    return ExitCode.DONE;
  }
}
