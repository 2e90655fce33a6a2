package medspa.warehouse.definition;

import java.text.Normalizer;

/**
 * The one spelling of a text that systems and people write in several: Unicode's composed form
 * (NFC), plain blanks, nothing that is invisible. Ids, names, headers and words are compared in it,
 * of exports and of the configuration alike.
 */
public final class Spelling {
  private Spelling() {}

  /**
   * An id, a name or a word: one blank wherever there are blanks of any kind (tabs, line breaks,
   * no-break and ideographic ones) between its words, none around it.
   */
  public static String of(String text) {
    if (isPlain(text)) {
      return text;
    }
    String visible = visible(text);
    StringBuilder words = new StringBuilder(visible.length());
    boolean blank = false;
    for (int i = 0; i < visible.length(); i++) {
      char c = visible.charAt(i);
      if (isBlank(c)) {
        blank = words.length() > 0;
      } else {
        if (blank) {
          words.append(' ');
          blank = false;
        }
        words.append(c);
      }
    }
    return words.toString();
  }

  /**
   * A whole document: composed, each unusual blank an ordinary one, nothing invisible; its line
   * breaks, tabs and rows of blanks stay.
   */
  public static String ofDocument(String text) {
    String visible = visible(text);
    StringBuilder plain = new StringBuilder(visible.length());
    for (int i = 0; i < visible.length(); i++) {
      char c = visible.charAt(i);
      plain.append(c > 0x7f && isBlank(c) ? ' ' : c);
    }
    return plain.toString();
  }

  /** Whether nothing is to be done, as with nearly every cell of an export. */
  private static boolean isPlain(String text) {
    boolean blank = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 0x7e || c < ' ' || (c == ' ' && blank)) {
        return false;
      }
      blank = c == ' ';
    }
    return !blank || text.isEmpty();
  }

  private static String visible(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isInvisible(c)) {
        visible.append(c);
      }
    }
    return Normalizer.normalize(visible, Normalizer.Form.NFC);
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  /** Zero-width blanks and joiners, marks of direction, soft hyphens and byte order marks. */
  private static boolean isInvisible(char c) {
    return (c >= '\u200b' && c <= '\u200f')
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2060' && c <= '\u2069')
        || c == '\u00ad'
        || c == '\u180e'
        || c == '\ufeff';
  }
}
