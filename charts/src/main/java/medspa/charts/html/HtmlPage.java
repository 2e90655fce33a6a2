package medspa.charts.html;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import medspa.charts.document.Chapter;
import medspa.charts.document.Chapter.Bookmark;
import medspa.charts.document.Document;
import medspa.charts.document.Figures;
import medspa.charts.document.Masthead;
import medspa.charts.document.Table;
import medspa.charts.figure.Drawing;
import medspa.charts.figure.Figure;

/** A document on a screen. The templates ask it; it numbers the figures as they do. */
public final class HtmlPage {
  /** Charts are drawn for a page of so many points; a narrower screen shows them smaller. */
  private static final double WIDTH = 500;

  /** Between charts side by side. */
  private static final double GAP = 12;

  private static final int COMPARED = 3;

  /** Pixels of a point: labels of 7.5 points are read at arm's length. */
  private static final double PIXELS = 1.5;

  private final Document document;
  private final String css;
  private int figures;

  HtmlPage(Document document, String css) {
    this.document = document;
    this.css = css;
  }

  /** The document. */
  public Document document() {
    return document;
  }

  /** The style sheet. */
  public String css() {
    return css;
  }

  /**
   * A chapter in its place.
   *
   * @param level of its headings; those below a title of their own stand one deeper
   */
  public record Part(Chapter chapter, boolean isFirst, int level) {
    /** Its class in the style sheet. */
    public String css() {
      return chapter.start() == Chapter.Start.NEW_PAGE ? "chapter apart" : "chapter";
    }
  }

  /** The chapters. */
  public List<Part> parts() {
    return IntStream.range(0, document.chapters().size())
        .mapToObj(
            i -> {
              Chapter chapter = document.chapters().get(i);
              boolean isTitled = chapter.blocks().stream().anyMatch(Masthead.class::isInstance);
              return new Part(chapter, i == 0, i > 0 && isTitled ? 3 : 2);
            })
        .toList();
  }

  /** What leads to the chapters; nothing where there is one. */
  public List<Bookmark> bookmarks() {
    List<Bookmark> all =
        document.chapters().stream().flatMap(chapter -> chapter.bookmark().stream()).toList();
    return all.size() > 1 ? all : List.of();
  }

  /** A heading of that level. */
  public String heading(int level, String text) {
    return "<h" + level + ">" + SvgGraphics.escape(text) + "</h" + level + ">";
  }

  /** What a scrolling table is called for those who hear it. */
  public String nameOf(Table table) {
    return "Table: "
        + String.join(
            ", ",
            table.columns().stream()
                .map(Table.Column::head)
                .filter(head -> !head.isBlank())
                .toList());
  }

  /** The chart in a cell. */
  public String inCell(Table table, int column, Drawing drawing) {
    double taken = table.columns().stream().mapToDouble(c -> c.width().orElse(0)).sum();
    long others = table.columns().stream().filter(c -> c.width().isEmpty()).count();
    double percent =
        table.columns().get(column).width().orElse((100 - taken) / Math.max(1, others));
    return svg(drawing.figure(WIDTH * percent / 100 - 6));
  }

  /**
   * Charts in their places.
   *
   * @param css the class of how they stand beside each other
   */
  public record Placed(String css, List<Chart> charts) {}

  /**
   * A chart in its place.
   *
   * @param svg empty where there is none
   * @param reason why there is none
   */
  public record Chart(String title, String says, String svg, String reason) {}

  /** The charts as wide as they stand. */
  public Placed placed(Figures charts) {
    int columns =
        charts.arrangement() instanceof Figures.Arrangement.Paired
            ? 2
            : charts.arrangement() instanceof Figures.Arrangement.Compared compared
                ? compared.isReadable().test(width(COMPARED)) ? COMPARED : COMPARED - 1
                : 1;
    List<Chart> placed = new ArrayList<>();
    charts.panels().stream()
        .flatMap(List::stream)
        .forEach(panel -> placed.add(chart(panel, width(columns))));
    return new Placed("charts charts-" + columns, List.copyOf(placed));
  }

  private static double width(int columns) {
    return (WIDTH - (columns - 1) * GAP) / columns;
  }

  private Chart chart(Figures.Panel panel, double width) {
    if (panel.content() instanceof Figures.Content.Drawn drawn) {
      return new Chart(panel.title(), panel.says(), svg(drawn.drawing().figure(width)), "");
    }
    return new Chart(
        panel.title(), panel.says(), "", ((Figures.Content.Missing) panel.content()).reason());
  }

  private String svg(Figure figure) {
    figures++;
    SvgGraphics graphics = new SvgGraphics("figure" + figures);
    figure.draw(graphics);
    String width = SvgGraphics.number(figure.width());
    String height = SvgGraphics.number(figure.height());
    return "<svg role=\"img\" aria-label=\""
        + SvgGraphics.escape(figure.alternative())
        + "\" width=\""
        + SvgGraphics.number(figure.width() * PIXELS)
        + "\" height=\""
        + SvgGraphics.number(figure.height() * PIXELS)
        + "\" viewBox=\"0 0 "
        + width
        + " "
        + height
        + "\">"
        + graphics.elements()
        + "</svg>";
  }
}
