package medspa.charts.pdf;

/**
 * The paper that a document is laid out for.
 *
 * @param css the size as CSS says it
 * @param contentWidth width between the margins in points
 */
public record Paper(String css, int contentWidth) {
  /** Left and right margin of every page, in points; the style sheet says the same. */
  private static final int MARGIN = 45;

  /** Paper of that width in points. */
  public static Paper of(String css, int width) {
    return new Paper(css, width - 2 * MARGIN);
  }
}
