package medspa.jobs.read;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The bytes of one export: a file, or a member of a ZIP archive, which is never unpacked to disk;
 * of a workbook with several tables one sheet.
 *
 * @param path the file
 * @param member the name inside the archive
 * @param sheet the sheet that is read, where each is an export of its own
 */
public record ExportFile(Path path, Optional<String> member, Optional<String> sheet) {
  private static final int MOST_MEMBERS = 10_000;

  /** A file as it is. */
  public static ExportFile of(Path path) {
    return new ExportFile(path, Optional.empty(), Optional.empty());
  }

  /** The same, of which only this sheet is read. */
  public ExportFile onSheet(String name) {
    return new ExportFile(path, member, Optional.of(name));
  }

  /**
   * What a file holds: itself, or the members of an archive in the order of their names.
   *
   * @throws FileRefusedException if the archive is broken, encrypted or beyond any reason
   * @throws IOException if the file cannot be read
   */
  public static List<ExportFile> in(Path path) throws IOException, FileRefusedException {
    if (!path.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".zip")) {
      return List.of(of(path));
    }
    List<String> names = new ArrayList<>();
    try (ZipFile zip = new ZipFile(path.toFile(), StandardCharsets.UTF_8)) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (!entry.isDirectory() && isExport(entry.getName())) {
          names.add(entry.getName());
        }
        if (names.size() > MOST_MEMBERS) {
          throw FileRefusedException.file(
              "The archive has more than " + MOST_MEMBERS + " members.",
              "Check that it is an archive of exports, or unpack the ones that are.");
        }
      }
    } catch (ZipException | EOFException e) {
      throw FileRefusedException.file(
          "The archive is broken or encrypted.",
          "Download it again; an archive with a password must be unpacked first.");
    }
    names.sort(String::compareTo);
    return names.stream()
        .map(name -> new ExportFile(path, Optional.of(name), Optional.empty()))
        .toList();
  }

  /** Left out: what a Mac adds to each archive, and hidden files. */
  private static boolean isExport(String name) {
    return !name.startsWith("__MACOSX/") && !fileName(name).startsWith(".");
  }

  /** The last part of its name. */
  public String fileName() {
    return member.map(ExportFile::fileName).orElseGet(() -> path.getFileName().toString());
  }

  private static String fileName(String member) {
    return member.substring(Math.max(member.lastIndexOf('/'), member.lastIndexOf('\\')) + 1);
  }

  /**
   * Opens the bytes.
   *
   * @throws IOException if they cannot be read
   */
  public InputStream open() throws IOException {
    if (member.isEmpty()) {
      return new BufferedInputStream(Files.newInputStream(path), 1 << 16);
    }
    ZipFile zip = new ZipFile(path.toFile(), StandardCharsets.UTF_8);
    ZipEntry entry = zip.getEntry(member.get());
    if (entry == null) {
      zip.close();
      throw new IOException("The archive " + path + " has lost a member");
    }
    InputStream content = zip.getInputStream(entry);
    return new BufferedInputStream(new Inflated(content, entry.getCompressedSize(), zip), 1 << 16);
  }

  /**
   * SHA-256 of the bytes, in hexadecimal; of a sheet, of the file's bytes and its name, so that two
   * sheets of a file are not one.
   *
   * @throws IOException if they cannot be read
   */
  public String sha256() throws IOException {
    try (HashedBytes bytes = new HashedBytes(this)) {
      return bytes.sha256();
    }
  }

  /** A member on its way out of the archive; stops where it swells beyond any export. */
  private static final class Inflated extends InputStream {
    /** Text shrinks to a tenth or a twentieth; a bomb to a thousandth. */
    private static final long GREATEST_RATIO = 200;

    private static final long HARMLESS = 64L << 20;

    private final InputStream content;
    private final long compressed;
    private final ZipFile zip;
    private long read;

    Inflated(InputStream content, long compressed, ZipFile zip) {
      this.content = content;
      this.compressed = Math.max(1, compressed);
      this.zip = zip;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      int count = content.read(buffer, offset, length);
      read += Math.max(0, count);
      if (read > HARMLESS && read / compressed > GREATEST_RATIO) {
        throw new SwollenException();
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }

  /** A member of an archive that is a bomb rather than an export. */
  public static final class SwollenException extends IOException {
    private static final long serialVersionUID = 1L;

    private SwollenException() {}

    /** Why its file is refused. */
    public FileRefusedException refusal() {
      return FileRefusedException.file(
          "The archive's member swells to more than 200 times its size.",
          "Check that it is an export; unpack it yourself if it is.");
    }
  }
}
