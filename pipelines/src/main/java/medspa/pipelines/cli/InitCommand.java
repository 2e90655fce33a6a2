package medspa.pipelines.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import medspa.pipelines.config.WorkspaceFiles;
import medspa.pipelines.run.ExitCode;
import medspa.warehouse.definition.Definitions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code medspa init}: an empty workspace with a commented configuration. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = "Make an empty workspace with a commented medspa.yaml.")
final class InitCommand implements Callable<Integer> {
  @Mixin Terminal terminal = new Terminal();

  @Parameters(paramLabel = "DIR", description = "Directory of the new workspace.")
  Path directory;

  @Override
  public Integer call() throws IOException {
    Path configuration = directory.resolve(WorkspaceFiles.CONFIGURATION);
    if (Files.exists(configuration)) {
      terminal.problem(
          configuration
              + " is there already; nothing was changed. Edit it, or name another directory.");
      return ExitCode.USAGE.code();
    }
    for (String folder : new String[] {"exports", "mappings"}) {
      Files.createDirectories(directory.resolve(folder));
    }
    Files.writeString(configuration, Definitions.resource("medspa-template.yaml"));
    terminal.say(
        "Made "
            + configuration
            + ". Next: name your locations and sources in it, put exports under "
            + directory.resolve("exports")
            + ", and run `medspa run -w "
            + directory
            + "`.");
    return ExitCode.DONE.code();
  }
}
