package medspa.charts.read;

import java.util.Optional;
import medspa.warehouse.kpi.KpiDefinition.Direction;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/**
 * A KPI as published with the numbers.
 *
 * @param sample what the sample size counts; empty where every value is stable
 * @param spansDays days one weekly value rests on; over 7, neighbouring weeks share most of them
 * @param judgedBy the KPI that stands for it where weeks are compared, because its own closed weeks
 *     still grow
 * @param definition what it is in words
 */
public record Kpi(
    String id,
    int version,
    String label,
    Unit unit,
    Direction direction,
    Optional<String> sample,
    int spansDays,
    Optional<String> judgedBy,
    Definition definition) {

  /**
   * What a KPI is in words.
   *
   * @param exclusions what is left out of it
   */
  public record Definition(String description, String formula, String exclusions) {}

  /** Whether a higher value is better. */
  public boolean upIsBetter() {
    return direction == Direction.UP;
  }
}
