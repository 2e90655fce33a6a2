package medspa.charts.page;

import java.util.List;
import medspa.charts.read.Kpi;

/** A KPI's definition as the reader sees it. */
public record DefinitionView(
    String label, String version, String description, String formula, String exclusions) {

  static List<DefinitionView> of(List<Kpi> kpis) {
    return kpis.stream()
        .map(
            kpi ->
                new DefinitionView(
                    kpi.label(),
                    "v" + kpi.version(),
                    kpi.description(),
                    kpi.formula(),
                    kpi.exclusions()))
        .toList();
  }
}
