package medspa.charts.workbook;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The parts of a package, one after the other, all of the same time. */
final class Parts implements AutoCloseable {
  private static final String XML =
      "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

  /** One that a ZIP file can say without naming a zone; 1980-01-01 is none. */
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final ZipOutputStream zip;
  private final Writer writer;

  Parts(OutputStream out) {
    zip = new ZipOutputStream(out);
    writer = new OutputStreamWriter(zip, StandardCharsets.UTF_8);
  }

  /** Begins a part; what is written from here on is in it. */
  Writer begin(String name) throws IOException {
    writer.flush();
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(TIME);
    zip.putNextEntry(entry);
    writer.write(XML);
    return writer;
  }

  /** A whole part. */
  void write(String name, String xml) throws IOException {
    begin(name).write(xml);
  }

  /** Ends the package; the stream below stays open. */
  @Override
  public void close() throws IOException {
    writer.flush();
    zip.finish();
  }

  /** A text between tags or quotes; what XML cannot hold is written as spreadsheets escape it. */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\t' -> escaped.append("&#9;");
        case '\n' -> escaped.append("&#10;");
        case '_' -> escaped.append(looksEscaped(text, i) ? "_x005F_" : "_");
        default -> {
          if (isXml(c)) {
            escaped.appendCodePoint(c);
          } else {
            escaped.append(String.format(java.util.Locale.ROOT, "_x%04X_", c));
          }
        }
      }
      i += Character.charCount(c);
    }
    return escaped.toString();
  }

  /** Whether a text of its own would be read as an escaped letter: {@code _x0041_}. */
  private static boolean looksEscaped(String text, int at) {
    if (at + 7 > text.length() || text.charAt(at + 1) != 'x' || text.charAt(at + 6) != '_') {
      return false;
    }
    return text.substring(at + 2, at + 6).chars().allMatch(c -> Character.digit(c, 16) >= 0);
  }

  private static boolean isXml(int c) {
    return c >= 0x20 && !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
  }
}
