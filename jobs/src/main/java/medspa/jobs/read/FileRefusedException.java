package medspa.jobs.read;

import java.util.Optional;

/**
 * A file that is refused as a whole: what, where, and what to do next. Never carries content of the
 * file, and never a cause, because messages of engines print cells.
 */
public final class FileRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final long line;
  private final String column;
  private final String nextStep;

  private FileRefusedException(long line, String column, String problem, String nextStep) {
    super(problem);
    this.line = line;
    this.column = column;
    this.nextStep = nextStep;
  }

  /** The file as a whole. */
  public static FileRefusedException file(String problem, String nextStep) {
    return new FileRefusedException(0, "", problem, nextStep);
  }

  /** At a line. */
  public static FileRefusedException line(long line, String problem, String nextStep) {
    return new FileRefusedException(line, "", problem, nextStep);
  }

  /** At a column of a line. */
  public static FileRefusedException column(
      long line, String column, String problem, String nextStep) {
    return new FileRefusedException(line, column, problem, nextStep);
  }

  /** The line, where there is one. */
  public Optional<Long> line() {
    return line > 0 ? Optional.of(line) : Optional.empty();
  }

  /** The column, where there is one. */
  public Optional<String> column() {
    return column.isEmpty() ? Optional.empty() : Optional.of(column);
  }

  /** What to do. */
  public String nextStep() {
    return nextStep;
  }
}
