package medspa.warehouse.relation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a relation of the warehouse is, and where its rows come from.
 *
 * @param name its name in schema {@code main}
 * @param isPublished whether it is in the published file; others exist only while that is built
 * @param kind whether its rows are stored or follow from other relations when it is read
 * @param parameters what a macro is called with, in order; empty for tables and views
 * @param grain one sentence: what a row is; becomes the relation's comment
 * @param key the columns that identify a row; empty where nothing does
 * @param columns its columns in their order
 * @param rows where its rows come from
 * @param additions a query of rows that are added to those loaded
 * @param functions statements that create the functions which only its query uses
 * @param checks queries of offending rows, by the name of the check
 * @param isForEveryone whether each audience gets all its rows in an extract
 * @param extract the rows that an audience gets; without it those of its practices
 */
public record Relation(
    String name,
    boolean isPublished,
    Kind kind,
    List<String> parameters,
    String grain,
    List<String> key,
    List<Field> columns,
    Rows rows,
    Optional<String> additions,
    Optional<String> functions,
    Map<String, String> checks,
    boolean isForEveryone,
    Optional<String> extract) {

  /** How the rows of a relation come about. */
  public enum Kind {
    TABLE,
    VIEW,
    /** A view with parameters; its columns carry no comments in DuckDB. */
    MACRO
  }

  /** Where the rows of a relation come from. */
  public sealed interface Rows {
    /** From other relations, by a query that names its columns; of a view or macro, its body. */
    record Query(String sql) implements Rows {}

    /** From the program, at a step of the publication. */
    record Loaded(Step step) implements Rows {}

    /** Copied as they are from a dataset of the lake, such as {@code gold/stock_lots}. */
    record Dataset(String name) implements Rows {}

    /** The current rows of the canonical table of the same name. */
    record Canonical() implements Rows {}

    /** The step of the publication after which the rows are there; none for a query's. */
    default Optional<Step> loadedAt() {
      if (this instanceof Loaded loaded) {
        return Optional.of(loaded.step());
      }
      return this instanceof Query ? Optional.empty() : Optional.of(Step.LAKE);
    }
  }

  /** The steps at which the program loads rows, in their order. */
  public enum Step {
    /** What the configuration and the definitions say. */
    CONFIGURATION,
    /** What the lake holds. */
    LAKE,
    /** Where series moved to another level. */
    JUDGEMENT,
    /** What earlier publications expected and proposed; in a look back those that were known. */
    PAST,
    /** What was published before. */
    HISTORY,
    /** What was not known at an earlier publication; only where something of it is restated. */
    NEW_KNOWLEDGE,
    /** What is remembered of this publication. */
    PUBLICATION
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
