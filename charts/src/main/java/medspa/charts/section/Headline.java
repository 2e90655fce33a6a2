package medspa.charts.section;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.Kpi;
import medspa.charts.read.Peers.Quartiles;
import medspa.charts.read.Point;
import medspa.charts.read.ProcessBehaviour;
import medspa.charts.read.Series;

/**
 * The sentence at the top of a report, made of the data alone: the largest change that is more than
 * noise, and the largest shortfall against a target or the peers. A value with few data takes no
 * part.
 */
final class Headline {
  /**
   * A KPI that the sentence may speak of.
   *
   * @param where the location to name; empty where the report is about one
   */
  record Candidate(
      String where,
      Kpi kpi,
      Series series,
      Optional<ProcessBehaviour> behaviour,
      OptionalDouble target,
      Optional<Quartiles> peers) {

    boolean isReliable() {
      return series.last().isReliable();
    }

    double value() {
      return series.last().value().orElseThrow();
    }
  }

  /** A shortfall; its size is a share of what it falls short of, so that units compare. */
  private record Gap(Candidate candidate, boolean isTarget, double reference, double size) {}

  private final List<Candidate> candidates;
  private final KpiFormat format;

  Headline(List<Candidate> candidates, KpiFormat format) {
    this.candidates = candidates;
    this.format = format;
  }

  /**
   * The sentence.
   *
   * @param noNumbers what to say where no KPI has a value in the report's week
   */
  String sentence(String noNumbers) {
    if (candidates.stream().allMatch(c -> c.series().last().value().isEmpty())) {
      return noNumbers;
    }
    if (candidates.stream().noneMatch(Candidate::isReliable)) {
      return "Every number of this week rests on few data; read them as single cases, not as a trend.";
    }
    Optional<Candidate> change = largestSignal();
    Optional<Gap> gap = largestGap();
    String first = change.map(this::changed).orElseGet(this::unchanged);
    if (gap.isEmpty()) {
      return first + " " + noGap();
    }
    return first + " " + capital(shortfall(gap.get(), change));
  }

  private Optional<Candidate> largestSignal() {
    return candidates.stream()
        .filter(Candidate::isReliable)
        .filter(c -> c.behaviour().flatMap(ProcessBehaviour::latest).isPresent())
        .max(
            Comparator.comparingDouble(
                c -> {
                  ProcessBehaviour usual = c.behaviour().orElseThrow();
                  return Math.abs(c.value() - usual.centre())
                      / Math.max(usual.upper() - usual.centre(), 1e-12);
                }));
  }

  private String changed(Candidate c) {
    ProcessBehaviour usual = c.behaviour().orElseThrow();
    ProcessBehaviour.Rule rule = usual.latest().orElseThrow();
    String reference =
        switch (rule) {
          case ABOVE_LIMIT, BELOW_LIMIT ->
              " of " + words(c, usual.lower()) + " to " + words(c, usual.upper());
          case RUN_ABOVE, RUN_BELOW -> " of " + words(c, usual.centre());
          case NEAR_UPPER -> " of " + words(c, usual.upper());
          case NEAR_LOWER -> " of " + words(c, usual.lower());
          case RISING, FALLING -> "";
        };
    return capital(
        named(c) + " was " + words(c, c.value()) + ", " + rule.words() + reference + ".");
  }

  private String unchanged() {
    long weeks =
        candidates.stream()
            .filter(Candidate::isReliable)
            .mapToLong(c -> c.series().points().stream().filter(Point::isReliable).count())
            .max()
            .orElse(0);
    if (candidates.stream().anyMatch(c -> c.isReliable() && c.behaviour().isPresent())) {
      return "No pinned KPI left its usual range this week.";
    }
    return "It takes "
        + ProcessBehaviour.WEEKS_NEEDED
        + " of "
        + ProcessBehaviour.WEEKS_JUDGED
        + " weeks with enough data to tell a change from noise; of the last "
        + Series.WEEKS
        + (weeks == 1 ? " it is 1 so far." : " it is at most " + weeks + " so far.");
  }

  private Optional<Gap> largestGap() {
    List<Gap> gaps = new ArrayList<>();
    for (Candidate c : candidates) {
      if (!c.isReliable()) {
        continue;
      }
      c.target().ifPresent(target -> gap(c, true, target).ifPresent(gaps::add));
      c.peers().ifPresent(quartiles -> gap(c, false, quartiles.p50()).ifPresent(gaps::add));
    }
    return gaps.stream().max(Comparator.comparingDouble(Gap::size));
  }

  private static Optional<Gap> gap(Candidate c, boolean isTarget, double reference) {
    double shortfall = c.kpi().upIsBetter() ? reference - c.value() : c.value() - reference;
    return shortfall > 0 && reference != 0
        ? Optional.of(new Gap(c, isTarget, reference, shortfall / Math.abs(reference)))
        : Optional.empty();
  }

  private String shortfall(Gap gap, Optional<Candidate> change) {
    Candidate c = gap.candidate();
    String against = gap.isTarget() ? "its target" : "the peers’ median";
    if (change.isPresent() && change.get().equals(c)) {
      return "it is also the furthest from " + against + " of " + words(c, gap.reference()) + ".";
    }
    return named(c)
        + " is furthest from "
        + against
        + ": "
        + words(c, c.value())
        + " against "
        + words(c, gap.reference())
        + ".";
  }

  private String noGap() {
    boolean targets = candidates.stream().anyMatch(c -> c.target().isPresent());
    boolean peers = candidates.stream().anyMatch(c -> c.peers().isPresent());
    if (targets && peers) {
      return "Nothing falls short of its target or of the peers’ median.";
    }
    if (targets) {
      return "Every KPI with a target meets it.";
    }
    if (peers) {
      return "Nothing falls short of the peers’ median.";
    }
    return "There is no target and no peer statistic to hold the numbers against.";
  }

  private static String named(Candidate c) {
    String label = c.kpi().label();
    String quiet =
        label.length() > 1 && Character.isUpperCase(label.charAt(1))
            ? label
            : label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1);
    return c.where().isEmpty() ? quiet : quiet + " at " + c.where();
  }

  private static String capital(String sentence) {
    return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
  }

  private String words(Candidate c, double value) {
    return format.value(c.kpi().unit(), value);
  }
}
