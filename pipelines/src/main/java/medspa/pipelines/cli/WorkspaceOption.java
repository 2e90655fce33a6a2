package medspa.pipelines.cli;

import java.nio.file.Path;
import medspa.pipelines.config.Workspace;
import medspa.pipelines.config.WorkspaceFiles;
import medspa.pipelines.config.WorkspaceLoader;
import picocli.CommandLine.Option;

/** {@code -w DIR}, the workspace a command works on. */
final class WorkspaceOption {
  /** The workspace where none is named. */
  static final String DEFAULT = "${env:MEDSPA_WORKSPACE:-.}";

  static final String DESCRIPTION =
      "The workspace, a directory with medspa.yaml (default: MEDSPA_WORKSPACE, or the current"
          + " directory).";

  @Option(
      names = {"-w", "--workspace"},
      paramLabel = "DIR",
      defaultValue = DEFAULT,
      description = DESCRIPTION)
  Path directory;

  /** Only where everything is; the configuration is not read. */
  WorkspaceFiles files() {
    return WorkspaceFiles.in(directory);
  }

  Workspace load() {
    return WorkspaceLoader.load(directory);
  }
}
