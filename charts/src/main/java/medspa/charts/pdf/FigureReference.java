package medspa.charts.pdf;

/**
 * How a template refers to a figure.
 *
 * @param style its size as CSS says it
 */
public record FigureReference(int index, String alternative, String style) {}
