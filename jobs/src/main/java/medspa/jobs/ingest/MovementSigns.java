package medspa.jobs.ingest;

import java.sql.ResultSet;
import java.sql.SQLException;
import medspa.jobs.ingest.Mapping.TableMapping;
import medspa.jobs.read.FileRefusedException;

/**
 * Refuses a file that counts what leaves the stock upwards, as where somebody writes down how much
 * was used: stock would grow by what is used. One such row among others may take back an entry.
 */
final class MovementSigns {
  /** Fewer rows may all be corrections. */
  private static final int LEAST = 3;

  private MovementSigns() {}

  /**
   * Looks at the stock movements that will count, where the mapping has any.
   *
   * @throws FileRefusedException if all of several that take from the stock add to it, or the other
   *     way round
   */
  static void refuse(ExportDatabase database, Mapping mapping)
      throws SQLException, FileRefusedException {
    if (mapping.tables().stream().map(TableMapping::table).noneMatch("stock_movements"::equals)) {
      return;
    }
    try (ResultSet wrong =
        database
            .statement()
            .executeQuery(
                """
                SELECT min(source_line), takes, count(*) FROM (
                  SELECT source_line, quantity,
                    kind IN ('usage', 'sale', 'waste', 'expired', 'transfer_out') AS takes
                  FROM stock_movements_judged
                  WHERE kind IN (
                    'usage', 'sale', 'waste', 'expired', 'transfer_out', 'receipt', 'transfer_in')
                    AND quantity <> 0 AND verdict IS NULL)
                GROUP BY takes
                HAVING count(*) >= %s AND bool_and((quantity > 0) = takes)
                ORDER BY takes DESC
                """
                    .formatted(LEAST))) {
      if (wrong.next()) {
        boolean takes = wrong.getBoolean(2);
        throw FileRefusedException.column(
            wrong.getLong(1),
            "quantity",
            "All %s rows of what %s the stock would %s it; this is the first."
                .formatted(
                    wrong.getLong(3),
                    takes ? "leaves" : "comes into",
                    takes ? "add to" : "take from"),
            "What leaves the stock has a negative quantity, such as -20 for a usage, and what comes"
                + " in a positive one. Turn the sign in the file, or in a mapping of your own by"
                + " minus(…).");
      }
    }
  }
}
