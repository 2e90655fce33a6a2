package medspa.pipelines.cli;

import java.util.List;
import java.util.concurrent.Callable;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.run.ExitCode;
import medspa.pipelines.run.WorkspaceFormat;
import medspa.pipelines.run.WorkspaceLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code medspa upgrade}: a workspace of an earlier version as this one writes it. */
@Command(
    name = "upgrade",
    mixinStandardHelpOptions = true,
    description = {
      "Bring a workspace of an earlier version to the format of this one, as every command that"
          + " writes to it does; nothing it holds is lost. Make a backup before."
    })
final class UpgradeCommand implements Callable<Integer> {
  @Mixin WorkspaceOption option = new WorkspaceOption();
  @Mixin Terminal terminal = new Terminal();

  @Override
  public Integer call() {
    Workspace workspace = option.load();
    List<String> told =
        WorkspaceLock.during(
            workspace.directory(), "upgrade", () -> WorkspaceFormat.bringUp(workspace));
    told.forEach(terminal::result);
    if (told.isEmpty()) {
      terminal.say("The workspace is of format " + WorkspaceFormat.CURRENT + ".");
      return ExitCode.NOTHING_TO_DO.code();
    }
    return ExitCode.DONE.code();
  }
}
