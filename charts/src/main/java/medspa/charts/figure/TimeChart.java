package medspa.charts.figure;

import java.awt.Color;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import medspa.charts.read.ProviderWeek;
import medspa.charts.read.ProviderWeek.Minutes;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.StackedBarRenderer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.DefaultCategoryDataset;

/**
 * Where the bookable hours of each provider went, as stacked bars in hours.
 *
 * @param providers with bookable minutes, one bar each
 * @param longest the longest bar in hours of all figures of the location, so that they share a
 *     scale
 */
public record TimeChart(List<ProviderWeek> providers, double longest) {
  private static final double BAR = 17;
  private static final double AXIS = 18;

  /** What became of bookable time, in the order of the bars, with its colour. */
  public enum Part {
    KEPT("Kept", ChartTheme.PALE, ChartTheme.INK),
    NO_SHOW("No-show", ChartTheme.VERMILLION, Color.WHITE),
    LATE_CANCELLED("Late-cancelled", ChartTheme.ORANGE, ChartTheme.INK),
    UNRESOLVED("Unresolved", ChartTheme.PALE_PURPLE, ChartTheme.INK),
    IDLE("Idle", ChartTheme.DEEP_BLUE, Color.WHITE);

    private final String label;
    private final int color;
    private final int ink;

    Part(String label, Color color, Color ink) {
      this.label = label;
      this.color = color.getRGB();
      this.ink = ink.getRGB();
    }

    /** The minutes of the part. */
    public BigDecimal minutes(Minutes minutes) {
      return switch (this) {
        case KEPT -> minutes.kept();
        case NO_SHOW -> minutes.noShow();
        case LATE_CANCELLED -> minutes.lateCancelled();
        case UNRESOLVED -> minutes.unresolved();
        case IDLE -> minutes.idle();
      };
    }

    /** What the legend calls it. */
    public String label() {
      return label;
    }

    /** Its colour as CSS says it. */
    public String css() {
      return String.format(java.util.Locale.ROOT, "#%06X", color & 0xFFFFFF);
    }
  }

  /** The chart, as high as its bars need. */
  public Figure figure(double width) {
    return new Figure(
        chart(width),
        List.of(),
        width,
        providers.size() * BAR + AXIS,
        providers.stream()
            .map(TimeChart::sentence)
            .collect(
                Collectors.joining(
                    " ",
                    "Where the bookable hours of each provider went. ",
                    " The figures stand in the table of providers.")));
  }

  private static String sentence(ProviderWeek provider) {
    Minutes minutes = provider.minutes().orElse(Minutes.NONE);
    return provider.name()
        + ": "
        + java.util.Arrays.stream(Part.values())
            .map(part -> KpiFormat.hours(part.minutes(minutes)) + " h " + part.label)
            .collect(Collectors.joining(", "))
        + ".";
  }

  /** The chart alone. */
  public JFreeChart chart(double width) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    double names = 0;
    for (int i = 0; i < providers.size(); i++) {
      ProviderWeek provider = providers.get(i);
      String text =
          ChartTheme.fit(ChartTheme.LABEL, Typeface.printable(provider.name()), width * 0.28);
      names = Math.max(names, ChartTheme.width(ChartTheme.LABEL, text));
      Bar bar = new Bar(i, text);
      Minutes minutes = provider.minutes().orElse(Minutes.NONE);
      for (Part part : Part.values()) {
        data.addValue(part.minutes(minutes).doubleValue() / 60, part.label, bar);
      }
    }
    StackedBarRenderer bars = new StackedBarRenderer();
    ChartTheme.style(bars);
    // Neighbours differ in brightness too, and a white line parts them.
    bars.setDrawBarOutline(true);
    bars.setDefaultItemLabelGenerator(
        new BarLabels(
            (hours, column) -> hours == 0 ? "" : KpiFormat.oneDecimal(BigDecimal.valueOf(hours))));
    bars.setDefaultItemLabelFont(ChartTheme.SMALL_STRONG_LABEL);
    bars.setDefaultItemLabelsVisible(true);
    bars.setDefaultPositiveItemLabelPosition(
        new ItemLabelPosition(ItemLabelAnchor.CENTER, TextAnchor.CENTER));
    for (Part part : Part.values()) {
      int row = data.getRowIndex(part.label);
      bars.setSeriesPaint(row, new Color(part.color));
      bars.setSeriesOutlinePaint(row, Color.WHITE);
      bars.setSeriesOutlineStroke(row, ChartTheme.HAIRLINE);
      bars.setSeriesItemLabelPaint(row, new Color(part.ink));
    }
    CategoryAxis category = new NameAxis();
    ChartTheme.style(category);
    NumberAxis axis = new NumberAxis();
    Scale scale = Scale.over(0, Math.max(longest, 1), 5);
    ChartTheme.style(
        axis, scale, new AxisFormat(x -> KpiFormat.quantity(BigDecimal.valueOf(x)) + " h"));
    CategoryPlot plot = new CategoryPlot(data, category, axis, bars);
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    ChartTheme.gridlines(plot);
    plot.setFixedDomainAxisSpace(ChartTheme.space(names + 8, 0));
    plot.setFixedRangeAxisSpace(ChartTheme.space(0, AXIS - 4));
    plot.setRangeAxisLocation(org.jfree.chart.axis.AxisLocation.BOTTOM_OR_LEFT);
    return ChartTheme.chart(plot, new RectangleInsets(2, 0, 0, 12));
  }
}
