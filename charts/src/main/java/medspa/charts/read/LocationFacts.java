package medspa.charts.read;

import java.util.List;
import java.util.Map;

/**
 * All that a report says about one location.
 *
 * @param series by KPI; a KPI without any row in the report's weeks is not there
 * @param behaviours by KPI: what is usual, where there are weeks enough to tell
 * @param targets by KPI, in the unit of the KPI
 * @param peers by KPI: all peers, the report's week alone
 * @param unavailable by KPI: why the report's week has no value
 */
public record LocationFacts(
    Location location,
    Map<String, Series> series,
    Map<String, ProcessBehaviour> behaviours,
    Map<String, Double> targets,
    Map<String, Peers> peers,
    Map<String, String> unavailable,
    List<ProviderWeek> providers,
    StockFacts stock,
    MoneyFacts money,
    ServiceFacts services) {}
