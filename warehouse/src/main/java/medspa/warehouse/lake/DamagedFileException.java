package medspa.warehouse.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** A file of a workspace is not what was written: cut off, changed, or gone. */
public final class DamagedFileException extends UncheckedIOException {
  private static final long serialVersionUID = 1L;

  /**
   * For one file.
   *
   * @param file which it is
   * @param next what it costs and what to do, in sentences
   */
  public DamagedFileException(Path file, String next) {
    this(file, next, new IOException("The file is damaged: " + file));
  }

  DamagedFileException(Path file, String next, Exception cause) {
    super(
        file + " is damaged. " + next,
        cause instanceof IOException io ? io : new IOException(cause));
  }

  /** Several at once, each in sentences of its own. */
  public DamagedFileException(String message) {
    super(message, new IOException("Files are damaged"));
  }
}
