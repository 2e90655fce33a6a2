package medspa.charts.section;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.read.LocationFacts;
import medspa.charts.read.ServiceFacts.Hour;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/** The hours of the week over 13 weeks: how much of each is booked, bottlenecks and empty ones. */
public final class HourSection implements Section<Subject> {
  private static final int HOURS = 3;

  /** Fewer days or hours than this are told in words. */
  private static final int ROWS_NEEDED = 3;

  /** Hours beside each other; a longer day begins with the first of them. */
  private static final int COLUMNS = 16;

  /**
   * Of its bookable time; an hour with more of it booked is full, one with less than half empty.
   */
  private static final double FULL = 0.95;

  private static final double EMPTY = 0.5;

  @Override
  public List<Block> blocks(Subject subject) {
    return subject
        .location()
        .map(LocationFacts::services)
        .map(services -> passage(services.hours()))
        .orElse(List.of());
  }

  private static List<Block> passage(List<Hour> hours) {
    List<Hour> full = hours.stream().filter(HourSection::isFull).toList();
    List<Hour> empty = new ArrayList<>(hours.stream().filter(HourSection::isEmpty).toList());
    Collections.reverse(empty);
    List<String> sentences = new ArrayList<>();
    named("Full over 13 weeks", full).ifPresent(sentences::add);
    named("Emptiest", empty).ifPresent(sentences::add);
    if (sentences.isEmpty()) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading(heading(full, empty)));
    blocks.add(Block.Sentence.explains(String.join(" ", sentences)));
    table(hours).ifPresent(blocks::add);
    return List.of(new Passage(blocks));
  }

  private static boolean isFull(Hour hour) {
    return hour.isBottleneck() || hour.bookedShare() >= FULL;
  }

  private static boolean isEmpty(Hour hour) {
    return !isFull(hour) && hour.bookedShare() < EMPTY;
  }

  /** What stands out: how many hours, and on which day most of the empty ones. */
  private static String heading(List<Hour> full, List<Hour> empty) {
    List<String> parts = new ArrayList<>();
    if (!full.isEmpty()) {
      parts.add(full.size() + (full.size() == 1 ? " hour is full" : " hours are full"));
    }
    if (!empty.isEmpty()) {
      parts.add(
          empty.size()
              + (empty.size() == 1 ? " is more than half empty" : " are more than half empty"));
    }
    return "Hours of the week: " + String.join(", ", parts);
  }

  private static Optional<String> named(String lead, List<Hour> hours) {
    return hours.isEmpty()
        ? Optional.empty()
        : Optional.of(
            lead
                + ": "
                + hours.stream()
                    .limit(HOURS)
                    .map(
                        hour ->
                            day(hour.weekday())
                                + " "
                                + hour.hour()
                                + ":00 ("
                                + Math.round(100 * hour.bookedShare())
                                + "% booked)")
                    .collect(Collectors.joining(", "))
                + ".");
  }

  private static String day(int weekday) {
    return DayOfWeek.of(weekday).getDisplayName(TextStyle.SHORT, Locale.US);
  }

  /** Days by hours; a cell without a text was not bookable enough to tell. */
  private static Optional<Table> table(List<Hour> hours) {
    List<Integer> days = hours.stream().map(Hour::weekday).distinct().sorted().toList();
    int first = hours.stream().mapToInt(Hour::hour).min().orElse(0);
    int last = Math.min(first + COLUMNS - 1, hours.stream().mapToInt(Hour::hour).max().orElse(0));
    if (days.size() < ROWS_NEEDED || last - first + 1 < ROWS_NEEDED) {
      return Optional.empty();
    }
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("Booked", 9));
    for (int hour = first; hour <= last; hour++) {
      columns.add(Column.numbers(hour + ":00"));
    }
    List<Row> rows = new ArrayList<>();
    for (int weekday : days) {
      List<Cell> cells = new ArrayList<>();
      for (int hour = first; hour <= last; hour++) {
        int at = hour;
        cells.add(
            hours.stream()
                .filter(some -> some.weekday() == weekday && some.hour() == at)
                .findFirst()
                .map(HourSection::cell)
                .orElse(Cell.of("")));
      }
      rows.add(Row.of(day(weekday), cells));
    }
    return Optional.of(new Table(Table.Look.HEAT, columns, rows));
  }

  private static Cell cell(Hour hour) {
    String share = Math.round(100 * hour.bookedShare()) + "%";
    if (isFull(hour)) {
      return Cells.of("■ " + share, Unit.PERCENT, hour.bookedShare()).in(Tone.FULL);
    }
    return isEmpty(hour)
        ? Cells.of("○ " + share, Unit.PERCENT, hour.bookedShare()).in(Tone.EMPTY)
        : Cells.of(share, Unit.PERCENT, hour.bookedShare());
  }
}
