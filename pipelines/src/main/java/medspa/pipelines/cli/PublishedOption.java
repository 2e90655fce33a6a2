package medspa.pipelines.cli;

import java.nio.file.Path;
import java.util.Optional;
import medspa.pipelines.config.WorkspaceFiles;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which warehouse a command reads: that of a workspace, or the file of an extract. */
final class PublishedOption {
  @Mixin KnownAtOption knowledge = new KnownAtOption();

  @Spec(Spec.Target.MIXEE)
  CommandSpec command;

  @Option(
      names = {"-w", "--workspace"},
      paramLabel = "DIR",
      defaultValue = WorkspaceOption.DEFAULT,
      description = WorkspaceOption.DESCRIPTION)
  Path workspace;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "Instead of a workspace: a file that `medspa extract` has written.")
  Path file;

  /** The file of an extract, if one is named. */
  Optional<Path> extract() {
    return Optional.ofNullable(file);
  }

  /**
   * The warehouse to read.
   *
   * @throws ParameterException if both a workspace and a file are named
   */
  Path warehouse() {
    if (file == null) {
      return knowledge.warehouse(WorkspaceFiles.in(workspace));
    }
    if (command.commandLine().getParseResult().hasMatchedOption("--workspace")) {
      throw new ParameterException(
          command.commandLine(), "Give either a workspace (-w DIR) or an extract (--file FILE).");
    }
    if (knowledge.knownAt != null) {
      throw new ParameterException(
          command.commandLine(), "An extract has one state of knowledge; leave out --known-at.");
    }
    return file;
  }
}
