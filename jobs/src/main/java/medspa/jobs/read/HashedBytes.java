package medspa.jobs.read;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.util.List;
import java.util.Optional;
import medspa.warehouse.lake.Sha256;

/**
 * The bytes of an export on their way to a reader, hashed as they pass. A workbook is read in any
 * order and by a handle of its own; of it the bytes count as those that were read if the file kept
 * its place on the disk, its size and its time of modification all the while.
 */
final class HashedBytes implements AutoCloseable {
  private final Path path;
  private final Optional<String> sheet;
  private final Stamp stamp;
  private final DigestInputStream bytes;
  private final InputStream stream;

  /** What tells one file of a name from the next. */
  private record Stamp(Optional<Object> place, long size, FileTime modified) {
    static Stamp of(Path path) throws IOException {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(
          Optional.ofNullable(attributes.fileKey()),
          attributes.size(),
          attributes.lastModifiedTime());
    }
  }

  /**
   * Opens the file.
   *
   * @throws IOException if it cannot be read
   */
  HashedBytes(ExportFile file) throws IOException {
    path = file.path();
    sheet = file.sheet();
    stamp = Stamp.of(path);
    bytes = new DigestInputStream(file.open(), Sha256.begin());
    stream = new BufferedInputStream(new StaysOpen(bytes), 1 << 16);
  }

  /** The bytes, from a stream that can be reset and that its reader cannot close. */
  InputStream stream() {
    return stream;
  }

  /**
   * Reads what the reader left, and tells the digest of all bytes of the stream, and of the sheet's
   * name if it is one of several, in hexadecimal.
   *
   * @throws IOException if the rest cannot be read
   */
  String sha256() throws IOException {
    bytes.transferTo(OutputStream.nullOutputStream());
    String whole = Sha256.of(bytes.getMessageDigest());
    return sheet.map(name -> Sha256.of(List.of(whole, name))).orElse(whole);
  }

  /**
   * Whether the name still stands for the file that was opened.
   *
   * @throws IOException if it stands for none
   */
  boolean isSameFile() throws IOException {
    return Stamp.of(path).equals(stamp);
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  /** Readers close what they read; what follows it still counts. */
  private static final class StaysOpen extends FilterInputStream {
    StaysOpen(InputStream in) {
      super(in);
    }

    @Override
    public void close() {}
  }
}
