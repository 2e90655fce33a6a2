package medspa.charts.html;

import java.awt.AlphaComposite;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Composite;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.GraphicsConfiguration;
import java.awt.Image;
import java.awt.Paint;
import java.awt.Polygon;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.font.TextAttribute;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.NoninvertibleTransformException;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.BufferedImageOp;
import java.awt.image.ImageObserver;
import java.awt.image.RenderedImage;
import java.awt.image.renderable.RenderableImage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.AttributedCharacterIterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import medspa.charts.figure.Typeface;

/**
 * Writes what is drawn as the elements of an SVG; text stays text, as wide as it was measured
 * whatever typeface shows it. It can do what charts do: shapes and text in one colour, cut to a
 * shape. What no chart needs, images and gradients, is refused.
 */
final class SvgGraphics extends Graphics2D {
  private static final int DECIMALS = 2;

  private final SvgDrawing drawing;
  private AffineTransform transform = new AffineTransform();
  private Shape clip;
  private Color color = Color.BLACK;
  private Color background = Color.WHITE;
  private Stroke stroke = new BasicStroke(1);
  private Composite composite = AlphaComposite.SrcOver;
  private Font font = Typeface.REGULAR.at(8);
  private final RenderingHints hints = new RenderingHints(Map.of());

  private SvgGraphics(SvgDrawing drawing) {
    this.drawing = drawing;
  }

  /**
   * Graphics whose elements are in {@link #elements}.
   *
   * @param name unique in the page; what cuts shapes is called after it
   */
  SvgGraphics(String name) {
    this(new SvgDrawing(name));
  }

  /** What all graphics of one drawing write into. */
  private static final class SvgDrawing {
    final String name;
    final StringBuilder elements = new StringBuilder();
    final Map<String, String> clips = new LinkedHashMap<>();

    SvgDrawing(String name) {
      this.name = name;
    }
  }

  /** What was drawn. */
  String elements() {
    if (drawing.clips.isEmpty()) {
      return drawing.elements.toString();
    }
    StringBuilder out = new StringBuilder("<defs>");
    drawing.clips.forEach(
        (path, id) ->
            out.append("<clipPath id=\"")
                .append(id)
                .append("\"><path d=\"")
                .append(path)
                .append("\"/></clipPath>"));
    return out.append("</defs>").append(drawing.elements).toString();
  }

  @Override
  public void fill(Shape shape) {
    Shape placed = transform.createTransformedShape(shape);
    String path = path(placed);
    if (!path.isEmpty()) {
      element("path", " d=\"" + path + "\"" + paint("fill") + cut(placed.getBounds2D()), "");
    }
  }

  @Override
  public void draw(Shape shape) {
    if (!(stroke instanceof BasicStroke line) || isScaled()) {
      fill(stroke.createStrokedShape(shape));
      return;
    }
    Shape placed = transform.createTransformedShape(shape);
    String path = path(placed);
    if (path.isEmpty()) {
      return;
    }
    StringBuilder attributes = new StringBuilder(" d=\"").append(path).append("\" fill=\"none\"");
    attributes.append(paint("stroke"));
    attributes.append(" stroke-width=\"").append(number(line.getLineWidth())).append('"');
    if (line.getEndCap() != BasicStroke.CAP_BUTT) {
      attributes
          .append(" stroke-linecap=\"")
          .append(line.getEndCap() == BasicStroke.CAP_ROUND ? "round" : "square")
          .append('"');
    }
    if (line.getLineJoin() != BasicStroke.JOIN_MITER) {
      attributes
          .append(" stroke-linejoin=\"")
          .append(line.getLineJoin() == BasicStroke.JOIN_ROUND ? "round" : "bevel")
          .append('"');
    }
    if (line.getDashArray() != null) {
      attributes.append(" stroke-dasharray=\"");
      for (int i = 0; i < line.getDashArray().length; i++) {
        attributes.append(i == 0 ? "" : " ").append(number(line.getDashArray()[i]));
      }
      attributes.append('"');
    }
    Rectangle2D bounds = placed.getBounds2D();
    double half = line.getLineWidth() / 2;
    Rectangle2D drawn =
        new Rectangle2D.Double(
            bounds.getX() - half,
            bounds.getY() - half,
            bounds.getWidth() + 2 * half,
            bounds.getHeight() + 2 * half);
    element("path", attributes + cut(drawn), "");
  }

  private boolean isScaled() {
    return (transform.getType()
            & ~(AffineTransform.TYPE_TRANSLATION | AffineTransform.TYPE_QUADRANT_ROTATION))
        != 0;
  }

  @Override
  public void drawString(String text, float x, float y) {
    String shown = Typeface.printable(text);
    if (shown.isBlank()) {
      return;
    }
    Rectangle2D bounds = font.getStringBounds(shown, getFontRenderContext());
    StringBuilder attributes = new StringBuilder();
    if ((transform.getType() & ~AffineTransform.TYPE_TRANSLATION) == 0) {
      attributes.append(" x=\"").append(number(x + transform.getTranslateX()));
      attributes.append("\" y=\"").append(number(y + transform.getTranslateY())).append('"');
    } else {
      AffineTransform at = new AffineTransform(transform);
      at.translate(x, y);
      double[] m = new double[6];
      at.getMatrix(m);
      attributes.append(" transform=\"matrix(");
      for (int i = 0; i < m.length; i++) {
        attributes.append(i == 0 ? "" : " ").append(number(m[i]));
      }
      attributes.append(")\"");
    }
    attributes.append(" font-size=\"").append(number(font.getSize2D())).append('"');
    if (font.getFamily().equals(Typeface.SEMI_BOLD.family())) {
      attributes.append(" font-weight=\"600\"");
    } else if (font.isBold()) {
      attributes.append(" font-weight=\"700\"");
    }
    attributes
        .append(" textLength=\"")
        .append(number(bounds.getWidth()))
        .append("\" lengthAdjust=\"spacingAndGlyphs\"");
    Rectangle2D placed =
        transform
            .createTransformedShape(
                new Rectangle2D.Double(x, y + bounds.getY(), bounds.getWidth(), bounds.getHeight()))
            .getBounds2D();
    element("text", attributes + paint("fill") + cut(placed), escape(shown));
  }

  private void element(String name, String attributes, String content) {
    drawing.elements.append('<').append(name).append(attributes);
    if (content.isEmpty()) {
      drawing.elements.append("/>");
    } else {
      drawing.elements.append('>').append(content).append("</").append(name).append('>');
    }
  }

  private String paint(String attribute) {
    String css =
        String.format(
            Locale.ROOT, "#%02x%02x%02x", color.getRed(), color.getGreen(), color.getBlue());
    double opacity = color.getAlpha() / 255.0;
    if (composite instanceof AlphaComposite alpha) {
      opacity *= alpha.getAlpha();
    }
    return " "
        + attribute
        + "=\""
        + css
        + "\""
        + (opacity < 1 ? " " + attribute + "-opacity=\"" + number(opacity) + "\"" : "");
  }

  /** How what is drawn within the bounds is cut; nothing where all of it can be seen. */
  private String cut(Rectangle2D bounds) {
    if (clip == null || clip.contains(bounds)) {
      return "";
    }
    String id =
        drawing.clips.computeIfAbsent(
            path(clip), path -> drawing.name + "-clip" + (drawing.clips.size() + 1));
    return " clip-path=\"url(#" + id + ")\"";
  }

  private static String path(Shape shape) {
    StringBuilder out = new StringBuilder();
    double[] c = new double[6];
    for (PathIterator i = shape.getPathIterator(null); !i.isDone(); i.next()) {
      int kind = i.currentSegment(c);
      switch (kind) {
        case PathIterator.SEG_MOVETO -> points(out.append('M'), c, 2);
        case PathIterator.SEG_LINETO -> points(out.append('L'), c, 2);
        case PathIterator.SEG_QUADTO -> points(out.append('Q'), c, 4);
        case PathIterator.SEG_CUBICTO -> points(out.append('C'), c, 6);
        default -> out.append('Z');
      }
    }
    return out.toString();
  }

  private static void points(StringBuilder out, double[] coordinates, int count) {
    for (int i = 0; i < count; i++) {
      out.append(i == 0 ? "" : " ").append(number(coordinates[i]));
    }
  }

  /** A number of an attribute, with no more digits than can be seen. */
  static String number(double number) {
    BigDecimal rounded =
        BigDecimal.valueOf(number).setScale(DECIMALS, RoundingMode.HALF_UP).stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  @Override
  public Graphics create() {
    SvgGraphics copy = new SvgGraphics(drawing);
    copy.transform = new AffineTransform(transform);
    copy.clip = clip;
    copy.color = color;
    copy.background = background;
    copy.stroke = stroke;
    copy.composite = composite;
    copy.font = font;
    copy.hints.putAll(hints);
    return copy;
  }

  @Override
  public void dispose() {}

  @Override
  public void setPaint(Paint paint) {
    if (paint instanceof Color plain) {
      color = plain;
    } else if (paint != null) {
      throw new UnsupportedOperationException("A chart is drawn in plain colours");
    }
  }

  @Override
  public Paint getPaint() {
    return color;
  }

  @Override
  public void setColor(Color plain) {
    setPaint(plain);
  }

  @Override
  public Color getColor() {
    return color;
  }

  @Override
  public void setBackground(Color plain) {
    background = plain;
  }

  @Override
  public Color getBackground() {
    return background;
  }

  @Override
  public void setStroke(Stroke other) {
    stroke = other;
  }

  @Override
  public Stroke getStroke() {
    return stroke;
  }

  @Override
  public void setComposite(Composite other) {
    composite = other;
  }

  @Override
  public Composite getComposite() {
    return composite;
  }

  @Override
  public void setFont(Font other) {
    if (other != null) {
      font = other;
    }
  }

  @Override
  public Font getFont() {
    return font;
  }

  @Override
  public FontMetrics getFontMetrics(Font of) {
    // Measures of a typeface need a surface, though they do not depend on it.
    Graphics2D surface = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB).createGraphics();
    try {
      surface.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      return surface.getFontMetrics(of);
    } finally {
      surface.dispose();
    }
  }

  @Override
  public FontRenderContext getFontRenderContext() {
    return new FontRenderContext(null, true, true);
  }

  @Override
  public void setTransform(AffineTransform other) {
    transform = new AffineTransform(other);
  }

  @Override
  public AffineTransform getTransform() {
    return new AffineTransform(transform);
  }

  @Override
  public void transform(AffineTransform by) {
    transform.concatenate(by);
  }

  @Override
  public void translate(double x, double y) {
    transform.translate(x, y);
  }

  @Override
  public void translate(int x, int y) {
    transform.translate(x, y);
  }

  @Override
  public void rotate(double angle) {
    transform.rotate(angle);
  }

  @Override
  public void rotate(double angle, double x, double y) {
    transform.rotate(angle, x, y);
  }

  @Override
  public void scale(double x, double y) {
    transform.scale(x, y);
  }

  @Override
  public void shear(double x, double y) {
    transform.shear(x, y);
  }

  @Override
  public void clip(Shape shape) {
    if (shape == null) {
      return;
    }
    Shape placed = transform.createTransformedShape(shape);
    if (clip == null) {
      clip = placed;
    } else {
      Area both = new Area(clip);
      both.intersect(new Area(placed));
      clip = both;
    }
  }

  @Override
  public void setClip(Shape shape) {
    clip = shape == null ? null : transform.createTransformedShape(shape);
  }

  @Override
  public Shape getClip() {
    try {
      return clip == null ? null : transform.createInverse().createTransformedShape(clip);
    } catch (NoninvertibleTransformException e) {
      throw new IllegalStateException("What is drawn has no extent", e);
    }
  }

  @Override
  public void clipRect(int x, int y, int width, int height) {
    clip(new Rectangle(x, y, width, height));
  }

  @Override
  public void setClip(int x, int y, int width, int height) {
    setClip(new Rectangle(x, y, width, height));
  }

  @Override
  public Rectangle getClipBounds() {
    Shape shape = getClip();
    return shape == null ? null : shape.getBounds();
  }

  @Override
  public boolean hit(Rectangle rectangle, Shape shape, boolean onStroke) {
    Shape drawn = onStroke ? stroke.createStrokedShape(shape) : shape;
    return transform.createTransformedShape(drawn).intersects(rectangle);
  }

  @Override
  public void setRenderingHint(RenderingHints.Key key, Object value) {
    if (value == null) {
      hints.remove(key);
    } else {
      hints.put(key, value);
    }
  }

  @Override
  public Object getRenderingHint(RenderingHints.Key key) {
    return hints.get(key);
  }

  @Override
  public void setRenderingHints(Map<?, ?> others) {
    hints.clear();
    hints.putAll(others);
  }

  @Override
  public void addRenderingHints(Map<?, ?> others) {
    hints.putAll(others);
  }

  @Override
  public RenderingHints getRenderingHints() {
    return (RenderingHints) hints.clone();
  }

  @Override
  public void drawString(String text, int x, int y) {
    drawString(text, (float) x, (float) y);
  }

  @Override
  public void drawString(AttributedCharacterIterator text, int x, int y) {
    drawString(text, (float) x, (float) y);
  }

  @Override
  public void drawString(AttributedCharacterIterator text, float x, float y) {
    StringBuilder plain = new StringBuilder();
    for (char c = text.first(); c != AttributedCharacterIterator.DONE; c = text.next()) {
      plain.append(c);
    }
    text.first();
    Object own = text.getAttribute(TextAttribute.FONT);
    Font before = font;
    if (own instanceof Font given) {
      font = given;
    }
    drawString(plain.toString(), x, y);
    font = before;
  }

  @Override
  public void drawLine(int x1, int y1, int x2, int y2) {
    draw(new Line2D.Double(x1, y1, x2, y2));
  }

  @Override
  public void fillRect(int x, int y, int width, int height) {
    fill(new Rectangle(x, y, width, height));
  }

  @Override
  public void clearRect(int x, int y, int width, int height) {
    Color before = color;
    color = background;
    fill(new Rectangle(x, y, width, height));
    color = before;
  }

  @Override
  public void drawRoundRect(int x, int y, int width, int height, int arcWidth, int arcHeight) {
    draw(new RoundRectangle2D.Double(x, y, width, height, arcWidth, arcHeight));
  }

  @Override
  public void fillRoundRect(int x, int y, int width, int height, int arcWidth, int arcHeight) {
    fill(new RoundRectangle2D.Double(x, y, width, height, arcWidth, arcHeight));
  }

  @Override
  public void drawOval(int x, int y, int width, int height) {
    draw(new Ellipse2D.Double(x, y, width, height));
  }

  @Override
  public void fillOval(int x, int y, int width, int height) {
    fill(new Ellipse2D.Double(x, y, width, height));
  }

  @Override
  public void drawArc(int x, int y, int width, int height, int start, int angle) {
    draw(new Arc2D.Double(x, y, width, height, start, angle, Arc2D.OPEN));
  }

  @Override
  public void fillArc(int x, int y, int width, int height, int start, int angle) {
    fill(new Arc2D.Double(x, y, width, height, start, angle, Arc2D.PIE));
  }

  @Override
  public void drawPolyline(int[] x, int[] y, int count) {
    for (int i = 1; i < count; i++) {
      drawLine(x[i - 1], y[i - 1], x[i], y[i]);
    }
  }

  @Override
  public void drawPolygon(int[] x, int[] y, int count) {
    draw(new Polygon(x, y, count));
  }

  @Override
  public void fillPolygon(int[] x, int[] y, int count) {
    fill(new Polygon(x, y, count));
  }

  @Override
  public void drawGlyphVector(GlyphVector glyphs, float x, float y) {
    fill(glyphs.getOutline(x, y));
  }

  @Override
  public void setPaintMode() {
    composite = AlphaComposite.SrcOver;
  }

  @Override
  public void setXORMode(Color other) {
    throw refused();
  }

  @Override
  public void copyArea(int x, int y, int width, int height, int dx, int dy) {
    throw refused();
  }

  @Override
  public GraphicsConfiguration getDeviceConfiguration() {
    return null;
  }

  private static UnsupportedOperationException refused() {
    return new UnsupportedOperationException("A chart is drawn of shapes and text");
  }

  @Override
  public boolean drawImage(Image image, AffineTransform at, ImageObserver observer) {
    throw refused();
  }

  @Override
  public void drawImage(BufferedImage image, BufferedImageOp operation, int x, int y) {
    throw refused();
  }

  @Override
  public void drawRenderedImage(RenderedImage image, AffineTransform at) {
    throw refused();
  }

  @Override
  public void drawRenderableImage(RenderableImage image, AffineTransform at) {
    throw refused();
  }

  @Override
  public boolean drawImage(Image image, int x, int y, ImageObserver observer) {
    throw refused();
  }

  @Override
  public boolean drawImage(
      Image image, int x, int y, int width, int height, ImageObserver observer) {
    throw refused();
  }

  @Override
  public boolean drawImage(Image image, int x, int y, Color color, ImageObserver observer) {
    throw refused();
  }

  @Override
  public boolean drawImage(
      Image image, int x, int y, int width, int height, Color color, ImageObserver observer) {
    throw refused();
  }

  @Override
  public boolean drawImage(
      Image image,
      int dx1,
      int dy1,
      int dx2,
      int dy2,
      int sx1,
      int sy1,
      int sx2,
      int sy2,
      ImageObserver observer) {
    throw refused();
  }

  @Override
  public boolean drawImage(
      Image image,
      int dx1,
      int dy1,
      int dx2,
      int dy2,
      int sx1,
      int sy1,
      int sx2,
      int sy2,
      Color color,
      ImageObserver observer) {
    throw refused();
  }
}
