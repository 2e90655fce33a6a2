package medspa.pipelines.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps two commands from writing one workspace. Held by the operating system for the life of the
 * process, so that a killed command leaves nothing to clean up.
 */
public final class WorkspaceLock {
  private WorkspaceLock() {}

  /** Another process holds the workspace. */
  public static final class HeldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    HeldException(Path directory, String holder) {
      super(
          "The workspace "
              + directory
              + " is in use by "
              + holder
              + ". Wait until it has finished and run this command again.");
    }
  }

  /**
   * Does the work while holding the lock.
   *
   * @param command who takes it, told to whoever comes second
   * @throws HeldException at once if another process has it, saying which
   */
  public static <T> T during(Path directory, String command, Supplier<T> work) {
    Path holderFile = directory.resolve(".medspa.lock.holder");
    try (FileChannel channel =
        FileChannel.open(
            directory.resolve(".medspa.lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      if (!taken(channel)) {
        throw new HeldException(
            directory, Files.exists(holderFile) ? Files.readString(holderFile) : "another process");
      }
      Files.writeString(
          holderFile, "process " + ProcessHandle.current().pid() + " (medspa " + command + ")");
      return work.get();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot lock the workspace " + directory, e);
    }
  }

  /**
   * Whether the process that took the lock last is still there; it has the lock unless it is done.
   */
  public static boolean isHolderAlive(Path directory) {
    Path holderFile = directory.resolve(".medspa.lock.holder");
    try {
      Matcher holder =
          Pattern.compile("process (\\d+) .*")
              .matcher(Files.exists(holderFile) ? Files.readString(holderFile) : "");
      return holder.matches()
          && ProcessHandle.of(Long.parseLong(holder.group(1)))
              .map(ProcessHandle::isAlive)
              .orElse(false);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + holderFile, e);
    }
  }

  /** Closing the channel releases the lock. */
  private static boolean taken(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }
}
