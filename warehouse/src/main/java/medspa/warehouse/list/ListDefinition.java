package medspa.warehouse.list;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * One list and the columns of canonical tables that it is made of.
 *
 * @param id its name
 * @param order its place among the lists
 * @param label what it is, in words
 * @param relation the relation of the warehouse that holds it
 * @param needs columns without which it says nothing
 * @param gains columns without which it says less
 */
public record ListDefinition(
    String id, int order, String label, String relation, List<Part> needs, List<Part> gains) {

  /**
   * A column that a list is made of.
   *
   * @param columns the column; of several any one is enough; none for a setting
   * @param setting the relation that holds a setting of the configuration, where that is what it
   *     takes
   * @param words the words of its vocabulary of which it must have one, where they decide
   * @param where words of other columns that a row must have one of to count, by column; all rows
   *     count where it is empty
   * @param called what it tells, in words of an owner and as a plural
   * @param otherwise what tells the same without an export, such as a setting
   * @param without what the list lacks without it, as a clause
   */
  public record Part(
      List<ListColumn> columns,
      Optional<String> setting,
      List<String> words,
      SortedMap<String, List<String>> where,
      String called,
      Optional<String> otherwise,
      String without) {

    /** How it is named: {@code products.unit_cost or stock_movements.unit_cost}. */
    public String name() {
      return setting.orElseGet(
              () -> String.join(" or ", columns.stream().map(ListColumn::name).toList()))
          + (words.isEmpty() ? "" : " = " + String.join(" or ", words))
          + String.join(
              "",
              where.entrySet().stream()
                  .map(
                      entry ->
                          " where "
                              + entry.getKey()
                              + " = "
                              + String.join(" or ", entry.getValue()))
                  .toList());
    }
  }

  /**
   * A column of a canonical table.
   *
   * @param table the table
   * @param column the column as exports have it
   */
  public record ListColumn(String table, String column) {
    /** {@code table.column}. */
    public String name() {
      return table + "." + column;
    }
  }
}
