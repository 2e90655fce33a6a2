package medspa.warehouse.query;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * Names and values as they are written in DuckDB's SQL where a statement cannot take parameters.
 */
public final class Sql {
  private Sql() {}

  /** A quoted identifier. */
  public static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** Quoted identifiers with commas between them. */
  public static String identifiers(Collection<String> names) {
    return names.stream().map(Sql::identifier).collect(Collectors.joining(", "));
  }

  /** A text literal. */
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Text literals with commas between them. */
  public static String literals(Collection<String> texts) {
    return texts.stream().map(Sql::literal).collect(Collectors.joining(", "));
  }

  /** A list whose elements are text literals. */
  public static String list(Collection<String> texts) {
    return "[" + literals(texts) + "]";
  }
}
