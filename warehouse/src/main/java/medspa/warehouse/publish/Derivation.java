package medspa.warehouse.publish;

import static medspa.warehouse.query.Sql.identifier;

import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import medspa.warehouse.relation.BuildOrder;
import medspa.warehouse.relation.Relation;
import medspa.warehouse.relation.Relation.Kind;
import medspa.warehouse.relation.Relation.Rows;
import medspa.warehouse.relation.Relation.Step;

/**
 * Fills the relations that follow from others, each as soon as all that it reads is there. What
 * reads rows of a step that does not take place stays empty.
 */
final class Derivation {
  private final BuildConnection build;
  private final BuildOrder order;
  private final Set<Step> steps = EnumSet.noneOf(Step.class);
  private final Set<String> filled = new HashSet<>();

  Derivation(BuildConnection build, BuildOrder order) {
    this.build = build;
    this.order = order;
  }

  /** Fills what can be filled once the rows of a step are loaded. */
  void after(Step step) throws SQLException {
    steps.add(step);
    for (Relation relation : order.relations()) {
      Optional<Step> own = relation.rows().loadedAt();
      if (order.isFilled(relation.name())
          && !filled.contains(relation.name())
          && own.map(steps::contains).orElse(true)
          && filled.containsAll(order.reads(relation.name()))) {
        fill(build, relation);
        filled.add(relation.name());
      }
    }
  }

  /** Runs the query of a relation, or adds to what was loaded. */
  static void fill(BuildConnection build, Relation relation) throws SQLException {
    if (relation.functions().isPresent()) {
      build.execute(relation.functions().get());
    }
    if (relation.kind() == Kind.TABLE && relation.rows() instanceof Rows.Query query) {
      WarehouseSchema.fill(build, relation, query.sql());
    }
    if (relation.additions().isPresent()) {
      build.execute(
          "INSERT INTO " + identifier(relation.name()) + " BY NAME " + relation.additions().get());
    }
  }
}
