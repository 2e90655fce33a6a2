package medspa.jobs.ingest;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.query.Sql;
import org.duckdb.DuckDBConnection;

/**
 * A DuckDB in memory with the macros and settings of the ingestion, which take longer to load than
 * most exports do: it takes one export after the other, and forgets each before the next. It never
 * spills to disk, and once locked down it can reach no file.
 */
final class ExportEngine implements AutoCloseable {
  /** As the macros are written. */
  private static final String ANY_SIGN = "[$£€]";

  /** Currencies whose sign is that of the dollar, which pesos have, too. */
  private static final Set<String> DOLLARS =
      Set.of(
          "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "TWD", "MXN", "ARS", "CLP", "COP", "UYU", "DOP",
          "BSD", "BBD", "BMD", "BZD", "KYD", "FJD", "GYD", "JMD", "TTD", "XCD", "NAD", "BND");

  private static final Set<String> POUNDS = Set.of("GBP", "GIP", "FKP", "SHP", "EGP", "LBP");

  private static final String MACROS = Definitions.resource("sql/ingest.sql");
  private static final String ZONES = Definitions.resource("sql/zone_labels.csv");

  private final DuckDBConnection connection;
  private final Optional<Currency> currency;
  private final Optional<Path> directory;
  private final Map<String, String> variables = new HashMap<>();

  private ExportEngine(
      DuckDBConnection connection, Optional<Currency> currency, Optional<Path> directory) {
    this.connection = connection;
    this.currency = currency;
    this.directory = directory;
  }

  /**
   * Opens one.
   *
   * @param currency whose sign amounts may have; of any currency if there is none
   * @param directory where it may write, once it is locked down
   */
  static ExportEngine open(Optional<Currency> currency, Optional<Path> directory)
      throws SQLException {
    DuckDBConnection connection =
        DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
    try (Statement statement = connection.createStatement()) {
      statement.execute(MACROS.replace(ANY_SIGN, sign(currency)));
      statement.execute("SET VARIABLE zone_labels = MAP {" + zoneLabels() + "}");
      return new ExportEngine(connection, currency, directory);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Opens one that can reach no file from the start.
   *
   * @param currency whose sign amounts may have
   */
  static ExportEngine lockedDown(Optional<Currency> currency) throws SQLException {
    ExportEngine engine = open(currency, Optional.empty());
    engine.lockDown();
    return engine;
  }

  DuckDBConnection connection() {
    return connection;
  }

  Optional<Currency> currency() {
    return currency;
  }

  /** Where it may write. */
  Optional<Path> directory() {
    return directory;
  }

  /**
   * Makes some variables, and no others, what an export needs; most exports of a source need what
   * the one before did.
   *
   * @param wanted SQL of a value by name
   */
  void setOnly(Map<String, String> wanted) throws SQLException {
    for (String name : List.copyOf(variables.keySet())) {
      if (!wanted.containsKey(name)) {
        reset(name);
      }
    }
    for (Map.Entry<String, String> variable : wanted.entrySet()) {
      if (!variable.getValue().equals(variables.get(variable.getKey()))) {
        set(variable.getKey(), variable.getValue());
      }
    }
  }

  /**
   * Sets a variable.
   *
   * @param value SQL
   */
  void set(String name, String value) throws SQLException {
    variables.remove(name);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET VARIABLE %s = %s".formatted(Sql.identifier(name), value));
    }
    variables.put(name, value);
  }

  /** Forgets a variable. */
  void reset(String name) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("RESET VARIABLE " + Sql.identifier(name));
    }
    variables.remove(name);
  }

  /** From here on it can reach no file, but those of its directory. */
  void lockDown() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (directory.isPresent()) {
        statement.execute(
            "SET allowed_directories = [%s]".formatted(Sql.literal(directory.get() + "/")));
      }
      statement.execute("SET enable_external_access = false");
      statement.execute("SET lock_configuration = true");
    }
  }

  /** The signs that amounts in a currency may have: £100 are not 100 dollars. */
  private static String sign(Optional<Currency> currency) {
    if (currency.isEmpty()) {
      return ANY_SIGN;
    }
    String code = currency.get().getCurrencyCode();
    if (DOLLARS.contains(code)) {
      return "[$]";
    }
    if (POUNDS.contains(code)) {
      return "[£]";
    }
    return switch (code) {
      case "EUR" -> "[€]";
      case "JPY", "CNY" -> "[¥￥]";
      // No amount has this one, which stands for any currency.
      default -> "[¤]";
    };
  }

  private static String zoneLabels() {
    return ZONES
        .lines()
        .map(line -> line.split(",(?=[^,]*$)"))
        .map(pair -> Sql.literal(pair[0]) + ": " + Sql.literal(pair[1]))
        .collect(Collectors.joining(", "));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
