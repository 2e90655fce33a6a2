package medspa.charts.section;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Line;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.DailyFacts;
import medspa.charts.read.DailyFacts.Gap;
import medspa.charts.read.DailyFacts.Load;
import medspa.charts.read.DailyFacts.Room;
import medspa.charts.read.DailyFacts.Today;

/** Today's book: how full it is by provider and room, and which gaps are worth filling. */
public final class DailyBookSection implements Section<DailySubject> {
  /** Providers and rooms that a page has room for. */
  private static final int PROVIDERS = 8;

  private static final int ROOMS = 8;

  /** Gaps of a provider that are named, where there are few providers and where there are many. */
  private static final int GAPS = 3;

  private static final int GAPS_OF_MANY = 1;

  private static final int FEW = 5;

  /** Whether a table of its providers leaves much of the page. */
  static boolean hasFew(DailySubject subject) {
    return subject.facts().providers().size() <= FEW;
  }

  @Override
  public List<Block> blocks(DailySubject subject) {
    DailyFacts facts = subject.facts();
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading(heading(facts.today())));
    if (!facts.providers().isEmpty()) {
      blocks.add(providers(subject));
      filling(subject).ifPresent(words -> blocks.add(new Block.Note(words)));
    }
    if (facts.today().load().isEmpty() && facts.today().rows().isPresent()) {
      blocks.add(
          new Block.Note("No export tells shifts of today, so how full the day is is not known."));
    }
    if (facts.rooms().stream().anyMatch(room -> room.rows() > 0)) {
      blocks.add(rooms(facts.rooms()));
    }
    return List.of(new Passage(blocks));
  }

  private static String heading(Today today) {
    if (today.rows().isEmpty()) {
      return today.isClosed()
          ? "Today it is closed"
          : "Today’s book is not known: no export tells of an appointment today or later";
    }
    long rows = today.rows().getAsLong();
    String booked =
        (rows == 0 ? "no booking" : KpiFormat.count(rows) + (rows == 1 ? " booking" : " bookings"));
    String closed = today.isClosed() ? "Today it is closed by its opening hours: " : "Today: ";
    return closed
        + booked
        + today
            .load()
            .filter(load -> load.minutes().signum() > 0)
            .map(
                load ->
                    ", "
                        + percent(load)
                        + " of "
                        + KpiFormat.hours(load.minutes())
                        + " bookable hours")
            .orElse("");
  }

  private static String percent(Load load) {
    return KpiFormat.share(Math.round(load.share() * 100) / 100.0).replace(".0%", "%");
  }

  private static Table providers(DailySubject subject) {
    DailyFacts facts = subject.facts();
    boolean hasHours = facts.today().load().isPresent();
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("Provider", hasHours ? 20 : 60));
    columns.add(Column.numbers("Bookings", hasHours ? 9 : 40));
    if (hasHours) {
      columns.add(Column.wordsApart("Booked of bookable hours", 19));
      columns.add(Column.words("Gaps worth filling, and what usually fits", 40));
      columns.add(Column.numbers("If filled", 12));
    }
    List<DailyFacts.Provider> shown = facts.providers();
    int rest = shown.size() > PROVIDERS + 1 ? shown.size() - PROVIDERS : 0;
    List<Row> rows = new ArrayList<>();
    for (DailyFacts.Provider provider : shown.subList(0, shown.size() - rest)) {
      rows.add(row(subject, provider, hasHours));
    }
    if (rest > 0) {
      rows.add(others(shown.subList(shown.size() - rest, shown.size()), subject, hasHours));
    }
    return new Table(Table.Look.SMALL, columns, rows);
  }

  private static Row row(DailySubject subject, DailyFacts.Provider provider, boolean hasHours) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cells.count(provider.rows()));
    if (hasHours) {
      List<Gap> gaps =
          subject.facts().gaps().stream()
              .filter(gap -> gap.providerId().equals(provider.id()))
              .toList();
      cells.add(load(provider.load().orElseThrow()));
      cells.add(gaps.isEmpty() ? Cells.none() : named(gaps, hasFew(subject) ? GAPS : GAPS_OF_MANY));
      cells.add(worth(subject.format(), gaps));
    }
    return Row.of(provider.name().orElse("Nobody named"), cells);
  }

  private static Row others(
      List<DailyFacts.Provider> rest, DailySubject subject, boolean hasHours) {
    List<Cell> cells = new ArrayList<>();
    cells.add(Cells.count(rest.stream().mapToLong(DailyFacts.Provider::rows).sum()));
    if (hasHours) {
      cells.add(
          load(
              rest.stream()
                  .map(provider -> provider.load().orElseThrow())
                  .reduce(
                      (a, b) -> new Load(a.minutes().add(b.minutes()), a.booked().add(b.booked())))
                  .orElseThrow()));
      List<Gap> gaps =
          subject.facts().gaps().stream()
              .filter(gap -> rest.stream().anyMatch(one -> one.id().equals(gap.providerId())))
              .toList();
      cells.add(
          gaps.isEmpty()
              ? Cells.none()
              : Cell.of(gaps.size() + (gaps.size() == 1 ? " gap" : " gaps")));
      cells.add(worth(subject.format(), gaps));
    }
    return Row.of(rest.size() + " others", cells);
  }

  private static Cell load(Load load) {
    return load.minutes().signum() == 0
        ? Cell.of("no bookable time").in(Tone.QUIET)
        : Cell.of(KpiFormat.hours(load.booked()) + " of " + KpiFormat.hours(load.minutes()))
            .withBar(load.share());
  }

  /** The longest gaps, in the order of the day, a line each. */
  private static Cell named(List<Gap> gaps, int most) {
    List<String> longest =
        gaps.stream()
            .sorted(Comparator.comparing(Gap::minutes).reversed().thenComparing(Gap::from))
            .limit(most)
            .sorted(Comparator.comparing(Gap::from))
            .map(gap -> KpiFormat.times(gap.from(), gap.until()) + " " + gap.service())
            .toList();
    Cell cell = Cell.of("");
    for (int i = 0; i < longest.size(); i++) {
      boolean isLast = i == longest.size() - 1;
      String text =
          longest.get(i)
              + (isLast && gaps.size() > most ? "; " + (gaps.size() - most) + " more" : "");
      cell = i == 0 ? Cell.of(text) : cell.with(Line.of(Tone.PLAIN, text));
    }
    return cell;
  }

  private static Cell worth(KpiFormat format, List<Gap> gaps) {
    return gaps.stream()
        .flatMap(gap -> gap.worth().stream())
        .reduce(BigDecimal::add)
        .map(sum -> Cells.brief(format, sum))
        .orElse(Cells.none());
  }

  /** What the dollars are, and how much of such time usually fills. */
  private static Optional<String> filling(DailySubject subject) {
    Today today = subject.facts().today();
    if (subject.facts().gaps().isEmpty()) {
      return Optional.empty();
    }
    List<String> sentences = new ArrayList<>();
    today
        .netPerHour()
        .ifPresent(
            net ->
                sentences.add(
                    "If filled: at "
                        + subject.format().money(BigDecimal.valueOf(net))
                        + " net revenue per treated hour, the mean of the last 13 whole weeks."));
    today
        .filledShare()
        .ifPresent(
            share ->
                sentences.add(
                    "In the last 28 days "
                        + KpiFormat.share(Math.round(share * 100) / 100.0).replace(".0%", "%")
                        + " of what was free in the morning filled on the day itself."));
    return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
  }

  private static Table rooms(List<Room> rooms) {
    List<Room> shown =
        rooms.size() <= ROOMS
            ? rooms
            : rooms.stream()
                .sorted(Comparator.comparing(Room::booked).reversed().thenComparing(Room::name))
                .limit(ROOMS)
                .sorted(Comparator.comparing(Room::name))
                .toList();
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("", 20));
    List<Cell> cells = new ArrayList<>();
    boolean isOpen = rooms.stream().anyMatch(room -> room.open().isPresent());
    for (Room room : shown) {
      columns.add(Column.words(room.name(), 80.0 / shown.size()));
      cells.add(
          room.open()
              .filter(open -> open.minutes().signum() > 0)
              .map(DailyBookSection::load)
              .orElse(Cell.of(hours(room.booked()))));
    }
    return new Table(
        Table.Look.SMALL,
        columns,
        List.of(
            Row.of(
                (shown.size() < rooms.size() ? "Fullest " + shown.size() + " rooms: " : "Rooms: ")
                    + (isOpen ? "taken of open hours" : "hours taken"),
                cells)));
  }

  private static String hours(BigDecimal minutes) {
    return KpiFormat.oneDecimal(minutes.divide(BigDecimal.valueOf(60), 6, RoundingMode.HALF_UP));
  }
}
