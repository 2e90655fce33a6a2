package medspa.charts.read;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import medspa.charts.read.RevenueStep.Effects;
import medspa.warehouse.query.Row;

/** Reads what happened in the week at the locations of some practices, and what is to come. */
final class WeekReader {
  private final Map<String, List<RevenueStep>> steps;
  private final Map<String, List<Action>> actions;
  private final Map<String, List<ComingDay>> coming;
  private final Map<String, List<ExpectedWeek>> expected;
  private final Map<String, List<ActionOutcome>> outcomes;
  private final Map<String, List<Story>> stories;
  private final Map<String, List<DollarGap>> gaps;

  WeekReader(ReportQuery query, Run run, List<String> practiceIds) {
    steps = query.ofPractices("revenue_steps", WeekReader::step, practiceIds);
    actions = query.ofPractices("actions", WeekReader::action, practiceIds);
    coming =
        query.ofPractices(
            "coming_days",
            row ->
                new ComingDay(
                    row.text("location_id"),
                    row.date("date"),
                    row.optionalDecimal("bookable_minutes"),
                    row.optionalDecimal("booked_minutes"),
                    row.count("rows_booked")),
            practiceIds);
    expected =
        query.ofPractices("expected_week", WeekReader::expected, practiceIds, run.lastWeek());
    outcomes =
        query.ofPractices(
            "outcomes",
            row ->
                new ActionOutcome(
                    row.text("location_id"),
                    row.text("sentence"),
                    word(ActionOutcome.Status.class, row.text("status")),
                    row.optionalText("became"),
                    row.optionalDecimal("came")),
            practiceIds,
            run.lastWeek());
    stories = StoryReader.read(query, run, practiceIds);
    gaps =
        query.ofPractices(
            "gaps",
            row -> new DollarGap(row.text("location_id"), row.text("kpi"), dollars(row)),
            practiceIds,
            run.lastWeek());
  }

  WeekFacts facts(String practiceId) {
    return new WeekFacts(
        steps.getOrDefault(practiceId, List.of()),
        actions.getOrDefault(practiceId, List.of()),
        coming.getOrDefault(practiceId, List.of()),
        expected.getOrDefault(practiceId, List.of()),
        outcomes.getOrDefault(practiceId, List.of()),
        stories.getOrDefault(practiceId, List.of()),
        gaps.getOrDefault(practiceId, List.of()));
  }

  private static RevenueStep step(Row row) throws SQLException {
    return new RevenueStep(
        row.text("location_id"),
        word(RevenueStep.Comparison.class, row.text("comparison")),
        word(RevenueStep.Part.class, row.text("part")),
        row.optionalText("category"),
        row.optionalDecimal("net_revenue"),
        row.decimal("base_revenue"),
        row.optionalDecimal("volume_change").isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Effects(
                    row.decimal("volume_change"),
                    row.decimal("price_change"),
                    row.decimal("mix_change"))));
  }

  private static Action action(Row row) throws SQLException {
    return new Action(
        row.text("location_id"),
        row.text("action"),
        row.text("subject"),
        row.text("role"),
        row.text("sentence"),
        row.text("evidence"),
        word(Action.Worth.class, row.text("worth")),
        dollars(row),
        row.date("due_on"),
        row.flag("is_in_letter"),
        row.flag("is_of_location"));
  }

  private static Action.Dollars dollars(Row row) throws SQLException {
    return new Action.Dollars(row.decimal("low"), row.decimal("expected"), row.decimal("high"));
  }

  private static ExpectedWeek expected(Row row) throws SQLException {
    return new ExpectedWeek(
        row.optionalText("location_id"),
        row.count("locations"),
        row.optionalDecimal("expected_net_revenue"),
        range(row.optionalDecimal("low"), row.optionalDecimal("high")),
        row.count("weeks_scored"),
        row.optionalNumber("skill"),
        row.optionalText("withheld_reason"));
  }

  private static Optional<ExpectedWeek.Range> range(
      Optional<BigDecimal> low, Optional<BigDecimal> high) {
    return low.flatMap(least -> high.map(most -> new ExpectedWeek.Range(least, most)));
  }

  private static <E extends Enum<E>> E word(Class<E> type, String text) {
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
  }
}
