package medspa.charts.figure;

import java.awt.Color;
import java.awt.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import medspa.charts.read.Kpi;
import medspa.charts.read.Peers.Quartiles;
import medspa.charts.read.Point;
import medspa.charts.read.ProcessBehaviour;
import medspa.charts.read.Series;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYBoxAnnotation;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * 13 weeks of one KPI as a process behaviour chart: the line, what is usual as a band with its
 * mean, weeks with a signal as diamonds, weeks with few data as hollow points, the target, and the
 * peers' middle half of the last week at the right end.
 *
 * @param series what is drawn
 * @param behaviour what is usual, where there are weeks enough to tell
 * @param target in the unit of the KPI
 * @param peers of the report's week
 */
public record TrendChart(
    Kpi kpi,
    Series series,
    Optional<ProcessBehaviour> behaviour,
    OptionalDouble target,
    Optional<Quartiles> peers,
    KpiFormat format) {
  static final int VALUES = 0;
  static final int FEW_DATA = 1;
  static final int WORSE = 2;
  static final int BETTER = 3;
  static final int LATEST = 4;

  private static final double LABEL_ROOM = 70;
  private static final double AXIS_ROOM = 31;
  private static final double BAND_FROM = Series.WEEKS - 0.72;
  private static final double BAND_TO = Series.WEEKS - 0.28;

  /** The chart, or empty where no week has a value. */
  public Optional<Figure> figure(double width, double height) {
    if (series.weeksWithValue() == 0) {
      return Optional.empty();
    }
    return Optional.of(new Figure(chart(), endLabels(), width, height, alternative()));
  }

  /** The chart alone; it needs a value in at least one week. */
  public JFreeChart chart() {
    XYSeriesCollection data = new XYSeriesCollection();
    data.addSeries(new XYSeries("Value"));
    data.addSeries(new XYSeries("Few data"));
    data.addSeries(new XYSeries("Signal for the worse"));
    data.addSeries(new XYSeries("Signal for the better"));
    data.addSeries(new XYSeries("This week"));
    for (int i = 0; i < Series.WEEKS; i++) {
      Point point = series.points().get(i);
      Double value = point.value().isPresent() ? point.value().getAsDouble() : null;
      data.getSeries(VALUES).add(i, value);
      if (value != null && !point.isStable()) {
        data.getSeries(FEW_DATA).add(i, value);
      }
      if (value != null && behaviour.isPresent() && behaviour.get().signals().containsKey(i)) {
        boolean isBetter = behaviour.get().signals().get(i).isFavourable(kpi);
        data.getSeries(isBetter ? BETTER : WORSE).add(i, value);
      } else if (value != null && point.isStable() && (i == Series.WEEKS - 1 || isAlone(i))) {
        data.getSeries(LATEST).add(i, value);
      }
    }
    NumberAxis weeks = new NumberAxis();
    AxisFormat days =
        new AxisFormat(
            x ->
                x < 0 || x >= Series.WEEKS
                    ? ""
                    : KpiFormat.day(series.points().get((int) Math.rint(x)).week()));
    ChartTheme.style(weeks, new Scale(-0.3, BAND_TO + 0.1, 4), days);
    weeks.setTickUnit(new NumberTickUnit(4, days));
    NumberAxis values = new NumberAxis();
    Scale scale = scale();
    ChartTheme.style(values, scale, new AxisFormat(y -> format.axis(kpi.unit(), y, scale.step())));
    // A mark on the edge of the scale, such as one at 0, is not cut.
    double room = (scale.upper() - scale.lower()) * 0.06;
    values.setRange(scale.lower() - room, scale.upper() + room);
    XYPlot plot = new XYPlot(data, weeks, values, renderer());
    ChartTheme.gridlines(plot);
    behaviour.ifPresent(usual -> addUsual(plot, usual));
    target.ifPresent(
        value ->
            plot.addRangeMarker(
                new ValueMarker(value, ChartTheme.VERMILLION, ChartTheme.DOTTED),
                Layer.FOREGROUND));
    peers.ifPresent(quartiles -> addPeers(plot, quartiles));
    plot.setFixedRangeAxisSpace(ChartTheme.space(AXIS_ROOM, 0));
    plot.setFixedDomainAxisSpace(ChartTheme.space(0, 13));
    return ChartTheme.chart(plot, new RectangleInsets(5, 0, 0, labelRoom()));
  }

  /** A week between two weeks without a value has no line and needs a point to be seen. */
  private boolean isAlone(int i) {
    return (i == 0 || series.points().get(i - 1).value().isEmpty())
        && (i == Series.WEEKS - 1 || series.points().get(i + 1).value().isEmpty());
  }

  private static void addUsual(XYPlot plot, ProcessBehaviour usual) {
    IntervalMarker band = new IntervalMarker(usual.lower(), usual.upper(), ChartTheme.USUAL);
    band.setOutlinePaint(null);
    band.setAlpha(1f);
    plot.addRangeMarker(band, Layer.BACKGROUND);
    plot.addRangeMarker(
        new ValueMarker(usual.centre(), ChartTheme.MUTED, ChartTheme.DASHED), Layer.BACKGROUND);
  }

  private static void addPeers(XYPlot plot, Quartiles quartiles) {
    plot.addAnnotation(
        new XYBoxAnnotation(
            BAND_FROM, quartiles.p25(), BAND_TO, quartiles.p75(), null, null, ChartTheme.PEERS));
    plot.addAnnotation(
        new XYLineAnnotation(
            BAND_FROM,
            quartiles.p50(),
            BAND_TO,
            quartiles.p50(),
            ChartTheme.DASHED,
            ChartTheme.INK));
  }

  private static XYLineAndShapeRenderer renderer() {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, false);
    renderer.setDrawSeriesLineAsPath(true);
    renderer.setSeriesLinesVisible(VALUES, true);
    renderer.setSeriesPaint(VALUES, ChartTheme.BLUE);
    renderer.setSeriesStroke(VALUES, ChartTheme.LINE);
    shape(renderer, FEW_DATA, Marks.circle(2.2), Color.WHITE, ChartTheme.MUTED);
    shape(renderer, WORSE, Marks.diamond(3.4), ChartTheme.VERMILLION, Color.WHITE);
    shape(renderer, BETTER, Marks.triangle(3.4), ChartTheme.GREEN, Color.WHITE);
    shape(renderer, LATEST, Marks.circle(2.6), ChartTheme.BLUE, Color.WHITE);
    renderer.setUseFillPaint(true);
    renderer.setUseOutlinePaint(true);
    renderer.setDrawOutlines(true);
    return renderer;
  }

  private static void shape(
      XYLineAndShapeRenderer renderer, int index, Shape shape, Color fill, Color outline) {
    renderer.setSeriesShapesVisible(index, true);
    renderer.setSeriesShapesFilled(index, true);
    renderer.setSeriesShape(index, shape);
    renderer.setSeriesPaint(index, fill);
    renderer.setSeriesFillPaint(index, fill);
    renderer.setSeriesOutlinePaint(index, outline);
    renderer.setSeriesOutlineStroke(index, ChartTheme.HAIRLINE);
  }

  private Scale scale() {
    DoubleStream.Builder drawn = DoubleStream.builder();
    series.points().forEach(point -> point.value().ifPresent(drawn::add));
    target.ifPresent(drawn::add);
    behaviour.ifPresent(usual -> drawn.add(usual.lower()).add(usual.upper()));
    peers.ifPresent(quartiles -> drawn.add(quartiles.p25()).add(quartiles.p75()));
    double[] values = drawn.build().sorted().toArray();
    double least = values[0];
    double greatest = values[values.length - 1];
    // Room for a point that lies on the edge.
    double room = (greatest - least) * 0.05;
    return Scale.over(least >= 0 ? Math.max(0, least - room) : least - room, greatest + room, 3);
  }

  private List<EndLabel> endLabels() {
    List<EndLabel> labels = new ArrayList<>();
    Point last = series.last();
    last.value()
        .ifPresent(
            value ->
                labels.add(
                    new EndLabel(
                        value,
                        words(value) + (last.isStable() ? "" : " few data"),
                        ChartTheme.STRONG_LABEL,
                        last.isStable() ? ChartTheme.BLUE : ChartTheme.MUTED)));
    target.ifPresent(
        value ->
            labels.add(
                new EndLabel(
                    value,
                    "Target " + words(value),
                    ChartTheme.SMALL_STRONG_LABEL,
                    ChartTheme.VERMILLION)));
    peers.ifPresent(q -> labels.add(quiet(q.p50(), "Peers " + words(q.p50()))));
    behaviour.ifPresent(
        usual -> {
          labels.add(quiet(usual.centre(), "Mean " + words(usual.centre())));
          labels.add(quiet(usual.upper(), "Limit " + words(usual.upper())));
          labels.add(quiet(usual.lower(), "Limit " + words(usual.lower())));
        });
    return List.copyOf(labels);
  }

  private static EndLabel quiet(double value, String text) {
    return new EndLabel(value, text, ChartTheme.LABEL, ChartTheme.MUTED);
  }

  private String words(double value) {
    return format.compact(kpi.unit(), value);
  }

  /** The same at every chart, so that they line up, unless a label needs more. */
  private double labelRoom() {
    return Math.max(
        LABEL_ROOM,
        endLabels().stream()
                .mapToDouble(label -> ChartTheme.width(label.font(), label.text()))
                .max()
                .orElse(0)
            + Figure.LEADER_ROOM);
  }

  private String alternative() {
    StringBuilder text = new StringBuilder();
    text.append(kpi.label())
        .append(", weeks of ")
        .append(KpiFormat.day(series.points().get(0).week()))
        .append(" to ")
        .append(KpiFormat.day(series.last().week()))
        .append(". This week ")
        .append(
            series.last().value().isPresent()
                ? words(series.last().value().getAsDouble())
                : "no value")
        .append(".");
    behaviour.ifPresent(
        usual ->
            text.append(" Mean ")
                .append(words(usual.centre()))
                .append(", usual range ")
                .append(words(usual.lower()))
                .append(" to ")
                .append(words(usual.upper()))
                .append(", ")
                .append(usual.signals().isEmpty() ? "no" : String.valueOf(usual.signals().size()))
                .append(usual.signals().size() == 1 ? " week" : " weeks")
                .append(" with a signal."));
    target.ifPresent(value -> text.append(" Target ").append(words(value)).append("."));
    peers.ifPresent(
        q ->
            text.append(" Middle half of the peers ")
                .append(words(q.p25()))
                .append(" to ")
                .append(words(q.p75()))
                .append(", median ")
                .append(words(q.p50()))
                .append("."));
    return text.append(
            " By week: "
                + series.points().stream()
                    .map(point -> format.compact(kpi.unit(), point.value()))
                    .collect(Collectors.joining(", "))
                + ".")
        .toString();
  }
}
