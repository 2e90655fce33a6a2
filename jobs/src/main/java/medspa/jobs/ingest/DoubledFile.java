package medspa.jobs.ingest;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.jobs.ingest.RepeatedRows.FileRow;
import medspa.jobs.read.FileRefusedException;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.contract.TableContracts;
import medspa.warehouse.query.Sql;

/** Refuses a file that seems to hold its rows twice, where these have no key that would tell. */
final class DoubledFile {
  private DoubledFile() {}

  /**
   * Looks at the judged rows of every table, see {@link RepeatedRows}.
   *
   * @throws FileRefusedException if the file holds rows twice; it names the setting that takes them
   */
  static void refuse(ExportDatabase database, Mapping mapping, TableContracts contracts)
      throws SQLException, FileRefusedException {
    for (TableMapping table : mapping.tables()) {
      TableContract contract = contracts.table(table.table());
      Optional<RepeatedRows.Found> found = Optional.empty();
      String of = "rows";
      if (!table.ownLineKey()) {
        found = RepeatedRows.in(rows(database, contract));
        of = "receipts";
      } else if (table.makesUpKey(contract, mapping.header())) {
        found = RepeatedRows.inWhole(database.loaded().fingerprints());
      }
      if (found.isPresent()) {
        throw FileRefusedException.file(
            "The file holds rows twice: the one on line %s is that of line %s again, and %s of %s %s come more than once as a whole. They have no key, so each would count as one more."
                .formatted(
                    found.get().line(),
                    found.get().firstLine(),
                    found.get().repeated(),
                    found.get().of(),
                    of),
            "Take out what was pasted twice, or export it again. If the vendor's file came like this"
                + " and each row counts, set `repeated_rows: keep` at the source.");
      }
    }
  }

  private static List<FileRow> rows(ExportDatabase database, TableContract contract)
      throws SQLException {
    Map<Long, Long> fingerprints = database.loaded().fingerprints();
    List<FileRow> rows = new ArrayList<>();
    try (ResultSet lines =
        database
            .statement()
            .executeQuery(
                """
                SELECT DISTINCT source_line,
                  concat_ws(chr(31), location_id, %s, CAST(timezone(zone, %s) AS DATE))
                FROM %s ORDER BY source_line
                """
                    .formatted(
                        Sql.identifier(
                            contract.column("sale_id").isPresent() ? "sale_id" : "product_id"),
                        Sql.identifier(contract.date().orElseThrow()),
                        Sql.identifier(contract.name() + "_judged")))) {
      while (lines.next()) {
        long line = lines.getLong(1);
        rows.add(new FileRow(line, fingerprints.getOrDefault(line, line), lines.getString(2)));
      }
    }
    return rows;
  }
}
