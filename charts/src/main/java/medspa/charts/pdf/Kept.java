package medspa.charts.pdf;

import java.util.List;
import medspa.charts.document.Block;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;

/**
 * What stays on one page. A table that is short stays whole; of a longer one at least the last rows
 * go to the next page together, so that none stands there alone.
 */
public final class Kept {
  /** A table of so many rows is short enough to be moved to the next page as a whole. */
  private static final int SHORT = 12;

  /** Rows of a heat table that the others are held against. */
  private static final int STATISTICS = 4;

  private static final int LAST = 3;

  private Kept() {}

  /** The rows of a table in one or two parts; the last rows are one that is not broken. */
  public static List<Part<Table.Row>> parts(Table table) {
    // The passage around a heat table keeps what stands under its locations with them.
    return table.look() == Table.Look.HEAT
        ? List.of(new Part<>(table.rows(), false))
        : parts(table.rows());
  }

  /** The rows in one or two parts; the last rows are one that is not broken. */
  static <T> List<Part<T>> parts(List<T> rows) {
    if (rows.size() <= LAST + 1) {
      // The block around it keeps it whole; rows alone would leave their heads behind.
      return List.of(new Part<>(rows, false));
    }
    int last = rows.size() - LAST;
    return List.of(
        new Part<>(rows.subList(0, last), false),
        new Part<>(rows.subList(last, rows.size()), true));
  }

  /** The class of a passage: it stays whole unless a table in it is long. */
  public static String css(Passage passage) {
    return passage.blocks().stream().allMatch(Kept::isShort) ? "whole" : "long";
  }

  private static boolean isShort(Block block) {
    return !(block instanceof Table table) || table.rows().size() <= longest(table.look());
  }

  /** The rows of a heat table are low, so that two share a page. */
  private static int longest(Table.Look look) {
    return look == Table.Look.HEAT ? 2 * SHORT + STATISTICS : SHORT;
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
