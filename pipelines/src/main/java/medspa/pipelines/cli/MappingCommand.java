package medspa.pipelines.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import medspa.jobs.ingest.Mappings;
import medspa.pipelines.run.ExitCode;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Problems;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code medspa mapping}: what exports can be read. */
@Command(
    name = "mapping",
    mixinStandardHelpOptions = true,
    description = "Show the mappings of vendors' exports.",
    subcommands = MappingCommand.ListCommand.class)
final class MappingCommand {
  /** {@code medspa mapping list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "List the shipped mappings and those of a workspace.")
  static final class ListCommand implements Callable<Integer> {
    @Mixin Terminal terminal = new Terminal();

    @Option(
        names = {"-w", "--workspace"},
        paramLabel = "DIR",
        description = "Also list the mappings of this workspace.")
    Path workspace;

    @Override
    public Integer call() {
      Problems problems = new Problems();
      Path own = workspace == null ? Path.of("mappings") : workspace.resolve("mappings");
      Mappings mappings = Mappings.load(TableContracts.load(), own, problems);
      problems.failIfAny();
      mappings.describe().forEach(terminal::result);
      return ExitCode.DONE.code();
    }
  }
}
