package medspa.charts.section;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.charts.read.Action;

/**
 * What at a location is worth most: an action, or the gap of a KPI to the peers.
 *
 * @param expected dollars
 */
record Lever(BigDecimal expected, String words) {
  static Optional<Lever> of(Subject location) {
    Stream<Lever> actions =
        location.week().actions().stream()
            .filter(action -> action.worth() == Action.Worth.REVENUE)
            .map(action -> new Lever(action.dollars().expected(), action.sentence()));
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
                                    Words.quiet(label) + " against the peers, a week"))
                        .stream());
    return Stream.concat(actions, gaps).max(Comparator.comparing(Lever::expected));
  }
}
