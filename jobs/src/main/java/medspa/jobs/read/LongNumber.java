package medspa.jobs.read;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/**
 * Numbers of more than 15 digits before the point: a spreadsheet and a binary fraction keep no
 * more, so further ones are made up. Such a number is passed on in scientific notation, as {@code
 * 1.39072623729863E+18}, which is no amount and no id.
 */
public final class LongNumber {
  private static final int KEPT = 15;

  /**
   * A regular expression, for Java and for DuckDB, that finds such a notation anywhere in a text:
   * as a reader passes it on, and as spreadsheets write it into a text file.
   */
  public static final String SCIENTIFIC =
      "(^|[^0-9A-Za-z.,])[0-9]([.,][0-9]+)?[eE][+][0-9]{2,3}($|[^0-9A-Za-z])";

  private static final Pattern PATTERN = Pattern.compile(SCIENTIFIC);

  private LongNumber() {}

  /** Whether a text holds a number in scientific notation. */
  public static boolean isIn(String text) {
    return PATTERN.matcher(text).find();
  }

  /** Whether a number that was kept as a binary fraction has lost its last digits. */
  static boolean isLost(BigDecimal number) {
    return (long) number.precision() - number.scale() > KEPT && number.signum() != 0;
  }

  /** Such a number in scientific notation. */
  static String text(BigDecimal number) {
    BigDecimal kept =
        number.round(new MathContext(KEPT, RoundingMode.HALF_UP)).stripTrailingZeros();
    String digits = kept.unscaledValue().abs().toString();
    int exponent = kept.precision() - kept.scale() - 1;
    return (kept.signum() < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + "E+"
        + exponent;
  }
}
