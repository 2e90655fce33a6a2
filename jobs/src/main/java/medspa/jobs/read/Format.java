package medspa.jobs.read;

import java.util.Optional;

/**
 * How the bytes of an export become records.
 *
 * @param type the kind of file
 * @param delimiter between the fields of a text file
 * @param encoding of a text file, unless it begins with a byte order mark
 * @param sheet name of the sheet of a workbook; else the first
 * @param records path of the list of records inside a JSON document, with dots between; else the
 *     document itself is the list
 * @param headerWithin how many rows from the top may hold the header, those before it being titles
 * @param shortRows whether a row with fewer fields than the header is usual, as in a footer
 */
public record Format(
    Type type,
    char delimiter,
    String encoding,
    Optional<String> sheet,
    Optional<String> records,
    int headerWithin,
    boolean shortRows) {

  /** The kinds of files that are read. */
  public enum Type {
    /** Text with a delimiter. */
    DELIMITED,
    /** An Excel workbook, XLSX. */
    WORKBOOK,
    /** One JSON document that holds a list of objects. */
    JSON,
    /** One JSON object per line. */
    JSON_LINES
  }

  /** Text with commas, UTF-8, the header first. */
  public static final Format CSV =
      new Format(Type.DELIMITED, ',', "UTF-8", Optional.empty(), Optional.empty(), 1, false);

  /** A workbook, its first sheet that is not hidden, the header first. */
  public static final Format WORKBOOK =
      new Format(Type.WORKBOOK, ',', "UTF-8", Optional.empty(), Optional.empty(), 1, false);

  /** The same, of a workbook's sheet of that name, whose header is among the first rows. */
  public Format onSheet(String name, int rows) {
    return new Format(type, delimiter, encoding, Optional.of(name), records, rows, shortRows);
  }

  /** The same in another encoding. */
  public Format withEncoding(String other) {
    return new Format(type, delimiter, other, sheet, records, headerWithin, shortRows);
  }
}
