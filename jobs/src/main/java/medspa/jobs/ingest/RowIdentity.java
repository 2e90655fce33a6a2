package medspa.jobs.ingest;

import java.util.List;
import java.util.Optional;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.query.Sql;

/**
 * What tells a row of a table from the others of its source. Where the export has no key for its
 * rows, the mapping numbers them within what they belong to; a number means the same row on one
 * local day only, so the day becomes part of the stored key: what is refunded later on the same
 * receipt begins with 1 again.
 */
record RowIdentity(TableContract contract, TableMapping mapping) {
  /** Rows that are numbered by whatever mapping: a source may read its exports by several. */
  private static final String NUMBERED = "numbered";

  /**
   * What kind of rows a receipt of the export holds completely, see {@link
   * medspa.warehouse.lake.Batch.TableCounts}.
   */
  Optional<String> receiptRows(String mappingId) {
    if (!mapping.replacesReceipt()) {
      return Optional.empty();
    }
    return Optional.of(mapping.ownLineKey() ? mappingId : NUMBERED);
  }

  /**
   * The stored value of a column.
   *
   * @param value the value that the mapping gives it
   * @param rows the alias of the rows, with its dot
   */
  String stored(String column, String value, String rows) {
    boolean isNumber = column.equals(contract.key().get(contract.key().size() - 1));
    return isNumber && !mapping.ownLineKey() && contract.date().isPresent()
        ? "CAST(%s AS VARCHAR) || ':' || %s".formatted(localDate(rows), value)
        : value;
  }

  /** The stored columns by which a row that is appended is known: its receipt's or its own. */
  List<String> seenColumns() {
    return mapping.replacesReceipt()
        ? List.of("location_id", "sale_id", "local_date")
        : contract.storedKey();
  }

  /** Whether a typed row is among rows of {@link #seenColumns}. */
  String isIn(String seen) {
    String row =
        mapping.replacesReceipt()
            ? "location_id, sale_id, " + localDate("")
            : String.join(
                ", ", contract.key().stream().map(c -> stored(c, Sql.identifier(c), "")).toList());
    return "(%s) IN (SELECT (%s) FROM %s)".formatted(row, Sql.identifiers(seenColumns()), seen);
  }

  private String localDate(String rows) {
    return "CAST(timezone(%1$szone, %1$s%2$s) AS DATE)"
        .formatted(rows, Sql.identifier(contract.date().orElseThrow()));
  }
}
