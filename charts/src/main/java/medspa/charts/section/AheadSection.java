package medspa.charts.section;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import medspa.charts.read.Action;
import medspa.charts.read.ComingDay;
import medspa.charts.read.ExpectedWeek;

/**
 * The week ahead: how many of its bookable hours are booked, day by day, the net revenue that is
 * expected of it, and what stock cannot serve. A forecast that was no better than the mean of four
 * weeks is not told.
 */
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
      List<Block> said = new ArrayList<>();
      if (rows > 0) {
        said.add(
            new Block.Note(
                "Next week: "
                    + KpiFormat.count(rows)
                    + " bookings; no export tells its shifts, so how full it is is not known."));
        expected(subject).ifPresent(words -> said.add(new Block.Note(words)));
      }
      return said;
    }
    Day sum = days.values().stream().reduce(Day::plus).orElseThrow();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Heading(
            "Next week: "
                + KpiFormat.share(Math.round(sum.share() * 100) / 100.0).replace(".0", "")
                + " of bookable hours are booked"));
    blocks.add(table(days));
    List<String> notes = new ArrayList<>();
    expected(subject).ifPresent(notes::add);
    shortOfStock(subject).ifPresent(notes::add);
    missing(subject).ifPresent(notes::add);
    if (!notes.isEmpty()) {
      blocks.add(new Block.Note(String.join(" ", notes)));
    }
    return List.of(new Passage(blocks));
  }

  /** What the week is expected to bring, or why that is not said. */
  private static Optional<String> expected(Subject subject) {
    List<ExpectedWeek> weeks = subject.week().expected();
    Optional<ExpectedWeek> whole =
        weeks.stream()
            .filter(week -> week.locationId().isEmpty() || subject.location().isPresent())
            .filter(week -> week.expected().isPresent())
            .findFirst();
    if (whole.isEmpty()) {
      return weeks.stream()
          .flatMap(week -> week.withheldReason().stream())
          .findFirst()
          .map(reason -> "Its revenue is not forecast: " + reason + ".");
    }
    ExpectedWeek week = whole.get();
    if (week.skill().isEmpty() || week.range().isEmpty()) {
      return Optional.of(
          "Its revenue is not forecast: too few weeks tell yet how good a forecast would be.");
    }
    if (week.skill().getAsDouble() <= 0) {
      return Optional.of(
          "Its revenue is not forecast: lately the mean of the four weeks before told it better.");
    }
    KpiFormat format = subject.format();
    return Optional.of(
        "Expected net revenue"
            + without(subject, weeks)
            + ": "
            + format.brief(week.expected().orElseThrow())
            + " ("
            + format.brief(week.range().get().low())
            + " to "
            + format.brief(week.range().get().high())
            + ").");
  }

  private static String without(Subject subject, List<ExpectedWeek> weeks) {
    List<String> names =
        weeks.stream()
            .filter(week -> week.expected().isEmpty())
            .flatMap(week -> week.locationId().stream())
            .map(subject::nameOf)
            .toList();
    return switch (names.size()) {
      case 0 -> "";
      case 1 -> " without " + names.get(0);
      default -> " without " + names.size() + " locations that have no forecast";
    };
  }

  /**
   * Products of which the bookings need more than there is, where no action of the letter says so.
   */
  private static Optional<String> shortOfStock(Subject subject) {
    List<Action> kinds =
        subject.week().actions().stream()
            .filter(action -> action.action().equals("secure_stock"))
            .toList();
    boolean isSaid =
        kinds.stream()
            .anyMatch(subject.location().isPresent() ? Action::isOfLocation : Action::isInLetter);
    return kinds.isEmpty() || isSaid
        ? Optional.empty()
        : Optional.of(
            "Stock does not cover the bookings of "
                + (kinds.size() == 1 ? "one product" : kinds.size() + " products")
                + ".");
  }

  /** Locations that are in no hour of it. */
  private static Optional<String> missing(Subject subject) {
    String names =
        subject.week().coming().stream()
            .filter(day -> day.bookableMinutes().isEmpty())
            .map(day -> subject.nameOf(day.locationId()))
            .distinct()
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of("Without " + names + ": no shifts are exported ahead.");
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
    return new Table(Table.Look.SMALL, columns, List.of(Row.of("Hours booked", cells)));
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
