package medspa.charts.figure;

import java.awt.Font;
import java.awt.FontFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.text.Normalizer;
import java.util.List;

/** The weights of Source Sans 3 in which everything is set, unmodified as its licence asks. */
public final class Typeface {
  /** For text. */
  public static final Typeface REGULAR =
      new Typeface("Source Sans 3", 400, "SourceSans3-Regular.ttf");

  /** A family of its own: charts find a font by family alone, and know no weight between. */
  public static final Typeface SEMI_BOLD =
      new Typeface("Source Sans 3 SemiBold", 400, "SourceSans3-SemiBold.ttf");

  /** For titles in pages. */
  public static final Typeface BOLD = new Typeface("Source Sans 3", 700, "SourceSans3-Bold.ttf");

  /** All weights. */
  public static final List<Typeface> ALL = List.of(REGULAR, SEMI_BOLD, BOLD);

  /** Stands for a character that the typeface does not have. */
  private static final int MISSING = 0x25A1;

  private static final int SOFT_HYPHEN = 0xAD;

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

  /**
   * The text with composed letters, without control characters, and with a hollow square for each
   * character that the typeface does not have: a missing glyph would otherwise vanish silently, and
   * is forbidden in an archivable PDF.
   */
  public static String printable(String text) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFC);
    StringBuilder out = new StringBuilder(composed.length());
    composed
        .codePoints()
        .forEach(
            c -> {
              boolean isControl = Character.isISOControl(c) && c != '\n' && c != '\t';
              if (isControl || (Character.getType(c) == Character.FORMAT && c != SOFT_HYPHEN)) {
                return;
              }
              boolean isKnown = Character.isISOControl(c) || REGULAR.font.canDisplay(c);
              out.appendCodePoint(isKnown ? c : MISSING);
            });
    return out.toString();
  }
}
