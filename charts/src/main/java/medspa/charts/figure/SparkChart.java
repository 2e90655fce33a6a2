package medspa.charts.figure;

import java.awt.Color;
import java.awt.Shape;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import medspa.charts.read.Kpi;
import medspa.charts.read.Point;
import medspa.charts.read.ProcessBehaviour;
import medspa.charts.read.Series;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * 13 weeks of one KPI within a line of text: the line, what is usual as a band, and the last week
 * as a mark that says whether it is more than noise. Its values stand in its alternative text.
 *
 * @param behaviour what is usual, where there are weeks enough to tell
 */
public record SparkChart(
    Kpi kpi, Series series, Optional<ProcessBehaviour> behaviour, KpiFormat format) {
  /** Weeks with a value that a line needs: two points would be an arrow. */
  public static final int WEEKS_NEEDED = 4;

  private static final double HEIGHT = 15;
  private static final int VALUES = 0;
  private static final int LATEST = 1;

  /** The chart; the series needs {@link #WEEKS_NEEDED} values. */
  public Figure figure(double width) {
    return new Figure(chart(), java.util.List.of(), width, HEIGHT, alternative());
  }

  /** The chart alone. */
  public JFreeChart chart() {
    XYSeriesCollection data = new XYSeriesCollection();
    XYSeries values = new XYSeries("Value");
    XYSeries latest = new XYSeries("This week");
    data.addSeries(values);
    data.addSeries(latest);
    for (int i = 0; i < Series.WEEKS; i++) {
      Point point = series.points().get(i);
      values.add(i, point.value().isPresent() ? point.value().getAsDouble() : null);
    }
    series.last().value().ifPresent(value -> latest.add(Series.WEEKS - 1, value));
    double[] drawn = drawn();
    double room = Math.max((drawn[drawn.length - 1] - drawn[0]) * 0.18, 1e-9);
    XYPlot plot =
        new XYPlot(
            data,
            axis(-0.4, Series.WEEKS - 0.3),
            axis(drawn[0] - room, drawn[drawn.length - 1] + room),
            renderer());
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    behaviour.ifPresent(
        usual -> {
          IntervalMarker band = new IntervalMarker(usual.lower(), usual.upper(), ChartTheme.BAND);
          band.setOutlinePaint(null);
          band.setAlpha(1f);
          plot.addRangeMarker(band, Layer.BACKGROUND);
        });
    return ChartTheme.chart(plot, RectangleInsets.ZERO_INSETS);
  }

  private static NumberAxis axis(double from, double to) {
    NumberAxis axis = new NumberAxis();
    axis.setRange(from, to);
    // Even what is not shown is measured, in a font that the page has.
    axis.setAutoTickUnitSelection(false);
    axis.setTickLabelsVisible(false);
    axis.setTickLabelFont(ChartTheme.LABEL);
    axis.setVisible(false);
    return axis;
  }

  private XYLineAndShapeRenderer renderer() {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, false);
    renderer.setDrawSeriesLineAsPath(true);
    renderer.setSeriesLinesVisible(VALUES, true);
    renderer.setSeriesPaint(VALUES, ChartTheme.SLATE);
    renderer.setSeriesStroke(VALUES, ChartTheme.THIN_LINE);
    Optional<ProcessBehaviour.Rule> signal = behaviour.flatMap(ProcessBehaviour::latest);
    Color color = ChartTheme.BLUE;
    Shape shape = Marks.circle(1.9);
    if (signal.isPresent()) {
      boolean isBetter = signal.get().isFavourable(kpi);
      color = isBetter ? ChartTheme.GREEN : ChartTheme.VERMILLION;
      shape = isBetter ? Marks.triangle(2.8) : Marks.diamond(2.8);
    } else if (!series.last().isStable()) {
      color = ChartTheme.MUTED;
    }
    renderer.setSeriesShapesVisible(LATEST, true);
    renderer.setSeriesShapesFilled(LATEST, true);
    renderer.setSeriesShape(LATEST, shape);
    renderer.setSeriesPaint(LATEST, color);
    return renderer;
  }

  private double[] drawn() {
    DoubleStream.Builder drawn = DoubleStream.builder();
    series.points().forEach(point -> point.value().ifPresent(drawn::add));
    behaviour.ifPresent(usual -> drawn.add(usual.lower()).add(usual.upper()));
    return drawn.build().sorted().toArray();
  }

  private String alternative() {
    return kpi.label()
        + " by week from "
        + KpiFormat.day(series.points().get(0).week())
        + ": "
        + series.points().stream()
            .map(point -> format.compact(kpi.unit(), point.value()))
            .collect(Collectors.joining(", "))
        + "."
        + behaviour
            .map(
                usual ->
                    " Usual range "
                        + format.compact(kpi.unit(), usual.lower())
                        + " to "
                        + format.compact(kpi.unit(), usual.upper())
                        + ".")
            .orElse("");
  }
}
