package medspa.charts.pdf;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import medspa.charts.figure.Figure;

/** The figures of a document in the order in which its pages refer to them. */
final class FigureList {
  private final List<Figure> figures = new ArrayList<>();

  FigureReference add(Figure figure) {
    figures.add(figure);
    return new FigureReference(
        figures.size() - 1,
        figure.alternative(),
        String.format(Locale.ROOT, "width:%.2fpt;height:%.2fpt", figure.width(), figure.height()));
  }

  List<Figure> all() {
    return List.copyOf(figures);
  }
}
