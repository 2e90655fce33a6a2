package medspa.pipelines.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import medspa.pipelines.config.Workspace;
import medspa.warehouse.lake.DamagedFileException;
import medspa.warehouse.lake.DiskFiles;
import medspa.warehouse.lake.LakeJson;
import medspa.warehouse.lake.Seal;

/**
 * What of a workspace cannot be made again, in one ZIP archive: the configuration, the exports,
 * bronze and the history. Not in it are silver, gold, warehouse and reports, which the next run
 * makes, and the pseudonym key: whoever has both can name clients.
 *
 * @param format the format of the workspace
 * @param writtenBy version of the program
 * @param files the seal of each file, by its path in the workspace
 */
public record Backup(int format, String writtenBy, Map<String, Seal> files) {
  /** The archive's last entry, which tells what is in it. */
  private static final String CONTENTS = "medspa-backup.json";

  /** Made again by the next run, or of one machine. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          "lake/silver",
          "lake/gold",
          "lake/known-at",
          "lake/.spark",
          "lake/state.json",
          "lake/hashes.json",
          "warehouse",
          "reports",
          "logs",
          ".medspa.lock",
          ".medspa.lock.holder");

  /**
   * Writes the archive; to be asked while the workspace is locked.
   *
   * @param archive where nothing is yet
   * @return what is in it
   * @throws UncheckedIOException if it cannot be written; nothing of it is left then
   */
  public static Backup write(Workspace workspace, Path archive) {
    Path root = workspace.directory();
    Map<String, Seal> files = new TreeMap<>();
    Backup backup = new Backup(WorkspaceFormat.CURRENT, Version.CURRENT, files);
    try {
      List<Path> kept;
      try (Stream<Path> paths = Files.walk(root)) {
        Optional<Path> key = workspace.pseudonymKeyFile().map(Backup::absolute);
        kept =
            paths
                .filter(Files::isRegularFile)
                .filter(file -> key.filter(absolute(file)::equals).isEmpty())
                .filter(file -> !absolute(file).equals(absolute(archive)))
                .filter(file -> isKept(root.relativize(file)))
                .sorted()
                .toList();
      }
      DiskFiles.write(
          archive,
          out -> {
            ZipOutputStream zip = new ZipOutputStream(out);
            for (Path file : kept) {
              String name = root.relativize(file).toString().replace('\\', '/');
              Seal seal = Seal.of(file);
              ZipEntry entry = new ZipEntry(name);
              entry.setLastModifiedTime(Files.getLastModifiedTime(file));
              zip.putNextEntry(entry);
              Files.copy(file, zip);
              zip.closeEntry();
              files.put(name, seal);
            }
            zip.putNextEntry(new ZipEntry(CONTENTS));
            zip.write(LakeJson.line(backup).getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            zip.finish();
          });
      if (Files.getFileStore(archive).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(archive, PosixFilePermissions.fromString("rw-------"));
      }
      return backup;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + archive, e);
    }
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }

  /** Whether a file of a workspace is none that is made again, or was not finished. */
  private static boolean isKept(Path file) {
    for (int names = 1; names <= file.getNameCount(); names++) {
      if (LEFT_OUT.contains(file.subpath(0, names).toString().replace('\\', '/'))) {
        return false;
      }
    }
    String name = file.getFileName().toString();
    boolean isUnfinished =
        name.startsWith(".") && (name.endsWith(".part") || name.endsWith(".new"));
    boolean isOfUnfinishedBatch =
        file.startsWith("lake/bronze") && file.getName(2).toString().startsWith(".");
    return !isUnfinished && !isOfUnfinishedBatch;
  }

  /**
   * Makes a workspace of an archive.
   *
   * @param directory where nothing is, or an empty directory
   * @throws DamagedFileException if the archive is not what was written
   * @throws IllegalArgumentException if something is in the directory, or the archive is none of
   *     ours, or was written by a later version
   */
  public static Backup restore(Path archive, Path directory) {
    try {
      if (Files.exists(directory)) {
        try (Stream<Path> there = Files.list(directory)) {
          if (there.findAny().isPresent()) {
            throw new IllegalArgumentException(
                directory + " is not empty; nothing was changed. Name a directory that is new.");
          }
        }
      }
      try (ZipFile zip = new ZipFile(archive.toFile())) {
        ZipEntry contents = zip.getEntry(CONTENTS);
        if (contents == null) {
          throw new IllegalArgumentException(
              archive + " is no whole backup: it does not tell what is in it.");
        }
        Backup backup = contents(zip, contents, archive);
        if (backup.format() > WorkspaceFormat.CURRENT) {
          throw new IllegalArgumentException(
              archive
                  + " was written by medspa "
                  + backup.writtenBy()
                  + ", which is later than this "
                  + Version.CURRENT
                  + ". Use that version.");
        }
        for (Map.Entry<String, Seal> file : backup.files().entrySet()) {
          restore(zip, file.getKey(), file.getValue(), archive, absolute(directory));
        }
        return backup;
      }
    } catch (ZipException e) {
      throw damaged(archive);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot restore " + archive, e);
    }
  }

  private static Backup contents(ZipFile zip, ZipEntry entry, Path archive) throws IOException {
    try (InputStream in = zip.getInputStream(entry)) {
      return LakeJson.tryRead(new String(in.readAllBytes(), StandardCharsets.UTF_8), Backup.class)
          .orElseThrow(() -> damaged(archive));
    }
  }

  private static void restore(ZipFile zip, String name, Seal seal, Path archive, Path directory)
      throws IOException {
    Path target = directory.resolve(name).normalize();
    ZipEntry entry = zip.getEntry(name);
    if (entry == null || !target.startsWith(directory)) {
      throw damaged(archive);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      DiskFiles.write(target, in::transferTo);
    }
    if (!seal.holds(target)) {
      throw damaged(archive);
    }
    FileTime modified = entry.getLastModifiedTime();
    Files.setLastModifiedTime(target, modified);
  }

  private static DamagedFileException damaged(Path archive) {
    return new DamagedFileException(
        archive, "What was restored of it is not whole; take another backup.");
  }
}
