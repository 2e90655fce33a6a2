package medspa.pipelines.cli;

import java.nio.file.Path;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.config.WorkspaceFiles;
import medspa.pipelines.config.WorkspaceLoader;
import picocli.CommandLine.Option;

/** {@code -w DIR}, the workspace a command works on. */
final class WorkspaceOption {
  @Option(
      names = {"-w", "--workspace"},
      required = true,
      paramLabel = "DIR",
      description = "The workspace, a directory with medspa.yaml.")
  Path directory;

  /** Only where everything is; the configuration is not read. */
  WorkspaceFiles files() {
    return WorkspaceFiles.in(directory);
  }

  Workspace load() {
    return WorkspaceLoader.load(directory);
  }
}
