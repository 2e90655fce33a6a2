package medspa.charts.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A value as it is read.
 *
 * @param text rounded and with its unit, where the head of the column does not name it
 * @param value the same exactly; empty for words and for what does not exist
 * @param share drawn as a bar, from 0 to 1
 * @param lines under the text
 */
public record Cell(
    String text, Optional<Value> value, Tone tone, OptionalDouble share, List<Line> lines) {

  /** Copies the lines. */
  public Cell {
    lines = List.copyOf(lines);
  }

  /** A cell of words. */
  public static Cell of(String text) {
    return new Cell(text, Optional.empty(), Tone.PLAIN, OptionalDouble.empty(), List.of());
  }

  /** A cell of a value. */
  public static Cell of(String text, Value value) {
    return new Cell(text, Optional.of(value), Tone.PLAIN, OptionalDouble.empty(), List.of());
  }

  /** The cell in another tone. */
  public Cell in(Tone other) {
    return new Cell(text, value, other, share, lines);
  }

  /** The cell with a line under those it has. */
  public Cell with(Line line) {
    List<Line> more = new ArrayList<>(lines);
    more.add(line);
    return new Cell(text, value, tone, share, more);
  }

  /** The cell with a bar. */
  public Cell withBar(double length) {
    return new Cell(text, value, tone, OptionalDouble.of(length), lines);
  }
}
