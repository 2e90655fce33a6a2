package medspa.charts.section;

import java.util.Locale;

/** The warehouse's reasons as sentences. */
final class Reasons {
  private Reasons() {}

  /** A reason of the warehouse as a sentence of its own. */
  static String sentence(String reason) {
    String text = reason.strip();
    if (text.isEmpty()) {
      return "No reason is known.";
    }
    String first = text.substring(0, text.offsetByCodePoints(0, 1));
    return first.toUpperCase(Locale.ROOT)
        + text.substring(first.length())
        + (text.endsWith(".") ? "" : ".");
  }
}
