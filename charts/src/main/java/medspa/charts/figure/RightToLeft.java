package medspa.charts.figure;

import com.ibm.icu.text.ArabicShaping;
import com.ibm.icu.text.ArabicShapingException;
import com.ibm.icu.text.Bidi;
import java.awt.RenderingHints;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hebrew and Arabic within lines from left to right, for pages, whose glyphs are placed one after
 * the other: letters joined and in the order in which they are seen. Text that is broken into lines
 * is joined before and put into that order line by line. Who shows text by itself, such as a
 * browser, does that, too, and gets the text as it is.
 */
public final class RightToLeft {
  /** Set by who draws onto pages. */
  public static final RenderingHints.Key ON_PAPER = new OnPaper();

  private static final String LETTER = "[\\u0590-\\u08FF\\uFB1D-\\uFDFF\\uFE70-\\uFEFC]";

  /** From the first letter to the last one, with blanks, digits and marks between. */
  private static final Pattern RUN =
      Pattern.compile(
          LETTER + "(?:(?:" + LETTER + "|[ \\u00A0\\p{Nd}.,:/()'’\"–-])*" + LETTER + ")?");

  private RightToLeft() {}

  /** A part of a text that is read in one direction. */
  public record Run(int start, int end, boolean isRightToLeft) {}

  /** The parts of a text in their order. */
  public static List<Run> runs(String text) {
    List<Run> runs = new ArrayList<>();
    int at = 0;
    Matcher found = RUN.matcher(text);
    while (found.find()) {
      if (found.start() > at) {
        runs.add(new Run(at, found.start(), false));
      }
      runs.add(new Run(found.start(), found.end(), true));
      at = found.end();
    }
    if (at < text.length() || runs.isEmpty()) {
      runs.add(new Run(at, text.length(), false));
    }
    return runs;
  }

  /** Whether a part of the text is read from right to left. */
  public static boolean isIn(String text) {
    return RUN.matcher(text).find();
  }

  /** A line of text as it is seen, from left to right. */
  public static String seen(String text) {
    return each(text, run -> reversed(joined(run)));
  }

  /** The text in the order in which it is read, its letters joined. */
  public static String joinedIn(String text) {
    return each(text, RightToLeft::joined);
  }

  private static String each(String text, UnaryOperator<String> change) {
    return RUN.matcher(text).replaceAll(run -> Matcher.quoteReplacement(change.apply(run.group())));
  }

  /** A text that begins from right to left, letter by letter from its end; any other as it is. */
  static String turned(String text) {
    return RUN.matcher(text).lookingAt() ? new StringBuilder(text).reverse().toString() : text;
  }

  private static String joined(String run) {
    try {
      return new ArabicShaping(
              ArabicShaping.LETTERS_SHAPE
                  | ArabicShaping.TEXT_DIRECTION_LOGICAL
                  | ArabicShaping.LENGTH_GROW_SHRINK)
          .shape(run);
    } catch (ArabicShapingException e) {
      throw new IllegalStateException("Letters could not be joined", e);
    }
  }

  /** What stands on one line of a part from right to left, its letters joined, as it is seen. */
  public static String reversed(String joined) {
    return new Bidi(joined, Bidi.RTL).writeReordered(Bidi.DO_MIRRORING | Bidi.KEEP_BASE_COMBINING);
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
