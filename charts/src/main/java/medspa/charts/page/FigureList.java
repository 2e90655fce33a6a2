package medspa.charts.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import medspa.charts.figure.Figure;

/** The figures of a report in the order in which its page refers to them. */
public final class FigureList {
  /**
   * How a template refers to a figure.
   *
   * @param style its size as CSS says it
   */
  public record Reference(int index, String alternative, String style) {}

  private final List<Figure> figures = new ArrayList<>();

  Reference add(Figure figure) {
    figures.add(figure);
    return new Reference(
        figures.size() - 1,
        figure.alternative(),
        String.format(Locale.ROOT, "width:%.2fpt;height:%.2fpt", figure.width(), figure.height()));
  }

  List<Figure> all() {
    return List.copyOf(figures);
  }
}
