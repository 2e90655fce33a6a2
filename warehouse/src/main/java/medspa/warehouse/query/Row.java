package medspa.warehouse.query;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The current row of a result, column by name; NULL never leaves it. */
public final class Row {
  private final ResultSet result;

  Row(ResultSet result) {
    this.result = result;
  }

  /** A text; NULL is empty. */
  public String text(String column) throws SQLException {
    return optionalText(column).orElse("");
  }

  /** A text; empty where it is NULL or blank. */
  public Optional<String> optionalText(String column) throws SQLException {
    return Optional.ofNullable(result.getString(column)).filter(text -> !text.isBlank());
  }

  /**
   * A day.
   *
   * @throws QueryException if it is NULL
   */
  public LocalDate date(String column) throws SQLException {
    return optionalDate(column)
        .orElseThrow(() -> new QueryException("The column " + column + " is NULL"));
  }

  /** A day; empty where it is NULL. */
  public Optional<LocalDate> optionalDate(String column) throws SQLException {
    return Optional.ofNullable(result.getObject(column, LocalDate.class));
  }

  /** A number; empty where it is NULL or not finite. */
  public OptionalDouble optionalNumber(String column) throws SQLException {
    double value = result.getDouble(column);
    return result.wasNull() || !Double.isFinite(value)
        ? OptionalDouble.empty()
        : OptionalDouble.of(value);
  }

  /** A decimal with all its digits; NULL is 0. */
  public BigDecimal decimal(String column) throws SQLException {
    return optionalDecimal(column).orElse(BigDecimal.ZERO);
  }

  /** A decimal with all its digits; empty where it is NULL. */
  public Optional<BigDecimal> optionalDecimal(String column) throws SQLException {
    return Optional.ofNullable(result.getBigDecimal(column));
  }

  /** A whole number of any size; NULL is 0. */
  public long count(String column) throws SQLException {
    return result.getLong(column);
  }

  /** A whole number of any size; empty where it is NULL. */
  public OptionalLong optionalCount(String column) throws SQLException {
    long value = result.getLong(column);
    return result.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** A small whole number; NULL is 0. */
  public int integer(String column) throws SQLException {
    return result.getInt(column);
  }

  /** A small whole number; empty where it is NULL. */
  public OptionalInt optionalInteger(String column) throws SQLException {
    int value = result.getInt(column);
    return result.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** A flag; NULL is false. */
  public boolean flag(String column) throws SQLException {
    return result.getBoolean(column);
  }
}
