package medspa.charts.workbook;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import medspa.charts.document.Book.Column;
import medspa.charts.document.Book.Entry;
import medspa.charts.document.Tone;
import medspa.charts.document.Value;
import medspa.charts.workbook.Styles.Face;
import medspa.charts.workbook.Styles.Look;

/** The cells of one sheet, row after row. */
final class SheetPart {
  static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  static final String RELATIONS =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

  /** Days are counted from here; what a spreadsheet says of 1900-02-29 does not matter since. */
  private static final LocalDate DAY_ZERO = LocalDate.of(1899, 12, 30);

  private static final BigDecimal NANOS_OF_DAY = BigDecimal.valueOf(86_400_000_000_000L);

  /** Enough for a millisecond; a spreadsheet keeps 15 digits of a number. */
  private static final int SERIAL_DIGITS = 10;

  /** What makes a spreadsheet take an edited text for a formula. */
  private static final String FORMULA_STARTS = "=+-@\t\r";

  /** In points. */
  private static final int LINE_HEIGHT = 15;

  /** A spreadsheet has no rows that are higher. */
  private static final int MOST_LINES = 27;

  /** So many rows below the last one are held to the rules of their columns, too. */
  private static final int ADDED_ROWS = 500;

  private final Writer part;
  private final String currency;
  private final Styles styles;
  private final Strings strings;
  private final Map<LookKey, Integer> known = new HashMap<>();
  private int rows;

  private record LookKey(String format, Tone tone, boolean wraps, boolean isLiteral) {}

  /**
   * Sheets of one workbook share styles and texts.
   *
   * @param currency the sign of money
   */
  SheetPart(Writer part, String currency, Styles styles, Strings strings) {
    this.part = part;
    this.currency = currency;
    this.styles = styles;
    this.strings = strings;
  }

  /**
   * Begins the sheet.
   *
   * @param heldRows rows at the top that stay in view
   * @param heldColumns the same at the left
   */
  void begin(List<Column> columns, int heldRows, int heldColumns, boolean isFirst)
      throws IOException {
    part.write(
        "<worksheet xmlns=\""
            + MAIN
            + "\" xmlns:r=\""
            + RELATIONS
            + "\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr><sheetViews><sheetView"
            + " showGridLines=\"0\""
            + (isFirst ? " tabSelected=\"1\"" : "")
            + " workbookViewId=\"0\">");
    if (heldRows > 0 || heldColumns > 0) {
      part.write(
          "<pane"
              + (heldColumns > 0 ? " xSplit=\"" + heldColumns + "\"" : "")
              + (heldRows > 0 ? " ySplit=\"" + heldRows + "\"" : "")
              + " topLeftCell=\""
              + name(heldColumns)
              + (heldRows + 1)
              + "\" activePane=\""
              + (heldColumns == 0 ? "bottomLeft" : heldRows == 0 ? "topRight" : "bottomRight")
              + "\" state=\"frozen\"/>");
    }
    part.write("</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>");
    for (int i = 0; i < columns.size(); i++) {
      part.write(
          "<col min=\""
              + (i + 1)
              + "\" max=\""
              + (i + 1)
              + "\" width=\""
              + columns.get(i).width()
              + "\" customWidth=\"1\"/>");
    }
    part.write("</cols><sheetData>");
  }

  /** The names of the columns. */
  void heads(List<Column> columns) throws IOException {
    beginRow(columns.stream().mapToInt(c -> lines(c.head(), c.width())).max().orElse(1));
    int style = styles.number(Look.plain().in(Face.STRONG).wrapping());
    for (int i = 0; i < columns.size(); i++) {
      text(i, columns.get(i).head(), style);
    }
    endRow();
  }

  /** A text in a row of its own. */
  void line(String text, Look look) throws IOException {
    beginRow(1);
    text(0, text, styles.number(look));
    endRow();
  }

  /** Leaves a row free. */
  void skip() {
    rows++;
  }

  void row(List<Entry> row, List<Column> columns) throws IOException {
    if (row.size() != columns.size()) {
      throw new IllegalArgumentException(
          "A row of " + row.size() + " entries for " + columns.size() + " columns");
    }
    beginRow(lines(row, columns));
    for (int i = 0; i < columns.size(); i++) {
      Entry entry = row.get(i);
      if (entry.value().isPresent()) {
        cell(i, entry.value().get(), entry.tone(), columns.get(i).wraps());
      } else if (entry.tone() == Tone.MISSING) {
        part.write("<c r=\"" + name(i) + rows + "\" s=\"");
        part.write(style("", entry.tone(), columns.get(i).wraps(), false) + "\"/>");
      }
    }
    endRow();
  }

  private void cell(int column, Value value, Tone tone, boolean wraps) throws IOException {
    if (value instanceof Value.Amount amount) {
      number(
          column,
          written(amount.number()),
          style(Formats.of(amount, currency), tone, wraps, false));
    } else if (value instanceof Value.Day day) {
      number(
          column,
          Long.toString(ChronoUnit.DAYS.between(DAY_ZERO, day.date())),
          style(Formats.DAY, tone, wraps, false));
    } else if (value instanceof Value.Moment moment) {
      number(column, written(serial(moment.at())), style(Formats.MOMENT, tone, wraps, false));
    } else if (value instanceof Value.Flag flag) {
      part.write("<c r=\"" + name(column) + rows + "\" s=\"" + style("", tone, wraps, false));
      part.write("\" t=\"b\"><v>" + (flag.isSet() ? 1 : 0) + "</v></c>");
    } else if (value instanceof Value.Words words) {
      String text = words.text();
      boolean isLiteral = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
      text(column, text, style("", tone, wraps, isLiteral));
    }
  }

  /** Days since day zero, the time of day as a part of one, to less than a millisecond. */
  private static BigDecimal serial(LocalDateTime at) {
    return BigDecimal.valueOf(ChronoUnit.DAYS.between(DAY_ZERO, at.toLocalDate()))
        .add(
            BigDecimal.valueOf(at.toLocalTime().toNanoOfDay())
                .divide(NANOS_OF_DAY, SERIAL_DIGITS, RoundingMode.HALF_EVEN));
  }

  private int style(String format, Tone tone, boolean wraps, boolean isLiteral) {
    return known.computeIfAbsent(
        new LookKey(format, tone, wraps, isLiteral),
        key -> {
          Look look = Look.plain().formatted(format).toned(tone);
          look = wraps ? look.wrapping() : look;
          return styles.number(isLiteral ? look.literal() : look);
        });
  }

  private void text(int column, String text, int style) throws IOException {
    part.write("<c r=\"" + name(column) + rows + "\" s=\"" + style + "\" t=\"s\"><v>");
    part.write(strings.place(text) + "</v></c>");
  }

  private void number(int column, String number, int style) throws IOException {
    part.write("<c r=\"" + name(column) + rows + "\" s=\"" + style + "\"><v>");
    part.write(number + "</v></c>");
  }

  /** Not every program makes a row as high as its texts when it opens a file. */
  private void beginRow(int lines) throws IOException {
    rows++;
    part.write("<row r=\"" + rows + "\"");
    if (lines > 1) {
      part.write(" ht=\"" + lines * LINE_HEIGHT + "\" customHeight=\"1\"");
    }
    part.write(">");
  }

  private static int lines(List<Entry> row, List<Column> columns) {
    int lines = 1;
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).wraps() && row.get(i).value().orElse(null) instanceof Value.Words words) {
        lines = Math.max(lines, lines(words.text(), columns.get(i).width()));
      }
    }
    return Math.min(lines, MOST_LINES);
  }

  /** How many lines a text takes, broken between words. */
  private static int lines(String text, int width) {
    int lines = 1;
    int used = 0;
    int end;
    for (int start = 0; start <= text.length(); start = end + 1) {
      int blank = text.indexOf(' ', start);
      end = blank < 0 ? text.length() : blank;
      int length = Math.min(end - start, width);
      if (used > 0 && used + 1 + length > width) {
        lines++;
        used = length;
      } else {
        used += (used > 0 ? 1 : 0) + length;
      }
    }
    return lines;
  }

  private void endRow() throws IOException {
    part.write("</row>");
  }

  /** Rows so far. */
  int rows() {
    return rows;
  }

  /**
   * Ends the sheet.
   *
   * @param columns which say what may be written into their cells
   * @param links hyperlinks to places of the workbook, cell by place
   * @param hasTable whether its only relation is a table
   */
  void end(List<Column> columns, Map<String, String> links, boolean hasTable) throws IOException {
    part.write("</sheetData>");
    validations(columns);
    if (!links.isEmpty()) {
      part.write("<hyperlinks>");
      for (Map.Entry<String, String> link : links.entrySet()) {
        part.write(
            "<hyperlink ref=\""
                + link.getKey()
                + "\" location=\""
                + Parts.escaped(link.getValue())
                + "\"/>");
      }
      part.write("</hyperlinks>");
    }
    part.write(
        "<pageMargins left=\"0.5\" right=\"0.5\" top=\"0.6\" bottom=\"0.6\" header=\"0.3\""
            + " footer=\"0.3\"/><pageSetup orientation=\"landscape\" fitToHeight=\"0\"/>"
            + "<headerFooter><oddFooter>&amp;L&amp;A&amp;R&amp;P / &amp;N</oddFooter></headerFooter>"
            + (hasTable ? "<tableParts count=\"1\"><tablePart r:id=\"rId1\"/></tableParts>" : "")
            + "</worksheet>");
  }

  /** What may be written, below the head and in rows that somebody adds. */
  private void validations(List<Column> columns) throws IOException {
    List<String> rules = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).allowed().isPresent()) {
        String cells = name(i) + "2:" + name(i) + (rows + ADDED_ROWS);
        rules.add(Validations.rule(columns.get(i).allowed().get(), cells));
      }
    }
    if (!rules.isEmpty()) {
      part.write("<dataValidations count=\"" + rules.size() + "\">");
      part.write(String.join("", rules) + "</dataValidations>");
    }
  }

  /** The letters of a column, counted from 0. */
  static String name(int column) {
    String letter = String.valueOf((char) ('A' + column % 26));
    return column < 26 ? letter : name(column / 26 - 1) + letter;
  }

  /** A number as XML has it: all its digits and no locale. */
  private static String written(BigDecimal number) {
    if (number.signum() == 0) {
      return "0";
    }
    BigDecimal stripped = number.stripTrailingZeros();
    return Math.abs(stripped.scale()) <= 20 ? stripped.toPlainString() : stripped.toString();
  }
}
