package medspa.charts.section;

import java.util.List;
import java.util.Locale;

/** How words are put into sentences. */
final class Words {
  /** Names that are told; of more only the number is. */
  private static final int NAMES = 2;

  private Words() {}

  /** With a capital first letter. */
  static String capital(String words) {
    return words.isEmpty()
        ? words
        : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  /** The first of some names, and how many more there are. */
  static String named(List<String> names) {
    if (names.size() == 1) {
      return names.get(0);
    }
    List<String> shown = names.stream().limit(NAMES).toList();
    int more = names.size() - shown.size();
    return more == 0
        ? String.join(" and ", shown)
        : String.join(", ", shown) + " and " + more + " more";
  }

  /** A label within a sentence; an abbreviation keeps its capitals. */
  static String quiet(String label) {
    return label.length() > 1 && Character.isUpperCase(label.charAt(1))
        ? label
        : label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1);
  }
}
