package medspa.pipelines.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import medspa.pipelines.config.Workspace;
import medspa.warehouse.lake.DamagedFileException;
import medspa.warehouse.lake.LakeJson;

/**
 * By which rules the files of a workspace are written.
 *
 * <ol>
 *   <li>Without a number, a seal or a log.
 *   <li>Small files end with their seal; {@code lake/bronze.jsonl} and {@code
 *       history/publications.jsonl} have every marker a second time, and the seals of all files.
 * </ol>
 *
 * @param format the number of the rules
 * @param writtenBy version of the program that brought the workspace to them
 */
public record WorkspaceFormat(int format, String writtenBy) {
  /** What this program writes. */
  public static final int CURRENT = 2;

  /**
   * Brings a workspace to the current rules, if it is not; nothing that it holds is changed or
   * lost.
   *
   * @return what was done, in sentences; nothing for most
   * @throws IllegalArgumentException if it was written by rules that this program does not know
   */
  public static List<String> bringUp(Workspace workspace) {
    // A look back has no format of its own.
    Path file = workspace.files().lakeOfNow().format();
    List<String> told = new ArrayList<>();
    int before = 1;
    try {
      if (Files.exists(file)) {
        before = LakeJson.read(file, WorkspaceFormat.class).format();
      }
    } catch (DamagedFileException e) {
      told.add(file + " was damaged and is written again; it cost nothing.");
    }
    if (before > CURRENT) {
      throw new IllegalArgumentException(
          "The workspace "
              + workspace.directory()
              + " was written by a later version of the program: its format is "
              + before
              + ", and medspa "
              + Version.CURRENT
              + " knows up to "
              + CURRENT
              + ". Nothing was done. Use that version, or a later one.");
    }
    if (before < CURRENT) {
      boolean isNew = !Files.exists(workspace.files().lakeOfNow().bronze());
      told.addAll(workspace.files().lakeOfNow().batches().mend());
      told.addAll(workspace.history().mend());
      LakeJson.replace(file, new WorkspaceFormat(CURRENT, Version.CURRENT));
      if (!isNew && told.isEmpty()) {
        told.add(
            "The workspace was of format "
                + before
                + " and is of format "
                + CURRENT
                + " now: its files are sealed, so that damage is noticed.");
      }
    }
    return told;
  }
}
