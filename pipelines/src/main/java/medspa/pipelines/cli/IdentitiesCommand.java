package medspa.pipelines.cli;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.run.ExitCode;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.lake.DiskFiles;
import medspa.warehouse.query.QueryFormat;
import medspa.warehouse.query.WarehouseQuery;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code medspa identities}: whom and what several systems of a practice call differently. */
@Command(
    name = "identities",
    mixinStandardHelpOptions = true,
    description = "Match people and things that several systems call differently.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {IdentitiesCommand.SuggestCommand.class, CommandLine.HelpCommand.class})
final class IdentitiesCommand implements Callable<Integer> {
  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  @Override
  public Integer call() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Name a command: suggest. See `medspa identities --help`.");
  }

  /** {@code medspa identities suggest}: proposals for a person to confirm; matches nothing. */
  @Command(
      name = "suggest",
      mixinStandardHelpOptions = true,
      description = {
        "Write proposals for the ids without a match to identities.suggested.csv.",
        "Nothing is matched before a line of it stands in identities.csv."
      })
  static final class SuggestCommand implements Callable<Integer> {
    static final String FILE = "identities.suggested.csv";

    @Mixin WorkspaceOption option = new WorkspaceOption();
    @Mixin Terminal terminal = new Terminal();

    @Override
    public Integer call() throws IOException {
      Workspace workspace = option.load();
      Path file = workspace.directory().resolve(FILE);
      Path written = workspace.directory().resolve("." + FILE);
      long proposals;
      try (WarehouseQuery query =
              WarehouseQuery.open(workspace.warehouseFile(), WarehouseQuery.Limits.DEFAULT);
          Writer out = Files.newBufferedWriter(written)) {
        proposals =
            query.run(Definitions.resource("sql/identities_suggested.sql"), QueryFormat.CSV, out);
      }
      if (proposals == 0) {
        Files.delete(written);
        Files.deleteIfExists(file);
        terminal.say("There is nothing to propose; `medspa status` lists the ids without a match.");
        return ExitCode.NOTHING_TO_DO.code();
      }
      DiskFiles.replace(written, file);
      terminal.result(file.toString());
      terminal.say(
          "Wrote "
              + proposals
              + " proposals. Check each one, copy the lines that are right into "
              + workspace.directory().resolve(Workspace.IDENTITIES)
              + ", and run `medspa run -w "
              + option.directory
              + "`.");
      return ExitCode.DONE.code();
    }
  }
}
