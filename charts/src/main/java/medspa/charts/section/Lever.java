package medspa.charts.section;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.Action;

/**
 * What at a location is worth most: an action, the gap of a KPI to the peers, or what is missing
 * since it moved.
 *
 * @param expected dollars
 * @param isEachWeek whether they come again each week
 */
record Lever(BigDecimal expected, boolean isEachWeek, String words) {
  static Optional<Lever> of(Subject location) {
    Stream<Lever> actions =
        location.week().actions().stream()
            .filter(action -> action.worth() == Action.Worth.REVENUE)
            .map(action -> new Lever(action.dollars().expected(), false, action.sentence()));
    Stream<Lever> gaps =
        location.week().gaps().stream()
            .flatMap(
                gap ->
                    location
                        .label(gap.kpi())
                        .map(
                            label ->
                                new Lever(
                                    gap.expected(),
                                    true,
                                    Words.quiet(label) + " at the peers’ median"))
                        .stream());
    Stream<Lever> stories =
        location.week().stories().stream()
            .filter(story -> story.dollars().map(BigDecimal::signum).orElse(0) < 0)
            .flatMap(
                story ->
                    location
                        .label(story.move().kpi())
                        .map(
                            label ->
                                new Lever(
                                    story.dollars().orElseThrow().negate(),
                                    true,
                                    Words.quiet(label)
                                        + " as before the week of "
                                        + KpiFormat.day(story.move().since())))
                        .stream());
    return Stream.of(actions, gaps, stories)
        .flatMap(some -> some)
        .max(Comparator.comparing(Lever::expected));
  }
}
