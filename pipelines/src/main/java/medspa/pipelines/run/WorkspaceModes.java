package medspa.pipelines.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import medspa.jobs.ingest.Source;
import medspa.pipelines.config.Workspace;

/**
 * Keeps what a workspace holds of clients to its owner: nobody else may enter the directories of
 * the lake, the history, the warehouse, the reports, the logs and what was fetched, whatever mode
 * the files in them have. Where the configuration says so, the directories' group may enter and
 * read.
 */
public final class WorkspaceModes {
  private static final String MODE = "unix:mode";
  private static final int ALL_OF_OTHERS = 07;
  private static final int ALL_OF_GROUP = 070;
  private static final int ALL_OF_OWNER = 0700;
  private static final int READ_AND_ENTER_OF_GROUP = 050;

  private WorkspaceModes() {}

  /**
   * Makes the directories, or corrects their modes; nothing where the disk knows none.
   *
   * @return those that others may enter all the same, because they belong to another user
   * @throws UncheckedIOException if they cannot be made
   */
  public static List<String> apply(Workspace workspace) {
    Path directory = workspace.directory();
    List<String> open = new ArrayList<>();
    if (Files.getFileAttributeView(directory, PosixFileAttributeView.class) == null) {
      return open;
    }
    try {
      List<String> names =
          new ArrayList<>(List.of("lake", "history", "warehouse", "reports", RunLogFile.DIRECTORY));
      if (!workspace.pulls().isEmpty()) {
        names.add(Source.PULLED);
      }
      for (String name : names) {
        Path guarded = directory.resolve(name);
        Files.createDirectories(guarded);
        int mode = (int) Files.getAttribute(guarded, MODE);
        int wanted = wanted(mode, workspace.groupMayRead());
        if (mode != wanted && !isSet(guarded, wanted) && (mode & ALL_OF_OTHERS) != 0) {
          open.add(name);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The directories of the workspace cannot be guarded", e);
    }
    return open;
  }

  /** A group that may read keeps what it may beyond that, and new files their group. */
  private static int wanted(int mode, boolean groupMayRead) {
    int guarded = (mode & ~ALL_OF_OTHERS) | ALL_OF_OWNER;
    return groupMayRead ? guarded | READ_AND_ENTER_OF_GROUP : guarded & ~ALL_OF_GROUP;
  }

  /** Whether the mode could be set: only its owner may set that of a directory. */
  private static boolean isSet(Path directory, int mode) {
    try {
      Files.setAttribute(directory, MODE, mode);
      return true;
    } catch (FileSystemException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("The mode of " + directory + " cannot be set", e);
    }
  }
}
