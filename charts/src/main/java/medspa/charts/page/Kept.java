package medspa.charts.page;

import java.util.List;

/**
 * What stays on one page. A table that is short stays whole; of a longer one at least the last rows
 * go to the next page together, so that none stands there alone.
 */
public final class Kept {
  /** A table of so many rows is short enough to be moved to the next page as a whole. */
  private static final int SHORT = 12;

  private static final int LAST = 3;

  private Kept() {}

  /** The rows in one or two parts; the last rows are one that is not broken. */
  public static <T> List<Part<T>> parts(List<T> rows) {
    if (rows.size() <= LAST + 1) {
      // The block around it keeps it whole; rows alone would leave their heads behind.
      return List.of(new Part<>(rows, false));
    }
    int last = rows.size() - LAST;
    return List.of(
        new Part<>(rows.subList(0, last), false),
        new Part<>(rows.subList(last, rows.size()), true));
  }

  /** The class of a block that holds a table of these rows. */
  public static String css(List<?> rows) {
    return isShort(rows) ? "whole" : "long";
  }

  /** The class of a block that holds a heat table: its rows are low, so that two share a page. */
  public static String css(BenchmarkView.HeatTable table) {
    return table.rows().size() <= 2 * SHORT ? "whole" : "long";
  }

  private static boolean isShort(List<?> rows) {
    return rows.size() <= SHORT;
  }

  /**
   * Some rows of a table.
   *
   * @param isWhole whether they stay on one page
   */
  public record Part<T>(List<T> rows, boolean isWhole) {
    /** Its class in the style sheet. */
    public String css() {
      return isWhole ? "whole" : "";
    }
  }
}
