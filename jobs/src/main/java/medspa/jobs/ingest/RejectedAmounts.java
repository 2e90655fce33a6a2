package medspa.jobs.ingest;

import java.util.List;
import java.util.Map;
import medspa.warehouse.contract.Column;
import medspa.warehouse.contract.TableContract;
import medspa.warehouse.query.Sql;

/**
 * What money a rejected row of sales or payments would have been, as far as it can be read: its
 * location, local day, kind and amount, each NULL where that is not told. Nothing else of the row
 * is kept, and of words only those of the vocabulary, because any other text may be a client's.
 */
final class RejectedAmounts {
  /** The word that says what a row is, by table. */
  private static final Map<String, String> KINDS =
      Map.of("sale_lines", "kind", "payments", "tender");

  private RejectedAmounts() {}

  /** Whether rows of a table are money. */
  static boolean areOf(TableContract contract) {
    return KINDS.containsKey(contract.name());
  }

  /**
   * The columns location_id, local_date, kind and amount over the judged rows {@code r}. The cells
   * of a row with too many or too few of them may be those of other columns, and an amount in
   * another currency is none of ours. A net that an amount's type cannot hold is not readable.
   */
  static String columns(TableContract contract) {
    String kind = KINDS.get(contract.name());
    List<String> words =
        contract.columns().stream()
            .filter(column -> column.name().equals(kind))
            .map(Column::words)
            .findFirst()
            .orElseThrow();
    String date = Sql.identifier(contract.date().orElseThrow());
    String amount =
        contract.name().equals("payments")
            ? "r.amount"
            : "r.gross_amount - CASE WHEN r.raw_discount_amount IS NULL THEN 0 ELSE"
                + " r.discount_amount END";
    String isReadable =
        "NOT r.is_ragged AND r.source_line NOT IN (SELECT source_line FROM foreign_lines)";
    return """
        CASE WHEN NOT r.is_ragged THEN r.location_id END AS location_id,
        CASE WHEN NOT r.is_ragged THEN CAST(timezone(r.zone, r.%s) AS DATE) END AS local_date,
        CASE WHEN NOT r.is_ragged AND r.%s IN (%s) THEN r.%s END AS kind,
        TRY_CAST(CASE WHEN %s THEN %s END AS DECIMAL(18,4)) AS amount"""
        .formatted(date, kind, Sql.literals(words), kind, isReadable, amount);
  }
}
