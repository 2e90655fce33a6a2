package medspa.pipelines.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.config.WorkspaceFiles;
import medspa.warehouse.lake.Bronze;
import medspa.warehouse.lake.KnownAt;
import picocli.CommandLine.Option;

/** {@code --known-at}, for commands that can look at what was known earlier. */
final class KnownAtOption {
  @Option(
      names = "--known-at",
      paramLabel = "WHEN",
      description = {
        "Only files ingested by then count: an ingestion sequence such as 120, or an instant such as"
            + " 2026-06-03T00:00:00Z (default: all). It has a warehouse and reports of its own,"
            + " warehouse/known-at-<sequence>.duckdb and reports/known-at-<sequence>."
      })
  String knownAt;

  /**
   * The workspace as it was known then, or as it is.
   *
   * @throws IllegalArgumentException if the text is no sequence or instant of the workspace's past
   */
  Workspace of(Workspace workspace) {
    return workspace.with(of(workspace.files()));
  }

  private WorkspaceFiles of(WorkspaceFiles files) {
    return knownAt == null
        ? files
        : files.knownAt(
            KnownAt.of(knownAt, Bronze.read(files.lake()), Clock.systemUTC().instant()));
  }

  /**
   * The warehouse of what was known then, or of what is known now.
   *
   * @throws IllegalArgumentException also if what was known then has not been published
   */
  Path warehouse(WorkspaceFiles files) {
    WorkspaceFiles then = of(files);
    if (then.knownAt().isPresent() && !Files.exists(then.warehouseFile())) {
      throw new IllegalArgumentException(
          "There is no warehouse at "
              + then.warehouseFile()
              + "; run medspa run -w "
              + files.directory()
              + " --known-at "
              + knownAt
              + " first");
    }
    return then.warehouseFile();
  }
}
