package medspa.charts.figure;

import java.awt.Color;
import java.awt.Paint;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import medspa.charts.read.Kpi;
import medspa.charts.read.Peers.Quartiles;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.labels.ItemLabelAnchor;
import org.jfree.chart.labels.ItemLabelPosition;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.IntervalMarker;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.category.DefaultCategoryDataset;

/**
 * Locations ranked by one KPI, best first, before the middle half of their peers.
 *
 * @param entries best first; those with few data last
 * @param peers the peers' quartiles; empty where they are withheld
 * @param greatest the longest bar of all figures of this KPI, so that they share one scale
 * @param least the shortest, below 0 where a value is
 */
public record RankingChart(
    Kpi kpi,
    List<Entry> entries,
    Optional<Quartiles> peers,
    double least,
    double greatest,
    KpiFormat format) {
  private static final double BAR = 16;
  private static final double AXIS = 17;
  private static final double NAME_GAP = 8;
  private static final double RIGHT_GAP = 12;
  private static final ItemLabelPosition BESIDE =
      new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT);
  private static final ItemLabelPosition BESIDE_NEGATIVE =
      new ItemLabelPosition(ItemLabelAnchor.OUTSIDE9, TextAnchor.CENTER_RIGHT);

  /**
   * One bar.
   *
   * @param standing empty where the value has few data or the peers are withheld
   */
  public record Entry(String name, double value, boolean isStable, Optional<Standing> standing) {}

  /** The chart, as high as its bars need. */
  public Figure figure(double width) {
    return new Figure(chart(width), List.of(), width, entries.size() * BAR + AXIS, alternative());
  }

  /** The chart alone. */
  public JFreeChart chart(double width) {
    DefaultCategoryDataset data = new DefaultCategoryDataset();
    double names = 0;
    for (int i = 0; i < entries.size(); i++) {
      String text =
          ChartTheme.fit(ChartTheme.LABEL, Typeface.printable(entries.get(i).name()), width * 0.38);
      names = Math.max(names, ChartTheme.width(ChartTheme.LABEL, text));
      data.addValue(entries.get(i).value(), kpi.label(), new Bar(i, text));
    }
    CategoryAxis category = new CategoryAxis();
    ChartTheme.style(category);
    NumberAxis axis = new NumberAxis();
    double high = DoubleStream.concat(DoubleStream.of(0, greatest), quartiles()).max().orElse(1);
    double low = DoubleStream.concat(DoubleStream.of(0, least), quartiles()).min().orElse(0);
    Scale ticks = Scale.over(low, high <= low ? low + 1 : high, 4);
    ChartTheme.style(axis, ticks, new AxisFormat(x -> format.axis(kpi.unit(), x, ticks.step())));
    double point = (ticks.upper() - ticks.lower()) / (width - names - NAME_GAP - RIGHT_GAP);
    BarRenderer bars = new StandingBars(point);
    ChartTheme.style(bars);
    bars.setDefaultItemLabelGenerator(new BarLabels((value, column) -> label(column)));
    bars.setDefaultItemLabelFont(ChartTheme.SMALL_STRONG_LABEL);
    bars.setDefaultItemLabelsVisible(true);
    // At the foot of the bar, where neither the band nor the median crosses it.
    bars.setDefaultPositiveItemLabelPosition(
        new ItemLabelPosition(ItemLabelAnchor.INSIDE9, TextAnchor.CENTER_LEFT));
    bars.setDefaultNegativeItemLabelPosition(
        new ItemLabelPosition(ItemLabelAnchor.INSIDE3, TextAnchor.CENTER_RIGHT));
    // Without a fallback a label that is higher than its bar would vanish silently.
    bars.setPositiveItemLabelPositionFallback(BESIDE);
    bars.setNegativeItemLabelPositionFallback(BESIDE_NEGATIVE);
    CategoryPlot plot = new CategoryPlot(data, category, axis, bars);
    plot.setOrientation(PlotOrientation.HORIZONTAL);
    ChartTheme.gridlines(plot);
    peers.ifPresent(
        quartiles -> {
          IntervalMarker band =
              new IntervalMarker(quartiles.p25(), quartiles.p75(), new Color(0xE2EAF3));
          band.setAlpha(1f);
          band.setOutlinePaint(null);
          plot.addRangeMarker(band, Layer.BACKGROUND);
          plot.addRangeMarker(
              new ValueMarker(quartiles.p50(), ChartTheme.INK, ChartTheme.DASHED),
              Layer.FOREGROUND);
        });
    plot.setFixedDomainAxisSpace(ChartTheme.space(names + NAME_GAP, 0));
    plot.setFixedRangeAxisSpace(ChartTheme.space(0, AXIS - 4));
    plot.setRangeAxisLocation(org.jfree.chart.axis.AxisLocation.BOTTOM_OR_LEFT);
    return ChartTheme.chart(plot, new RectangleInsets(2, 0, 0, RIGHT_GAP));
  }

  private DoubleStream quartiles() {
    return peers.stream().flatMapToDouble(q -> DoubleStream.of(q.p25(), q.p75()));
  }

  private String alternative() {
    return kpi.label()
        + " by location, best first: "
        + entries.stream()
            .map(
                entry ->
                    entry.name()
                        + " "
                        + format.value(kpi.unit(), entry.value())
                        + entry.standing().map(standing -> " " + standing).orElse("")
                        + (entry.isStable() ? "" : " with few data"))
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

  private String label(int column) {
    Entry entry = entries.get(column);
    return format.compact(kpi.unit(), entry.value()) + (entry.isStable() ? "" : " few data");
  }

  /** Bars in the colour of their standing. */
  private final class StandingBars extends BarRenderer {
    private static final long serialVersionUID = 1L;

    private final double unitsPerPoint;

    StandingBars(double unitsPerPoint) {
      this.unitsPerPoint = unitsPerPoint;
    }

    @Override
    public Paint getItemPaint(int row, int column) {
      Entry entry = entries.get(column);
      if (!entry.isStable()) {
        return ChartTheme.PALE;
      }
      return entry
          .standing()
          .map(
              standing ->
                  switch (standing) {
                    case Q4 -> ChartTheme.BLUE;
                    case Q1 -> ChartTheme.VERMILLION;
                    case Q2, Q3 -> ChartTheme.SLATE;
                  })
          .orElse(ChartTheme.SLATE);
    }

    /** White inside a dark bar; ink in a pale one, and beside one that is too short. */
    @Override
    public Paint getItemLabelPaint(int row, int column) {
      return isTooShort(column) || !entries.get(column).isStable() ? ChartTheme.INK : Color.WHITE;
    }

    // Place and colour have one rule, or a label in ink would stand inside a dark bar.
    @Override
    public ItemLabelPosition getPositiveItemLabelPosition(int row, int column) {
      return isTooShort(column) ? BESIDE : super.getPositiveItemLabelPosition(row, column);
    }

    @Override
    public ItemLabelPosition getNegativeItemLabelPosition(int row, int column) {
      return isTooShort(column) ? BESIDE_NEGATIVE : super.getNegativeItemLabelPosition(row, column);
    }

    private boolean isTooShort(int column) {
      double length = Math.abs(entries.get(column).value()) / unitsPerPoint;
      return length < ChartTheme.width(ChartTheme.SMALL_STRONG_LABEL, label(column)) + 5;
    }
  }
}
