package medspa.charts.figure;

import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;

/**
 * The shapes at weeks, around the origin; each means another thing, so that none needs its colour.
 */
final class Marks {
  private Marks() {}

  static Shape circle(double radius) {
    return new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius);
  }

  static Shape diamond(double radius) {
    return polygon(0, -radius, radius, 0, 0, radius, -radius, 0);
  }

  /** It stands on its side. */
  static Shape triangle(double radius) {
    return polygon(0, -radius, radius, 0.8 * radius, -radius, 0.8 * radius);
  }

  private static Shape polygon(double... points) {
    Path2D path = new Path2D.Double();
    path.moveTo(points[0], points[1]);
    for (int i = 2; i < points.length; i += 2) {
      path.lineTo(points[i], points[i + 1]);
    }
    path.closePath();
    return path;
  }
}
