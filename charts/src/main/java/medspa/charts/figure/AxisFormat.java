package medspa.charts.figure;

import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;
import java.util.function.DoubleFunction;

/** Labels of a number axis by a function, whatever the default locale. */
final class AxisFormat extends NumberFormat {
  private static final long serialVersionUID = 1L;

  private final transient DoubleFunction<String> words;

  AxisFormat(DoubleFunction<String> words) {
    this.words = words;
  }

  @Override
  public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
    return to.append(words.apply(number));
  }

  @Override
  public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
    return format((double) number, to, position);
  }

  /** Labels are never read back. */
  @Override
  public Number parse(String source, ParsePosition position) {
    throw new UnsupportedOperationException("The labels of an axis are not parsed");
  }
}
