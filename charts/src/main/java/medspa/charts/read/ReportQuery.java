package medspa.charts.read;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.warehouse.definition.Definitions;
import medspa.warehouse.query.Row;
import medspa.warehouse.query.WarehouseQuery;
import medspa.warehouse.query.WarehouseQuery.RowReader;

/** Asks the published warehouse what the reports say, by the statements in {@code sql/reports}. */
final class ReportQuery {
  /**
   * What a row is of.
   *
   * @param locationId empty for the practice as a whole
   */
  record Place(String practiceId, Optional<String> locationId) {
    static Place of(Row row) throws SQLException {
      return new Place(row.text("practice_id"), row.optionalText("location_id"));
    }

    static Place of(Location location) {
      return new Place(location.practiceId(), Optional.of(location.id()));
    }
  }

  private final WarehouseQuery warehouse;
  private final Map<String, String> statements = new HashMap<>();
  private long asked;

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
    asked++;
    return warehouse.rows(sql(statement), reader, parameters);
  }

  /** The only row of a statement; see {@link #rows}. */
  <T> T row(String statement, RowReader<T> reader, Object... parameters) {
    asked++;
    return warehouse.row(sql(statement), reader, parameters);
  }

  /** The rows of a statement by what they are of, each group in its order; see {@link #rows}. */
  <K, T> Map<K, List<T>> grouped(
      String statement, RowReader<K> of, RowReader<T> reader, Object... parameters) {
    Map<K, List<T>> groups = new HashMap<>();
    rows(
        statement,
        row -> groups.computeIfAbsent(of.read(row), key -> new ArrayList<>()).add(reader.read(row)),
        parameters);
    return groups;
  }

  /** The rows of a statement of practices; see {@link #grouped}. */
  <T> Map<String, List<T>> ofPractices(
      String statement, RowReader<T> reader, Object... parameters) {
    return grouped(statement, row -> row.text("practice_id"), reader, parameters);
  }

  /** The rows of a statement of locations or of practices as a whole; see {@link #grouped}. */
  <T> Map<Place, List<T>> ofPlaces(String statement, RowReader<T> reader, Object... parameters) {
    return grouped(statement, Place::of, reader, parameters);
  }

  /**
   * What a statement says of each KPI of locations or of practices as a whole; see {@link #rows}.
   */
  <T> Map<Place, Map<String, T>> ofKpis(
      String statement, RowReader<T> reader, Object... parameters) {
    Map<Place, Map<String, T>> places = new HashMap<>();
    rows(
        statement,
        row ->
            places
                .computeIfAbsent(Place.of(row), place -> new HashMap<>())
                .put(row.text("kpi"), reader.read(row)),
        parameters);
    return places;
  }

  /** How many statements have been asked: they, and not their rows, are what a report costs. */
  long asked() {
    return asked;
  }

  private String sql(String statement) {
    return statements.computeIfAbsent(
        statement, name -> Definitions.resource("sql/reports/" + name + ".sql"));
  }
}
