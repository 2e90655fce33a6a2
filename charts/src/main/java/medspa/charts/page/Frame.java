package medspa.charts.page;

import java.util.List;

/**
 * What is around the pages of a report.
 *
 * @param css the style sheet
 * @param foot left of the page number, on every page
 */
public record Frame(
    String title, String subject, String css, String foot, List<Bookmark> bookmarks) {

  /** An entry of the outline. */
  public record Bookmark(String name, String anchor) {}
}
