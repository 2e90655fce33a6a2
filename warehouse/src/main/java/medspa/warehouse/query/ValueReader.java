package medspa.warehouse.query;

import java.util.List;

/** Takes the values of a result as what they are, row by row. */
public interface ValueReader {
  /** The names of the columns, before the first row. */
  void begin(List<String> columns);

  /**
   * The values of a row: numbers as {@link java.math.BigDecimal} or, where they have no exact end,
   * {@link Double}, days as {@link java.time.LocalDate}, instants as {@link java.time.Instant},
   * other times of day as {@link java.time.LocalDateTime}, {@link Boolean}, and all else as text;
   * NULL is null.
   */
  void row(List<Object> values);
}
