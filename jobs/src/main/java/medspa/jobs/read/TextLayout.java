package medspa.jobs.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a delimited text file is written, as its first bytes show: what a spreadsheet does to a file
 * that it saves again is seen here.
 *
 * @param charset its encoding
 * @param mark bytes of its byte order mark
 * @param separatorLine characters of a first line such as {@code sep=;}, which belongs to no
 *     record; 0 where there is none
 * @param delimiter between its fields
 * @param wrapped whether each line is one quoted field that holds the whole record
 */
record TextLayout(Charset charset, int mark, int separatorLine, char delimiter, boolean wrapped) {
  private static final int HEAD = 1 << 14;
  private static final String DELIMITERS = ",;\t|";
  private static final Pattern SEPARATOR_LINE =
      Pattern.compile("(?i)\"?sep=(.)\"?[,;\t ]*(\r\n|\n|\r)");

  /**
   * Looks at the first bytes and puts them back.
   *
   * @param in a stream that can be reset
   * @throws FileRefusedException if the format names no encoding
   */
  static TextLayout of(InputStream in, Format format) throws IOException, FileRefusedException {
    in.mark(HEAD + 1);
    byte[] head = in.readNBytes(HEAD);
    in.reset();
    Charset charset = charset(format.encoding());
    int mark = 0;
    if (FileKind.startsWith(head, 0xEF, 0xBB, 0xBF)) {
      charset = StandardCharsets.UTF_8;
      mark = 3;
    } else if (FileKind.startsWith(head, 0xFF, 0xFE)) {
      charset = StandardCharsets.UTF_16LE;
      mark = 2;
    } else if (FileKind.startsWith(head, 0xFE, 0xFF)) {
      charset = StandardCharsets.UTF_16BE;
      mark = 2;
    } else {
      charset = FileKind.utf16(head).orElse(charset);
    }
    String text = new String(head, mark, head.length - mark, charset);
    Matcher separator = SEPARATOR_LINE.matcher(text);
    if (separator.lookingAt()) {
      char delimiter = separator.group(1).charAt(0);
      boolean wrapped =
          Delimiters.count(text.substring(separator.end()), format.headerWithin(), delimiter)
              .wrapped(delimiter);
      return new TextLayout(charset, mark, separator.end(), delimiter, wrapped);
    }
    Delimiters found = Delimiters.count(text, format.headerWithin(), format.delimiter());
    char delimiter = found.most(format.delimiter());
    return new TextLayout(charset, mark, 0, delimiter, found.wrapped(delimiter));
  }

  private static Charset charset(String name) throws FileRefusedException {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw FileRefusedException.file(
          "There is no encoding " + name + ".", "Use UTF-8, windows-1252 or ISO-8859-1.");
    }
  }

  /**
   * The most of each delimiter that one of the first records has.
   *
   * @param between outside quotes, where it ends a field
   * @param quoted inside quotes
   */
  private record Delimiters(Map<Character, Integer> between, Map<Character, Integer> quoted) {

    static Delimiters count(String text, int records, char expected) {
      Map<Character, Integer> between = new TreeMap<>();
      Map<Character, Integer> quoted = new TreeMap<>();
      Map<Character, Integer> inRecord = new TreeMap<>();
      Map<Character, Integer> inQuotes = new TreeMap<>();
      boolean inside = false;
      int record = 0;
      boolean blank = true;
      for (int i = 0; i < text.length() && record < records; i++) {
        char c = text.charAt(i);
        if (c == '"') {
          inside = !inside;
        } else if (c == expected || DELIMITERS.indexOf(c) >= 0) {
          (inside ? inQuotes : inRecord).merge(c, 1, Integer::sum);
        }
        if (!inside && (c == '\n' || c == '\r')) {
          record += blank ? 0 : 1;
          blank = true;
          inRecord.forEach((d, n) -> between.merge(d, n, Math::max));
          inQuotes.forEach((d, n) -> quoted.merge(d, n, Math::max));
          inRecord.clear();
          inQuotes.clear();
        } else {
          blank = false;
        }
      }
      inRecord.forEach((d, n) -> between.merge(d, n, Math::max));
      inQuotes.forEach((d, n) -> quoted.merge(d, n, Math::max));
      return new Delimiters(between, quoted);
    }

    /** The one that ends the most fields; the expected one where no other ends more. */
    char most(char expected) {
      Map<Character, Integer> counts = between.isEmpty() ? quoted : between;
      char most = expected;
      for (Map.Entry<Character, Integer> other : counts.entrySet()) {
        if (other.getValue() > counts.getOrDefault(most, 0)) {
          most = other.getKey();
        }
      }
      return most;
    }

    boolean wrapped(char delimiter) {
      return between.isEmpty() && quoted.containsKey(delimiter);
    }
  }

  /** The delimiter, where it is another than the format's. */
  Optional<Character> foreignDelimiter(Format format) {
    return delimiter == format.delimiter() ? Optional.empty() : Optional.of(delimiter);
  }
}
