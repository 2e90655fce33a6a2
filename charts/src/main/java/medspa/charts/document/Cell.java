package medspa.charts.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import medspa.charts.figure.Drawing;

/**
 * A value as it is read.
 *
 * @param text rounded and with its unit, where the head of the column does not name it
 * @param value the same exactly; empty for words and for what does not exist
 * @param bar drawn under the text
 * @param drawing a chart as wide as the column, in the place of a text
 * @param lines under the text
 */
public record Cell(
    String text,
    Optional<Value> value,
    Tone tone,
    Optional<Span> bar,
    Optional<Drawing> drawing,
    List<Line> lines) {

  /** Copies the lines. */
  public Cell {
    lines = List.copyOf(lines);
  }

  /** A bar of a column: both ends as shares of its width, from 0 to 1. */
  public record Span(double from, double to) {}

  /** A cell of words. */
  public static Cell of(String text) {
    return of(text, Optional.empty());
  }

  /** A cell of a value. */
  public static Cell of(String text, Value value) {
    return of(text, Optional.of(value));
  }

  /** A cell that holds a chart. */
  public static Cell drawn(Drawing drawing) {
    return new Cell(
        "", Optional.empty(), Tone.PLAIN, Optional.empty(), Optional.of(drawing), List.of());
  }

  private static Cell of(String text, Optional<Value> value) {
    return new Cell(text, value, Tone.PLAIN, Optional.empty(), Optional.empty(), List.of());
  }

  /** The cell in another tone. */
  public Cell in(Tone other) {
    return new Cell(text, value, other, bar, drawing, lines);
  }

  /** The cell with a line under those it has. */
  public Cell with(Line line) {
    List<Line> more = new ArrayList<>(lines);
    more.add(line);
    return new Cell(text, value, tone, bar, drawing, more);
  }

  /** The cell with a bar from the start of the column. */
  public Cell withBar(double length) {
    return withBar(new Span(0, length));
  }

  /** The cell with a bar. */
  public Cell withBar(Span span) {
    return new Cell(text, value, tone, Optional.of(span), drawing, lines);
  }
}
