package medspa.warehouse.lake;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/**
 * An export file that was refused as a whole, with what an owner needs to mend it. Never its
 * content.
 *
 * @param line line of the problem, if it has one
 * @param column column of the problem, if it has one
 * @param problem what is wrong
 * @param nextStep what to do
 */
public record RefusedFile(
    String source,
    String practiceId,
    String fileName,
    Optional<Long> line,
    Optional<String> column,
    String problem,
    String nextStep) {

  /** File, line, column, problem and next step in one sentence each. */
  public String message() {
    return fileName
        + line.map(l -> ", line " + l).orElse("")
        + column.map(c -> ", column " + c).orElse("")
        + ": "
        + problem
        + " "
        + nextStep;
  }

  /** The files that the last ingestion refused. */
  public static List<RefusedFile> read(Lake lake) {
    return Files.exists(lake.refused())
        ? List.of(LakeJson.read(lake.refused(), RefusedFile[].class))
        : List.of();
  }

  /** Replaces the list. */
  public static void write(Lake lake, List<RefusedFile> files) {
    LakeJson.replace(lake.refused(), files);
  }
}
