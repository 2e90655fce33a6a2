package medspa.warehouse.lake;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * How files get to their place and away: written beside it and renamed, so that a reader sees the
 * old one or the new one and never a part, whenever the program is killed.
 */
public final class DiskFiles {
  private DiskFiles() {}

  /**
   * Writes bytes beside the file, forces them to disk and renames; the folder is created if need
   * be.
   */
  public static void write(Path file, byte[] bytes) throws IOException {
    Path beside = file.resolveSibling("." + file.getFileName() + ".new");
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(beside, bytes);
    force(beside);
    replace(beside, file);
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
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside))) {
        content.writeTo(out);
      }
      force(beside);
      replace(beside, file);
    } finally {
      Files.deleteIfExists(beside);
    }
  }

  /** Forces a file to disk. */
  public static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Renames a file of the same file system over another, or to where none is. */
  public static void replace(Path file, Path target) throws IOException {
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Renames a file or directory to a place of the same file system where nothing is. */
  public static void move(Path file, Path target) throws IOException {
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Removes a file, or a directory with all that is in it; what is not there is no error. */
  public static void remove(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
