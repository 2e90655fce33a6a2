package medspa.jobs.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.jobs.read.ExportFile;
import medspa.jobs.read.FileRefusedException;
import medspa.warehouse.lake.RefusedFile;
import medspa.warehouse.lake.WholeDeliveries;

/**
 * The exports of a workspace: finds what the globs of the sources match, opens archives, and
 * recognises each file by its header where its source leaves that open.
 */
final class Inbox {
  /** Between the glob of archives and that of their members. */
  private static final String MEMBERS = "!/";

  /** The files of a source whose name tells no date come first. */
  private static final Comparator<Export> DELIVERY =
      Comparator.comparing((Export export) -> export.date().orElse(LocalDate.MIN))
          .thenComparing(Export::modified)
          .thenComparing(Export::fileName);

  private final Path root;
  private final Hashing hashes;

  /**
   * The exports of a workspace.
   *
   * @param workspace directory that file names are relative to
   * @param hashes how files are hashed
   */
  Inbox(Path workspace, Hashing hashes) {
    this.root = workspace.toAbsolutePath().normalize();
    this.hashes = hashes;
  }

  /**
   * A file as it stood when it was hashed.
   *
   * @param source its source, with the one mapping it is read by
   * @param fileName path within the workspace, of a member of an archive with its name there
   * @param sha256 of its bytes
   * @param date what its name tells
   * @param modified when the file, or its archive, was last written
   */
  record Export(
      Source source,
      ExportFile file,
      String fileName,
      String sha256,
      Optional<LocalDate> date,
      Instant modified) {

    /**
     * Whether another file of the source holds the same rows: the same bytes, under a name that
     * tells nothing else of them. Yesterday's stock and today's may be equal to the byte. Where
     * rows need the name, one that tells nothing is refused for that, whatever the bytes.
     */
    boolean isCopyOf(String otherName, String otherSha256) {
      if (!sha256.equals(otherSha256)) {
        return false;
      }
      Map<String, String> told = told(file.fileName());
      Map<String, String> other =
          told(
              file.sheet().isPresent()
                  ? WholeDeliveries.workbook(otherName)
                  : otherName.substring(otherName.lastIndexOf('/') + 1));
      return told.equals(other)
          || (!source.mapping().mapping().needsName() && (told.isEmpty() || other.isEmpty()));
    }

    private Map<String, String> told(String name) {
      return source.mapping().mapping().toldByName(name);
    }
  }

  /**
   * The files of one source.
   *
   * @param exports in the order of delivery: date in the name, else modification, then name
   * @param refused what cannot be read or recognised
   */
  record Found(List<Export> exports, List<RefusedFile> refused) {
    /** Whether the source has no file at all, good or bad. */
    boolean isEmpty() {
      return exports.isEmpty() && refused.isEmpty();
    }
  }

  /** How the SHA-256 of a file is found. */
  interface Hashing {
    String sha256(ExportFile file) throws IOException;
  }

  /** A path that a source's glob matches. */
  private record Matched(Path path, String name, Instant modified) {}

  /** Looks for the files of a source. */
  Found find(Source source) {
    List<Export> exports = new ArrayList<>();
    List<RefusedFile> refused = new ArrayList<>();
    for (Matched match : matched(source)) {
      try {
        for (ExportFile file : ExportFile.in(match.path())) {
          if (isWanted(source, file)) {
            String name = match.name() + file.member().map(MEMBERS::concat).orElse("");
            try {
              exports.addAll(exports(source, file, name, match.modified(), refused));
            } catch (FileRefusedException e) {
              refused.add(source.refusal(name, e));
            }
          }
        }
      } catch (FileRefusedException e) {
        refused.add(source.refusal(match.name(), e));
      } catch (IOException e) {
        refused.add(source.refusal(match.name(), unreadable()));
      }
    }
    exports.sort(DELIVERY);
    return new Found(List.copyOf(exports), List.copyOf(refused));
  }

  /**
   * The same file as it is now.
   *
   * @param source the source as it is configured
   * @throws FileRefusedException if it cannot be read or recognised any more
   */
  Export again(Source source, Export export) throws FileRefusedException {
    return export(source, export.file(), export.fileName(), export.modified(), ExportFile::sha256);
  }

  /** The file, or each of its sheets that is an export of its own. */
  private List<Export> exports(
      Source source, ExportFile file, String name, Instant modified, List<RefusedFile> refused)
      throws FileRefusedException {
    if (!source.mapping().isBySheet()) {
      return List.of(export(source, file, name, modified, hashes));
    }
    List<Export> exports = new ArrayList<>();
    SheetFinder sheets = new SheetFinder(source.mapping().candidates());
    for (ExportFile sheet : sheets.in(file)) {
      String sheetName = name + MEMBERS + sheet.sheet().orElseThrow();
      try {
        exports.add(export(source, sheet, sheetName, modified, hashes));
      } catch (FileRefusedException e) {
        refused.add(source.refusal(sheetName, e));
      }
    }
    return exports;
  }

  /** The one mapping that a file is read by. */
  private static Mapping recognised(Source source, ExportFile file) throws FileRefusedException {
    return file.sheet().isPresent()
        ? new SheetFinder(source.mapping().candidates()).mapping(file)
        : new Recognition(source.mapping().candidates()).recognise(file);
  }

  private static Export export(
      Source source, ExportFile file, String name, Instant modified, Hashing hashing)
      throws FileRefusedException {
    try {
      Source readAs = source.mapping().isOpen() ? source.readAs(recognised(source, file)) : source;
      Optional<LocalDate> date =
          file.sheet().isPresent()
              ? WholeDeliveries.day(file.fileName())
              : dateInName(readAs.mapping().mapping(), file.fileName());
      return new Export(readAs, file, name, hashing.sha256(file), date, modified);
    } catch (ExportFile.SwollenException e) {
      throw e.refusal();
    } catch (IOException e) {
      throw unreadable();
    }
  }

  private static FileRefusedException unreadable() {
    return FileRefusedException.file(
        "The file cannot be read.", "Check its permissions and whether it is still being copied.");
  }

  /** Whether the source takes this member of an archive; a plain file it always takes. */
  private static boolean isWanted(Source source, ExportFile file) {
    int members = source.from().indexOf(MEMBERS);
    if (members < 0 || file.member().isEmpty()) {
      return true;
    }
    PathMatcher matcher = glob(source.from().substring(members + MEMBERS.length()));
    return matcher.matches(Path.of(file.member().get()))
        || matcher.matches(Path.of(file.fileName()));
  }

  /** The part of {@code from} that names files. */
  private static String paths(Source source) {
    int members = source.from().indexOf(MEMBERS);
    return members < 0 ? source.from() : source.from().substring(0, members);
  }

  private static PathMatcher glob(String pattern) {
    return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
  }

  /** The files that a source's glob matches; hidden ones are still being written. */
  private List<Matched> matched(Source source) {
    PathMatcher matcher = glob(root.resolve(paths(source)).toString());
    Path start = fixedPart(paths(source));
    if (!Files.exists(start)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(start)) {
      List<Matched> matched = new ArrayList<>();
      for (Path path : paths.filter(matcher::matches).filter(Files::isRegularFile).toList()) {
        if (!path.getFileName().toString().startsWith(".")) {
          matched.add(
              new Matched(
                  path,
                  root.relativize(path).toString(),
                  Files.getLastModifiedTime(path).toInstant()));
        }
      }
      return matched;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the files of " + source.name(), e);
    }
  }

  /** The directory in front of the first wildcard. */
  private Path fixedPart(String from) {
    int wildcard = 0;
    while (wildcard < from.length() && "*?[{".indexOf(from.charAt(wildcard)) < 0) {
      wildcard++;
    }
    if (wildcard == from.length()) {
      return root.resolve(from);
    }
    int slash = from.lastIndexOf('/', wildcard);
    return slash < 0 ? root : root.resolve(from.substring(0, slash));
  }

  private static Optional<LocalDate> dateInName(Mapping mapping, String name) {
    return mapping
        .fileName()
        .flatMap(fileName -> fileName.values(name))
        .flatMap(values -> Optional.ofNullable(values.get("date")))
        .flatMap(Inbox::date);
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(
          text.contains("-")
              ? LocalDate.parse(text)
              : LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
