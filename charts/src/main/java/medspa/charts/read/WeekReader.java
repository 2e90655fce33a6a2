package medspa.charts.read;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import medspa.charts.read.RevenueStep.Effects;

/** Reads what happened in the week at the locations of a practice, and what is to come. */
final class WeekReader {
  private WeekReader() {}

  static WeekFacts read(ReportQuery query, Run run, String practiceId) {
    List<RevenueStep> steps =
        query.rows(
            "revenue_steps",
            row ->
                new RevenueStep(
                    row.text("location_id"),
                    word(RevenueStep.Comparison.class, row.text("comparison")),
                    word(RevenueStep.Part.class, row.text("part")),
                    row.optionalText("category"),
                    row.optionalDecimal("net_revenue"),
                    row.decimal("base_revenue"),
                    row.optionalDecimal("volume_change").isEmpty()
                        ? java.util.Optional.empty()
                        : java.util.Optional.of(
                            new Effects(
                                row.decimal("volume_change"),
                                row.decimal("price_change"),
                                row.decimal("mix_change")))),
            practiceId);
    List<Action> actions =
        query.rows(
            "actions",
            row ->
                new Action(
                    row.text("location_id"),
                    row.text("action"),
                    row.text("subject"),
                    row.text("role"),
                    row.text("sentence"),
                    row.text("evidence"),
                    word(Action.Worth.class, row.text("worth")),
                    new Action.Dollars(
                        row.decimal("low"), row.decimal("expected"), row.decimal("high")),
                    row.date("due_on"),
                    row.flag("is_in_letter"),
                    row.flag("is_of_location")),
            practiceId);
    List<ComingDay> coming =
        query.rows(
            "coming_days",
            row ->
                new ComingDay(
                    row.text("location_id"),
                    row.date("date"),
                    row.optionalDecimal("bookable_minutes"),
                    row.optionalDecimal("booked_minutes"),
                    row.count("rows_booked")),
            practiceId);
    List<Story> stories = StoryReader.read(query, run, practiceId);
    List<DollarGap> gaps =
        query.rows(
            "gaps",
            row ->
                new DollarGap(
                    row.text("location_id"),
                    row.text("kpi"),
                    new Action.Dollars(
                        row.decimal("low"), row.decimal("expected"), row.decimal("high"))),
            practiceId,
            run.lastWeek());
    return new WeekFacts(
        steps,
        actions,
        coming,
        expected(query, run, practiceId),
        outcomes(query, run, practiceId),
        stories,
        gaps);
  }

  private static List<ExpectedWeek> expected(ReportQuery query, Run run, String practiceId) {
    return query.rows(
        "expected_week",
        row ->
            new ExpectedWeek(
                row.optionalText("location_id"),
                row.count("locations"),
                row.optionalDecimal("expected_net_revenue"),
                range(row.optionalDecimal("low"), row.optionalDecimal("high")),
                row.count("weeks_scored"),
                row.optionalNumber("skill"),
                row.optionalText("withheld_reason")),
        practiceId,
        run.lastWeek());
  }

  private static Optional<ExpectedWeek.Range> range(
      Optional<BigDecimal> low, Optional<BigDecimal> high) {
    return low.flatMap(least -> high.map(most -> new ExpectedWeek.Range(least, most)));
  }

  private static List<ActionOutcome> outcomes(ReportQuery query, Run run, String practiceId) {
    return query.rows(
        "outcomes",
        row ->
            new ActionOutcome(
                row.text("location_id"),
                row.text("sentence"),
                word(ActionOutcome.Status.class, row.text("status")),
                row.optionalText("became"),
                row.optionalDecimal("came")),
        practiceId,
        run.lastWeek());
  }

  private static <E extends Enum<E>> E word(Class<E> type, String text) {
    return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
  }
}
