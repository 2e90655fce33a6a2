package medspa.charts.figure;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.Comparator;
import java.util.List;
import org.jfree.chart.ChartRenderingInfo;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleEdge;

/**
 * A chart ready to be drawn into a page.
 *
 * @param endLabels direct labels right of an {@link XYPlot}; moved apart where they would touch
 * @param width in points
 * @param height in points
 * @param alternative what the chart shows, in words
 */
public record Figure(
    JFreeChart chart, List<EndLabel> endLabels, double width, double height, String alternative) {
  private static final double LEADER = 9;
  private static final double GAP = 2;

  /** What a label needs beside its own width. */
  static final double LEADER_ROOM = LEADER + GAP + 4;

  /** Draws the chart with its upper left corner at the origin, one unit to the point. */
  public void draw(Graphics2D graphics) {
    ChartRenderingInfo info = new ChartRenderingInfo();
    chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height), info);
    if (!endLabels.isEmpty() && chart.getPlot() instanceof XYPlot plot) {
      drawEndLabels(graphics, plot, info.getPlotInfo().getDataArea());
    }
  }

  private void drawEndLabels(Graphics2D graphics, XYPlot plot, Rectangle2D area) {
    List<EndLabel> labels =
        endLabels.stream().sorted(Comparator.comparingDouble(EndLabel::value).reversed()).toList();
    double[] wanted = new double[labels.size()];
    double[] heights = new double[labels.size()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] =
          plot.getRangeAxis().valueToJava2D(labels.get(i).value(), area, RectangleEdge.LEFT);
      heights[i] = labels.get(i).font().getSize2D() * 1.08;
    }
    double[] placed = apart(wanted, heights, area.getMinY() - 3, height - 1);
    double left = area.getMaxX() + 1;
    for (int i = 0; i < placed.length; i++) {
      EndLabel label = labels.get(i);
      graphics.setPaint(ChartTheme.PALE);
      graphics.setStroke(ChartTheme.HAIRLINE);
      graphics.draw(new Line2D.Double(left, wanted[i], left + LEADER, placed[i]));
      graphics.setPaint(label.color());
      graphics.setFont(label.font());
      graphics.drawString(
          label.text(),
          (float) (left + LEADER + GAP),
          (float) (placed[i] + label.font().getSize2D() * 0.33));
    }
  }

  /**
   * Centres as close to the wanted ones as they can be without touching, inside the bounds.
   *
   * @param wanted in rising order
   */
  static double[] apart(double[] wanted, double[] heights, double top, double bottom) {
    double[] placed = wanted.clone();
    double floor = top;
    for (int i = 0; i < placed.length; i++) {
      placed[i] = Math.max(placed[i], floor + heights[i] / 2);
      floor = placed[i] + heights[i] / 2;
    }
    double ceiling = bottom;
    for (int i = placed.length - 1; i >= 0; i--) {
      placed[i] = Math.min(placed[i], ceiling - heights[i] / 2);
      ceiling = placed[i] - heights[i] / 2;
    }
    return placed;
  }
}
