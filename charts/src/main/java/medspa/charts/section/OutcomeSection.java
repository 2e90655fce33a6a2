package medspa.charts.section;

import java.util.List;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.read.ActionOutcome;

/**
 * What became of the actions that the letter of the week before named; nothing in a first letter.
 */
public final class OutcomeSection implements Section<Subject> {
  private static final List<Column> COLUMNS =
      List.of(
          Column.words("Last week’s actions", 60),
          Column.words("As the data show it", 21),
          Column.numbers("Came of it", 19));

  @Override
  public List<Block> blocks(Subject subject) {
    List<ActionOutcome> outcomes = subject.week().outcomes();
    return outcomes.isEmpty()
        ? List.of()
        : List.of(
            Passage.of(
                new Table(
                    Table.Look.SMALL,
                    COLUMNS,
                    outcomes.stream().map(outcome -> row(outcome, subject)).toList())));
  }

  private static Row row(ActionOutcome outcome, Subject subject) {
    String where =
        subject.location().isPresent() ? "" : subject.nameOf(outcome.locationId()) + ": ";
    return Row.of(
        where + outcome.became().orElse(outcome.sentence()),
        status(outcome.status()),
        outcome
            .came()
            .filter(dollars -> dollars.signum() > 0)
            .map(dollars -> Cells.brief(subject.format(), dollars))
            .orElse(Cell.of("")));
  }

  /** In a shape and words. */
  private static Cell status(ActionOutcome.Status status) {
    return switch (status) {
      case DONE -> Cell.of("● Done").in(Tone.ON);
      case IN_PART -> Cell.of("▲ In part").in(Tone.NEAR);
      case NOT_DONE -> Cell.of("■ Not done").in(Tone.OFF);
      case UNKNOWN -> Cell.of("Cannot be told").in(Tone.QUIET);
    };
  }
}
