package medspa.charts.pdf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.charts.document.Block;
import medspa.charts.document.Chapter;
import medspa.charts.document.Chapter.Bookmark;
import medspa.charts.document.Chapter.Evidence;
import medspa.charts.document.Chapter.Start;
import medspa.charts.document.Document;
import medspa.charts.document.Figures;
import medspa.charts.document.Figures.FigureTable;
import medspa.charts.document.Groups;
import medspa.charts.document.Tiles.Tile;
import medspa.charts.figure.Figure;

/**
 * A document on paper: where its chapters begin and what stands side by side. The templates ask it;
 * it numbers the figures as they do.
 */
public final class Layout {
  /** Tiles in a row. */
  private static final int TILES = 4;

  /** Charts in a row where all can be read, and one fewer where not. */
  private static final int COMPARED = 3;

  /** Between the two charts of a pair; the style sheet has the same. */
  private static final double PAIR_GAP = 14;

  /** Behind each chart of a row; the style sheet has the same. */
  private static final double ROW_GAP = 8;

  /** Where the tables of figures stand that do not stand in their chapters. */
  private static final Bookmark APPENDIX = new Bookmark("Figures behind the charts", "figures");

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
   * A chapter with the tables of figures that stand at its end.
   *
   * @param isFirst whether the document begins with it
   */
  public record Part(Chapter chapter, boolean isFirst, List<FigureTable> tables) {
    /** Its class in the style sheet. */
    public String css() {
      return switch (chapter.start()) {
        case FOLLOWING -> "following";
        case NEW_PAGE -> "section";
        case IN_BRIEF -> "brief";
      };
    }

    /** The head, where it belongs to the page that the chapter begins on. */
    public Optional<String> headBefore() {
      return isHeadBehind() ? Optional.empty() : chapter.head();
    }

    /** The head, where the first block decides on which page the chapter begins. */
    public Optional<String> headBehindFirst() {
      return isHeadBehind() ? chapter.head() : Optional.empty();
    }

    private boolean isHeadBehind() {
      return chapter.start() == Start.FOLLOWING && !isFirst;
    }
  }

  private static List<Part> parts(List<Chapter> chapters) {
    int lastOfAppendix = -1;
    List<FigureTable> appendix = new ArrayList<>();
    for (int i = 0; i < chapters.size(); i++) {
      if (chapters.get(i).evidence() == Evidence.IN_APPENDIX) {
        lastOfAppendix = i;
        appendix.addAll(tables(chapters.get(i)));
      }
    }
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < chapters.size(); i++) {
      Chapter chapter = chapters.get(i);
      parts.add(
          new Part(
              chapter,
              i == 0,
              chapter.evidence() == Evidence.AT_ITS_END ? tables(chapter) : List.of()));
      if (i == lastOfAppendix && !appendix.isEmpty()) {
        parts.add(
            new Part(
                new Chapter(
                    Optional.of(APPENDIX),
                    Start.NEW_PAGE,
                    chapters.stream().skip(i + 1L).findFirst().flatMap(Chapter::head),
                    Evidence.AT_ITS_END,
                    List.of(new Block.Heading(APPENDIX.name()))),
                false,
                appendix));
      }
    }
    return List.copyOf(parts);
  }

  private static List<FigureTable> tables(Chapter chapter) {
    return chapter.blocks().stream()
        .flatMap(block -> block instanceof Figures some ? some.tables().stream() : Stream.empty())
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

  /** The chapters, and behind those that share one, the appendix of the tables of their figures. */
  public List<Part> parts() {
    return parts;
  }

  /** The entries of the outline. */
  public List<Bookmark> bookmarks() {
    return parts.stream().flatMap(part -> part.chapter().bookmark().stream()).toList();
  }

  /** Tiles in rows. */
  public List<List<Tile>> rows(List<Tile> tiles) {
    return Groups.of(tiles, TILES);
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
