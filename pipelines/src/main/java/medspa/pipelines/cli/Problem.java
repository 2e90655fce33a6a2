package medspa.pipelines.cli;

import java.util.Arrays;
import medspa.pipelines.run.ExitCode;
import medspa.warehouse.definition.InvalidDefinitionException;
import medspa.warehouse.lake.DamagedFileException;

/** What the history of runs keeps of a failure. */
final class Problem {
  private Problem() {}

  /**
   * A sentence for whoever asks later why a run failed. An engine's words may quote an export, so
   * only our own are kept; of other failures it is said what kind they are, and how to learn more.
   */
  static String of(RuntimeException e) {
    if (e instanceof InvalidDefinitionException invalid) {
      return String.join("; ", invalid.problems());
    }
    if (Medspa.refusedByDisk(e).isPresent()) {
      return Medspa.refusedByDisk(e).get().getMessage() + " cannot be read or written";
    }
    if (e instanceof DamagedFileException || isOurOwn(e)) {
      return e.getMessage();
    }
    return "an error that nobody expected ("
        + e.getClass().getSimpleName()
        + "); the command tells more with --verbose";
  }

  /** Whether the sentence was written in this program and repeats nobody else's. */
  private static boolean isOurOwn(RuntimeException e) {
    return e.getCause() == null
        && e.getMessage() != null
        && Medspa.exitCode(e) != ExitCode.UNEXPECTED
        && Arrays.stream(e.getStackTrace())
            .limit(1)
            .allMatch(frame -> frame.getClassName().startsWith("medspa."));
  }
}
