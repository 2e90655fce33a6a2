package medspa.jobs.ingest;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import medspa.jobs.read.FileRefusedException;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.query.Sql;
import medspa.warehouse.reference.ReferenceColumn;
import medspa.warehouse.reference.ReferenceSheet;

/**
 * What is wrong with a sheet of the reference workbook, cell by cell. The sheet is refused as a
 * whole: it replaces what an earlier workbook told, of which nothing may get lost by a slip, and a
 * person is there who can mend it.
 */
final class WrongCells {
  static final String OUT_OF_RANGE = "out_of_range";
  static final String NO_CHOICE = "no_choice";

  /** More are counted. */
  private static final int MOST_TOLD = 20;

  private WrongCells() {}

  private record Wrong(long row, Optional<ReferenceColumn> column, String what) {
    String words() {
      return "row " + row + column.map(c -> ", " + c.label()).orElse("") + ": " + what;
    }
  }

  /**
   * Looks at what was rejected, and at things that two rows are about.
   *
   * @throws FileRefusedException with every wrong cell, the first as its place
   */
  static void refuse(Statement statement, Mapping mapping, List<TableCounts> tables)
      throws SQLException, FileRefusedException {
    ReferenceSheet sheet = ReferenceFormat.sheet(mapping);
    List<Wrong> wrong = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            """
            SELECT source_line, coalesce(column_name, '') AS name, reason, NULL AS other
            FROM (%s)
            UNION ALL
            SELECT source_line, '', 'twice', replaced_by_line FROM %s
            ORDER BY 1
            """
                .formatted(
                    BatchFiles.rejected(tables),
                    Sql.identifier(tables.get(0).table() + "_superseded")))) {
      while (rows.next()) {
        Optional<ReferenceColumn> column = sheet.column(rows.getString(2));
        wrong.add(
            new Wrong(rows.getLong(1), column, what(rows.getString(3), column, rows.getLong(4))));
      }
    }
    if (wrong.isEmpty()) {
      return;
    }
    Wrong first = wrong.get(0);
    List<String> others = wrong.stream().skip(1).limit(MOST_TOLD - 1).map(Wrong::words).toList();
    String more =
        others.isEmpty()
            ? ""
            : " Also "
                + String.join(" ", others)
                + (wrong.size() > MOST_TOLD ? " And " + (wrong.size() - MOST_TOLD) + " more." : "");
    throw FileRefusedException.column(
        first.row(),
        first.column().map(ReferenceColumn::label).orElse(""),
        first.what() + more,
        "Then save the workbook; until the whole sheet can be read, what an earlier one said counts"
            + " on.");
  }

  private static String what(String reason, Optional<ReferenceColumn> column, long other) {
    String allowed = column.map(ReferenceColumn::allowed).orElse("");
    return switch (reason) {
      case "twice" ->
          "It is about the same as row " + other + "; keep one of them and take out the other.";
      case "missing" ->
          column.filter(ReferenceColumn::isKey).isPresent()
              ? "It is empty; write the id that your exports have, or take out the row."
              : "It is empty; write " + allowed + ", or empty the other cells of the row, too.";
      case "unknown_location" ->
          "It is no location of the practice; write its id, as the workbook was suggested with.";
      case "wrong_number_of_fields" ->
          "Something stands to the right of the last column; give it a heading, or take it out.";
      case RowRules.DAMAGED_ID ->
          "The id has become a number and lost digits; copy it from the exports into a cell that is"
              + " formatted as text.";
      case NO_CHOICE, "unknown_word" -> "The word is none of the list; write " + allowed + ".";
      case OUT_OF_RANGE -> "The number is out of range; write " + allowed + ".";
      default -> "It cannot be read; write " + allowed + ", or leave it empty.";
    };
  }
}
