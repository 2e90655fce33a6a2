package medspa.pipelines.cli;

import java.time.Clock;
import java.util.concurrent.Callable;
import medspa.jobs.ingest.Ingestion;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.run.ExitCode;
import medspa.pipelines.run.Steps;
import medspa.pipelines.run.WorkspaceLock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code medspa ingest}: new export files into bronze. */
@Command(
    name = "ingest",
    mixinStandardHelpOptions = true,
    description = "Take every new export file into the lake.")
final class IngestCommand implements Callable<Integer> {
  @Mixin WorkspaceOption option = new WorkspaceOption();
  @Mixin Terminal terminal = new Terminal();

  @Override
  public Integer call() {
    Workspace workspace = option.load();
    return WorkspaceLock.during(
        workspace.directory(),
        "ingest",
        () -> {
          Ingestion.Result result =
              new Steps(workspace, Clock.systemUTC(), System.getenv(), terminal::progress).ingest();
          result.refused().forEach(file -> terminal.problem("Refused: " + file.message()));
          terminal.say(
              "Ingested "
                  + result.batches().size()
                  + " files, knew "
                  + result.known()
                  + ", refused "
                  + result.refused().size()
                  + ".");
          return (result.refused().isEmpty() ? ExitCode.DONE : ExitCode.DATA_REFUSED).code();
        });
  }
}
