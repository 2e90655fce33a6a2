package medspa.warehouse.publish;

import static medspa.warehouse.query.Sql.identifier;
import static medspa.warehouse.query.Sql.literal;

import java.sql.SQLException;
import java.util.stream.Collectors;
import medspa.warehouse.relation.BuildOrder;
import medspa.warehouse.relation.Relation;
import medspa.warehouse.relation.Relation.Field;
import medspa.warehouse.relation.Relation.Kind;
import medspa.warehouse.relation.Relation.Rows;

/**
 * Creates the relations of the warehouse, each column and relation with its comment. Those that are
 * not published are temporary: they are gone with the connection.
 */
final class WarehouseSchema {
  private final BuildOrder order;

  WarehouseSchema(BuildOrder order) {
    this.order = order;
  }

  /** Creates the functions that queries use, the empty tables, the views and macros over them. */
  void create(BuildConnection build) throws SQLException {
    build.script("sql/functions.sql");
    for (Relation table : order.relations()) {
      if (table.kind() == Kind.TABLE) {
        createTable(build, table);
      }
    }
    for (Relation relation : order.relations()) {
      if (relation.kind() != Kind.TABLE && relation.rows() instanceof Rows.Query query) {
        build.execute(
            relation.kind() == Kind.VIEW
                ? "CREATE VIEW " + identifier(relation.name()) + " AS " + query.sql()
                : "CREATE MACRO "
                    + identifier(relation.name())
                    + "("
                    + String.join(", ", relation.parameters())
                    + ") AS TABLE "
                    + query.sql());
      }
    }
  }

  /** Creates an empty table, temporary where it is not published. */
  static void createTable(BuildConnection build, Relation table) throws SQLException {
    build.execute(
        (table.isPublished() ? "CREATE TABLE " : "CREATE TEMP TABLE ")
            + identifier(table.name())
            + " ("
            + table.columns().stream()
                .map(c -> identifier(c.name()) + " " + c.type())
                .collect(Collectors.joining(", "))
            + ")");
  }

  /** Writes meaning and unit onto every published relation that is filled, and its columns. */
  void comment(BuildConnection build) throws SQLException {
    for (Relation relation : order.relations()) {
      if (relation.isPublished() && order.isFilled(relation.name())) {
        comment(build, relation);
      }
    }
  }

  private static void comment(BuildConnection build, Relation relation) throws SQLException {
    String name = identifier(relation.name());
    if (relation.kind() == Kind.MACRO) {
      build.execute("COMMENT ON MACRO TABLE " + name + " IS " + literal(relation.grain()));
      return;
    }
    build.execute(
        "COMMENT ON " + relation.kind() + " " + name + " IS " + literal(relation.grain()));
    for (Field column : relation.columns()) {
      build.execute(
          "COMMENT ON COLUMN "
              + name
              + "."
              + identifier(column.name())
              + " IS "
              + literal(column.comment()));
    }
  }

  /** Fills a table from a query that gives its columns by name, in any order and type. */
  static void fill(BuildConnection build, Relation table, String query) throws SQLException {
    build.execute(
        "INSERT INTO "
            + identifier(table.name())
            + " SELECT "
            + table.columns().stream()
                .map(c -> "CAST(" + identifier(c.name()) + " AS " + c.type() + ")")
                .collect(Collectors.joining(", "))
            + " FROM ("
            + query
            + ")");
  }
}
