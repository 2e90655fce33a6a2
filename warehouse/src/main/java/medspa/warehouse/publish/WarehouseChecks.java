package medspa.warehouse.publish;

import static medspa.warehouse.publish.BuildConnection.identifier;
import static medspa.warehouse.publish.BuildConnection.identifiers;

import java.sql.SQLException;
import java.util.List;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.relation.Relation;

/**
 * What must hold in a warehouse before it is published. Each check is a query under {@code
 * sql/checks} that gives the keys of offending rows; one row is enough to stop the publication.
 */
final class WarehouseChecks {
  private static final List<String> NAMES =
      List.of(
          "capacity_identity",
          "providers_add_up",
          "categories_add_up",
          "double_bookings_are_listed",
          "rollups_add_up",
          "days_add_up",
          "revenue_per_provider_hour_identity",
          "stock_roll",
          "stock_lots_add_up",
          "stock_value_adds_up",
          "revenue_bridge_closes",
          "stored_value_rolls_forward",
          "journal_balances",
          "rows_read_add_up",
          "kpi_has_definition",
          "no_silent_drift");

  private static final String UNIQUE = "business_key_unique";
  private static final int KEYS_SHOWN = 3;

  private WarehouseChecks() {}

  /**
   * Runs all checks.
   *
   * @throws CheckFailedException at the first that finds a row
   */
  static void run(BuildConnection build, List<Relation> tables) throws SQLException {
    // First of all, because a measure that stands twice would be added twice.
    for (Relation table : tables) {
      if (table.name().equals("measures_weekly")) {
        unique(build, table.name(), table.key());
      }
    }
    for (String name : NAMES) {
      fail(name, "", build.keys(Definitions.resource("sql/checks/" + name + ".sql"), KEYS_SHOWN));
    }
    for (Relation table : tables) {
      if (!table.key().isEmpty()) {
        unique(build, table.name(), table.key());
      }
    }
  }

  private static void unique(BuildConnection build, String relation, List<String> key)
      throws SQLException {
    String sql =
        Definitions.resource("sql/checks/" + UNIQUE + ".sql")
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
