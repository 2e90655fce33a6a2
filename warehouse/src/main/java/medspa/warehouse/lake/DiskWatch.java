package medspa.warehouse.lake;

import java.nio.file.Path;

/** Is told what {@link DiskFiles} is about to do, in the order in which it does it. */
@FunctionalInterface
public interface DiskWatch {
  /** Something that happens to a file or directory. */
  enum Effect {
    /** Bytes are written. */
    WRITE,
    /** What was written to a file is forced to disk. */
    FORCE,
    /** The names in a directory are forced to disk. */
    FORCE_DIRECTORY,
    /** It gets its name. */
    RENAME,
    /** It is removed. */
    REMOVE
  }

  /**
   * Called before the effect, on the thread that causes it; what it throws keeps it from happening.
   */
  void before(Effect effect, Path path);
}
