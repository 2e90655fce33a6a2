package medspa.jobs.compute;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import medspa.warehouse.lake.Lake;
import medspa.warehouse.lake.LakeState;
import medspa.warehouse.measure.Grain;

/** Reads what a computation wrote, with another engine than the one that wrote it. */
public final class Results {
  private final Lake lake;
  private final LakeState state;

  public Results(Lake lake) {
    this.lake = lake;
    this.state = LakeState.read(lake).orElseThrow();
  }

  /** The rows of a query, each as its values joined with |; datasets are named {@code {gold/x}}. */
  public List<String> rows(String sql) {
    String query = sql;
    for (String dataset : state.datasets().keySet()) {
      query =
          query.replace(
              "{" + dataset + "}",
              "read_parquet('" + state.dataset(lake, dataset).orElseThrow() + "/*.parquet')");
    }
    List<String> rows = new ArrayList<>();
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      try (ResultSet result = statement.executeQuery(query)) {
        while (result.next()) {
          List<String> values = new ArrayList<>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            values.add(String.valueOf(result.getString(i)));
          }
          rows.add(String.join("|", values));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
    return rows;
  }

  /** A location's measures over all days, without trailing zeros. */
  public Map<String, String> measures(String location) {
    return sums("location_id = '" + location + "' AND grain = 'location'");
  }

  /** A provider's measures over all days. */
  public Map<String, String> measures(String location, String provider) {
    return sums(
        "location_id = '"
            + location
            + "' AND grain = 'provider' AND member_id = '"
            + provider
            + "'");
  }

  /** The measures of a member of a grain over all days. */
  public Map<String, String> measures(String location, Grain grain, String member) {
    return sums(
        "location_id = '"
            + location
            + "' AND grain = '"
            + grain.word()
            + "' AND member_id = '"
            + member
            + "'");
  }

  private Map<String, String> sums(String where) {
    Map<String, String> measures = new TreeMap<>();
    for (String row :
        rows(
            "SELECT measure, sum(amount) FROM {gold/measures_daily} WHERE "
                + where
                + " GROUP BY 1")) {
      String[] parts = row.split("\\|", 2);
      measures.put(parts[0], new BigDecimal(parts[1]).stripTrailingZeros().toPlainString());
    }
    return measures;
  }
}
