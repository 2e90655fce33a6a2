package medspa.jobs.ingest;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells an id of a receipt, a booking or a payment that somebody typed, such as a name in the place
 * of an invoice number. The same id comes in exports that name its client and in others that do
 * not, and must stay one; so its own form decides, and never what else a file holds.
 */
final class FreeId {
  /**
   * RE2: what every typed id matches, and hardly another. Any character beyond ASCII counts as a
   * letter and as a mark: the classes of Unicode take longer to compile than most files to search.
   */
  static final String MAY_BE =
      "@|[A-Za-z\\x{80}-\\x{10FFFF}]['\\x{80}-\\x{10FFFF}]*[\\s,._/-]+[A-Za-z\\x{80}-\\x{10FFFF}]"
          + "|\\+[0-9]|[0-9]{3}[ ().-]{1,2}[0-9]{3,4}[ ().-]{1,2}[0-9]{3}";

  private static final Pattern EMAIL = Pattern.compile("[^\\s@]@[^\\s@]+\\.[^\\s@]");
  private static final Pattern PHONE =
      Pattern.compile(
          "\\+\\d(?:[ ().-]{0,2}\\d){7,}|(?<!\\d)\\(?\\d{3,4}[ ().-]{1,2}\\d{3,4}[ ().-]{1,2}\\d{3,4}(?!\\d)");
  private static final Pattern BLANK = Pattern.compile("[\\s,.]*[\\s,.][\\s,.]*");
  private static final Pattern HYPHEN = Pattern.compile("[\\s,._/-]+");
  private static final Pattern CAPITALISED = Pattern.compile("\\p{Lu}[\\p{Ll}\\p{M}'’]+.*");

  private FreeId() {}

  /**
   * Whether an id may name a client: it holds an e-mail address, a phone number with something
   * between its digits, or two words next to each other, with a blank, a comma or a point between
   * them, or with a hyphen if both begin with a capital alone.
   */
  static boolean isTyped(String id) {
    if (EMAIL.matcher(id).find() || PHONE.matcher(id).find()) {
      return true;
    }
    List<TextWord> words = TextWord.of(id);
    for (int i = 1; i < words.size(); i++) {
      if (words.get(i - 1).isWord() && words.get(i).isWord()) {
        String gap = id.substring(words.get(i - 1).end(), words.get(i).start());
        boolean names = isCapitalised(id, words.get(i - 1)) && isCapitalised(id, words.get(i));
        if (BLANK.matcher(gap).matches() || (names && HYPHEN.matcher(gap).matches())) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isCapitalised(String text, TextWord word) {
    return CAPITALISED.matcher(text.substring(word.start(), word.end())).matches();
  }
}
