package medspa.warehouse.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Writes rows that do not come straight from a query as the formats of queries have them. */
public final class ResultText {
  private ResultText() {}

  /**
   * Writes the rows.
   *
   * @param rows values in the order of the columns: texts, numbers, dates; an empty {@link
   *     Optional} is NULL
   * @throws UncheckedIOException if they cannot be written
   */
  public static void write(
      QueryFormat format, Appendable out, List<String> columns, List<? extends List<?>> rows) {
    try {
      RowWriter writer = RowWriter.of(format, out);
      writer.begin(columns);
      for (List<?> row : rows) {
        writer.row(row.stream().map(ResultText::cell).toList());
      }
      writer.end(rows.size());
    } catch (IOException e) {
      throw new UncheckedIOException("The rows cannot be written", e);
    }
  }

  private static Cell cell(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(ResultText::cell).orElse(new Cell(Cell.Kind.NULL, ""));
    }
    if (value instanceof BigDecimal decimal) {
      return new Cell(Cell.Kind.NUMBER, decimal.toPlainString());
    }
    return new Cell(value instanceof Number ? Cell.Kind.NUMBER : Cell.Kind.TEXT, value.toString());
  }
}
