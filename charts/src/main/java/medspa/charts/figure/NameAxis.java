package medspa.charts.figure;

import java.awt.Graphics2D;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.text.TextBlock;
import org.jfree.chart.text.TextFragment;
import org.jfree.chart.text.TextLine;
import org.jfree.chart.ui.RectangleEdge;

/** Names beside bars, each letter in a font that has it. */
final class NameAxis extends CategoryAxis {
  private static final long serialVersionUID = 1L;

  @Override
  @SuppressWarnings("rawtypes") // As the library declares it.
  protected TextBlock createLabel(
      Comparable category, float width, RectangleEdge edge, Graphics2D graphics) {
    String name = category.toString();
    boolean isOnPaper = Boolean.TRUE.equals(graphics.getRenderingHint(RightToLeft.ON_PAPER));
    TextLine line = new TextLine();
    for (Typeface.Run run :
        Typeface.runs(isOnPaper ? RightToLeft.seen(name) : name, getTickLabelFont(category))) {
      // What draws onto pages turns a run from right to left around once more.
      String text = isOnPaper ? RightToLeft.turned(run.text()) : run.text();
      line.addFragment(new TextFragment(text, run.font(), getTickLabelPaint(category)));
    }
    TextBlock block = new TextBlock();
    block.addLine(line);
    return block;
  }
}
