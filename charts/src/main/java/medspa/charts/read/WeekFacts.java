package medspa.charts.read;

import java.util.List;

/**
 * What happened at a practice's locations in the report's week, and what is to come.
 *
 * @param steps what moved the net revenue
 * @param actions the first to be done first
 * @param coming the days of the week ahead
 * @param expected the net revenue of the week ahead, of the practice and of each location
 * @param outcomes what became of what the letter of the week before named
 * @param stories sustained moves, the dearest first, those without a price last
 * @param gaps what costs money against the peers, the most first
 */
public record WeekFacts(
    List<RevenueStep> steps,
    List<Action> actions,
    List<ComingDay> coming,
    List<ExpectedWeek> expected,
    List<ActionOutcome> outcomes,
    List<Story> stories,
    List<DollarGap> gaps) {

  /** Copies the lists. */
  public WeekFacts {
    steps = List.copyOf(steps);
    actions = List.copyOf(actions);
    coming = List.copyOf(coming);
    expected = List.copyOf(expected);
    outcomes = List.copyOf(outcomes);
    stories = List.copyOf(stories);
    gaps = List.copyOf(gaps);
  }

  /** What of it is of one location. */
  public WeekFacts of(String locationId) {
    return new WeekFacts(
        steps.stream().filter(step -> step.locationId().equals(locationId)).toList(),
        actions.stream().filter(action -> action.locationId().equals(locationId)).toList(),
        coming.stream().filter(day -> day.locationId().equals(locationId)).toList(),
        expected.stream()
            .filter(week -> week.locationId().filter(locationId::equals).isPresent())
            .toList(),
        outcomes.stream().filter(outcome -> outcome.locationId().equals(locationId)).toList(),
        stories.stream().filter(story -> story.locationId().equals(locationId)).toList(),
        gaps.stream().filter(gap -> gap.locationId().equals(locationId)).toList());
  }
}
