package medspa.warehouse.relation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** Tells what a query reads, from the tree that DuckDB's own parser makes of it. */
final class QueryReads implements AutoCloseable {
  /**
   * What a query reads.
   *
   * @param tables tables and views, in lower case, without the query's own common table expressions
   * @param functions table functions
   */
  record Reads(Set<String> tables, Set<String> functions) {}

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Connection connection;

  private QueryReads(Connection connection) {
    this.connection = connection;
  }

  static QueryReads open() throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    return new QueryReads(DriverManager.getConnection("jdbc:duckdb:", settings));
  }

  /**
   * Reads one SELECT.
   *
   * @throws IllegalArgumentException with the parser's message if it is none
   */
  Reads of(String sql) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT json_serialize_sql(CAST(? AS VARCHAR))")) {
      statement.setString(1, sql);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        JsonNode tree = JSON.readTree(row.getString(1));
        if (tree.path("error").asBoolean()) {
          throw new IllegalArgumentException(tree.path("error_message").asText());
        }
        Reads reads = new Reads(new TreeSet<>(), new TreeSet<>());
        collect(tree.path("statements"), Set.of(), reads);
        return reads;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("DuckDB's tree of a query cannot be read", e);
    }
  }

  private static void collect(JsonNode node, Set<String> outer, Reads reads) {
    Set<String> own = outer;
    if (node.isObject()) {
      own = new HashSet<>(outer);
      if (node.path("type").asText().equals("RECURSIVE_CTE_NODE")) {
        own.add(name(node, "cte_name"));
      }
      // Each sees those before it, and none itself: WITH rooms AS (FROM rooms) reads the table.
      for (JsonNode named : node.path("cte_map").path("map")) {
        collect(named.path("value"), Set.copyOf(own), reads);
        own.add(name(named, "key"));
      }
      if (node.path("type").asText().equals("BASE_TABLE")) {
        String table = name(node, "table_name");
        if (!own.contains(table)) {
          reads.tables().add(table);
        }
      }
      if (node.path("type").asText().equals("TABLE_FUNCTION")) {
        reads.functions().add(name(node.path("function"), "function_name"));
      }
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      if (!field.getKey().equals("cte_map")) {
        collect(field.getValue(), own, reads);
      }
    }
    if (node.isArray()) {
      for (JsonNode element : node) {
        collect(element, own, reads);
      }
    }
  }

  private static String name(JsonNode node, String field) {
    return node.path(field).asText().toLowerCase(Locale.ROOT);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
