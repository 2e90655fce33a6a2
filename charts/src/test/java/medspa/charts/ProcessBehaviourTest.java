package medspa.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.charts.read.PracticeFacts;
import medspa.charts.read.ProcessBehaviour;
import medspa.charts.read.ProcessBehaviour.Rule;
import medspa.charts.read.PublishedWarehouse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Limits and signals are those that the warehouse says. */
class ProcessBehaviourTest {
  @TempDir Path directory;

  private PracticeFacts facts(String practice, List<String> changes) {
    Path file = MarketFixture.write(directory.resolve(practice + ".duckdb"), changes);
    try (PublishedWarehouse warehouse = PublishedWarehouse.open(file)) {
      return warehouse.practiceFacts(
          warehouse.practices().stream()
              .filter(p -> p.id().equals(practice))
              .findFirst()
              .orElseThrow(),
          Optional.empty());
    }
  }

  @Test
  void ofSeveralRulesTheFirstIsTakenAndALimitIsNotBelowZeroWhereNoValueIs() {
    // Eleven weeks of 0 and 3, then twice 30: of the first 12 the mean is 45 ÷ 12, the mean moving
    // range 60 ÷ 11.
    PracticeFacts facts =
        facts(
            "harbour",
            List.of(
                "DELETE FROM kpi_weekly WHERE location_id = 'pier' AND kpi = 'average_ticket'",
                "INSERT INTO kpi_weekly SELECT 'harbour', 'pier', week_start, 'average_ticket',"
                    + " CASE WHEN i > 10 THEN 30 ELSE 3 * (i % 2) END, 1, 1, 40, true, 1 FROM"
                    + " (SELECT i, DATE '2026-08-24' + CAST(7 * i AS INTEGER) AS week_start FROM"
                    + " range(13) t(i))"));

    ProcessBehaviour usual = facts.locations().get(0).behaviours().get("average_ticket");
    assertThat(usual.centre()).isCloseTo(3.75, within(1e-9));
    assertThat(usual.upper()).isCloseTo(3.75 + 2.66 * 60 / 11, within(1e-9));
    assertThat(usual.lower()).isZero();
    assertThat(usual.latest()).contains(Rule.ABOVE_LIMIT);
    assertThat(usual.signals())
        .isEqualTo(
            Map.of(
                6, Rule.RUN_BELOW,
                7, Rule.RUN_BELOW,
                8, Rule.RUN_BELOW,
                9, Rule.RUN_BELOW,
                10, Rule.RUN_BELOW,
                11, Rule.ABOVE_LIMIT,
                12, Rule.ABOVE_LIMIT));
  }

  @Test
  void aPracticeHasLimitsOfItsOwnWhereItHasSeveralLocations() {
    assertThat(facts("lumiere", List.of()).behaviours())
        .containsKey("net_revenue")
        .doesNotContainKey("inventory_turn");
    assertThat(facts("harbour", List.of()).behaviours()).isEmpty();
  }
}
