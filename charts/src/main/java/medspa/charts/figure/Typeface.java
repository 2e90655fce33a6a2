package medspa.charts.figure;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The fonts, unmodified as their licences ask: the weights of Source Sans 3, in which everything is
 * set, and others for letters that it does not have.
 */
public final class Typeface {
  /** For text. */
  public static final Typeface REGULAR =
      new Typeface("Source Sans 3", 400, "SourceSans3-Regular.ttf");

  /** A family of its own: charts find a font by family alone, and know no weight between. */
  public static final Typeface SEMI_BOLD =
      new Typeface("Source Sans 3 SemiBold", 400, "SourceSans3-SemiBold.ttf");

  /** For titles in pages. */
  public static final Typeface BOLD = new Typeface("Source Sans 3", 700, "SourceSans3-Bold.ttf");

  /** All weights of the typeface that everything is set in. */
  public static final List<Typeface> ALL = List.of(REGULAR, SEMI_BOLD, BOLD);

  /**
   * For letters that it does not have, in one weight each: Hebrew, Arabic, symbols, and Chinese,
   * Japanese and Korean.
   */
  public static final List<Typeface> SCRIPTS =
      List.of(
          new Typeface("Noto Sans Hebrew", 400, "NotoSansHebrew-Regular.ttf"),
          new Typeface("Noto Sans Arabic", 400, "NotoSansArabic-Regular.ttf"),
          new Typeface("Noto Sans Symbols2", 400, "NotoSansSymbols2-Regular.ttf"),
          new Typeface("Droid Sans Fallback", 400, "DroidSansFallback.ttf"));

  /** Stands for letters that no font has; Data health names them. */
  public static final String MISSING = "(?)";

  private static final int SOFT_HYPHEN = 0xAD;

  /** No letter up to here is missing. */
  private static final int LATIN = 0x17F;

  private final String family;
  private final int weight;
  private final byte[] bytes;
  private final Font font;

  private Typeface(String family, int weight, String file) {
    this.family = family;
    this.weight = weight;
    this.bytes = resource("/medspa/charts/font/" + file);
    try {
      this.font = Font.createFont(Font.TRUETYPE_FONT, new ByteArrayInputStream(bytes));
    } catch (IOException | FontFormatException e) {
      throw new IllegalStateException("The font " + file + " cannot be read", e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = Typeface.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("There is no resource " + name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the resource " + name, e);
    }
  }

  /** The family under which style sheets and charts name it. */
  public String family() {
    return family;
  }

  /** The weight under which style sheets name it. */
  public int weight() {
    return weight;
  }

  /** The TrueType file. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** For drawing and measuring, in points. */
  public Font at(float size) {
    return font.deriveFont(size);
  }

  /** The text with composed letters and without control characters, for those who need no font. */
  public static String composed(String text) {
    StringBuilder out = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .filter(
            c ->
                !(Character.isISOControl(c) && c != '\n' && c != '\t')
                    && (Character.getType(c) != Character.FORMAT || c == SOFT_HYPHEN))
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  /**
   * The composed text with {@link #MISSING} for each run of letters that no font has: a missing
   * glyph would otherwise vanish silently, and is forbidden in an archivable PDF.
   */
  public static String printable(String text) {
    StringBuilder out = new StringBuilder(text.length());
    boolean[] isWithin = {false};
    composed(text)
        .codePoints()
        .forEach(
            c -> {
              boolean isKnown = isKnown(c);
              if (isKnown) {
                out.appendCodePoint(c);
              } else if (!isWithin[0]) {
                out.append(MISSING);
              }
              isWithin[0] = !isKnown;
            });
    return out.toString();
  }

  /** The letters of a text that no font has, in their order, each once. */
  public static Set<Integer> missing(String text) {
    Set<Integer> missing = new LinkedHashSet<>();
    composed(text).codePoints().filter(c -> !isKnown(c)).forEach(missing::add);
    return missing;
  }

  private static boolean isKnown(int c) {
    return Character.isISOControl(c)
        || REGULAR.font.canDisplay(c)
        || SCRIPTS.stream().anyMatch(script -> script.font.canDisplay(c));
  }

  /** Whether a text has a letter that only this typeface has. */
  public boolean isNeededFor(String text) {
    return text.codePoints()
        .anyMatch(c -> c > LATIN && !REGULAR.font.canDisplay(c) && font.canDisplay(c));
  }

  /**
   * A part of a text that one font has.
   *
   * @param font of the size that was asked for
   */
  record Run(String text, Font font) {}

  /** A text in parts, each in the given font or in the first that has its letters. */
  static List<Run> runs(String text, Font base) {
    List<Run> runs = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    Font current = base;
    for (int c : text.codePoints().toArray()) {
      Font font =
          base.canDisplay(c)
              ? base
              : SCRIPTS.stream()
                  .filter(script -> script.font.canDisplay(c))
                  .findFirst()
                  .map(script -> script.at(base.getSize2D()))
                  .orElse(base);
      if (!font.getFamily().equals(current.getFamily()) && part.length() > 0) {
        runs.add(new Run(part.toString(), current));
        part.setLength(0);
      }
      current = font;
      part.appendCodePoint(c);
    }
    if (part.length() > 0) {
      runs.add(new Run(part.toString(), current));
    }
    return runs;
  }
}
