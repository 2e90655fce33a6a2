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
import org.jfree.chart.annotations.CategoryTextAnnotation;
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
import org.jfree.data.Range;
import org.jfree.data.category.DefaultCategoryDataset;

/**
 * Locations ranked by one KPI, best first, before the middle half of their peers.
 *
 * @param entries best first; those that are not ranked last
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
  private static final double BAR = 12.5;

  /** The share of the width that names may take; a longer one ends with an ellipsis. */
  private static final double NAMES_SHARE = 0.4;

  private static final double AXIS = 17;
  private static final double NAME_GAP = 8;
  private static final double RIGHT_GAP = 12;

  /** What two ticks need between them. */
  private static final double TICK = 40;

  private static final double LABEL_GAP = 3;

  private static final ItemLabelPosition AT_FOOT =
      new ItemLabelPosition(ItemLabelAnchor.INSIDE9, TextAnchor.CENTER_LEFT);
  private static final ItemLabelPosition AT_FOOT_NEGATIVE =
      new ItemLabelPosition(ItemLabelAnchor.INSIDE3, TextAnchor.CENTER_RIGHT);
  private static final ItemLabelPosition BESIDE =
      new ItemLabelPosition(ItemLabelAnchor.OUTSIDE3, TextAnchor.CENTER_LEFT);
  private static final ItemLabelPosition BESIDE_NEGATIVE =
      new ItemLabelPosition(ItemLabelAnchor.OUTSIDE9, TextAnchor.CENTER_RIGHT);

  /**
   * One bar.
   *
   * @param standing empty where it has none
   */
  public record Entry(String name, double value, boolean isStable, Optional<Standing> standing) {}

  /** Whether a name is there in full in a figure of that width. */
  public static boolean fits(String name, double width) {
    return ChartTheme.width(ChartTheme.LABEL, Typeface.printable(name)) <= width * NAMES_SHARE;
  }

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
          ChartTheme.fit(
              ChartTheme.LABEL, Typeface.printable(entries.get(i).name()), width * NAMES_SHARE);
      names = Math.max(names, ChartTheme.width(ChartTheme.LABEL, text));
      data.addValue(entries.get(i).value(), kpi.label(), new Bar(i, text));
    }
    CategoryAxis category = new NameAxis();
    ChartTheme.style(category);
    category.setCategoryMargin(0.15);
    NumberAxis axis = new NumberAxis();
    double high = DoubleStream.concat(DoubleStream.of(0, greatest), quartiles()).max().orElse(1);
    double low = DoubleStream.concat(DoubleStream.of(0, least), quartiles()).min().orElse(0);
    double room = width - names - NAME_GAP - RIGHT_GAP;
    double end = high <= low ? low + 1 : high;
    // Up to the longest bar only: room up to the next tick would be lost to all of them.
    Range range = withRoomForLabels(new Range(low, low + (end - low) * 1.03), room);
    Scale ticks =
        low < 0
            // Numbers with a sign are wide.
            ? Scale.over(range.getLowerBound(), range.getUpperBound(), 2)
            : Scale.over(low, end, (int) Math.max(3, Math.min(4, room / TICK)));
    ChartTheme.style(axis, ticks, new AxisFormat(x -> format.axis(kpi.unit(), x, ticks.step())));
    axis.setRange(range);
    double point = axis.getRange().getLength() / room;
    BarRenderer bars = new StandingBars(point);
    ChartTheme.style(bars);
    bars.setDefaultItemLabelGenerator(
        new BarLabels((value, column) -> isCrossed(column, point) ? null : label(column)));
    bars.setDefaultItemLabelFont(ChartTheme.SMALL_STRONG_LABEL);
    bars.setDefaultItemLabelsVisible(true);
    // At the foot of the bar, where the median seldom crosses it.
    bars.setDefaultPositiveItemLabelPosition(AT_FOOT);
    bars.setDefaultNegativeItemLabelPosition(AT_FOOT_NEGATIVE);
    // Without a fallback a label whose box is a little higher than its bar would vanish silently;
    // with another place than its own it would stand in white on white.
    bars.setPositiveItemLabelPositionFallback(AT_FOOT);
    bars.setNegativeItemLabelPositionFallback(AT_FOOT_NEGATIVE);
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
          for (int i = 0; i < entries.size(); i++) {
            if (isCrossed(i, point)) {
              plot.addAnnotation(besideMedian(i, quartiles.p50(), data.getColumnKey(i), point));
            }
          }
        });
    plot.setFixedDomainAxisSpace(ChartTheme.space(names + NAME_GAP, 0));
    plot.setFixedRangeAxisSpace(ChartTheme.space(0, AXIS - 4));
    plot.setRangeAxisLocation(org.jfree.chart.axis.AxisLocation.BOTTOM_OR_LEFT);
    return ChartTheme.chart(plot, new RectangleInsets(2, 0, 0, RIGHT_GAP));
  }

  /**
   * The range widened until the labels beside short bars end within it: where some values are far
   * below 0, those above it are short at its very end, and the other way round.
   */
  private Range withRoomForLabels(Range range, double room) {
    Range wide = range;
    // A wider axis makes bars shorter, and their labels longer in its units; that settles soon.
    for (int round = 0; round < 6; round++) {
      double point = wide.getLength() / room;
      for (int i = 0; i < entries.size(); i++) {
        double value = entries.get(i).value();
        double label = (labelWidth(i) + 2 * LABEL_GAP) * point;
        if (isTooShort(i, point) && value < 0) {
          wide = Range.expandToInclude(wide, value - label);
        } else if (isTooShort(i, point)) {
          double start = isCrossed(i, point) ? Math.max(value, peers.get().p50()) : value;
          wide = Range.expandToInclude(wide, start + label);
        }
      }
    }
    return wide;
  }

  /** Whether the line of the median would run through the label of a bar to the right. */
  private boolean isCrossed(int column, double unitsPerPoint) {
    double value = entries.get(column).value();
    if (peers.isEmpty() || value < 0) {
      return false;
    }
    double start = isTooShort(column, unitsPerPoint) ? value / unitsPerPoint : 0;
    double median = peers.get().p50() / unitsPerPoint;
    return median > start && median < start + labelWidth(column) + LABEL_GAP;
  }

  /** The label right of the median, in the bar where that is long enough, else right of both. */
  private CategoryTextAnnotation besideMedian(
      int column, double median, Comparable<?> bar, double unitsPerPoint) {
    Entry entry = entries.get(column);
    double needed = (labelWidth(column) + 2 * LABEL_GAP) * unitsPerPoint;
    boolean isInside = entry.value() >= median + needed;
    CategoryTextAnnotation text =
        new CategoryTextAnnotation(
            label(column),
            bar,
            (isInside ? median : Math.max(median, entry.value())) + LABEL_GAP * unitsPerPoint);
    text.setFont(ChartTheme.SMALL_STRONG_LABEL);
    text.setPaint(isInside && entry.isStable() ? Color.WHITE : ChartTheme.INK);
    text.setTextAnchor(TextAnchor.CENTER_LEFT);
    return text;
  }

  private boolean isTooShort(int column, double unitsPerPoint) {
    return Math.abs(entries.get(column).value()) / unitsPerPoint < labelWidth(column) + 5;
  }

  private double labelWidth(int column) {
    return ChartTheme.width(ChartTheme.SMALL_STRONG_LABEL, label(column));
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
                        + (entry.isStable() ? "" : ", not ranked"))
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
    return format.compact(kpi.unit(), entry.value()) + (entry.isStable() ? "" : " not ranked");
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
      return RankingChart.this.isTooShort(column, unitsPerPoint);
    }
  }
}
