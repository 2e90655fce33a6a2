package medspa.jobs.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Tells a file that cannot be what its mapping says by its first bytes, and says what it is. */
final class FileKind {
  private static final int HEAD = 4096;

  private FileKind() {}

  /**
   * Looks at the first bytes and puts them back.
   *
   * @param in a stream that can be reset
   * @throws FileRefusedException if they are those of another kind of file
   */
  static void check(InputStream in, Format format) throws IOException, FileRefusedException {
    in.mark(HEAD + 1);
    byte[] head = in.readNBytes(HEAD);
    in.reset();
    boolean workbook = format.type() == Format.Type.WORKBOOK;
    if (head.length == 0) {
      throw FileRefusedException.file(
          "The file is empty.", "Export it again; a period without rows still has a header.");
    }
    if (startsWith(head, 'P', 'K', 3, 4)) {
      if (!workbook) {
        throw FileRefusedException.file(
            "This is a ZIP archive or an Excel workbook, not a text file.",
            "Name an archive .zip; a workbook needs `file: {type: xlsx}` in its mapping, or save"
                + " it as CSV (UTF-8).");
      }
      return;
    }
    if (startsWith(head, 0xD0, 0xCF, 0x11, 0xE0)) {
      throw FileRefusedException.file(
          "This is an Excel workbook of the old kind (.xls), or one with a password.",
          "Open it and save it as Excel workbook (.xlsx) without a password, or as CSV (UTF-8).");
    }
    if (startsWith(head, 0x1F, 0x8B)) {
      throw FileRefusedException.file(
          "This file is compressed by gzip.", "Unpack it, or put the export into an archive .zip.");
    }
    if (startsWith(head, '%', 'P', 'D', 'F')) {
      throw FileRefusedException.file("This is a PDF.", "Export the report as CSV or XLSX.");
    }
    if (isHtml(head)) {
      throw FileRefusedException.file(
          "This is a web page, as some systems save it under the name .xls.",
          "Export the report as CSV or XLSX; or open this file in Excel and save it as .xlsx. If"
              + " it was downloaded, it may be a login page.");
    }
    if (workbook) {
      throw FileRefusedException.file(
          "This is not an Excel workbook (.xlsx).",
          "Export the report as XLSX, or use a mapping for its CSV.");
    }
    if (!hasByteOrderMark(head) && contains(head, (byte) 0) && utf16(head).isEmpty()) {
      throw FileRefusedException.file(
          "This is a binary file, not a text file.", "Export the report as CSV.");
    }
  }

  static boolean hasByteOrderMark(byte[] head) {
    return startsWith(head, 0xEF, 0xBB, 0xBF)
        || startsWith(head, 0xFF, 0xFE)
        || startsWith(head, 0xFE, 0xFF);
  }

  /**
   * UTF-16 without a byte order mark, as some systems write it: of Western text every other byte is
   * zero.
   */
  static Optional<Charset> utf16(byte[] head) {
    int[] zeros = new int[2];
    for (int i = 0; i < head.length; i++) {
      if (head[i] == 0) {
        zeros[i % 2]++;
      }
    }
    int characters = head.length / 2;
    if (characters >= 4 && zeros[1] * 2 > characters && zeros[0] * 20 < characters) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    return characters >= 4 && zeros[0] * 2 > characters && zeros[1] * 20 < characters
        ? Optional.of(StandardCharsets.UTF_16BE)
        : Optional.empty();
  }

  private static boolean isHtml(byte[] head) {
    String text =
        new String(head, StandardCharsets.ISO_8859_1)
            .replaceFirst("^\u00ef\u00bb\u00bf", "")
            .stripLeading()
            .toLowerCase(Locale.ROOT);
    return text.startsWith("<!doctype html")
        || text.startsWith("<html")
        || text.startsWith("<table");
  }

  static boolean startsWith(byte[] head, int... magic) {
    if (head.length < magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((head[i] & 0xFF) != magic[i]) {
        return false;
      }
    }
    return true;
  }

  private static boolean contains(byte[] head, byte wanted) {
    for (byte b : head) {
      if (b == wanted) {
        return true;
      }
    }
    return false;
  }
}
