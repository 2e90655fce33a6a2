package medspa.jobs.ingest;

import java.util.Optional;

/**
 * A file that is refused as a whole: what, where, and what to do next. Never carries content of the
 * file, and never a cause, because messages of engines print cells.
 */
final class FileRefusedException extends Exception {
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
  static FileRefusedException file(String problem, String nextStep) {
    return new FileRefusedException(0, "", problem, nextStep);
  }

  /** At a line. */
  static FileRefusedException line(long line, String problem, String nextStep) {
    return new FileRefusedException(line, "", problem, nextStep);
  }

  /** At a column of a line. */
  static FileRefusedException column(long line, String column, String problem, String nextStep) {
    return new FileRefusedException(line, column, problem, nextStep);
  }

  Optional<Long> line() {
    return line > 0 ? Optional.of(line) : Optional.empty();
  }

  Optional<String> column() {
    return column.isEmpty() ? Optional.empty() : Optional.of(column);
  }

  String nextStep() {
    return nextStep;
  }
}
