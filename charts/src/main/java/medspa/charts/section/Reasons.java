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

  /** Why a position in a benchmark was changed, by the word of {@code benchmark_restatements}. */
  static String restated(String cause) {
    return switch (cause) {
      case "file" -> "a file with other rows";
      case "configuration" -> "the configuration changed";
      case "code" -> "the program changed";
      case "definition" -> "the KPI’s definition changed";
      case "as_of" -> "later events";
      case "worth" -> "what a visit or an hour brings there changed";
      case "other_locations" -> "another location moved";
      case "contributors" -> "another number of peers";
      case "peers" -> "the peers changed";
      default -> "for a reason that is not known";
    };
  }
}
