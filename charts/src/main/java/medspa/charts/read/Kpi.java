package medspa.charts.read;

import java.util.Optional;
import medspa.warehouse.kpi.KpiDefinition.Direction;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/**
 * A KPI's definition as published with the numbers.
 *
 * @param denominator empty for a sum
 * @param sample what the sample size counts; empty where every value is stable
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
    String formula) {

  /** Whether a higher value is better. */
  public boolean upIsBetter() {
    return direction == Direction.UP;
  }
}
