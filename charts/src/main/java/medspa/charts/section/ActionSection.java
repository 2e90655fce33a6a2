package medspa.charts.section;

import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
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
  private static final int ACTIONS = 3;

  private static final List<Column> COLUMNS =
      List.of(
          Column.words("Do this", 60),
          Column.words("Who", 11),
          Column.words("By", 10),
          Column.numbers("Worth, low to high", 19));

  @Override
  public List<Block> blocks(Subject subject) {
    List<Action> actions = chosen(subject.week().actions());
    if (actions.isEmpty()) {
      return List.of(new Block.Note("No action stands out this week."));
    }
    return List.of(
        Passage.of(
            new Table(
                Table.Look.ROOMY,
                COLUMNS,
                actions.stream().map(action -> row(action, subject)).toList()),
            new Block.Note("Estimates; they do not add up.")));
  }

  /** The first of each kind, and then others, in the order of the warehouse. */
  static List<Action> chosen(List<Action> actions) {
    Set<String> kinds = new HashSet<>();
    List<Action> first = new ArrayList<>();
    List<Action> others = new ArrayList<>();
    for (Action action : actions) {
      (kinds.add(action.action()) ? first : others).add(action);
    }
    first.addAll(others);
    return first.stream()
        .limit(ACTIONS)
        .sorted(java.util.Comparator.comparingInt(actions::indexOf))
        .toList();
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
