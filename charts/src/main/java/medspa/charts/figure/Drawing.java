package medspa.charts.figure;

/** A chart that can be drawn as wide as there is room. */
@FunctionalInterface
public interface Drawing {
  /** The chart at a width in points. */
  Figure figure(double width);
}
