package medspa.warehouse.publish;

import static medspa.warehouse.query.Sql.identifier;
import static medspa.warehouse.query.Sql.identifiers;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.relation.BuildOrder;
import medspa.warehouse.relation.Relation;
import medspa.warehouse.relation.Relation.Kind;

/**
 * What must hold in a warehouse before it is published. Each check is a query that gives the keys
 * of offending rows, in the folder of its relation or, over several of them, under {@code checks};
 * one row is enough to stop the publication.
 */
final class WarehouseChecks {
  private static final String UNIQUE = "business_key_unique";
  private static final int KEYS_SHOWN = 3;

  private WarehouseChecks() {}

  /**
   * Runs all checks.
   *
   * @param together the checks over several relations
   * @throws CheckFailedException at the first that finds a row
   */
  static void run(BuildConnection build, BuildOrder order, Map<String, String> together)
      throws SQLException {
    // Keys first of all, because a measure that stands twice would be added twice.
    for (Relation relation : order.relations()) {
      if (relation.isPublished()
          && order.isFilled(relation.name())
          && relation.kind() == Kind.TABLE
          && !relation.key().isEmpty()) {
        unique(build, relation.name(), relation.key());
      }
    }
    for (Relation relation : order.relations()) {
      runEach(build, order, relation.checks());
    }
    runEach(build, order, together);
  }

  private static void runEach(BuildConnection build, BuildOrder order, Map<String, String> checks)
      throws SQLException {
    for (Map.Entry<String, String> check : checks.entrySet()) {
      if (order.canCheck(check.getValue())) {
        fail(check.getKey(), "", build.keys(check.getValue(), KEYS_SHOWN));
      }
    }
  }

  private static void unique(BuildConnection build, String relation, List<String> key)
      throws SQLException {
    String sql =
        Definitions.resource("sql/" + UNIQUE + ".sql")
            .replace("${key}", identifiers(key))
            .replace("${relation}", identifier(relation));
    fail(UNIQUE, " for " + relation, build.keys(sql, KEYS_SHOWN));
  }

  private static void fail(String name, String about, List<String> keys) {
    if (!keys.isEmpty()) {
      throw new CheckFailedException(name, about, keys);
    }
  }
}
