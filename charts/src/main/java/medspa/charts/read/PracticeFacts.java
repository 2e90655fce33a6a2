package medspa.charts.read;

import java.util.List;
import java.util.Map;

/**
 * All that an owner report says about one practice.
 *
 * @param pinned the KPIs of the first page in their order
 * @param series the practice's own roll-up by KPI
 * @param behaviours what is usual of it, where it has several locations
 * @param week what happened in the week and what is to come
 * @param money where the money of all locations is
 * @param locations in the order of their names
 */
public record PracticeFacts(
    Practice practice,
    List<Kpi> pinned,
    Map<String, Series> series,
    Map<String, ProcessBehaviour> behaviours,
    WeekFacts week,
    MoneyFacts money,
    List<LocationFacts> locations,
    SourceFacts sources) {}
