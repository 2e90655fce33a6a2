package medspa.charts.pdf;

import java.util.Set;
import medspa.charts.figure.RightToLeft;
import medspa.charts.figure.Typeface;

/**
 * Pages whose text the fonts can show: what stands between tags is made printable and its letters
 * joined, what stands in tags, such as alternative texts and bookmarks, is read by programs and
 * stays in its own.
 */
final class ShownText {
  /** Their content is no text of a page. */
  private static final Set<String> ASIDE = Set.of("<style>", "<title>");

  private ShownText() {}

  /** The pages; a quoted value in a tag may hold any character. */
  static String pages(String html) {
    StringBuilder out = new StringBuilder(html.length());
    boolean isAside = false;
    int at = 0;
    while (at < html.length()) {
      int open = html.indexOf('<', at);
      int textEnd = open < 0 ? html.length() : open;
      String text = html.substring(at, textEnd);
      out.append(
          isAside ? Typeface.composed(text) : RightToLeft.joinedIn(Typeface.printable(text)));
      if (open < 0) {
        break;
      }
      at = end(html, open);
      String tag = html.substring(open, at);
      isAside = ASIDE.contains(tag);
      out.append(Typeface.composed(tag));
    }
    return out.toString();
  }

  /** Behind the tag that begins there. */
  private static int end(String html, int open) {
    boolean isQuoted = false;
    for (int i = open; i < html.length(); i++) {
      char c = html.charAt(i);
      if (c == '"') {
        isQuoted = !isQuoted;
      } else if (c == '>' && !isQuoted) {
        return i + 1;
      }
    }
    return html.length();
  }
}
