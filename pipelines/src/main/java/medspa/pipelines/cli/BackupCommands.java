package medspa.pipelines.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.run.Backup;
import medspa.pipelines.run.ExitCode;
import medspa.pipelines.run.WorkspaceFormat;
import medspa.pipelines.run.WorkspaceLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The pair of commands that carry a workspace over the loss of its disk. */
final class BackupCommands {
  private BackupCommands() {}

  /** {@code medspa backup}. */
  @Command(
      name = "backup",
      mixinStandardHelpOptions = true,
      description = {
        "Write one archive with what of a workspace cannot be made again: configuration, exports,"
            + " bronze and history. The pseudonym key is not in it."
      })
  static final class BackupCommand implements Callable<Integer> {
    @Mixin WorkspaceOption option = new WorkspaceOption();
    @Mixin Terminal terminal = new Terminal();

    @Parameters(paramLabel = "FILE", description = "The ZIP archive, where nothing is yet.")
    Path archive;

    @Override
    public Integer call() {
      if (Files.exists(archive)) {
        terminal.problem(archive + " is there already; nothing was changed. Name another file.");
        return ExitCode.USAGE.code();
      }
      Workspace workspace = option.load();
      Backup backup =
          WorkspaceLock.during(
              workspace.directory(),
              "backup",
              () -> {
                WorkspaceFormat.bringUp(workspace).forEach(terminal::problem);
                return Backup.write(workspace, archive);
              });
      terminal.say(
          "Wrote "
              + archive
              + " with "
              + backup.files().size()
              + " files. The pseudonym key is not among them: keep "
              + workspace
                  .pseudonymKeyFile()
                  .map(key -> key + ", or what MEDSPA_PSEUDONYM_KEY holds,")
                  .orElse("what MEDSPA_PSEUDONYM_KEY holds")
              + " in another place; under another key every client would be another person.");
      return ExitCode.DONE.code();
    }
  }

  /** {@code medspa restore}. */
  @Command(
      name = "restore",
      mixinStandardHelpOptions = true,
      description = "Make a workspace of an archive that `medspa backup` has written.")
  static final class RestoreCommand implements Callable<Integer> {
    @Mixin Terminal terminal = new Terminal();

    @Parameters(index = "0", paramLabel = "FILE", description = "The archive.")
    Path archive;

    @Parameters(
        index = "1",
        paramLabel = "DIR",
        description = "Directory of the workspace, new or empty.")
    Path directory;

    @Override
    public Integer call() {
      if (!Files.isRegularFile(archive)) {
        terminal.problem("There is no archive at " + archive + ".");
        return ExitCode.USAGE.code();
      }
      Backup backup = Backup.restore(archive, directory);
      terminal.say(
          "Restored "
              + backup.files().size()
              + " files. Put the pseudonym key back where medspa.yaml names it, or into"
              + " MEDSPA_PSEUDONYM_KEY, and run `medspa run -w "
              + directory
              + "`, which makes the rest again.");
      return ExitCode.DONE.code();
    }
  }
}
