package medspa.charts.document;

/**
 * A line under a value.
 *
 * @param text in the tone
 * @param rest goes on in plain text; may be empty
 */
public record Line(Tone tone, String text, String rest) {
  /** A line in one tone. */
  public static Line of(Tone tone, String text) {
    return new Line(tone, text, "");
  }
}
