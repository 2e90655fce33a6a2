package medspa.charts.figure;

import medspa.charts.read.Kpi;
import medspa.charts.read.Peers.Quartiles;

/**
 * The quarter of the peers in which a value lies; the fourth is the best whatever the direction.
 */
public enum Standing {
  Q1,
  Q2,
  Q3,
  Q4;

  /** Where the value stands; on a quartile it belongs to the better side. */
  public static Standing of(Kpi kpi, double value, Quartiles quartiles) {
    double sign = kpi.upIsBetter() ? 1 : -1;
    double best = kpi.upIsBetter() ? quartiles.p75() : quartiles.p25();
    double worst = kpi.upIsBetter() ? quartiles.p25() : quartiles.p75();
    double good = sign * value;
    if (good >= sign * best) {
      return Q4;
    }
    if (good >= sign * quartiles.p50()) {
      return Q3;
    }
    return good >= sign * worst ? Q2 : Q1;
  }
}
