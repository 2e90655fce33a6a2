package medspa.warehouse.query;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Struct;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.duckdb.DuckDBStruct;

/**
 * One value of a result as text.
 *
 * @param text the value without any quoting; what formats write where they need no quotes
 */
record Cell(Kind kind, String text) {
  enum Kind {
    NULL,
    NUMBER,
    BOOLEAN,
    TEXT,
    /** Already JSON: a list, a struct, a map or a JSON value. */
    JSON
  }

  private static final Cell NULL = new Cell(Kind.NULL, "");

  /**
   * Reads a column of the current row. Instants are written in UTC, days and times in ISO 8601,
   * numbers with all their digits.
   */
  static Cell read(ResultSet rows, int column, String type) throws SQLException {
    // A timestamp without a zone must not pass through the driver's default, which shifts it.
    if (type.startsWith("TIMESTAMP") && !type.contains("WITH TIME ZONE")) {
      LocalDateTime value = rows.getObject(column, LocalDateTime.class);
      return value == null
          ? NULL
          : new Cell(Kind.TEXT, DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(value));
    }
    Object value = rows.getObject(column);
    if (value == null) {
      return NULL;
    } else if (type.equals("JSON")) {
      return new Cell(Kind.JSON, value.toString());
    } else if (value instanceof OffsetDateTime instant) {
      return new Cell(Kind.TEXT, instant.toInstant().toString());
    } else if (isNested(value)) {
      return new Cell(Kind.JSON, json(value));
    } else if (value instanceof Number) {
      return new Cell(Kind.NUMBER, number(value));
    } else if (value instanceof Boolean) {
      return new Cell(Kind.BOOLEAN, value.toString());
    }
    return new Cell(Kind.TEXT, rows.getString(column));
  }

  /** Reads a column of the current row as {@link ValueReader} says. */
  static Object value(ResultSet rows, int column, String type) throws SQLException {
    if (type.startsWith("TIMESTAMP") && !type.contains("WITH TIME ZONE")) {
      return rows.getObject(column, LocalDateTime.class);
    }
    Object value = rows.getObject(column);
    if (value instanceof OffsetDateTime instant) {
      return instant.toInstant();
    } else if (value instanceof Double || value instanceof Float) {
      return ((Number) value).doubleValue();
    } else if (value instanceof Number) {
      return new BigDecimal(number(value));
    } else if (value == null || value instanceof Boolean || value instanceof LocalDate) {
      return value;
    }
    return read(rows, column, type).text();
  }

  /** The value as JSON. NaN and the infinities, which JSON does not have, are null. */
  String json() {
    return switch (kind) {
      case NULL -> "null";
      case BOOLEAN, JSON -> text;
      case NUMBER -> isFinite(text) ? text : "null";
      case TEXT -> quoted(text);
    };
  }

  private static boolean isFinite(String number) {
    return !number.equals("NaN") && !number.endsWith("Infinity");
  }

  private static boolean isNested(Object value) {
    return value instanceof Array || value instanceof Struct || value instanceof Map;
  }

  private static String number(Object value) {
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }

  private static String json(Object value) throws SQLException {
    if (value == null) {
      return "null";
    } else if (value instanceof Array array) {
      StringBuilder text = new StringBuilder("[");
      for (Object element : (Object[]) array.getArray()) {
        text.append(text.length() == 1 ? "" : ",").append(json(element));
      }
      return text.append(']').toString();
    } else if (value instanceof DuckDBStruct struct) {
      return json(struct.getMap());
    } else if (value instanceof Map<?, ?> map) {
      StringBuilder text = new StringBuilder("{");
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        text.append(text.length() == 1 ? "" : ",")
            .append(quoted(String.valueOf(entry.getKey())))
            .append(':')
            .append(json(entry.getValue()));
      }
      return text.append('}').toString();
    } else if (value instanceof Boolean) {
      return value.toString();
    } else if (value instanceof Number) {
      String number = number(value);
      return isFinite(number) ? number : "null";
    } else if (value instanceof OffsetDateTime instant) {
      return quoted(instant.toInstant().toString());
    }
    return quoted(value.toString());
  }

  /** A text as a JSON string. */
  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> quoted.append("\\\"");
        case '\\' -> quoted.append("\\\\");
        case '\n' -> quoted.append("\\n");
        case '\r' -> quoted.append("\\r");
        case '\t' -> quoted.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x7f) {
            quoted.append("\\u00").append(Character.forDigit(c >> 4, 16));
            quoted.append(Character.forDigit(c & 15, 16));
          } else {
            quoted.append(c);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }
}
