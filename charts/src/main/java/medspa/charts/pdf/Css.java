package medspa.charts.pdf;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import medspa.charts.document.Block.Sentence.Voice;
import medspa.charts.document.Cell;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Look;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;

/** The classes of the style sheet for what the document means. */
public final class Css {
  private Css() {}

  /** Of a paragraph. */
  public static String of(Voice voice) {
    return switch (voice) {
      case HEADLINE -> "headline";
      case EXPLAINS -> "says";
      case NOTHING_THERE -> "none-there";
      case NOTICE -> "privacy";
    };
  }

  /** Of a text that stands out; empty where it does not. */
  public static String of(Tone tone) {
    return switch (tone) {
      case STRONG -> "strong";
      case QUIET -> "quiet";
      case FEW -> "few-cell";
      case BETTER -> "better";
      case WORSE -> "worse";
      case ON -> "s-on";
      case NEAR -> "s-near";
      case OFF -> "s-off";
      case OPEN -> "s-open";
      case FULL -> "full";
      case EMPTY, MISSING -> "empty";
      case LOWEST_QUARTER -> "q1";
      case LOWER_QUARTER -> "q2";
      case UPPER_QUARTER -> "q3";
      case HIGHEST_QUARTER -> "q4";
      case PLAIN -> "";
    };
  }

  /** Of a table. */
  public static String of(Look look) {
    return switch (look) {
      case ROOMY -> "fixed";
      case SMALL -> "fixed small";
      case TIGHT -> "fixed small tight";
      case HEAT -> "fixed small heat";
    };
  }

  /** Of the head of a column. */
  public static String of(Column column) {
    return switch (column.align()) {
      case START -> "";
      case START_APART -> "l";
      case END -> "n";
    };
  }

  /** Of a row. */
  public static String of(Table table, Row row) {
    String plain = table.look() == Look.HEAT && row.kind() == Row.Kind.REFERENCE ? "plain " : "";
    return plain + (row.kind() == Row.Kind.TOTAL ? "total" : row.startsGroup() ? "group" : "");
  }

  /** Of a cell: in a heat table the whole cell has its tone, and not only the text. */
  public static String of(Table table, int column, Cell cell) {
    String own = of(table.columns().get(column));
    return table.look() == Look.HEAT ? (own + " " + of(cell.tone())).strip() : own;
  }

  /** Of the text of a cell; empty where the cell itself has its tone. */
  public static String text(Table table, Cell cell) {
    return table.look() == Look.HEAT ? "" : of(cell.tone());
  }

  /** The width of a column. */
  public static String width(double percent) {
    return "width:"
        + BigDecimal.valueOf(percent)
            .setScale(1, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString()
        + "%";
  }

  /** Where a bar lies within its track; one that is not empty can be seen. */
  public static String place(Cell.Span span) {
    double from = Math.max(0, Math.min(1, Math.min(span.from(), span.to())));
    double to = Math.max(0, Math.min(1, Math.max(span.from(), span.to())));
    return String.format(
        Locale.ROOT, "margin-left: %.1f%%; width: %.1f%%", 100 * from, 100 * (to - from));
  }

  /** Of a bar. */
  public static String bar(Tone tone) {
    return switch (tone) {
      case WORSE, OFF -> "bar bar-worse";
      case STRONG -> "bar bar-sum";
      default -> "bar";
    };
  }
}
