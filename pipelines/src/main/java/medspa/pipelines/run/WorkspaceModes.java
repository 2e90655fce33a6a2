package medspa.pipelines.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import medspa.jobs.ingest.Source;
import medspa.pipelines.config.Workspace;

/**
 * Keeps what a workspace holds of clients to its owner: nobody else may enter the directories of
 * the lake, the history, the warehouse, the reports, the logs and what was fetched, whatever mode
 * the files in them have. Where the configuration says so, the directories' group may enter and
 * read.
 */
public final class WorkspaceModes {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> GROUP =
      PosixFilePermissions.fromString("rwxr-x---");

  private WorkspaceModes() {}

  /**
   * Makes the directories, or corrects their modes; nothing where the disk knows none.
   *
   * @throws UncheckedIOException if they belong to somebody else
   */
  public static void apply(Workspace workspace) {
    Path directory = workspace.directory();
    PosixFileAttributeView view =
        Files.getFileAttributeView(directory, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    Set<PosixFilePermission> wanted = workspace.groupMayRead() ? GROUP : OWNER;
    try {
      List<String> names =
          new ArrayList<>(List.of("lake", "history", "warehouse", "reports", RunLogFile.DIRECTORY));
      if (!workspace.pulls().isEmpty()) {
        names.add(Source.PULLED);
      }
      for (String name : names) {
        Path guarded = directory.resolve(name);
        Files.createDirectories(guarded);
        if (!Files.getPosixFilePermissions(guarded).equals(wanted)) {
          Files.setPosixFilePermissions(guarded, wanted);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The directories of the workspace cannot be guarded", e);
    }
  }
}
