package medspa.charts.read;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Rows of one query, column by name; NULL never leaves it. */
final class Rows {
  /** Makes a record of the current row. */
  interface Reader<T> {
    T read(Rows row) throws SQLException;
  }

  private final ResultSet result;

  private Rows(ResultSet result) {
    this.result = result;
  }

  /** Every row of the query, with {@code ?} bound in order. */
  static <T> List<T> query(
      Connection connection, String sql, Reader<T> reader, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet result = statement.executeQuery()) {
        Rows row = new Rows(result);
        List<T> rows = new ArrayList<>();
        while (result.next()) {
          rows.add(reader.read(row));
        }
        return rows;
      }
    } catch (SQLException e) {
      throw new UnreadableWarehouseException(
          "The warehouse cannot answer a question of the report: " + e.getMessage(), e);
    }
  }

  String text(String column) throws SQLException {
    return optionalText(column).orElse("");
  }

  Optional<String> optionalText(String column) throws SQLException {
    return Optional.ofNullable(result.getString(column)).filter(text -> !text.isBlank());
  }

  LocalDate date(String column) throws SQLException {
    return optionalDate(column)
        .orElseThrow(() -> new UnreadableWarehouseException("The column " + column + " is NULL"));
  }

  Optional<LocalDate> optionalDate(String column) throws SQLException {
    return Optional.ofNullable(result.getObject(column, LocalDate.class));
  }

  OptionalDouble optionalNumber(String column) throws SQLException {
    double value = result.getDouble(column);
    return result.wasNull() || !Double.isFinite(value)
        ? OptionalDouble.empty()
        : OptionalDouble.of(value);
  }

  BigDecimal decimal(String column) throws SQLException {
    return optionalDecimal(column).orElse(BigDecimal.ZERO);
  }

  Optional<BigDecimal> optionalDecimal(String column) throws SQLException {
    return Optional.ofNullable(result.getBigDecimal(column));
  }

  long count(String column) throws SQLException {
    return result.getLong(column);
  }

  int integer(String column) throws SQLException {
    return result.getInt(column);
  }

  OptionalInt optionalInteger(String column) throws SQLException {
    int value = result.getInt(column);
    return result.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
  }

  OptionalLong optionalCount(String column) throws SQLException {
    long value = result.getLong(column);
    return result.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** A flag; NULL is false. */
  boolean flag(String column) throws SQLException {
    return result.getBoolean(column);
  }
}
