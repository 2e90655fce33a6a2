package medspa.warehouse.lake;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import medspa.warehouse.lake.DiskWatch.Effect;

/**
 * How files get to their place and away: written beside it, forced to disk and renamed, so that a
 * reader sees the old one or the new one and never a part, whenever the program is killed or the
 * power fails. What has its name is on disk, and so is the name.
 */
public final class DiskFiles {
  private static final List<DiskWatch> WATCHES = new CopyOnWriteArrayList<>();

  private DiskFiles() {}

  /** Has everything told to a watch from now on, in the whole program, until it is closed. */
  public static Watched watchedBy(DiskWatch told) {
    WATCHES.add(told);
    return () -> WATCHES.remove(told);
  }

  private static void tell(Effect effect, Path path) {
    WATCHES.forEach(watch -> watch.before(effect, path));
  }

  /** Ends the watching. */
  public interface Watched extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Writes bytes beside the file, forces them to disk and renames; the folder is created if need
   * be.
   */
  public static void write(Path file, byte[] bytes) throws IOException {
    write(file, out -> out.write(bytes));
  }

  /** What a file holds, written piece by piece. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; the stream is closed by who opened it. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file that memory need not hold, as {@link #write(Path, byte[])} does; where it cannot
   * be written whole, nothing of it is left.
   */
  public static void write(Path file, Content content) throws IOException {
    Path beside = file.resolveSibling("." + file.getFileName() + ".new");
    Files.createDirectories(file.toAbsolutePath().getParent());
    try {
      tell(Effect.WRITE, beside);
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside))) {
        content.writeTo(out);
      }
      force(beside);
      replace(beside, file);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(beside);
      throw e;
    }
  }

  /** Adds bytes to the end of a file, which is made if need be, and forces them to disk. */
  public static void append(Path file, byte[] bytes) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    boolean isNew = !Files.exists(file);
    tell(Effect.WRITE, file);
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(bytes);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      tell(Effect.FORCE, file);
      channel.force(true);
    }
    if (isNew) {
      forceNames(directory);
    }
  }

  /** Forces a file to disk. */
  public static void force(Path file) throws IOException {
    tell(Effect.FORCE, file);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Forces all that is in a directory to disk: every file, then the names in every directory. */
  public static void forceTree(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        if (Files.isDirectory(path)) {
          forceNames(path);
        } else {
          force(path);
        }
      }
    }
  }

  /** Forces the names in a directory to disk, where the system knows such a thing. */
  public static void forceNames(Path directory) throws IOException {
    if (!Files.getFileStore(directory).supportsFileAttributeView("posix")) {
      return;
    }
    tell(Effect.FORCE_DIRECTORY, directory);
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Renames a file of the same file system over another, or to where none is; the name is kept. */
  public static void replace(Path file, Path target) throws IOException {
    tell(Effect.RENAME, target);
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    forceNames(target.toAbsolutePath().getParent());
  }

  /**
   * Renames a file or directory to a place of the same file system where nothing is; the name is
   * kept.
   */
  public static void move(Path file, Path target) throws IOException {
    tell(Effect.RENAME, target);
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    forceNames(target.toAbsolutePath().getParent());
  }

  /** Removes a file, or a directory with all that is in it; what is not there is no error. */
  public static void remove(Path path) throws IOException {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    tell(Effect.REMOVE, path);
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
