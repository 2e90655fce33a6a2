package medspa.warehouse.lake;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32C;

/**
 * What a file was when it was written: enough to notice that it is not that any more, by accident.
 *
 * @param bytes its length
 * @param crc32c CRC-32C of its bytes, in hexadecimal: 8 digits
 */
public record Seal(long bytes, String crc32c) {
  /** That of a file which is not there, or is not whole: no file has it. */
  static final Seal NONE = new Seal(-1, "");

  /** The seal of bytes. */
  public static Seal of(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return new Seal(bytes.length, hex(crc));
  }

  /**
   * The seal of a file as it is.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  public static Seal of(Path file) {
    CRC32C crc = new CRC32C();
    byte[] buffer = new byte[1 << 16];
    long bytes = 0;
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        crc.update(buffer, 0, read);
        bytes += read;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
    return new Seal(bytes, hex(crc));
  }

  /** Whether the file is there and still what was sealed. */
  public boolean holds(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) == bytes && of(file).equals(this);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static String hex(CRC32C crc) {
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }
}
