package medspa.jobs.compute.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import medspa.warehouse.measure.Grain;
import medspa.warehouse.measure.MeasureCatalogue;
import medspa.warehouse.measure.MeasureFamily;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** What rows amount to is added up exactly, where it is declared and nowhere else. */
final class TallyTest {
  private static final LocalDate DAY = LocalDate.of(2026, 6, 1);

  private final Tally tally = new Tally(Tally.Declared.of(family("bookings")));

  @Test
  void aMeasureCountsAtTheGrainsAtWhichItIsDeclared() {
    tally
        .at("glow", "austin", DAY)
        .and(Grain.PROVIDER, "p1")
        .and(Grain.CATEGORY, "toxin")
        .count("rows_started");
    assertThat(taken())
        .containsExactlyInAnyOrder(
            "glow austin location null 2026-06-01 rows_started 1",
            "glow austin provider p1 2026-06-01 rows_started 1");
  }

  @Test
  void whoIsNotNamedGetsNothing() {
    tally.at("glow", "austin", DAY).and(Grain.PROVIDER, null).count("rows_started");
    assertThat(taken()).containsExactly("glow austin location null 2026-06-01 rows_started 1");
  }

  @Test
  void microsecondsAddUpToExactSeconds() {
    tally.at("glow", "austin", DAY);
    tally.addMicros("actual_seconds", 1);
    tally.addMicros("actual_seconds", 3_000_000_002L);
    assertThat(taken())
        .containsExactly("glow austin location null 2026-06-01 actual_seconds 3000.000003");
  }

  @Test
  void whatAddsUpToNothingGetsNoRowAndNullAddsNothing() {
    tally.at("glow", "austin", DAY);
    tally.add("rows_timed", new BigDecimal("2.5"));
    tally.add("rows_timed", null);
    tally.add("rows_timed", new BigDecimal("-2.50"));
    assertThat(taken()).isEmpty();
  }

  @Test
  void daysAndMembersAreKeptApartAndTakenOnce() {
    tally.at("glow", "austin", Grain.PROVIDER, "p1", DAY).count("rows_started");
    tally.at("glow", "austin", Grain.PROVIDER, "p1", DAY.plusDays(1)).count("rows_started");
    tally.at("glow", "austin", Grain.PROVIDER, "p1", DAY).count("rows_started");
    assertThat(taken())
        .containsExactlyInAnyOrder(
            "glow austin provider p1 2026-06-01 rows_started 2",
            "glow austin provider p1 2026-06-02 rows_started 1");
    assertThat(taken()).isEmpty();
  }

  @Test
  void aMeasureThatNobodyDeclaredIsAnError() {
    assertThatThrownBy(() -> tally.at("glow", "austin", DAY).count("rows_strated"))
        .hasMessage("The measure rows_strated is not declared");
  }

  private List<String> taken() {
    List<String> rows = new ArrayList<>();
    tally
        .take()
        .forEachRemaining(
            row ->
                rows.add(
                    "%s %s %s %s %s %s %s"
                        .formatted(
                            row.get(0),
                            row.get(1),
                            row.get(2),
                            row.get(3),
                            row.get(4),
                            row.get(5),
                            plain(row))));
    return rows;
  }

  private static String plain(Row row) {
    return row.getDecimal(6).toPlainString();
  }

  private static MeasureFamily family(String id) {
    return MeasureCatalogue.load().families().stream()
        .filter(family -> family.id().equals(id))
        .findFirst()
        .orElseThrow();
  }
}
