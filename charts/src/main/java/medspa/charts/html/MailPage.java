package medspa.charts.html;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import medspa.charts.document.Block.Sentence.Voice;
import medspa.charts.document.Cell;
import medspa.charts.document.Chapter;
import medspa.charts.document.Document;
import medspa.charts.document.Figures;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.figure.Drawing;
import medspa.charts.figure.Figure;
import medspa.charts.html.MailRenderer.Frame;
import medspa.charts.html.MailRenderer.Picture;

/** A chapter in a mail. The templates ask it; it draws and numbers the pictures as they do. */
public final class MailPage {
  private static final String FONT =
      "font-family:'Source Sans 3','Segoe UI',Roboto,Helvetica,Arial,sans-serif;";
  private static final String INK = "color:#1B2A41;";
  private static final String MUTED = "color:#5B6777;";

  /** A mail is so many pixels wide at most. */
  private static final int WIDTH = 640;

  /** Pixels of a point. */
  private static final double PIXELS = 1.4;

  /** Dots of a pixel, for screens that have them. */
  static final int FINENESS = 2;

  private final Document document;
  private final Chapter chapter;
  private final Frame frame;
  private final List<Picture> pictures = new ArrayList<>();

  MailPage(Document document, Chapter chapter, Frame frame) {
    this.document = document;
    this.chapter = chapter;
    this.frame = frame;
  }

  /** The document that the chapter is of. */
  public Document document() {
    return document;
  }

  /** What the mail says. */
  public Chapter chapter() {
    return chapter;
  }

  /** What it says besides. */
  public Frame frame() {
    return frame;
  }

  /** The pictures that the templates have asked for, in that order. */
  List<Picture> pictures() {
    return pictures;
  }

  /** Outlook knows no greatest width, and reads this comment. */
  public String openForOutlook() {
    return "<!--[if mso]><table role=\"presentation\" width=\""
        + WIDTH
        + "\" cellpadding=\"0\" cellspacing=\"0\"><tr><td><![endif]-->";
  }

  /** Ends what {@link #openForOutlook} began. */
  public String closeForOutlook() {
    return "<!--[if mso]></td></tr></table><![endif]-->";
  }

  /** What narrow screens that know style sheets do besides. */
  public String css() {
    return "@media (max-width:520px){.wide{display:none!important}.pad{padding:12px!important}}";
  }

  /** Of the whole. */
  public String body() {
    return "margin:0;padding:0;background-color:#FFFFFF;" + FONT + INK + "font-size:15px;";
  }

  /** Of the frame. */
  public String outer() {
    return "width:100%;max-width:" + WIDTH + "px;";
  }

  /** Of a paragraph. */
  public String of(Voice voice) {
    return "margin:0 0 10px 0;"
        + FONT
        + switch (voice) {
          case HEADLINE -> INK + "font-size:18px;line-height:1.4;margin:14px 0 18px 0;";
          case EXPLAINS, NOTHING_THERE -> MUTED + "font-size:14px;line-height:1.4;";
          case NOTICE ->
              INK + "font-size:14px;line-height:1.4;background-color:#F1F4F8;padding:10px 12px;";
        };
  }

  /** Of small print. */
  public String note() {
    return "margin:6px 0;" + FONT + MUTED + "font-size:13px;line-height:1.35;";
  }

  /** Of a heading. */
  public String heading() {
    return "margin:22px 0 4px 0;" + FONT + INK + "font-size:18px;line-height:1.25;";
  }

  /** Of the title. */
  public String title() {
    return "margin:0;" + FONT + INK + "font-size:26px;line-height:1.2;";
  }

  /** Of the line above the title. */
  public String eyebrow() {
    return "margin:0;" + FONT + "color:#005F99;font-weight:bold;font-size:14px;";
  }

  /** Of the lines below the title. */
  public String owner() {
    return "margin:4px 0 0 0;" + FONT + MUTED + "font-size:14px;line-height:1.4;";
  }

  /** Of a table. */
  public String table() {
    return "width:100%;border-collapse:collapse;margin:4px 0 8px 0;";
  }

  /** Of the head of a column. */
  public String head(Column column) {
    return padding(column, 4)
        + "border-bottom:2px solid #1B2A41;vertical-align:bottom;line-height:1.2;"
        + FONT
        + MUTED
        + "font-size:12px;font-weight:bold;text-align:"
        + align(column)
        + ";"
        + width(column);
  }

  private static String padding(Column column, int high) {
    return "padding:"
        + high
        + "px 8px "
        + high
        + "px "
        + (column.align() == Table.Align.START_APART ? "12px;" : "0;");
  }

  private static String align(Column column) {
    return column.align() == Table.Align.END ? "right" : "left";
  }

  private static String width(Column column) {
    return column.width().isPresent()
        ? String.format(Locale.ROOT, "width:%.0f%%;", column.width().getAsDouble())
        : "";
  }

  /** Of a cell, the first of which heads its row. */
  public String cell(Table table, Row row, int column) {
    Column of = table.columns().get(column);
    boolean isStrong = column == 0 || row.kind() == Row.Kind.TOTAL;
    return padding(of, 5)
        + "vertical-align:middle;line-height:1.3;border-bottom:1px solid #DDE3EA;"
        + (row.kind() == Row.Kind.TOTAL
            ? "border-top:2px solid #1B2A41;"
            : row.startsGroup() ? "border-top:2px solid #8A97A6;" : "")
        + FONT
        + INK
        + "font-size:13px;text-align:"
        + align(of)
        + ";font-weight:"
        + (isStrong ? "bold" : "normal")
        + ";"
        + (of.align() == Table.Align.END ? "white-space:nowrap;" : "");
  }

  /** Of a text that stands out. */
  public String tone(Tone tone) {
    return switch (tone) {
      case STRONG -> "font-weight:bold;";
      case QUIET, OPEN -> MUTED;
      case FEW -> "color:#6A7684;";
      case BETTER, ON -> "color:#00704A;font-weight:bold;";
      case NEAR -> "color:#865800;font-weight:bold;";
      case WORSE, OFF -> "color:#B34700;font-weight:bold;";
      case FULL -> "background-color:#CBE0F1;";
      case EMPTY -> "background-color:#FBF0E1;";
      case MISSING -> "background-color:#FFF2B3;";
      case LOWEST_QUARTER -> "background-color:#F6D3BB;";
      case LOWER_QUARTER -> "background-color:#FBF0E1;";
      case UPPER_QUARTER -> "background-color:#E8F1F9;";
      case HIGHEST_QUARTER -> "background-color:#CBE0F1;";
      case PLAIN -> "";
    };
  }

  /** Of a line under a value. */
  public String line(Tone tone) {
    return "display:block;font-weight:normal;font-size:12px;"
        + (tone == Tone.PLAIN ? MUTED : tone(tone));
  }

  /** Of a value of a row that is told below its name instead of beside it. */
  public String told() {
    return "padding:0 0 1px 0;" + FONT + INK + "font-size:14px;line-height:1.4;";
  }

  /**
   * Whether a table of few columns with lines under their values is told row by row, which a narrow
   * screen has room for.
   */
  public boolean isTold(Table table) {
    return table.look() == Table.Look.ROOMY;
  }

  /** Whether a column shows only what its neighbours say: narrow screens leave it out. */
  public String css(Table table, int column) {
    if (column == 0) {
      return "cell";
    }
    List<Cell> cells = table.rows().stream().map(row -> row.cells().get(column - 1)).toList();
    boolean isShownOnly = cells.stream().allMatch(cell -> cell.text().isEmpty());
    return isShownOnly ? "cell wide" : "cell";
  }

  /** Widths of the parts of a bar's track in percent; a part without width is not there. */
  public List<BarPart> bar(Cell cell) {
    Cell.Span span = cell.bar().orElseThrow();
    long from = Math.round(100 * clamp(Math.min(span.from(), span.to())));
    long to = Math.max(from + 1, Math.round(100 * clamp(Math.max(span.from(), span.to()))));
    String color =
        switch (cell.tone()) {
          case WORSE, OFF -> "#C24E00";
          case STRONG -> "#1B2A41";
          default -> "#0072B2";
        };
    List<BarPart> parts = new ArrayList<>();
    if (from > 0) {
      parts.add(new BarPart("#E8ECF1", from));
    }
    parts.add(new BarPart(color, Math.min(100, to) - Math.min(99, from)));
    if (to < 100) {
      parts.add(new BarPart("#E8ECF1", 100 - to));
    }
    return parts;
  }

  private static double clamp(double share) {
    return Math.max(0, Math.min(1, share));
  }

  /**
   * A part of a bar's track.
   *
   * @param percent of the track
   */
  public record BarPart(String color, long percent) {
    /** As mail clients read it. */
    public String style() {
      return "width:"
          + percent
          + "%;height:8px;line-height:8px;font-size:1px;padding:0;background-color:"
          + color
          + ";";
    }
  }

  /**
   * A chart as it is shown.
   *
   * @param source the content id
   */
  public record Shown(String source, String alternative, long width, long height) {
    /** Never wider than there is room. */
    public String style() {
      return "display:block;border:0;width:100%;max-width:" + width + "px;height:auto;";
    }
  }

  /** The chart in a cell. */
  public Shown inCell(Table table, int column, Drawing drawing) {
    double taken = table.columns().stream().mapToDouble(c -> c.width().orElse(0)).sum();
    long others = table.columns().stream().filter(c -> c.width().isEmpty()).count();
    double percent =
        table.columns().get(column).width().orElse((100 - taken) / Math.max(1, others));
    return shown(drawing.figure(WIDTH * percent / 100 / PIXELS - 6));
  }

  /** A chart as wide as the mail. */
  public Shown wide(Figures.Content.Drawn drawn) {
    return shown(drawn.drawing().figure(WIDTH / PIXELS - 12));
  }

  private Shown shown(Figure figure) {
    String id = "figure" + (pictures.size() + 1);
    long width = Math.round(figure.width() * PIXELS);
    long height = Math.round(figure.height() * PIXELS);
    pictures.add(new Picture(id, png(figure, width, height)));
    return new Shown("cid:" + id, figure.alternative(), width, height);
  }

  private static byte[] png(Figure figure, long width, long height) {
    BufferedImage image =
        new BufferedImage(
            (int) width * FINENESS, (int) height * FINENESS, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      graphics.scale(image.getWidth() / figure.width(), image.getHeight() / figure.height());
      figure.draw(graphics);
    } finally {
      graphics.dispose();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("A chart cannot be written as a picture", e);
    }
    return out.toByteArray();
  }
}
