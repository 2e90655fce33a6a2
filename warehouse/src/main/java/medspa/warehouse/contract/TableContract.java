package medspa.warehouse.contract;

import java.util.List;
import java.util.Optional;

/**
 * What a canonical table is: the contract between the outside world and everything else.
 *
 * @param name the table's name
 * @param grain one sentence: what a row is
 * @param kind whether rows are facts of a location or reference data of a practice
 * @param key the columns that, with the practice, identify a row
 * @param date the column whose local date places a row in a day; facts only
 * @param columns the columns in their order
 * @param checks rules over typed columns; a row for which one is true is rejected
 */
public record TableContract(
    String name,
    String grain,
    Kind kind,
    List<String> key,
    Optional<String> date,
    List<Column> columns,
    List<Check> checks) {

  /** Facts belong to a location, reference rows to a practice. */
  public enum Kind {
    FACT,
    REFERENCE
  }

  /**
   * A rule over the typed columns of a row.
   *
   * @param reason reason code of the rejected row
   * @param column the column that is named with it
   * @param rejectWhen DuckDB condition under which the row is rejected
   */
  public record Check(String reason, String column, String rejectWhen) {}

  /** The column of that name. */
  public Optional<Column> column(String columnName) {
    return columns.stream().filter(c -> c.name().equals(columnName)).findFirst();
  }

  /** Whether a row tells of what has happened, rather than of what is planned or holds. */
  public boolean tellsThePast() {
    return date.flatMap(this::column).filter(Column::past).isPresent();
  }

  /** Whether the rows name their location. */
  public boolean hasLocation() {
    return column("location_id").isPresent();
  }

  /** Names of the key columns as they are stored past ingestion. */
  public List<String> storedKey() {
    return key.stream().map(k -> column(k).orElseThrow().storedName()).toList();
  }
}
