package medspa.charts.read;

import java.util.Optional;
import medspa.warehouse.kpi.KpiDefinition.Direction;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/**
 * A KPI's definition as published with the numbers.
 *
 * @param denominator empty for a sum
 * @param sample what the sample size counts; empty where every value is stable
 * @param spansDays days one weekly value rests on; over 7, neighbouring weeks share most of them
 */
public record Kpi(
    String id,
    int version,
    String label,
    String description,
    Unit unit,
    Direction direction,
    String numerator,
    Optional<String> denominator,
    Optional<String> sample,
    String exclusions,
    String formula,
    int spansDays) {

  /** Whether a higher value is better. */
  public boolean upIsBetter() {
    return direction == Direction.UP;
  }
}
