package medspa.jobs.ingest;

import java.util.Locale;
import java.util.Optional;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContract.Kind;
import medspa.warehouse.query.Sql;

/**
 * The rules of a table's contract as SQL: what a text must look like to become a value, and why a
 * row is rejected.
 */
final class RowRules {
  /** Why a row is rejected whose id has gone through a number. */
  static final String DAMAGED_ID = "damaged_id";

  private RowRules() {}

  /** The column that keeps the text a typed column came from. */
  static String raw(Column column) {
    return Sql.identifier("raw_" + column.name());
  }

  /** The key columns, separated by commas. */
  static String keyColumns(TableContract contract) {
    return Sql.identifiers(contract.key());
  }

  /**
   * The typed value of a column of {@code m}, the mapped texts beside {@code place}, the row's
   * location, and the lists of {@link ColumnLists}; NULL where the text is no such value.
   */
  static String typed(TableContract contract, Column column) {
    String value = "m." + Sql.identifier(column.name());
    if (column.name().equals("location_id")) {
      return "m.place";
    }
    return switch (column.type()) {
      case ID, TEXT, WORD, CLIENT -> value;
      case INSTANT, MONEY, QUANTITY -> new ColumnLists(contract).value(column);
      case DATE ->
          "CASE WHEN regexp_matches(%1$s, '^[0-9]{4}-') THEN TRY_CAST(%1$s AS DATE) END"
              .formatted(value);
      case INTEGER ->
          """
          CASE WHEN regexp_full_match(%1$s, '[+-]?[0-9]+') THEN TRY_CAST(%1$s AS INTEGER) END"""
              .formatted(value);
      case BOOLEAN ->
          """
          CASE lower(%s)
            WHEN 'true' THEN true WHEN 'yes' THEN true WHEN '1' THEN true
            WHEN 'false' THEN false WHEN 'no' THEN false WHEN '0' THEN false END"""
              .formatted(value);
    };
  }

  /**
   * An expression over the typed columns and the texts they came from: reason code and column of
   * the first rule that a row breaks, with a space between; NULL for a good row.
   *
   * @param limits the days within which rows can lie
   * @param isSeen whether a row may not come again, because an earlier file had it
   */
  static String verdict(TableContract contract, TimeLimits limits, Optional<String> isSeen) {
    ColumnLists lists = new ColumnLists(contract);
    StringBuilder rules = new StringBuilder("CASE ");
    rule(rules, "is_ragged", "wrong_number_of_fields", "");
    contract.columns().stream()
        .filter(column -> column.type() == ColumnType.MONEY)
        .findFirst()
        .ifPresent(
            column ->
                rule(
                    rules,
                    "source_line IN (SELECT source_line FROM foreign_lines)",
                    "other_currency",
                    column.name()));
    for (Column column : contract.columns()) {
      String raw = raw(column);
      String typed = Sql.identifier(column.name());
      if (column.name().equals("location_id")) {
        rule(rules, typed + " IS NULL", "unknown_location", column.name());
        continue;
      }
      if (column.required()) {
        rule(rules, raw + " IS NULL", "missing", column.name());
      }
      switch (column.type()) {
        case WORD ->
            rule(
                rules,
                "%s NOT IN (%s)".formatted(raw, Sql.literals(column.words())),
                "unknown_word",
                column.name());
        case MONEY, QUANTITY -> {
          rule(
              rules, raw + " IS NOT NULL AND " + typed + " IS NULL", "not_a_number", column.name());
          rule(rules, lists.isTooFine(column), "more_than_four_decimals", column.name());
        }
        case INSTANT, DATE -> {
          notA(rules, column);
          // A year such as 0026 is a year of two digits that was read as four.
          rule(
              rules,
              typed + " NOT BETWEEN '1990-01-01' AND '2099-12-31'",
              "date_out_of_range",
              column.name());
          if (column.past()) {
            rule(
                rules,
                "%s > TIMESTAMPTZ '%s' + INTERVAL 1 DAY".formatted(typed, limits.deliveredAt()),
                "after_delivery",
                column.name());
          }
        }
        case INTEGER, BOOLEAN -> notA(rules, column);
        case ID, CLIENT -> rule(rules, lists.isDamaged(column), DAMAGED_ID, column.name());
        case TEXT -> {}
      }
    }
    for (TableContract.Check check : contract.checks()) {
      rule(rules, check.rejectWhen(), check.reason(), check.column());
    }
    if (contract.kind() == Kind.FACT && limits.period().isPresent()) {
      String date = contract.date().orElseThrow();
      rule(
          rules,
          "CAST(timezone(zone, coalesce(instant(period_by, zone), %s)) AS DATE) NOT BETWEEN DATE '%s' AND DATE '%s'"
              .formatted(
                  Sql.identifier(date),
                  limits.period().get().firstDate(),
                  limits.period().get().lastDate()),
          "outside_period",
          date);
    }
    isSeen.ifPresent(
        condition ->
            rule(
                rules,
                condition,
                "key_seen_before",
                contract.key().get(contract.key().size() - 1)));
    return rules.append("END").toString();
  }

  private static void notA(StringBuilder rules, Column column) {
    rule(
        rules,
        raw(column) + " IS NOT NULL AND " + Sql.identifier(column.name()) + " IS NULL",
        "not_a_" + column.type().name().toLowerCase(Locale.ROOT),
        column.name());
  }

  private static void rule(StringBuilder sql, String when, String reason, String column) {
    sql.append("WHEN %s THEN %s ".formatted(when, Sql.literal(reason + " " + column)));
  }
}
