package medspa.warehouse.relation;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is for the better where neither more nor less is: a ratio to what was planned. */
class FavourableTest {
  private HandMadeRelations warehouse;

  @BeforeEach
  void open() throws SQLException {
    warehouse = new HandMadeRelations();
    warehouse.run(
        "INSERT INTO kpi_definitions BY NAME SELECT 'duration_ratio' AS kpi, 'ratio' AS unit");
    warehouse.run(
        "INSERT INTO kpi_scales BY NAME SELECT 'duration_ratio' AS kpi, false AS is_higher_better");
  }

  @AfterEach
  void close() throws SQLException {
    warehouse.close();
  }

  @Test
  void aStoryOfDurationsIsForTheBetterWhereTheyComeNearerToWhatIsBooked() throws Exception {
    warehouse.rows(
        "kpi_shifts",
        "l AS location_id, 'duration_ratio' AS kpi, DATE '2026-03-02' AS since, DATE '2026-03-30' AS"
            + " last_week, true AS is_current, true AS is_story, 5 AS weeks, b AS before_value, n AS"
            + " value FROM (VALUES ('long templates', 1.05, 0.67), ('corrected', 0.67, 1.02),"
            + " ('overrun', 1.0, 1.2)) t(l, b, n)");
    assertThat(
            warehouse.read(
                "SELECT location_id, is_favourable FROM " + HandMadeRelations.query("kpi_stories")))
        .containsExactly("corrected|true", "long templates|false", "overrun|false");
  }

  @Test
  void aSignalOfDurationsIsForTheBetterWhereTheyComeNearerToWhatIsBooked() throws Exception {
    warehouse.rows(
        "kpi_series",
        "l AS location_id, 'duration_ratio' AS kpi, DATE '2026-03-30' AS week_start, v AS value FROM"
            + " (VALUES ('long templates', 0.67), ('as booked', 1.0)) t(l, v)");
    warehouse.rows(
        "kpi_periods",
        "l AS location_id, 'duration_ratio' AS kpi, DATE '2025-10-06' AS first_week_start, DATE"
            + " '2026-03-30' AS last_week_start, 1.1 AS mean, 1.05 AS lower_limit, 1.15 AS"
            + " upper_limit, false AS is_provisional FROM (VALUES ('long templates'), ('as booked'))"
            + " t(l)");
    assertThat(
            warehouse.read(
                "SELECT location_id, rule, is_favourable FROM "
                    + HandMadeRelations.query("kpi_signals")))
        .containsExactly("as booked|below_limit|true", "long templates|below_limit|false");
  }
}
