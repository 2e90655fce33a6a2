package medspa.jobs.ingest;

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
}
