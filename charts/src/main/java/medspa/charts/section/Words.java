package medspa.charts.section;

import java.util.Locale;

/** How words are put into sentences. */
final class Words {
  private Words() {}

  /** With a capital first letter. */
  static String capital(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** A label within a sentence; an abbreviation keeps its capitals. */
  static String quiet(String label) {
    return label.length() > 1 && Character.isUpperCase(label.charAt(1))
        ? label
        : label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1);
  }
}
