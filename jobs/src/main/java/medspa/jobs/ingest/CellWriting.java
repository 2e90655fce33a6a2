package medspa.jobs.ingest;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What programs write around the text of a cell, or in place of an empty one. A text in a formula,
 * {@code ="00123"}, keeps a spreadsheet from making a number of it; {@code NULL} or {@code nan} is
 * how databases and scripts spell nothing, and would be one client whom many rows share. A
 * spreadsheet that takes UTF-8 for its own encoding makes two letters of one, {@code JosÃ©} of
 * {@code José}, which would be another name.
 */
final class CellWriting {
  private static final Set<String> NOTHING =
      Set.of("NULL", "null", "(null)", "NaN", "nan", "NaT", "<NA>", "(blank)");

  private static final Charset WESTERN = Charset.forName("windows-1252");

  private static final Pattern TEXT_FORMULA = Pattern.compile("=\"((?:[^\"]|\"\")*)\"");

  private CellWriting() {}

  /** The cells as they were meant; the same list where nothing is to be done. */
  static List<String> bare(List<String> cells) {
    List<String> bare = cells;
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      if (mayBeOther(cell)) {
        String text = bare(cell);
        if (!text.equals(cell)) {
          bare = bare == cells ? new ArrayList<>(cells) : bare;
          bare.set(i, text);
        }
      }
    }
    return bare;
  }

  /** Nearly every cell is not. */
  private static boolean mayBeOther(String cell) {
    return !cell.isEmpty() && ("=Nn(<".indexOf(cell.charAt(0)) >= 0 || isGarbled(cell));
  }

  /** Whether the first of two bytes of a letter stands there as a letter, behind it the second. */
  private static boolean isGarbled(String cell) {
    for (int i = 0; i + 1 < cell.length(); i++) {
      char c = cell.charAt(i);
      if (c >= '\u00c2' && c <= '\u00e2' && cell.charAt(i + 1) > '~') {
        return true;
      }
    }
    return false;
  }

  private static String ungarbled(String cell) {
    try {
      ByteBuffer bytes = WESTERN.newEncoder().encode(CharBuffer.wrap(cell));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      return cell;
    }
  }

  private static String bare(String cell) {
    if (NOTHING.contains(cell.strip())) {
      return "";
    }
    Matcher formula = TEXT_FORMULA.matcher(cell.strip());
    return formula.matches()
        ? formula.group(1).replace("\"\"", "\"")
        : isGarbled(cell) ? ungarbled(cell) : cell;
  }
}
