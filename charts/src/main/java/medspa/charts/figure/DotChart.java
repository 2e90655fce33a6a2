package medspa.charts.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import medspa.charts.read.Kpi;
import medspa.charts.read.Peers.Interval;
import medspa.charts.read.Peers.Quartiles;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.AxisLocation;
import org.jfree.chart.axis.AxisSpace;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.renderer.category.AbstractCategoryItemRenderer;
import org.jfree.chart.renderer.category.CategoryItemRendererState;
import org.jfree.chart.text.TextBlock;
import org.jfree.chart.text.TextFragment;
import org.jfree.chart.text.TextLine;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;

/**
 * Locations by one KPI, each as a dot with the interval of its value, before the middle half of
 * their peers.
 *
 * @param dots from the top
 * @param peers the peers' quartiles; empty where they are withheld
 * @param span what the axis shows, the same in all figures of the KPI; an interval that goes on
 *     beyond it is cut there
 */
public record DotChart(
    Kpi kpi, List<Dot> dots, Optional<Quartiles> peers, Span span, KpiFormat format) {
  private static final double ROW = 11;

  /** The share of the width that names may take; a longer one ends with an ellipsis. */
  private static final double NAMES_SHARE = 0.42;

  private static final double AXIS = 17;
  private static final double NAME_GAP = 8;
  private static final double VALUE_GAP = 8;

  /** A dot is whole at the edge of the plot, too. */
  private static final double EDGE = 2.8;

  /** What two ticks need between them. */
  private static final double TICK = 46;

  /** The lowest and the highest value of an axis. */
  public record Span(double low, double high) {}

  /** What a location is among the others, told by shape and colour. */
  public enum Mark {
    BEST(ChartTheme.BLUE, 2.9, false, true),
    BETWEEN(ChartTheme.SLATE, 2.1, false, true),
    LAST(ChartTheme.VERMILLION, 3.4, true, true),
    UNRANKED(ChartTheme.MUTED, 2.1, false, false),
    /** Of the practice that was asked for. */
    CHOSEN(ChartTheme.BLUE, 3.6, true, true),
    /** Of another one. */
    OTHER(ChartTheme.SLATE, 2.1, false, false);

    private final int color;
    private final double radius;
    private final boolean isDiamond;
    private final boolean isFilled;

    Mark(Color color, double radius, boolean isDiamond, boolean isFilled) {
      this.color = color.getRGB();
      this.radius = radius;
      this.isDiamond = isDiamond;
      this.isFilled = isFilled;
    }

    private Shape shape() {
      return isDiamond ? Marks.diamond(radius) : Marks.circle(radius);
    }

    /** Its colour as CSS says it. */
    public String css() {
      return String.format(java.util.Locale.ROOT, "#%06X", color & 0xFFFFFF);
    }
  }

  /**
   * A location.
   *
   * @param name as it is read, with its place if it has one
   * @param interval empty where the value has none
   * @param says what the mark says, in words; may be empty
   */
  public record Dot(
      String name, double value, Optional<Interval> interval, Mark mark, String says) {}

  /** The chart, as high as its rows need. */
  public Figure figure(double width) {
    return new Figure(chart(width), List.of(), width, dots.size() * ROW + AXIS, alternative());
  }

  /** The chart alone. */
  public JFreeChart chart(double width) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    double names = 0;
    double values = 0;
    for (int i = 0; i < dots.size(); i++) {
      String text =
          ChartTheme.fit(
              ChartTheme.LABEL, Typeface.printable(dots.get(i).name()), width * NAMES_SHARE);
      names = Math.max(names, ChartTheme.width(ChartTheme.LABEL, text));
      values = Math.max(values, ChartTheme.width(ChartTheme.SMALL_STRONG_LABEL, label(i)));
      data.addValue(dots.get(i).value(), kpi.label(), new Bar(i, text));
    }
    double room = width - names - values - NAME_GAP - VALUE_GAP;
    Scale ticks = Scale.over(span.low(), span.high(), (int) Math.max(2, Math.min(5, room / TICK)));
    NumberAxis axis = new NumberAxis();
    ChartTheme.style(axis, ticks, new AxisFormat(x -> format.axis(kpi.unit(), x, ticks.step())));
    CategoryPlot plot = new CategoryPlot(data, nameAxis(), axis, new Dots());
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    plot.setDomainAxis(1, valueAxis());
    plot.setDomainAxisLocation(1, AxisLocation.BOTTOM_OR_RIGHT);
    plot.mapDatasetToDomainAxes(0, List.of(0, 1));
    plot.setRangeAxisLocation(AxisLocation.BOTTOM_OR_LEFT);
    ChartTheme.gridlines(plot);
    peers.ifPresent(quartiles -> draw(plot, quartiles));
    AxisSpace space = ChartTheme.space(names + NAME_GAP, 0);
    space.setRight(values + VALUE_GAP);
    plot.setFixedDomainAxisSpace(space);
    plot.setFixedRangeAxisSpace(ChartTheme.space(0, AXIS - 4));
    return ChartTheme.chart(plot, new RectangleInsets(2, 0, 0, 0));
  }

  private static void draw(CategoryPlot plot, Quartiles quartiles) {
    IntervalMarker band = new IntervalMarker(quartiles.p25(), quartiles.p75(), new Color(0xE2EAF3));
    band.setAlpha(1f);
    band.setOutlinePaint(null);
    plot.addRangeMarker(band, Layer.BACKGROUND);
    plot.addRangeMarker(
        new ValueMarker(quartiles.p50(), ChartTheme.INK, ChartTheme.DASHED), Layer.BACKGROUND);
  }

  private static CategoryAxis nameAxis() {
    CategoryAxis axis = new NameAxis();
    ChartTheme.style(axis);
    return axis;
  }

  private CategoryAxis valueAxis() {
    CategoryAxis axis = new ValueTexts();
    ChartTheme.style(axis);
    axis.setTickLabelFont(ChartTheme.SMALL_STRONG_LABEL);
    return axis;
  }

  private String label(int place) {
    return format.compact(kpi.unit(), dots.get(place).value());
  }

  private String alternative() {
    return kpi.label()
        + " by location: "
        + dots.stream()
            .map(
                dot ->
                    dot.name()
                        + " "
                        + format.value(kpi.unit(), dot.value())
                        + dot.interval()
                            .map(
                                i ->
                                    " ("
                                        + format.compact(kpi.unit(), i.low())
                                        + " to "
                                        + format.compact(kpi.unit(), i.high())
                                        + ")")
                            .orElse("")
                        + (dot.says().isEmpty() ? "" : ", " + dot.says()))
            .collect(Collectors.joining("; "))
        + "."
        + peers
            .map(
                q ->
                    " Middle half of the peers "
                        + format.value(kpi.unit(), q.p25())
                        + " to "
                        + format.value(kpi.unit(), q.p75())
                        + ", median "
                        + format.value(kpi.unit(), q.p50())
                        + ".")
            .orElse(" The peers' quartiles are withheld.");
  }

  /** The values right of the plot. */
  private final class ValueTexts extends CategoryAxis {
    private static final long serialVersionUID = 1L;

    @Override
    @SuppressWarnings("rawtypes") // As the library declares it.
    protected TextBlock createLabel(
        Comparable category, float width, RectangleEdge edge, Graphics2D graphics) {
      TextLine line = new TextLine();
      line.addFragment(
          new TextFragment(
              label(((Bar) category).place()), getTickLabelFont(), getTickLabelPaint()));
      TextBlock block = new TextBlock();
      block.addLine(line);
      return block;
    }
  }

  /** A dot and its interval in each row. */
  private final class Dots extends AbstractCategoryItemRenderer {
    private static final long serialVersionUID = 1L;

    @Override
    public void drawItem(
        Graphics2D graphics,
        CategoryItemRendererState state,
        Rectangle2D area,
        CategoryPlot plot,
        CategoryAxis names,
        ValueAxis values,
        CategoryDataset data,
        int row,
        int column,
        int pass) {
      Dot dot = dots.get(column);
      double y =
          names.getCategoryMiddle(column, data.getColumnCount(), area, plot.getDomainAxisEdge());
      Color color = new Color(dot.mark().color);
      if (dot.interval().isPresent()) {
        double low = x(dot.interval().get().low(), area, plot, values, 0);
        double high = x(dot.interval().get().high(), area, plot, values, 0);
        graphics.setPaint(color);
        graphics.setStroke(ChartTheme.THIN_LINE);
        graphics.draw(new Line2D.Double(low, y, high, y));
      }
      Shape shape =
          AffineTransform.getTranslateInstance(x(dot.value(), area, plot, values, EDGE), y)
              .createTransformedShape(dot.mark().shape());
      graphics.setPaint(dot.mark().isFilled ? color : Color.WHITE);
      graphics.fill(shape);
      if (!dot.mark().isFilled) {
        graphics.setPaint(color);
        graphics.setStroke(ChartTheme.THIN_LINE);
        graphics.draw(shape);
      }
    }

    /** Where a value is, at the edge of the plot if it lies beyond. */
    private double x(
        double value, Rectangle2D area, CategoryPlot plot, ValueAxis values, double inset) {
      double x = values.valueToJava2D(value, area, plot.getRangeAxisEdge());
      return Math.max(area.getMinX() + inset, Math.min(area.getMaxX() - inset, x));
    }
  }
}
