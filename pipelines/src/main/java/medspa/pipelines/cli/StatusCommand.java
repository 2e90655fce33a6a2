package medspa.pipelines.cli;

import java.util.List;
import java.util.concurrent.Callable;
import medspa.jobs.pull.PullSource;
import medspa.jobs.pull.PullState;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.run.ExitCode;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.RefusedFile;
import medspa.warehouse.query.QueryFormat;
import medspa.warehouse.query.WarehouseQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code medspa status}: what was ingested, rejected, refused, is late, and was published. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Show what was ingested, is late, was rejected and is published.")
final class StatusCommand implements Callable<Integer> {
  @Mixin WorkspaceOption option = new WorkspaceOption();
  @Mixin Terminal terminal = new Terminal();

  @Override
  public Integer call() {
    Workspace workspace = option.load();
    terminal.result("Ingested files: " + Bronze.read(workspace.lake()).current().size());
    workspace.pulls().forEach(this::pulled);
    List<RefusedFile> refused = RefusedFile.read(workspace.lake());
    refused.forEach(file -> terminal.result("Refused: " + file.message()));
    if (!java.nio.file.Files.exists(workspace.warehouseFile())) {
      terminal.result("Nothing is published yet; run `medspa run -w " + option.directory + "`.");
      return ExitCode.DONE.code();
    }
    try (WarehouseQuery query =
        WarehouseQuery.open(workspace.warehouseFile(), WarehouseQuery.Limits.DEFAULT)) {
      section(query, "Published", "sql/status_published.sql");
      section(query, "Sources", "sql/status_sources.sql");
      section(query, "Volumes far from usual", "sql/status_volumes.sql");
      section(
          query, "Ids that two systems name, matched in the last week", "sql/status_coverage.sql");
      section(query, "Ids without a match", "sql/status_unmatched.sql");
      section(query, "Rejected rows, by reason", "sql/status_rejected.sql");
    }
    return ExitCode.DONE.code();
  }

  private void pulled(PullSource source) {
    PullState state = PullState.read(source.directory(), source.remote());
    terminal.result(
        "Pulled "
            + source.source()
            + ": "
            + PullState.count(source.directory())
            + " files, "
            + state.succeededAt().map(at -> "last " + at).orElse("never as a whole")
            + state
                .failure()
                .map(problem -> "; failed " + state.triedAt().orElseThrow() + ": " + problem)
                .orElse(""));
  }

  private void section(WarehouseQuery query, String title, String resource) {
    terminal.result("");
    terminal.result(title);
    query.run(Definitions.resource(resource), QueryFormat.TABLE, terminal.results());
    terminal.results().flush();
  }
}
