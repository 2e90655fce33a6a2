package medspa.charts.section;

import java.util.List;
import java.util.Map;
import medspa.charts.read.Kpi;
import medspa.charts.read.Run;
import medspa.charts.read.SourceFacts;

/**
 * What a report rests on.
 *
 * @param shown the KPIs that the report shows
 * @param kpis every KPI that may have been left out
 * @param locationNames what the locations that may be named are called, by id
 */
public record Backing(
    Run run,
    List<Kpi> shown,
    List<Kpi> kpis,
    Map<String, String> locationNames,
    SourceFacts sources) {}
