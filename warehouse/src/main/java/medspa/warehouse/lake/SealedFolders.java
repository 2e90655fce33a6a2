package medspa.warehouse.lake;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Folders that are written once and never changed, each with a marker that tells what it holds, and
 * a log beside them that has every marker a second time, with the seals of all files. So a marker
 * that is lost or changed is written again from the log, a line of the log from the marker; and
 * that a folder or a file of it is gone or changed is noticed, with what it held and where in the
 * order it belongs.
 *
 * @param <T> what a marker tells
 */
public final class SealedFolders<T> {
  private static final byte[] PARQUET = "PAR1".getBytes(StandardCharsets.US_ASCII);

  private final Path folders;
  private final JsonLines log;
  private final String marker;
  private final Class<T> type;
  private final Function<T, Set<String>> files;

  /**
   * The folders below a directory.
   *
   * @param log file of the log
   * @param marker name of the marker in each folder
   * @param files the files that a folder with this marker must have, the marker left out
   */
  public SealedFolders(
      Path folders, Path log, String marker, Class<T> type, Function<T, Set<String>> files) {
    this.folders = folders;
    this.log = new JsonLines(log);
    this.marker = marker;
    this.type = type;
    this.files = files;
  }

  /**
   * A line of the log.
   *
   * @param folder its name
   * @param value what its marker tells; null where it was given up
   * @param files the seal of each of its files, the marker included
   */
  private record Line(String folder, JsonNode value, Map<String, Seal> files) {
    boolean counts() {
      return value != null && !value.isNull();
    }
  }

  /** What is wrong with a folder, or with the log. */
  public enum Kind {
    /** A line of the log is not what was written; the markers have what it said. */
    LOG,
    /** The log lacks the folder, as that of an earlier version; its marker has what to say. */
    UNLOGGED,
    /** The marker is gone or changed; the log has it. */
    MARKER,
    /** A file is gone or changed; nothing here has it a second time. */
    CONTENT,
    /** Neither the marker nor the log tells what the folder holds. */
    UNKNOWN
  }

  /**
   * Something that is not as it was written.
   *
   * @param folder name of the folder, empty for the log
   * @param file which file it is
   * @param value what the folder holds, where something tells it
   */
  public record Fault<T>(String folder, Path file, Kind kind, Optional<T> value) {}

  /** The log. */
  public Path log() {
    return log.file();
  }

  /**
   * What each folder holds, by its name: as the log says, else its marker. Those that are being
   * written, and those that were given up, are none.
   *
   * @throws DamagedFileException if neither can be read
   */
  public List<T> values() {
    Map<String, Line> logged = logged();
    Map<String, T> values = new TreeMap<>();
    logged.forEach(
        (folder, line) -> {
          if (line.counts()) {
            values.put(folder, LakeJson.value(line.value(), type));
          }
        });
    for (String folder : names()) {
      Path file = folders.resolve(folder).resolve(marker);
      if (!logged.containsKey(folder) && Files.exists(file)) {
        values.put(folder, LakeJson.read(file, type));
      }
    }
    return List.copyOf(values.values());
  }

  /** Adds folders that have got their names to the log. */
  public void log(List<String> added) {
    if (!added.isEmpty()) {
      log.append(
          added.stream()
              .map(folder -> line(folder, LakeJson.read(file(folder, marker), type)))
              .toList());
    }
  }

  /** Everything that is not as it was written; nothing is changed. */
  public List<Fault<T>> faults() {
    List<Fault<T>> faults = new ArrayList<>();
    if (!log.content(Line.class).damaged().isEmpty()) {
      faults.add(new Fault<>("", log.file(), Kind.LOG, Optional.empty()));
    }
    Map<String, Line> logged = logged();
    logged.forEach(
        (folder, line) -> {
          if (line.counts()) {
            T value = LakeJson.value(line.value(), type);
            line.files()
                .forEach(
                    (name, seal) -> {
                      if (!seal.holds(file(folder, name))) {
                        faults.add(
                            new Fault<>(
                                folder,
                                file(folder, name),
                                name.equals(marker) ? Kind.MARKER : Kind.CONTENT,
                                Optional.of(value)));
                      }
                    });
          }
        });
    for (String folder : names()) {
      if (!logged.containsKey(folder)) {
        faults.addAll(unlogged(folder));
      }
    }
    return faults;
  }

  private List<Fault<T>> unlogged(String folder) {
    Path file = file(folder, marker);
    Optional<T> value = marker(folder);
    if (value.isEmpty()) {
      return isEmpty(folder) ? List.of() : List.of(new Fault<>(folder, file, Kind.UNKNOWN, value));
    }
    List<Fault<T>> faults = new ArrayList<>();
    faults.add(new Fault<>(folder, file, Kind.UNLOGGED, value));
    line(folder, value.get())
        .files()
        .forEach(
            (name, seal) -> {
              if (seal.equals(Seal.NONE)) {
                faults.add(new Fault<>(folder, file(folder, name), Kind.CONTENT, value));
              }
            });
    return faults;
  }

  private boolean isEmpty(String folder) {
    try (Stream<Path> found = Files.list(folders.resolve(folder))) {
      return found.findAny().isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + folders.resolve(folder), e);
    }
  }

  private Optional<T> marker(String folder) {
    Path file = file(folder, marker);
    try {
      return Files.exists(file) ? Optional.of(LakeJson.read(file, type)) : Optional.empty();
    } catch (DamagedFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Writes markers again from the log and lines of the log from the markers.
   *
   * @return a sentence about each file that was damaged
   */
  public List<String> mend() {
    List<String> told = new ArrayList<>();
    Set<String> unlogged = new TreeSet<>();
    Set<String> gone = new TreeSet<>();
    boolean isLogDamaged = false;
    boolean isFirst = !Files.exists(log.file());
    List<Fault<T>> faults = faults();
    for (Fault<T> fault : faults) {
      if (fault.kind() == Kind.CONTENT && !Files.isDirectory(folders.resolve(fault.folder()))) {
        gone.add(fault.folder());
      }
    }
    List<Line> sealedAnew = new ArrayList<>();
    for (Fault<T> fault : faults) {
      switch (fault.kind()) {
        case LOG -> isLogDamaged = true;
        case UNLOGGED -> unlogged.add(fault.folder());
        case MARKER -> {
          if (!gone.contains(fault.folder())) {
            LakeJson.replace(fault.file(), fault.value().orElseThrow());
            Line before = logged().get(fault.folder());
            Map<String, Seal> seals = new LinkedHashMap<>(before.files());
            seals.put(marker, Seal.of(fault.file()));
            if (!seals.equals(before.files())) {
              sealedAnew.add(new Line(fault.folder(), before.value(), seals));
            }
            told.add(fault.file() + " was damaged and is written again; it cost nothing.");
          }
        }
        default -> {}
      }
    }
    if (isLogDamaged) {
      log.setDamagedApart(Line.class);
    }
    List<Line> lines = new ArrayList<>(sealedAnew);
    unlogged.forEach(folder -> lines.add(line(folder, marker(folder).orElseThrow())));
    if (!lines.isEmpty()) {
      log.append(lines);
    }
    if (isLogDamaged || (!unlogged.isEmpty() && !isFirst)) {
      told.add(log.file() + " was damaged and is made again from the folders; it cost nothing.");
    }
    return told;
  }

  /**
   * Gives a folder up: what is left of it is moved to {@code lost} beside the folders' directory,
   * and it does not count any more.
   */
  public void giveUp(String folder) {
    try {
      setAside(folders.resolve(folder));
      log.append(new Line(folder, null, Map.of()));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot set aside " + folders.resolve(folder), e);
    }
  }

  /** Gives one file of a folder up, likewise; the folder counts on without it. */
  public void giveUp(String folder, Path file) {
    try {
      setAside(file);
      Line line = logged().get(folder);
      Map<String, Seal> seals = new LinkedHashMap<>(line.files());
      seals.remove(file.getFileName().toString());
      log.append(new Line(folder, line.value(), seals));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot set aside " + file, e);
    }
  }

  private void setAside(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    Path lost = folders.resolveSibling("lost");
    Path target = lost.resolve(folders.relativize(path));
    Files.createDirectories(target.getParent());
    for (int copy = 1; Files.exists(target); copy++) {
      target = target.resolveSibling(path.getFileName() + "-" + copy);
    }
    DiskFiles.move(path, target);
  }

  /** The last line about each folder. */
  private Map<String, Line> logged() {
    Map<String, Line> lines = new TreeMap<>();
    log.read(Line.class).forEach(line -> lines.put(line.folder(), line));
    // What was given up and came again counts by its marker.
    lines
        .values()
        .removeIf(line -> !line.counts() && Files.isDirectory(folders.resolve(line.folder())));
    return lines;
  }

  private Line line(String folder, T value) {
    Map<String, Seal> seals = new TreeMap<>();
    Set<String> names = new TreeSet<>(files.apply(value));
    names.add(marker);
    try (Stream<Path> present = Files.list(folders.resolve(folder))) {
      present
          .filter(Files::isRegularFile)
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .forEach(names::add);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + folders.resolve(folder), e);
    }
    for (String name : names) {
      Path file = file(folder, name);
      seals.put(name, isWhole(file) ? Seal.of(file) : Seal.NONE);
    }
    return new Line(folder, LakeJson.tree(value), seals);
  }

  /** Whether a file that nobody sealed is there, and as Parquet has its beginning and its end. */
  private static boolean isWhole(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    if (!file.toString().endsWith(".parquet")) {
      return true;
    }
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      return bytes.length() > 3L * PARQUET.length
          && isMagic(bytes, 0)
          && isMagic(bytes, bytes.length() - PARQUET.length);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static boolean isMagic(RandomAccessFile bytes, long at) throws IOException {
    byte[] found = new byte[PARQUET.length];
    bytes.seek(at);
    bytes.readFully(found);
    return Arrays.equals(found, PARQUET);
  }

  private Path file(String folder, String name) {
    return folders.resolve(folder).resolve(name);
  }

  /** The folders that have their names. */
  private List<String> names() {
    if (!Files.isDirectory(folders)) {
      return List.of();
    }
    try (Stream<Path> found = Files.list(folders)) {
      return found
          .filter(Files::isDirectory)
          .map(folder -> folder.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + folders, e);
    }
  }
}
