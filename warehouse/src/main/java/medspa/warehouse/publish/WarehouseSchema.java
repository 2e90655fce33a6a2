package medspa.warehouse.publish;

import static medspa.warehouse.publish.BuildConnection.identifier;
import static medspa.warehouse.publish.BuildConnection.literal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.relation.CanonicalRelations;
import medspa.warehouse.relation.Relation;
import medspa.warehouse.relation.Relation.Field;
import medspa.warehouse.relation.Relation.Kind;
import medspa.warehouse.relation.Relations;

/** Creates the relations of the warehouse, each column and relation with its comment. */
final class WarehouseSchema {
  private final List<Relation> relations;

  WarehouseSchema(Relations relations, TableContracts contracts) {
    List<Relation> all = new ArrayList<>(relations.all());
    all.addAll(CanonicalRelations.all(contracts));
    this.relations = List.copyOf(all);
  }

  List<Relation> tables() {
    return relations.stream().filter(r -> r.kind() == Kind.TABLE).toList();
  }

  /** Creates the empty tables, then the views and macros over them. */
  void create(BuildConnection build) throws SQLException {
    for (Relation table : tables()) {
      build.execute(
          "CREATE TABLE "
              + identifier(table.name())
              + " ("
              + table.columns().stream()
                  .map(c -> identifier(c.name()) + " " + c.type())
                  .collect(Collectors.joining(", "))
              + ")");
    }
    for (Relation view : relations) {
      if (view.kind() == Kind.VIEW) {
        build.execute(
            "CREATE VIEW "
                + identifier(view.name())
                + " AS "
                + Definitions.resource("sql/views/" + view.name() + ".sql"));
      }
    }
    for (Relation macro : relations) {
      if (macro.kind() == Kind.MACRO) {
        build.execute(
            "CREATE MACRO "
                + identifier(macro.name())
                + "("
                + String.join(", ", macro.parameters())
                + ") AS TABLE "
                + Definitions.resource("sql/macros/" + macro.name() + ".sql"));
      }
    }
  }

  /** Writes meaning and unit onto every relation and column. */
  void comment(BuildConnection build) throws SQLException {
    for (Relation relation : relations) {
      String name = identifier(relation.name());
      if (relation.kind() == Kind.MACRO) {
        build.execute("COMMENT ON MACRO TABLE " + name + " IS " + literal(relation.grain()));
        continue;
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
