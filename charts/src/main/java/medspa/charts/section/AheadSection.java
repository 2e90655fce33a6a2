package medspa.charts.section;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.ComingDay;

/** The week ahead: how many of its bookable hours are booked, day by day. */
public final class AheadSection implements Section<Subject> {
  private static final BigDecimal HOUR = BigDecimal.valueOf(60);

  /** The hours of a day over some locations. */
  private record Day(BigDecimal booked, BigDecimal bookable) {
    Day plus(Day other) {
      return new Day(booked.add(other.booked), bookable.add(other.bookable));
    }

    double share() {
      return bookable.signum() == 0 ? 0 : booked.doubleValue() / bookable.doubleValue();
    }
  }

  @Override
  public List<Block> blocks(Subject subject) {
    Map<LocalDate, Day> days = new TreeMap<>();
    for (ComingDay day : subject.week().coming()) {
      if (day.bookableMinutes().isPresent()) {
        days.merge(
            day.date(),
            new Day(day.bookedMinutes().orElse(BigDecimal.ZERO), day.bookableMinutes().get()),
            Day::plus);
      }
    }
    long rows = subject.week().coming().stream().mapToLong(ComingDay::rows).sum();
    if (days.values().stream().allMatch(day -> day.bookable().signum() == 0)) {
      return rows == 0
          ? List.of()
          : List.of(
              new Block.Note(
                  "Next week: "
                      + KpiFormat.count(rows)
                      + " bookings; no export tells its shifts, so how full it is is not known."));
    }
    Day sum = days.values().stream().reduce(Day::plus).orElseThrow();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Heading(
            "Next week: "
                + KpiFormat.share(Math.round(sum.share() * 100) / 100.0).replace(".0", "")
                + " of "
                + hours(sum.bookable())
                + " bookable hours are booked"));
    blocks.add(table(days));
    missing(subject).ifPresent(words -> blocks.add(new Block.Note(words)));
    return List.of(new Passage(blocks));
  }

  /** Locations that are in no hour of it. */
  private static java.util.Optional<String> missing(Subject subject) {
    String names =
        subject.week().coming().stream()
            .filter(day -> day.bookableMinutes().isEmpty())
            .map(day -> subject.nameOf(day.locationId()))
            .distinct()
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? java.util.Optional.empty()
        : java.util.Optional.of("Without " + names + ": no shifts are exported ahead.");
  }

  private static Table table(Map<LocalDate, Day> days) {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("", 16));
    List<Cell> cells = new ArrayList<>();
    days.forEach(
        (date, day) -> {
          columns.add(Column.words(KpiFormat.weekday(date), 84.0 / days.size()));
          cells.add(cell(day));
        });
    return new Table(Table.Look.SMALL, columns, List.of(Row.of("Booked of bookable hours", cells)));
  }

  private static Cell cell(Day day) {
    return day.bookable().signum() == 0
        ? Cell.of("closed").in(Tone.QUIET)
        : Cell.of(hours(day.booked()) + " of " + hours(day.bookable())).withBar(day.share());
  }

  private static String hours(BigDecimal minutes) {
    return KpiFormat.quantity(minutes.divide(HOUR, 0, RoundingMode.HALF_UP));
  }
}
