package medspa.charts.pdf;

import com.openhtmltopdf.extend.FSObjectDrawer;
import com.openhtmltopdf.extend.OutputDevice;
import com.openhtmltopdf.render.RenderingContext;
import java.awt.Shape;
import java.util.List;
import java.util.Map;
import medspa.charts.figure.Figure;
import medspa.charts.figure.RightToLeft;
import org.w3c.dom.Element;

/** Draws the figures of a page as vectors with real text. */
final class FigureDrawer implements FSObjectDrawer {
  static final String TYPE = "medspa/figure";

  /** CSS pixels in a point. */
  private static final double PIXELS = 96.0 / 72;

  private final List<Figure> figures;

  FigureDrawer(List<Figure> figures) {
    this.figures = figures;
  }

  @Override
  public Map<Shape, String> drawObject(
      Element element,
      double x,
      double y,
      double width,
      double height,
      OutputDevice device,
      RenderingContext context,
      int dotsPerPixel) {
    Figure figure = figures.get(Integer.parseInt(element.getAttribute("data")));
    device.drawWithGraphics(
        (float) x,
        (float) y,
        (float) (width / dotsPerPixel),
        (float) (height / dotsPerPixel),
        graphics -> {
          graphics.setRenderingHint(RightToLeft.ON_PAPER, true);
          graphics.scale(PIXELS, PIXELS);
          figure.draw(graphics);
        });
    return Map.of();
  }
}
