package medspa.charts.figure;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import medspa.charts.read.Kpi;
import medspa.charts.read.Story;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * A KPI that moved to another level: its weeks, the level before and the level since, and the week
 * in which the new one begins. A week without enough data has no point, and the line breaks there.
 *
 * @param story with at least one week
 */
public record StoryChart(Kpi kpi, Story story, KpiFormat format) {
  static final int VALUES = 0;
  static final int BEFORE = 1;
  static final int SINCE = 2;
  static final int LATEST = 3;

  private static final double AXIS_ROOM = 31;
  private static final int TICK_WEEKS = 6;

  /** The chart in a size in points. */
  public Figure figure(double width, double height) {
    return new Figure(chart(), endLabels(), width, height, alternative());
  }

  /** The chart alone. */
  public JFreeChart chart() {
    XYSeriesCollection data = new XYSeriesCollection();
    data.addSeries(values());
    data.addSeries(level("Before", 0, since() - 0.5, story.move().before()));
    data.addSeries(level("Since", since() - 0.5, last(), story.move().value()));
    XYSeries latest = new XYSeries("Last week");
    latest.add(last(), story.weekly().get(story.weekly().size() - 1).value());
    data.addSeries(latest);
    NumberAxis weeks = new NumberAxis();
    AxisFormat days =
        new AxisFormat(
            x -> x < 0 || x > last() ? "" : KpiFormat.day(first().plusWeeks((long) Math.rint(x))));
    ChartTheme.style(weeks, new Scale(-0.3, last() + 0.4, TICK_WEEKS), days);
    weeks.setTickUnit(new NumberTickUnit(TICK_WEEKS, days));
    NumberAxis values = new NumberAxis();
    Scale scale = scale();
    ChartTheme.style(values, scale, new AxisFormat(y -> format.axis(kpi.unit(), y, scale.step())));
    double room = (scale.upper() - scale.lower()) * 0.06;
    values.setRange(scale.lower() - room, scale.upper() + room);
    XYPlot plot = new XYPlot(data, weeks, values, renderer());
    ChartTheme.gridlines(plot);
    plot.addDomainMarker(
        new ValueMarker(since() - 0.5, ChartTheme.MUTED, ChartTheme.DOTTED), Layer.BACKGROUND);
    plot.setFixedRangeAxisSpace(ChartTheme.space(AXIS_ROOM, 0));
    plot.setFixedDomainAxisSpace(ChartTheme.space(0, 13));
    return ChartTheme.chart(plot, new RectangleInsets(5, 0, 0, labelRoom()));
  }

  private XYSeries values() {
    XYSeries values = new XYSeries("Value");
    for (int i = 0; i <= last(); i++) {
      LocalDate week = first().plusWeeks(i);
      values.add(
          i,
          story.weekly().stream()
              .filter(some -> some.week().equals(week))
              .map(Story.Week::value)
              .findFirst()
              .orElse(null));
    }
    return values;
  }

  private static XYSeries level(String name, double from, double to, double value) {
    XYSeries level = new XYSeries(name);
    level.add(Math.max(0, from), value);
    level.add(Math.max(0, to), value);
    return level;
  }

  private LocalDate first() {
    return story.weekly().get(0).week();
  }

  private int last() {
    return place(story.weekly().get(story.weekly().size() - 1).week());
  }

  private int since() {
    return place(story.move().since());
  }

  private int place(LocalDate week) {
    return (int) ChronoUnit.WEEKS.between(first(), week);
  }

  private XYLineAndShapeRenderer renderer() {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, false);
    renderer.setDrawSeriesLineAsPath(true);
    renderer.setSeriesLinesVisible(VALUES, true);
    renderer.setSeriesPaint(VALUES, ChartTheme.SLATE);
    renderer.setSeriesStroke(VALUES, ChartTheme.THIN_LINE);
    renderer.setSeriesLinesVisible(BEFORE, true);
    renderer.setSeriesPaint(BEFORE, ChartTheme.MUTED);
    renderer.setSeriesStroke(BEFORE, ChartTheme.DASHED);
    renderer.setSeriesLinesVisible(SINCE, true);
    renderer.setSeriesPaint(SINCE, color());
    renderer.setSeriesStroke(SINCE, ChartTheme.LINE);
    renderer.setSeriesShapesVisible(LATEST, true);
    renderer.setSeriesShapesFilled(LATEST, true);
    renderer.setSeriesShape(
        LATEST, story.move().isFavourable() ? Marks.triangle(3.4) : Marks.diamond(3.4));
    renderer.setSeriesPaint(LATEST, color());
    return renderer;
  }

  private java.awt.Color color() {
    return story.move().isFavourable() ? ChartTheme.GREEN : ChartTheme.VERMILLION;
  }

  private Scale scale() {
    double[] drawn =
        DoubleStream.concat(
                story.weekly().stream().mapToDouble(Story.Week::value),
                DoubleStream.of(story.move().before(), story.move().value()))
            .sorted()
            .toArray();
    return Scale.over(drawn[0], drawn[drawn.length - 1], 3);
  }

  private List<EndLabel> endLabels() {
    List<EndLabel> labels = new ArrayList<>();
    labels.add(
        new EndLabel(
            story.move().before(),
            "Before " + words(story.move().before()),
            ChartTheme.LABEL,
            ChartTheme.MUTED));
    labels.add(
        new EndLabel(
            story.move().value(),
            "Since " + words(story.move().value()),
            ChartTheme.STRONG_LABEL,
            color()));
    return List.copyOf(labels);
  }

  private double labelRoom() {
    return endLabels().stream()
            .mapToDouble(label -> ChartTheme.width(label.font(), label.text()))
            .max()
            .orElse(0)
        + Figure.LEADER_ROOM;
  }

  private String words(double value) {
    return format.compact(kpi.unit(), value);
  }

  private String alternative() {
    return kpi.label()
        + " by week from "
        + KpiFormat.day(first())
        + ": "
        + story.weekly().stream().map(week -> words(week.value())).collect(Collectors.joining(", "))
        + ". Since the week of "
        + KpiFormat.day(story.move().since())
        + " it is "
        + words(story.move().value())
        + ", "
        + words(story.move().before())
        + " before.";
  }
}
