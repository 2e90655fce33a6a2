package medspa.jobs.ingest;

import java.util.Collection;
import java.util.stream.Collectors;

/** Quoting for generated SQL. */
final class Sql {
  private Sql() {}

  /** A quoted identifier. */
  static String name(String identifier) {
    return "\"" + identifier.replace("\"", "\"\"") + "\"";
  }

  /** A quoted text literal. */
  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }

  /** Quoted identifiers with commas between. */
  static String names(Collection<String> identifiers) {
    return identifiers.stream().map(Sql::name).collect(Collectors.joining(", "));
  }

  /** Quoted text literals with commas between. */
  static String texts(Collection<String> values) {
    return values.stream().map(Sql::text).collect(Collectors.joining(", "));
  }
}
