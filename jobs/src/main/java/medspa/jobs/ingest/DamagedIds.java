package medspa.jobs.ingest;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import medspa.jobs.read.FileRefusedException;
import medspa.jobs.read.LongNumber;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.ColumnType;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.lake.Batch.TableCounts;
import medspa.warehouse.query.Sql;
import org.duckdb.DuckDBConnection;

/**
 * Refuses a file whose ids have lost their last digits on the way through a number: different
 * things would share an id, and one row would replace the other without a word.
 */
final class DamagedIds {
  private static final String ADVICE =
      "Export it again as CSV and do not save it in a spreadsheet; a workbook must hold the column as"
          + " text. What is lost cannot be read back.";

  /** More digits than a number keeps. */
  private static final String LONG = "[1-9][0-9]{15,}";

  /** What every such id holds, and one in scientific notation, and few others; it is quick. */
  private static final String MAY_BE = "[0-9][eE][+][0-9]{2}|[0-9]{16}";

  /** The same with zeros in place of those that were not kept. */
  private static final String CUT = "[1-9][0-9]{14}0+";

  /** The same with so many that it is hardly chance. */
  private static final String CUT_FAR = "[1-9][0-9]{14}0{3,}";

  private final DuckDBConnection connection;
  private final Mapping mapping;

  DamagedIds(DuckDBConnection connection, Mapping mapping) {
    this.connection = connection;
    this.mapping = mapping;
  }

  /** Looks at the judged rows of every table. */
  void refuse(List<TableCounts> tables) throws SQLException, FileRefusedException {
    for (TableCounts counts : tables) {
      TableContract contract = TableContracts.load().table(counts.table());
      List<Column> ids =
          contract.columns().stream()
              .filter(c -> c.type() == ColumnType.ID || c.type() == ColumnType.CLIENT)
              .filter(c -> !c.name().equals("location_id"))
              .toList();
      if (counts.rowsRead() > 0
          && mayHaveLongNumbers(contract, ids)
          && hasLongNumbers(contract, ids)) {
        refuseScientific(contract, ids);
        refuseCut(contract, ids);
      }
    }
  }

  /** Whether any id may be damaged, by one look at all ids of a row; nearly no file has one. */
  private boolean mayHaveLongNumbers(TableContract contract, List<Column> ids) throws SQLException {
    if (ids.isEmpty()) {
      return false;
    }
    return number(
            "SELECT count(*) FROM %s WHERE regexp_matches(replace(concat_ws(' ', %s), chr(31), ''), '%s')"
                .formatted(
                    Sql.identifier(contract.name() + "_judged"),
                    ids.stream().map(RowRules::raw).collect(Collectors.joining(", ")),
                    MAY_BE))
        > 0;
  }

  /** Whether any id is damaged. */
  private boolean hasLongNumbers(TableContract contract, List<Column> ids) throws SQLException {
    String any =
        ids.stream()
            .map(
                column ->
                    "regexp_matches(%s, %s) OR regexp_full_match(%s, '%s')"
                        .formatted(
                            RowRules.raw(column),
                            Sql.literal(LongNumber.SCIENTIFIC),
                            bare(column),
                            LONG))
            .collect(Collectors.joining(" OR "));
    return number(
            "SELECT count(*) FROM %s WHERE %s"
                .formatted(Sql.identifier(contract.name() + "_judged"), any))
        > 0;
  }

  /** An id made of several cells, without what stands between them. */
  private static String bare(Column column) {
    return "replace(%1$s, chr(31), '')".formatted(RowRules.raw(column));
  }

  private void refuseScientific(TableContract contract, List<Column> ids)
      throws SQLException, FileRefusedException {
    for (Column column : ids) {
      String first =
          "SELECT min(source_line) FROM %s WHERE regexp_matches(%s, %s)"
              .formatted(
                  Sql.identifier(contract.name() + "_judged"),
                  RowRules.raw(column),
                  Sql.literal(LongNumber.SCIENTIFIC));
      long line = number(first);
      if (line > 0) {
        throw FileRefusedException.column(
            line,
            sourceColumn(
                line, "regexp_matches(%s, " + Sql.literal(LongNumber.SCIENTIFIC) + ")", column),
            "The cell is a number in scientific notation or of more than 15 digits: the last digits"
                + " of the id are lost ("
                + column.name()
                + ").",
            ADVICE);
      }
    }
  }

  /** One id may end in zeros; that all long ones do is no chance. */
  private void refuseCut(TableContract contract, List<Column> ids)
      throws SQLException, FileRefusedException {
    for (Column column : ids) {
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  """
                  SELECT count(DISTINCT id), count(DISTINCT id) FILTER (WHERE regexp_full_match(id, '%s')),
                    min(source_line), count(*) FILTER (WHERE regexp_full_match(id, '%s'))
                  FROM (SELECT %s AS id, source_line FROM %s)
                  WHERE regexp_full_match(id, '%s')
                  """
                      .formatted(
                          CUT,
                          CUT_FAR,
                          bare(column),
                          Sql.identifier(contract.name() + "_judged"),
                          LONG))) {
        row.next();
        boolean several = row.getLong(1) >= 2 && row.getLong(1) == row.getLong(2);
        // Ids that differ in what was cut off have become one.
        boolean oneOfAll = row.getLong(1) == 1 && row.getLong(4) >= 2;
        if (several || oneOfAll) {
          long line = row.getLong(3);
          throw FileRefusedException.column(
              line,
              sourceColumn(line, "regexp_full_match(%s, '" + CUT + "')", column),
              "All ids of more than 15 digits end in zeros: a spreadsheet has kept 15 digits and no"
                  + " more ("
                  + column.name()
                  + ").",
              ADVICE);
        }
      }
    }
  }

  /** The column of the export that holds such a cell on a line; else the table's. */
  private String sourceColumn(long line, String condition, Column column) throws SQLException {
    String cases =
        mapping.header().read().stream()
            .map(
                name ->
                    "WHEN %s THEN %s"
                        .formatted(condition.formatted(Sql.identifier(name)), Sql.literal(name)))
            .collect(Collectors.joining(" "));
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT CASE %s END FROM %s WHERE source_line = %s"
                    .formatted(cases, ExportTable.EXPORT, line))) {
      String found = row.next() ? row.getString(1) : null;
      return found == null ? column.name() : found;
    }
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
