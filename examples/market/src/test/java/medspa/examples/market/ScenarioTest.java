package medspa.examples.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import medspa.examples.market.Scenario.Cause;
import medspa.examples.market.Scenario.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is planted is in the exports, from its first day on and nowhere else. */
class ScenarioTest {
  private static final LocalDate FROM = LocalDate.of(2026, 1, 5);
  private static final LocalDate BEGINS = FROM.plusWeeks(8);

  @TempDir static Path workspace;
  private static Connection duckdb;

  @BeforeAll
  static void plant() throws SQLException {
    MadeUpMarket.write(
        workspace,
        new Scenario(
            FROM,
            FROM.plusWeeks(16),
            List.of(
                new Cause(Kind.TURNS_BAD, "cedar-dallas", BEGINS),
                new Cause(Kind.RUNS_OUT, "cedar-plano", BEGINS),
                new Cause(Kind.LONG_TEMPLATES, "cedar-waco", BEGINS),
                new Cause(Kind.FORGETS_REMINDERS, "willow-tampa", BEGINS),
                new Cause(Kind.OPENS, "willow-naples", BEGINS))),
        1,
        line -> {});
    duckdb = DriverManager.getConnection("jdbc:duckdb:");
    // The last delivery that tells of a row is what is known in the end.
    for (String table : List.of("appointments", "stock_movements")) {
      String key = table.equals("appointments") ? "appointment_id" : "movement_id";
      try (Statement statement = duckdb.createStatement()) {
        statement.execute(
            "CREATE TABLE %1$s AS SELECT * FROM read_csv('%2$s/exports/*/%1$s-*.csv', all_varchar = true, filename = true) QUALIFY row_number() OVER (PARTITION BY location_id, %3$s ORDER BY filename DESC) = 1"
                .formatted(table, workspace, key));
      }
    }
  }

  @AfterAll
  static void close() throws SQLException {
    duckdb.close();
  }

  /** The number at that location before the beginning, and from then on. */
  private static List<Double> beforeAndSince(String number, String table, String time, String where)
      throws SQLException {
    try (Statement statement = duckdb.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT %1$s FILTER (%3$s < '%5$s'), %1$s FILTER (%3$s >= '%5$s') FROM %2$s WHERE %3$s < '%6$s' AND %4$s"
                    .formatted(number, table, time, where, BEGINS, FROM.plusWeeks(16)))) {
      row.next();
      return List.of(row.getDouble(1), row.getDouble(2));
    }
  }

  private static List<Double> appointments(String number, String where) throws SQLException {
    return beforeAndSince(number, "appointments", "start_at", where);
  }

  @Test
  void aLocationThatTurnsBadLosesHalfOfItsBookingsAndMissesMoreOfTheRest() throws SQLException {
    List<Double> kept = appointments("count(*)", "location_id = 'cedar-dallas'");
    assertThat(kept.get(1)).isBetween(0.4 * kept.get(0), 0.75 * kept.get(0));
    List<Double> missed =
        appointments("avg((status = 'no_show')::INT)", "location_id = 'cedar-dallas'");
    assertThat(missed.get(1)).isGreaterThan(2 * missed.get(0));
    List<Double> quiet = appointments("count(*)", "location_id = 'cedar-tyler'");
    assertThat(quiet.get(1)).isBetween(0.9 * quiet.get(0), 1.1 * quiet.get(0));
  }

  @Test
  void whatRanOutIsNeitherReceivedNorUsedAndItsBookingsAreCalledOff() throws SQLException {
    String toxin = "location_id = 'cedar-plano' AND product_id = 'BTX'";
    assertThat(
            beforeAndSince(
                "count(*)", "stock_movements", "moved_at", toxin + " AND kind <> 'waste'"))
        .satisfies(counts -> assertThat(counts.get(0)).isPositive())
        .last()
        .isEqualTo(0.0);
    assertThat(
            beforeAndSince(
                "sum(quantity::DOUBLE)",
                "stock_movements",
                "moved_at",
                toxin + " AND kind = 'waste'"))
        .last()
        .satisfies(quantity -> assertThat(quantity).isNegative());
    assertThat(
            appointments(
                "avg((status = 'cancelled')::INT)",
                "location_id = 'cedar-plano' AND service_id = 'TOX'"))
        .satisfies(share -> assertThat(share.get(0)).isLessThan(0.2))
        .last()
        .satisfies(share -> assertThat(share).isGreaterThan(0.9));
  }

  @Test
  void longTemplatesAreBookedForLongerThanTheyTake() throws SQLException {
    String facial = "location_id = 'cedar-waco' AND service_id = 'HYDRA'";
    assertThat(
            appointments(
                "median(date_diff('minute', start_at::TIMESTAMP, end_at::TIMESTAMP))", facial))
        .containsExactly(60.0, 90.0);
    assertThat(
            appointments(
                "median(date_diff('minute', started_at::TIMESTAMP, finished_at::TIMESTAMP))",
                facial))
        .allSatisfy(minutes -> assertThat(minutes).isBetween(58.0, 66.0));
  }

  @Test
  void remindersStopAtOneLocationAndAnotherOneIsNotThereBefore() throws SQLException {
    assertThat(appointments("count(reminder_sent_at)", "location_id = 'willow-tampa'"))
        .satisfies(counts -> assertThat(counts.get(0)).isGreaterThan(100))
        .last()
        .isEqualTo(0.0);
    assertThat(appointments("count(*)", "location_id = 'willow-naples'"))
        .satisfies(counts -> assertThat(counts.get(1)).isGreaterThan(100))
        .first()
        .isEqualTo(0.0);
  }

  @Test
  void aCauseThatCannotBePlantedIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scenario(new Cause(Kind.OPENS, "boston", BEGINS)))
        .withMessageContaining("boston is no location of a scenario");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> scenario(new Cause(Kind.OPENS, "cedar-waco", FROM)))
        .withMessageContaining("is not between");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                scenario(
                    new Cause(Kind.OPENS, "cedar-waco", BEGINS),
                    new Cause(Kind.RUNS_OUT, "cedar-waco", BEGINS)))
        .withMessageContaining("two causes");
  }

  private static Scenario scenario(Cause... causes) {
    return new Scenario(FROM, FROM.plusWeeks(16), List.of(causes));
  }
}
