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
  private final String lookup;

  private FileRefusedException(long line, String column, String problem, String nextStep) {
    this(line, column, problem, nextStep, "");
  }

  private FileRefusedException(
      long line, String column, String problem, String nextStep, String lookup) {
    super(problem);
    this.line = line;
    this.column = column;
    this.nextStep = nextStep;
    this.lookup = lookup;
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

  /**
   * The same of a file that another one looks rows up in: the message names the look-up, its file,
   * line and column, which are none of the other file's.
   *
   * @param file the look-up's file
   */
  public FileRefusedException inLookup(String name, String file) {
    String where =
        "The look-up "
            + name
            + ", "
            + file
            + line().map(l -> ", line " + l).orElse("")
            + column().map(c -> ", column " + c).orElse("");
    return new FileRefusedException(0, "", where + ": " + getMessage(), nextStep, name);
  }

  /** The look-up that is refused, where it is not the file itself. */
  public Optional<String> lookup() {
    return lookup.isEmpty() ? Optional.empty() : Optional.of(lookup);
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
