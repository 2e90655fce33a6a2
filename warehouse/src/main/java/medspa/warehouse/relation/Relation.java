package medspa.warehouse.relation;

import java.util.List;
import java.util.Optional;

/**
 * What a published relation of the warehouse is.
 *
 * @param name its name in schema {@code main}
 * @param kind whether its rows are stored or follow from other relations when it is read
 * @param parameters what a macro is called with, in order; empty for tables and views
 * @param grain one sentence: what a row is; becomes the relation's comment
 * @param key the columns that identify a row; empty where nothing does
 * @param columns its columns in their order
 */
public record Relation(
    String name,
    Kind kind,
    List<String> parameters,
    String grain,
    List<String> key,
    List<Field> columns) {

  /** How the rows of a relation come about. */
  public enum Kind {
    TABLE,
    VIEW,
    /** A view with parameters; its columns carry no comments in DuckDB. */
    MACRO
  }

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
