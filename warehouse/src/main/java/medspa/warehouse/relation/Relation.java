package medspa.warehouse.relation;

import java.util.List;
import java.util.Optional;

/**
 * What a published relation of the warehouse is.
 *
 * @param name its name in schema {@code main}
 * @param grain one sentence: what a row is; becomes the relation's comment
 * @param columns its columns in their order
 */
public record Relation(String name, String grain, List<Field> columns) {

  /**
   * One column of a relation.
   *
   * @param type DuckDB type
   * @param meaning one sentence; becomes the column's comment
   */
  public record Field(String name, String type, String meaning, Optional<String> unit) {
    /** Meaning and unit, as it stands in the comment. */
    public String comment() {
      return unit.map(u -> meaning + " Unit: " + u + ".").orElse(meaning);
    }
  }
}
