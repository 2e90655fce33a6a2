package medspa.jobs.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import medspa.jobs.read.LongNumber;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.query.Sql;

/**
 * What is made of every column of one kind by the same expression, as one list for each row. To
 * plan the expression takes longer than to work it out for the rows of most files, so it stands
 * once in the query however many columns a table has.
 */
record ColumnLists(TableContract contract) {
  private static final String INSTANTS = "instants";
  private static final String NUMBERS = "numbers";
  private static final String TOO_FINE = "too_fine";
  private static final String DAMAGED = "damaged";

  private static final Set<ColumnType> TIMES = Set.of(ColumnType.INSTANT);
  private static final Set<ColumnType> AMOUNTS = Set.of(ColumnType.MONEY, ColumnType.QUANTITY);
  private static final Set<ColumnType> IDS = Set.of(ColumnType.ID, ColumnType.CLIENT);

  private static final String NUMBER =
      """
      CASE WHEN regexp_full_match(t, '[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)')
        THEN TRY_CAST(t AS DECIMAL(18,4)) END""";

  /**
   * Whether a text that should be an id is what a spreadsheet or a script left of one: a number in
   * scientific notation, whose last digits are lost, or a whole number with decimals or with
   * thousands set apart, such as 100012.0 or 100,012, whose leading zeros may be. A mapping may
   * have put something behind it: 100012.0:consumable.
   */
  private static final String IS_DAMAGED =
      "regexp_matches(t, "
          + Sql.literal(LongNumber.SCIENTIFIC)
          + ") OR regexp_full_match(t, '(.*\\x1f)?([0-9]{3,}\\.0+|[1-9][0-9]{0,2}(,[0-9]{3})+)(:.*)?')";

  /**
   * The lists as further columns, each behind a comma, of {@code m}, the mapped texts, beside
   * {@code l}, the row's location.
   */
  String columns() {
    return list(INSTANTS, TIMES, "instant(t, l.zone)")
        + list(NUMBERS, AMOUNTS, NUMBER)
        + list(TOO_FINE, AMOUNTS, "regexp_matches(t, '\\.[0-9]{4}[0-9]*[1-9]')")
        + list(DAMAGED, IDS, IS_DAMAGED);
  }

  /** Those by which rows are judged. */
  List<String> kept() {
    List<String> kept = new ArrayList<>();
    if (!of(AMOUNTS).isEmpty()) {
      kept.add(TOO_FINE);
    }
    if (!of(IDS).isEmpty()) {
      kept.add(DAMAGED);
    }
    return kept;
  }

  /** The value of an instant or an amount; NULL where the text is none. */
  String value(Column column) {
    return column.type() == ColumnType.INSTANT
        ? entry(INSTANTS, TIMES, column)
        : entry(NUMBERS, AMOUNTS, column);
  }

  /** Whether an amount has more decimals than are kept. */
  String isTooFine(Column column) {
    return entry(TOO_FINE, AMOUNTS, column);
  }

  /** Whether an id has gone through a number. */
  String isDamaged(Column column) {
    return entry(DAMAGED, IDS, column);
  }

  private List<Column> of(Set<ColumnType> types) {
    return contract.columns().stream().filter(column -> types.contains(column.type())).toList();
  }

  private String list(String name, Set<ColumnType> types, String expression) {
    String texts =
        of(types).stream()
            .map(column -> "m." + Sql.identifier(column.name()))
            .collect(Collectors.joining(", "));
    return texts.isEmpty()
        ? ""
        : ", list_transform([%s], lambda t: %s) AS %s".formatted(texts, expression, name);
  }

  private String entry(String list, Set<ColumnType> types, Column column) {
    return "%s[%s]".formatted(list, of(types).indexOf(column) + 1);
  }
}
