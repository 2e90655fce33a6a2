package medspa.charts.figure;

import com.ibm.icu.text.ArabicShaping;
import com.ibm.icu.text.ArabicShapingException;
import com.ibm.icu.text.Bidi;
import java.awt.RenderingHints;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hebrew and Arabic within lines from left to right, for pages, whose glyphs are placed one after
 * the other: letters joined and in the order in which they are seen. Who shows text by itself, such
 * as a browser, does that, too, and gets the text as it is.
 */
public final class RightToLeft {
  /** Set by who draws onto pages. */
  public static final RenderingHints.Key ON_PAPER = new OnPaper();

  private static final String LETTER = "[\\u0590-\\u08FF\\uFB1D-\\uFDFF\\uFE70-\\uFEFC]";

  /** From the first letter to the last one, with blanks, digits and marks between. */
  private static final Pattern RUN =
      Pattern.compile(
          LETTER + "(?:(?:" + LETTER + "|[ \\u00A0\\p{Nd}.,:/()'’\"–-])*" + LETTER + ")?");

  /** A longer run may be broken into lines. */
  private static final int UNBROKEN = 40;

  private RightToLeft() {}

  /** The text as it is seen, from left to right. */
  public static String seen(String text) {
    Matcher runs = RUN.matcher(text);
    StringBuilder out = new StringBuilder();
    while (runs.find()) {
      runs.appendReplacement(out, Matcher.quoteReplacement(reordered(runs.group())));
    }
    return runs.appendTail(out).toString();
  }

  /** A text that begins from right to left, letter by letter from its end; any other as it is. */
  static String turned(String text) {
    return RUN.matcher(text).lookingAt() ? new StringBuilder(text).reverse().toString() : text;
  }

  private static String reordered(String run) {
    String whole = run.length() > UNBROKEN ? run : run.replace(' ', '\u00A0');
    try {
      String shaped =
          new ArabicShaping(
                  ArabicShaping.LETTERS_SHAPE
                      | ArabicShaping.TEXT_DIRECTION_LOGICAL
                      | ArabicShaping.LENGTH_GROW_SHRINK)
              .shape(whole);
      return new Bidi(shaped, Bidi.RTL)
          .writeReordered(Bidi.DO_MIRRORING | Bidi.KEEP_BASE_COMBINING);
    } catch (ArabicShapingException e) {
      throw new IllegalStateException("Letters could not be joined", e);
    }
  }

  private static final class OnPaper extends RenderingHints.Key {
    /** Distinct from the keys of the platform. */
    private static final int KEY = 0x6D65;

    OnPaper() {
      super(KEY);
    }

    @Override
    public boolean isCompatibleValue(Object value) {
      return value instanceof Boolean;
    }
  }
}
