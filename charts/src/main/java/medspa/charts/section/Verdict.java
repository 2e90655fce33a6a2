package medspa.charts.section;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.DollarGap;
import medspa.charts.read.Kpi;
import medspa.charts.read.Point;
import medspa.charts.read.ProcessBehaviour;
import medspa.charts.read.RevenueStep.Comparison;
import medspa.charts.read.Story;

/**
 * The sentences at the top of a letter: what is missing, whether the week was good in dollars and
 * like for like, and where most of it lies. They speak of no number that is unknown or rests on few
 * data.
 */
final class Verdict {
  private static final String NET_REVENUE = "net_revenue";

  /** A change below this share of what it changes is none to speak of. */
  private static final BigDecimal NOTEWORTHY = new BigDecimal("0.01");

  private final Subject subject;
  private final KpiFormat format;
  private final List<RevenueOfPlace> places;

  Verdict(Subject subject) {
    this.subject = subject;
    this.format = subject.format();
    this.places = RevenueOfPlace.of(subject.week().steps());
  }

  /**
   * The sentences.
   *
   * @param noNumbers what to say where no KPI has a value in the report's week
   */
  String sentence(String noNumbers) {
    List<String> sentences = new ArrayList<>();
    missing().ifPresent(sentences::add);
    boolean hasValue = subject.kpis().stream().anyMatch(kpi -> kpi.value().isPresent());
    if (!hasValue && places.stream().noneMatch(RevenueOfPlace::isTold)) {
      sentences.add(noNumbers);
      return String.join(" ", sentences);
    }
    revenue().ifPresentOrElse(sentences::add, () -> few().ifPresent(sentences::add));
    story().or(this::largest).ifPresent(sentences::add);
    return String.join(" ", sentences);
  }

  /** Whose revenue is unknown though it was told before. */
  private Optional<String> missing() {
    List<String> names =
        places.stream()
            .filter(place -> place.comparison() == Comparison.NOT_TOLD)
            .map(place -> subject.nameOf(place.locationId()))
            .toList();
    if (names.isEmpty()) {
      return Optional.empty();
    }
    if (subject.location().isPresent()) {
      return Optional.of("No sales of this week are known: its revenue is unknown, not 0.");
    }
    return Optional.of(
        "No sales of "
            + Words.named(names)
            + (names.size() == 1
                ? " are known: its revenue is unknown, not 0."
                : " are known: their revenue is unknown, not 0."));
  }

  private Optional<String> revenue() {
    List<RevenueOfPlace> told = places.stream().filter(RevenueOfPlace::isTold).toList();
    if (told.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal net = RevenueOfPlace.net(told);
    List<RevenueOfPlace> compared =
        told.stream().filter(place -> place.comparison() == Comparison.COMPARED).toList();
    String revenue = "Net revenue " + format.brief(net);
    if (compared.isEmpty()) {
      return Optional.of(revenue + "; it takes the four weeks before to say whether that is much.");
    }
    BigDecimal change = RevenueOfPlace.change(compared);
    String than = against(change, RevenueOfPlace.base(compared));
    if (compared.size() == told.size()) {
      return Optional.of(
          revenue + ", " + than + usual().map(words -> "; " + words).orElse("") + ".");
    }
    List<RevenueOfPlace> others =
        told.stream().filter(place -> place.comparison() != Comparison.COMPARED).toList();
    return Optional.of(
        revenue
            + "; like for like "
            + than
            + ". "
            + Words.named(others.stream().map(this::apart).toList())
            + (others.size() == 1 ? " is" : " are")
            + " not in that comparison.");
  }

  private String apart(RevenueOfPlace place) {
    String since =
        place.comparison() == Comparison.OPENED
            ? subject
                .opened(place.locationId())
                .map(day -> ", opened " + KpiFormat.day(day))
                .orElse("")
            : "";
    return subject.nameOf(place.locationId())
        + " ("
        + format.brief(place.net().orElseThrow())
        + since
        + ")";
  }

  private String against(BigDecimal change, BigDecimal base) {
    if (change.abs().compareTo(base.abs().multiply(NOTEWORTHY)) <= 0) {
      return "as in the mean of the four weeks before";
    }
    return format.brief(change.abs())
        + (change.signum() > 0 ? " over" : " under")
        + " the mean of the four weeks before";
  }

  /**
   * What the process behaviour chart says of the revenue of the week; nothing where the sentence
   * about its lasting move says it.
   */
  private Optional<String> usual() {
    if (dearest().map(story -> story.move().kpi().equals(NET_REVENUE)).orElse(false)) {
      return Optional.empty();
    }
    return subject
        .behaviour(NET_REVENUE)
        .filter(usual -> subject.lastPoint(NET_REVENUE).map(Point::isReliable).orElse(false))
        .map(
            usual ->
                usual.latest().map(ProcessBehaviour.Rule::words).orElse("within its usual range"));
  }

  /** Where no revenue is known, whether anything can be read from the week at all. */
  private Optional<String> few() {
    List<PinnedKpi> told = subject.kpis().stream().filter(kpi -> kpi.value().isPresent()).toList();
    return told.stream().noneMatch(PinnedKpi::isReliable)
        ? Optional.of("Every number of this week rests on few data: single cases, not a trend.")
        : Optional.empty();
  }

  /** The dearest sustained move: since when, how much, before and after. */
  private Optional<String> story() {
    return dearest()
        .flatMap(story -> subject.kpi(story.move().kpi()).map(kpi -> words(story, kpi)));
  }

  private Optional<Story> dearest() {
    return subject.week().stories().stream().filter(s -> s.dollars().isPresent()).findFirst();
  }

  private String words(Story story, Kpi kpi) {
    BigDecimal dollars = story.dollars().orElseThrow();
    return (dollars.signum() < 0 ? "Still missing: about " : "Still gained: about ")
        + format.brief(dollars.abs())
        + " a week"
        + (subject.location().isPresent() ? "" : " at " + subject.nameOf(story.locationId()))
        + "; since the week of "
        + KpiFormat.day(story.move().since())
        + " its "
        + Words.quiet(kpi.label())
        + " has averaged "
        + format.value(kpi.unit(), story.move().value())
        + (kpi.id().equals(NET_REVENUE) ? " a week" : "")
        + " ("
        + format.value(kpi.unit(), story.move().before())
        + " before).";
  }

  /** What costs most against the peers. */
  private Optional<String> largest() {
    return subject.week().gaps().stream()
        .findFirst()
        .flatMap(
            gap ->
                subject
                    .label(gap.kpi())
                    .map(
                        label ->
                            "Most is missing to the peers’ median in "
                                + Words.quiet(label)
                                + at(gap)
                                + ": about "
                                + format.brief(gap.expected())
                                + " a week."));
  }

  private String at(DollarGap gap) {
    return subject.location().isPresent() ? "" : " at " + subject.nameOf(gap.locationId());
  }
}
