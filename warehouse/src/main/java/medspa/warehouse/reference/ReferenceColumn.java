package medspa.warehouse.reference;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.ColumnType;

/**
 * A column of a sheet that a person fills in.
 *
 * @param column the canonical column
 * @param label its head, in words of a manager
 * @param explain one or two sentences: what to write
 * @param width of the column, in characters
 * @param isKey whether it tells which thing the row is about
 * @param isAsked whether an empty cell of a thing that is used is marked as missing
 * @param unlessSeen the column of what is seen that makes it needless to ask
 * @param oneOf the words it can have; any if empty
 * @param range the numbers it can have; nothing for what is no number
 */
public record ReferenceColumn(
    Column column,
    String label,
    String explain,
    int width,
    boolean isKey,
    boolean isAsked,
    Optional<String> unlessSeen,
    List<String> oneOf,
    Optional<Range> range) {
  /** Smallest and greatest number, both allowed. */
  public record Range(BigDecimal least, BigDecimal most) {
    /** More than any amount of a practice; a number beyond it is a slip of the hand. */
    static final BigDecimal MOST = new BigDecimal("1000000");

    /** {@code from 0 to 240}, {@code from 0 on} or {@code above 0}. */
    String words() {
      if (most.compareTo(MOST) < 0) {
        return "from " + least.toPlainString() + " to " + most.toPlainString();
      }
      return least.signum() == 0 ? "from 0 on" : "above 0";
    }
  }

  /** Name of the canonical column. */
  public String name() {
    return column.name();
  }

  /** What a cell of it can be, as the end of a sentence that begins with "Write". */
  public String allowed() {
    return switch (column.type()) {
      case INTEGER -> "a whole number " + range.orElseThrow().words();
      case MONEY, QUANTITY -> "a number " + range.orElseThrow().words();
      case BOOLEAN -> "yes or no";
      case DATE, INSTANT -> "a day such as 2026-03-09";
      default -> oneOf.isEmpty() ? "a text" : "one of the words " + String.join(", ", oneOf);
    };
  }

  /** Whether its cells are numbers. */
  public boolean isNumber() {
    return range.isPresent();
  }

  static boolean isNumber(ColumnType type) {
    return type == ColumnType.INTEGER || type == ColumnType.MONEY || type == ColumnType.QUANTITY;
  }
}
