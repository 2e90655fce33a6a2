package medspa.charts.read;

import java.util.Optional;

/**
 * A KPI that is more than noise since the report's week.
 *
 * @param locationId empty for the practice as a whole
 * @param value of the week, in the KPI's unit
 */
public record NewSignal(
    Optional<String> locationId,
    Kpi kpi,
    ProcessBehaviour.Rule rule,
    double value,
    boolean isFavourable) {}
