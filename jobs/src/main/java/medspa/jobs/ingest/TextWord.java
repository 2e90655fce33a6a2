package medspa.jobs.ingest;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A word or a number of a text, and where it stands.
 *
 * @param text as words are compared: in lower case, without accents and apostrophes
 * @param start of its first character in the text
 * @param end behind its last one
 */
record TextWord(String text, int start, int end) {
  private static final String APOSTROPHES = "'\u2019\u02bc`\u00b4";
  private static final Pattern LEFT_OUT = Pattern.compile("[\\p{M}" + APOSTROPHES + "]");

  /**
   * The words of a text; letters and digits that touch are two words, and so is an s behind an
   * apostrophe.
   */
  static List<TextWord> of(String text) {
    List<TextWord> words = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int end = at;
      if (isLetter(text, at)) {
        end = endOfLetters(text, at);
      } else {
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
          end++;
        }
      }
      if (end > at) {
        String word = compared(text.substring(at, end));
        if (!word.isEmpty()) {
          words.add(new TextWord(word, at, end));
        }
      }
      at = Math.max(end, at + 1);
    }
    return words;
  }

  private static int endOfLetters(String text, int start) {
    int end = start;
    while (end < text.length()) {
      if (isLetter(text, end) || (end > start && isMark(text.charAt(end)))) {
        end++;
      } else if (APOSTROPHES.indexOf(text.charAt(end)) >= 0
          && isLetter(text, end + 1)
          && isLetter(text, end + 2)) {
        end += 2;
      } else {
        return end;
      }
    }
    return end;
  }

  /** Half of a character beyond the first plane counts as one. */
  private static boolean isLetter(String text, int at) {
    return at < text.length()
        && (Character.isLetter(text.charAt(at)) || Character.isSurrogate(text.charAt(at)));
  }

  private static boolean isMark(char c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  private static String compared(String word) {
    if (word.chars().allMatch(c -> c < 0x80 && c != '\'' && c != '`')) {
      return word.toLowerCase(Locale.ROOT);
    }
    String plain = Normalizer.normalize(word, Normalizer.Form.NFKD);
    // Upper case first: it writes a sharp s as SS.
    return LEFT_OUT.matcher(plain).replaceAll("").toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }

  boolean isNumber() {
    return Character.isDigit(text.charAt(0));
  }

  /** Whether it is more than an initial. */
  boolean isWord() {
    return !isNumber() && text.length() > 1;
  }
}
