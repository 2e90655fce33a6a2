package medspa.charts.section;

import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Line;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.document.Value;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.Action;

/** The three things to do that bring most, each of another kind where there are so many kinds. */
public final class ActionSection implements Section<Subject> {
  private static final List<Column> COLUMNS =
      List.of(
          Column.words("Do this (estimates, they do not add up)", 60),
          Column.words("Who", 11),
          Column.words("By", 10),
          Column.numbers("Worth, low to high", 19));

  @Override
  public List<Block> blocks(Subject subject) {
    List<Action> actions =
        subject.week().actions().stream()
            .filter(subject.location().isPresent() ? Action::isOfLocation : Action::isInLetter)
            .toList();
    if (actions.isEmpty()) {
      return List.of(new Block.Note("No action stands out this week."));
    }
    return List.of(
        Passage.of(
            new Table(
                Table.Look.ROOMY,
                COLUMNS,
                actions.stream().map(action -> row(action, subject)).toList())));
  }

  private static Row row(Action action, Subject subject) {
    String where = subject.location().isPresent() ? "" : subject.nameOf(action.locationId()) + ": ";
    return new Row(
        Row.Kind.ITEM,
        false,
        Cell.of(where + action.sentence()).with(Line.of(Tone.PLAIN, action.evidence() + ".")),
        List.of(
            Cell.of(action.role()),
            Cell.of(due(action, subject), new Value.Day(action.dueOn())),
            worth(action, subject.format())));
  }

  /** A day of the week ahead by its name, a later one by its date. */
  private static String due(Action action, Subject subject) {
    return action.dueOn().isBefore(subject.ahead().plusDays(7))
        ? action.dueOn().getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.US)
        : KpiFormat.day(action.dueOn());
  }

  /** The range of the dollars, and what they are where they are no revenue. */
  static Cell worth(Action action, KpiFormat format) {
    String kind =
        switch (action.worth()) {
          case REVENUE -> "";
          case CASH -> "in cash, once";
          case EXPOSURE -> "a week at risk";
        };
    Cell range =
        Cell.of(
                format.brief(action.dollars().low())
                    + " to "
                    + format.brief(action.dollars().high()))
            .in(Tone.STRONG);
    return kind.isEmpty() ? range : range.with(Line.of(Tone.PLAIN, kind));
  }
}
