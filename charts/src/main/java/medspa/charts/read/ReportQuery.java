package medspa.charts.read;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.query.WarehouseQuery;
import medspa.warehouse.query.WarehouseQuery.RowReader;

/** Asks the published warehouse what the reports say, by the statements in {@code sql/reports}. */
final class ReportQuery {
  private final WarehouseQuery warehouse;
  private final Map<String, String> statements = new HashMap<>();

  ReportQuery(WarehouseQuery warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * Every row of a statement.
   *
   * @param statement its file without the ending
   * @throws medspa.warehouse.query.QueryException if the warehouse cannot answer
   */
  <T> List<T> rows(String statement, RowReader<T> reader, Object... parameters) {
    return warehouse.rows(sql(statement), reader, parameters);
  }

  /** The only row of a statement; see {@link #rows}. */
  <T> T row(String statement, RowReader<T> reader, Object... parameters) {
    return warehouse.row(sql(statement), reader, parameters);
  }

  private String sql(String statement) {
    return statements.computeIfAbsent(
        statement, name -> Definitions.resource("sql/reports/" + name + ".sql"));
  }
}
