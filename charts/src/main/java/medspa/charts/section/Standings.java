package medspa.charts.section;

import java.util.Optional;
import medspa.charts.document.Tone;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.Kpi;

/** Where a value stands: against the week before and against its target. */
final class Standings {
  /** A miss by less than this share of the target is near it. */
  static final double NEAR_SHARE = 0.05;

  private Standings() {}

  /** The difference to the week before; empty where one of both has no value. */
  static Optional<String> change(PinnedKpi kpi, KpiFormat format) {
    return kpi.series()
        .filter(s -> s.last().value().isPresent() && s.before().value().isPresent())
        .map(
            s ->
                format.difference(
                    kpi.kpi().unit(),
                    s.before().value().getAsDouble(),
                    s.last().value().getAsDouble()));
  }

  /** Where a reliable value stands against its target; empty where there is none of both. */
  static Optional<Tone> againstTarget(PinnedKpi kpi) {
    return kpi.target().isPresent() && kpi.isReliable()
        ? Optional.of(tone(kpi.kpi(), kpi.value().orElseThrow(), kpi.target().getAsDouble()))
        : Optional.empty();
  }

  private static Tone tone(Kpi kpi, double value, double target) {
    double shortfall = kpi.upIsBetter() ? target - value : value - target;
    if (shortfall <= 0) {
      return Tone.ON;
    }
    return shortfall <= NEAR_SHARE * Math.abs(target) ? Tone.NEAR : Tone.OFF;
  }

  /** The standing in a shape and words. */
  static String words(Tone standing) {
    return switch (standing) {
      case ON -> "● On target";
      case NEAR -> "▲ Near target";
      case OFF -> "■ Off target";
      default -> throw new IllegalArgumentException(standing + " is no standing against a target");
    };
  }

  /** The target itself, with its direction. */
  static String goal(PinnedKpi kpi, KpiFormat format) {
    return (kpi.kpi().upIsBetter() ? "≥ " : "≤ ")
        + format.value(kpi.kpi().unit(), kpi.target().getAsDouble());
  }
}
