package medspa.charts.section;

import java.util.List;
import java.util.Optional;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.DailyFacts;
import medspa.charts.read.Kpi;

/**
 * Whom the daily flash tells of: one location on one day.
 *
 * @param kpis every definition
 */
public record DailySubject(DailyFacts facts, List<Kpi> kpis) {
  /** Copies the definitions. */
  public DailySubject {
    kpis = List.copyOf(kpis);
  }

  /** How its amounts are written. */
  KpiFormat format() {
    return new KpiFormat(facts.practice().currency());
  }

  /** A definition. */
  Optional<Kpi> kpi(String id) {
    return kpis.stream().filter(kpi -> kpi.id().equals(id)).findFirst();
  }
}
