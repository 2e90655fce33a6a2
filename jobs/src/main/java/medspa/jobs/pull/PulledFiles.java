package medspa.jobs.pull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import medspa.warehouse.lake.DiskFiles;
import medspa.warehouse.lake.Sha256;

/**
 * The files of one pulled source. Each is written under a hidden name, which ingestion does not
 * take, and gets its own name when it is whole and on disk. A file is never changed: other content
 * under a known name goes into a folder of its own, named by its time of modification.
 */
final class PulledFiles {
  private static final int LONGEST_NAME = 200;
  private static final DateTimeFormatter FOLDER =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final Set<String> DEVICES =
      Set.of(
          "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7",
          "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9");

  private final Path directory;
  private final Set<String> names = new HashSet<>();

  PulledFiles(Path directory) {
    this.directory = directory;
    try {
      Files.createDirectories(directory);
      try (Stream<Path> files = Files.walk(directory)) {
        files.filter(Files::isRegularFile).forEach(file -> names.add(name(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot use " + directory, e);
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  Path directory() {
    return directory;
  }

  /** Why a name that a server tells cannot be that of a file here, if it cannot. */
  static Optional<String> problem(String name) {
    if (name.isBlank() || name.equals(".") || name.equals("..")) {
      return Optional.of("is no name");
    }
    if (name.chars().anyMatch(c -> c == '/' || c == '\\')) {
      return Optional.of("leads to another folder");
    }
    if (name.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("has control characters");
    }
    if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      return Optional.of("is longer than " + LONGEST_NAME + " bytes");
    }
    if (name.chars().anyMatch(c -> ":*?\"<>|".indexOf(c) >= 0)
        || name.endsWith(".")
        || !name.equals(name.strip())) {
      return Optional.of("is not allowed on every system");
    }
    String stem = name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    if (DEVICES.contains(stem.strip().toLowerCase(Locale.ROOT))) {
      return Optional.of("is that of a device");
    }
    if (name.matches("\\d{8}T\\d{6}Z(-\\d+)?")) {
      return Optional.of("is that of a folder of versions");
    }
    try {
      Path path = Path.of(name);
      return path.isAbsolute() || path.getNameCount() != 1
          ? Optional.of("leads to another folder")
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.of("has letters that this system's locale cannot write; set LC_ALL=C.UTF-8");
    }
  }

  /** A name fit to be printed. */
  static String printable(String name) {
    String shown =
        name.codePoints()
            .limit(80)
            .collect(
                StringBuilder::new,
                (text, c) -> text.appendCodePoint(Character.isISOControl(c) ? '?' : c),
                StringBuilder::append)
            .toString();
    return "'" + shown + "'";
  }

  /** The hidden name under which a file is written. */
  Path begun(String name) {
    return directory.resolve("." + name + ".part");
  }

  /** Removes what earlier pulls left unfinished. */
  void sweep() {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(PulledFiles::isUnfinished).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot tidy " + directory, e);
    }
  }

  private static boolean isUnfinished(Path file) {
    return name(file).startsWith(".") && name(file).endsWith(".part");
  }

  /**
   * Copies what comes into a file.
   *
   * @param progress told the bytes so far, every few megabytes
   * @return the bytes
   * @throws PullException if the source breaks off or sends more than it may
   */
  static long copy(InputStream in, Path file, long maxBytes, LongConsumer progress)
      throws PullException {
    byte[] buffer = new byte[1 << 16];
    long bytes = 0;
    long told = 0;
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      for (int count = read(in, buffer, bytes); count >= 0; count = read(in, buffer, bytes)) {
        bytes += count;
        if (bytes > maxBytes) {
          throw tooLarge(maxBytes);
        }
        write(out, buffer, count);
        if (bytes - told >= 4 << 20) {
          told = bytes;
          progress.accept(bytes);
        }
      }
      out.force(true);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  static PullException tooLarge(long maxBytes) {
    return PullException.data(
        "The file is larger than "
            + (maxBytes >> 20)
            + " MB. If that is right, raise `pull: {max_megabytes: …}` of the source.");
  }

  private static int read(InputStream in, byte[] buffer, long bytes) throws PullException {
    try {
      return in.read(buffer);
    } catch (IOException e) {
      throw PullException.unreachable("The connection broke off after " + bytes + " bytes.");
    }
  }

  private static void write(FileChannel out, byte[] buffer, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  /**
   * Gives a whole file its own name and time, unless the same content is there under that name.
   *
   * @return whether it is new
   */
  boolean keep(Path whole, String name, Instant modified) {
    try {
      String sha256 = sha256(whole);
      Path target = directory.resolve(name);
      for (int copy = 1; Files.exists(target); copy++) {
        if (Files.size(target) == Files.size(whole) && sha256(target).equals(sha256)) {
          Files.delete(whole);
          return false;
        }
        String folder = FOLDER.format(modified) + (copy == 1 ? "" : "-" + copy);
        target = directory.resolve(folder).resolve(name);
      }
      Files.createDirectories(target.getParent());
      Files.setLastModifiedTime(whole, FileTime.from(modified));
      DiskFiles.move(whole, target);
      names.add(name);
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot keep " + directory.resolve(name), e);
    }
  }

  /** Whether some version of a file is there. */
  boolean has(String name) {
    return names.contains(name);
  }

  /** How many files are there. */
  static long count(Path directory) {
    if (!Files.isDirectory(directory)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).filter(file -> !name(file).startsWith(".")).count();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + directory, e);
    }
  }

  static String sha256(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }
}
