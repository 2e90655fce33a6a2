package medspa.charts.pdf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import medspa.charts.document.Chapter;
import medspa.charts.document.Chapter.Bookmark;
import medspa.charts.document.Chapter.Start;
import medspa.charts.document.Document;
import medspa.charts.document.Figures;
import medspa.charts.document.Groups;
import medspa.charts.document.Table;
import medspa.charts.figure.Drawing;
import medspa.charts.figure.Figure;

/**
 * A document on paper: where its chapters begin and what stands side by side. The templates ask it;
 * it numbers the figures as they do.
 */
public final class Layout {
  /** Charts in a row where all can be read, and one fewer where not. */
  private static final int COMPARED = 3;

  /** Between the two charts of a pair; the style sheet has the same. */
  private static final double PAIR_GAP = 14;

  /** Behind each chart of a row; the style sheet has the same. */
  private static final double ROW_GAP = 8;

  /** Left and right of what a cell holds; the style sheet has the same. */
  private static final double CELL_PADDING = 6;

  private final Document document;
  private final Paper paper;
  private final FigureList figures = new FigureList();
  private final List<Part> parts;

  Layout(Document document, Paper paper) {
    this.document = document;
    this.paper = paper;
    this.parts = parts(document.chapters());
  }

  /**
   * A chapter in its place.
   *
   * @param isFirst whether the document begins with it
   */
  public record Part(Chapter chapter, boolean isFirst) {
    /** Its class in the style sheet. */
    public String css() {
      return switch (chapter.start()) {
        case FOLLOWING -> isFirst ? "first" : "following";
        case NEW_PAGE -> "section";
      };
    }

    /**
     * Whether the head stands before a block: a page shows the first that it finds, so that one
     * which begins within a chapter is headed by it and not by what follows there.
     */
    public boolean hasHeadBefore(int block) {
      return chapter.head().isPresent() && (block > 0 || !isHeadBehind());
    }

    /** Whether it stands behind a block: the first decides on which page such a chapter begins. */
    public boolean hasHeadBehind(int block) {
      return chapter.head().isPresent() && block == 0 && isHeadBehind();
    }

    private boolean isHeadBehind() {
      return chapter.start() == Start.FOLLOWING && !isFirst;
    }
  }

  private static List<Part> parts(List<Chapter> chapters) {
    return IntStream.range(0, chapters.size())
        .mapToObj(i -> new Part(chapters.get(i), i == 0))
        .toList();
  }

  /** The document. */
  public Document document() {
    return document;
  }

  /** The style sheet for the paper. */
  public String css() {
    return Templates.css(paper);
  }

  /** The chapters. */
  public List<Part> parts() {
    return parts;
  }

  /** The entries of the outline. */
  public List<Bookmark> bookmarks() {
    return parts.stream().flatMap(part -> part.chapter().bookmark().stream()).toList();
  }

  /** A chart in a cell of a table that is as wide as the page. */
  public FigureReference inCell(Table table, int column, Drawing drawing) {
    double taken = table.columns().stream().mapToDouble(c -> c.width().orElse(0)).sum();
    long others = table.columns().stream().filter(c -> c.width().isEmpty()).count();
    double percent =
        table.columns().get(column).width().orElse((100 - taken) / Math.max(1, others));
    return figures.add(drawing.figure(paper.contentWidth() * percent / 100 - CELL_PADDING));
  }

  /** Charts in rows of two. */
  public List<List<Placed>> pairs(Figures charts) {
    return Groups.of(
        charts.panels().stream()
            .flatMap(List::stream)
            .map(panel -> placed(panel, (paper.contentWidth() - PAIR_GAP) / 2))
            .toList(),
        2);
  }

  /** Charts as wide as the page. */
  public List<Placed> wide(Figures charts) {
    return charts.panels().stream()
        .flatMap(List::stream)
        .map(panel -> placed(panel, paper.contentWidth()))
        .toList();
  }

  /** How many charts stand side by side. */
  public int columns(Figures.Arrangement.Compared compared) {
    return compared.isReadable().test(width(COMPARED)) ? COMPARED : COMPARED - 1;
  }

  /** Charts in rows; one whose parts fill rows begins one of its own. */
  public List<List<Placed>> rows(Figures charts, int columns) {
    List<List<Placed>> rows = new ArrayList<>();
    List<Placed> single = new ArrayList<>();
    for (List<Figures.Panel> group : charts.panels()) {
      List<Placed> parts = group.stream().map(panel -> placed(panel, width(columns))).toList();
      if (parts.size() % columns != 0) {
        single.addAll(parts);
      } else {
        rows.addAll(Groups.of(single, columns));
        single.clear();
        rows.addAll(Groups.of(parts, columns));
      }
    }
    rows.addAll(Groups.of(single, columns));
    return rows;
  }

  private double width(int columns) {
    return paper.contentWidth() / (double) columns - ROW_GAP;
  }

  /**
   * A chart in its place.
   *
   * @param figure empty where there is none
   * @param reason why there is none
   */
  public record Placed(
      String title, String says, Optional<FigureReference> figure, String reason) {}

  private Placed placed(Figures.Panel panel, double width) {
    if (panel.content() instanceof Figures.Content.Drawn drawn) {
      return new Placed(
          panel.title(), panel.says(), Optional.of(figures.add(drawn.drawing().figure(width))), "");
    }
    return new Placed(
        panel.title(),
        panel.says(),
        Optional.empty(),
        ((Figures.Content.Missing) panel.content()).reason());
  }

  /** The figures that the templates have asked for, in that order. */
  List<Figure> figures() {
    return figures.all();
  }
}
