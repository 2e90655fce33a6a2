package medspa.charts.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Stroke;
import java.awt.font.FontRenderContext;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleInsets;

/**
 * The one look of all charts: no frame, no background, no legend (text stands in the page, labels
 * stand at what they name), gridlines along one direction only, one emphasised colour and greys.
 * Colours are Okabe and Ito's, with the vermillion darkened to be readable as text.
 */
public final class ChartTheme {
  public static final Color INK = new Color(0x1B2A41);
  public static final Color MUTED = new Color(0x5B6777);
  public static final Color GRID = new Color(0xE3E8EF);
  public static final Color USUAL = new Color(0xF1F4F8);
  public static final Color BAND = new Color(0xE3E9F0);
  public static final Color PEERS = new Color(0xBFD3E6);
  public static final Color PALE = new Color(0xC8D3DF);
  public static final Color SLATE = new Color(0x5F6F82);
  public static final Color BLUE = new Color(0x0072B2);
  public static final Color ORANGE = new Color(0xE69F00);
  public static final Color VERMILLION = new Color(0xC24E00);
  public static final Color GREEN = new Color(0x00704A);
  public static final Color DEEP_BLUE = new Color(0x004C7A);
  public static final Color PALE_PURPLE = new Color(0xD9A3C4);

  static final Font LABEL = Typeface.REGULAR.at(7.5f);
  static final Font STRONG_LABEL = Typeface.SEMI_BOLD.at(8.5f);
  static final Font SMALL_STRONG_LABEL = Typeface.SEMI_BOLD.at(7.5f);

  static final Stroke HAIRLINE = new BasicStroke(0.5f);
  static final Stroke LINE = new BasicStroke(1.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  static final Stroke THIN_LINE =
      new BasicStroke(1.1f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
  static final Stroke DASHED =
      new BasicStroke(0.8f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, dash(3, 2), 0);
  static final Stroke DOTTED =
      new BasicStroke(0.9f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, dash(1, 1.6f), 0);

  private static final FontRenderContext MEASURE = new FontRenderContext(null, true, true);

  private ChartTheme() {}

  private static float[] dash(float on, float off) {
    return new float[] {on, off};
  }

  /** The width of a text in points. */
  static double width(Font font, String text) {
    return Typeface.runs(text, font).stream()
        .mapToDouble(run -> run.font().getStringBounds(run.text(), MEASURE).getWidth())
        .sum();
  }

  /** The text, or its beginning with an ellipsis, so that it is not wider than the points given. */
  static String fit(Font font, String text, double width) {
    if (width(font, text) <= width) {
      return text;
    }
    int[] characters = text.codePoints().toArray();
    for (int length = characters.length - 1; length > 0; length--) {
      String shorter = new String(characters, 0, length).stripTrailing() + "…";
      if (width(font, shorter) <= width) {
        return shorter;
      }
    }
    return "…";
  }

  /** A chart of the plot in this look. */
  static JFreeChart chart(Plot plot, RectangleInsets insets) {
    plot.setBackgroundPaint(null);
    plot.setOutlineVisible(false);
    plot.setInsets(insets);
    plot.setNoDataMessage(null);
    JFreeChart chart = new JFreeChart(null, LABEL, plot, false);
    chart.setBackgroundPaint(null);
    chart.setBorderVisible(false);
    chart.setPadding(RectangleInsets.ZERO_INSETS);
    return chart;
  }

  static void style(NumberAxis axis, Scale scale, AxisFormat format) {
    axis.setRange(scale.lower(), scale.upper());
    axis.setTickUnit(new NumberTickUnit(scale.step(), format));
    axis.setNumberFormatOverride(format);
    axis.setAutoTickUnitSelection(false);
    axis.setTickLabelFont(LABEL);
    axis.setTickLabelPaint(MUTED);
    axis.setAxisLineVisible(false);
    axis.setTickMarksVisible(false);
    axis.setTickLabelInsets(new RectangleInsets(1, 1, 1, 3));
  }

  static void style(CategoryAxis axis) {
    axis.setTickLabelFont(LABEL);
    axis.setTickLabelPaint(INK);
    axis.setAxisLineVisible(false);
    axis.setTickMarksVisible(false);
    axis.setMaximumCategoryLabelWidthRatio(10f);
    axis.setMaximumCategoryLabelLines(1);
    axis.setLowerMargin(0.01);
    axis.setUpperMargin(0.01);
    axis.setCategoryMargin(0.22);
  }

  static void gridlines(XYPlot plot) {
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(GRID);
    plot.setRangeGridlineStroke(HAIRLINE);
  }

  static void gridlines(CategoryPlot plot) {
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinePaint(GRID);
    plot.setRangeGridlineStroke(HAIRLINE);
  }

  static void style(BarRenderer bars) {
    bars.setBarPainter(new StandardBarPainter());
    bars.setShadowVisible(false);
    bars.setDrawBarOutline(false);
    bars.setMaximumBarWidth(1);
  }

  /** Room beside a plot of a fixed size, so that small multiples line up. */
  static AxisSpace space(double left, double bottom) {
    AxisSpace space = new AxisSpace();
    space.setLeft(left);
    space.setBottom(bottom);
    return space;
  }
}
