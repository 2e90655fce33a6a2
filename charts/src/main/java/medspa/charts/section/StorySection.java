package medspa.charts.section;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Figures;
import medspa.charts.document.Figures.Panel;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.figure.KpiFormat;
import medspa.charts.figure.StoryChart;
import medspa.charts.read.Kpi;
import medspa.charts.read.Story;
import medspa.charts.read.Story.Move;

/**
 * What moved to another level and stayed there: since when, how much, before and after, dollars a
 * week, one provider or all, and what else moved at that time. What moved together is told as one,
 * by the dearest of it. Of a practice the stories of its locations, of a location with charts.
 */
public final class StorySection implements Section<Subject> {
  private static final int CHARTS = 2;
  private static final int ROWS = 6;

  /** Providers that are named; of more the number is told. */
  private static final int NAMES = 2;

  /** Of a chart, in points. */
  private static final double HEIGHT = 92;

  private static final List<String> HOW_TO_READ =
      List.of(
          "Thin line: the weeks with enough data. Dashes: the level before; thick line: the level"
              + " since, from the dotted week on.",
          "▲ for the better, ◆ for the worse.",
          "A level is told when a step in the weeks is larger than they vary by chance, and not before"
              + " its third week.");

  /** What moved together. */
  private record Together(Story leader, List<Story> others) {
    /** What moved with the leader and is no story of its own. */
    List<Move> company() {
      return leader.company().stream()
          .filter(move -> others.stream().noneMatch(other -> other.move().kpi().equals(move.kpi())))
          .toList();
    }
  }

  @Override
  public List<Block> blocks(Subject subject) {
    return subject.location().isPresent() ? ofLocation(subject) : ofPractice(subject);
  }

  /** The dearest story of each location. */
  private static List<Block> ofPractice(Subject subject) {
    List<Story> dearest =
        subject.locations().stream()
            .flatMap(location -> priced(location).stream().limit(1))
            .sorted(Comparator.comparing((Story s) -> s.dollars().orElseThrow().abs()).reversed())
            .toList();
    if (dearest.isEmpty()) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        new Block.Heading(
            dearest.size() == 1
                ? "One location moved to another level and stayed there"
                : KpiFormat.count(dearest.size())
                    + " locations moved to another level and stayed there"));
    blocks.add(
        new Table(
            Table.Look.SMALL,
            columns("Location: what moved"),
            dearest.stream()
                .limit(ROWS)
                .map(
                    story ->
                        row(
                            subject.nameOf(story.locationId())
                                + ": "
                                + Words.quiet(label(subject, story.move())),
                            story,
                            subject))
                .toList()));
    if (dearest.size() > ROWS) {
      blocks.add(
          new Block.Note(
              KpiFormat.count(dearest.size() - ROWS)
                  + " more are in the warehouse’s relation kpi_stories."));
    }
    return List.of(new Passage(blocks));
  }

  private static List<Story> priced(Subject location) {
    return location.week().stories().stream().filter(s -> s.dollars().isPresent()).toList();
  }

  private static List<Block> ofLocation(Subject subject) {
    List<Together> all = together(subject);
    List<Together> charted =
        all.stream().filter(some -> !some.leader().weekly().isEmpty()).limit(CHARTS).toList();
    if (all.isEmpty()) {
      return List.of();
    }
    List<Block> blocks = new ArrayList<>();
    if (charted.isEmpty()) {
      blocks.add(new Block.Heading(title(all.get(0), subject)));
    } else {
      blocks.add(
          new Figures(
              title(all.get(0), subject),
              new Figures.Arrangement.Paired(),
              charted.stream().map(some -> List.of(panel(some.leader(), subject))).toList(),
              new Figures.Key("", List.of(), HOW_TO_READ)));
    }
    blocks.add(table(all, subject));
    return blocks;
  }

  /** A story leads those that moved at its time; of several the dearest. */
  private static List<Together> together(Subject subject) {
    List<Story> left =
        new ArrayList<>(
            subject.week().stories().stream()
                .filter(story -> subject.kpi(story.move().kpi()).isPresent())
                .filter(story -> !subject.isWrong(story.move().kpi()))
                .toList());
    List<Together> all = new ArrayList<>();
    while (!left.isEmpty()) {
      Story leader = left.remove(0);
      List<Story> others = left.stream().filter(story -> isWith(leader, story)).toList();
      left.removeAll(others);
      all.add(new Together(leader, others));
    }
    return all;
  }

  private static boolean isWith(Story leader, Story other) {
    return leader.company().stream()
        .anyMatch(
            move ->
                move.kpi().equals(other.move().kpi()) && move.since().equals(other.move().since()));
  }

  private static String title(Together first, Subject subject) {
    Story story = first.leader();
    String since = " since the week of " + KpiFormat.day(story.move().since());
    return story
        .dollars()
        .map(
            dollars ->
                (dollars.signum() < 0 ? "Missing" : "Gained")
                    + since
                    + ": about "
                    + subject.format().brief(dollars.abs())
                    + " a week")
        .orElse(
            Words.capital(label(subject, story.move()))
                + (story.move().isFavourable() ? ": better" : ": worse")
                + since);
  }

  private static Panel panel(Story story, Subject subject) {
    Kpi kpi = subject.kpi(story.move().kpi()).orElseThrow();
    KpiFormat format = subject.format();
    boolean isUp = story.move().value() > story.move().before();
    StoryChart chart = new StoryChart(kpi, story, format);
    return new Panel(
        kpi.label()
            + (isUp ? " rose from " : " fell from ")
            + format.compact(kpi.unit(), story.move().before())
            + " to "
            + format.compact(kpi.unit(), story.move().value()),
        (story.move().isFavourable() ? "▲ Better" : "◆ Worse")
            + " since the week of "
            + KpiFormat.day(story.move().since())
            + ": "
            + weeks(story.weeks())
            + ", "
            + weeks(story.weeksBefore())
            + " before",
        new Figures.Content.Drawn(width -> chart.figure(width, HEIGHT)));
  }

  private static String weeks(int weeks) {
    return KpiFormat.count(weeks) + (weeks == 1 ? " week" : " weeks");
  }

  private static List<Column> columns(String head) {
    return List.of(
        Column.words(head, 29),
        Column.words("Since", 9),
        Column.numbers("Before", 11),
        Column.numbers("Since then", 11),
        Column.numbers("Worth a week", 11),
        Column.wordsApart("Providers who moved", 29));
  }

  private static Block table(List<Together> all, Subject subject) {
    List<Row> rows = new ArrayList<>();
    List<String> rest = new ArrayList<>();
    for (Together some : all) {
      List<Row> own = new ArrayList<>();
      own.add(row(label(subject, some.leader().move()), some.leader(), subject));
      some.others().forEach(other -> own.add(row(label(subject, other.move()), other, subject)));
      some.company().stream()
          .filter(move -> subject.kpi(move.kpi()).isPresent() && !subject.isWrong(move.kpi()))
          .forEach(move -> own.add(row(move, subject)));
      for (int i = 0; i < Math.min(ROWS, own.size()); i++) {
        // A line parts what moved at another time.
        Row row = own.get(i);
        rows.add(new Row(row.kind(), i == 0, row.head(), row.cells()));
      }
      own.stream().skip(ROWS).map(row -> Words.quiet(row.head().text())).forEach(rest::add);
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Table(Table.Look.SMALL, columns("What moved at the same time"), rows));
    note(rows, rest).ifPresent(note -> blocks.add(new Block.Note(note)));
    return new Passage(blocks);
  }

  private static Optional<String> note(List<Row> rows, List<String> rest) {
    List<String> sentences = new ArrayList<>();
    if (rows.stream().filter(row -> !row.cells().get(3).text().isEmpty()).count() > 1) {
      sentences.add("Dollars are estimates of the same weeks; they do not add up.");
    }
    if (!rest.isEmpty()) {
      sentences.add("With them moved " + String.join(", ", rest) + ".");
    }
    return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
  }

  private static String label(Subject subject, Move move) {
    return subject.label(move.kpi()).orElse(move.kpi());
  }

  private static Row row(String head, Story story, Subject subject) {
    return Row.of(
        head,
        Stream.concat(
                levels(story.move(), subject).stream(),
                Stream.of(
                    Cells.change(subject.format(), story.dollars())
                        .in(tone(story.dollars().map(BigDecimal::signum).orElse(0))),
                    Cell.of(who(story))))
            .toList());
  }

  private static Tone tone(int sign) {
    return sign < 0 ? Tone.WORSE : sign > 0 ? Tone.BETTER : Tone.PLAIN;
  }

  private static Row row(Move move, Subject subject) {
    return Row.of(
        label(subject, move),
        Stream.concat(levels(move, subject).stream(), Stream.of(Cell.of(""), Cell.of("")))
            .toList());
  }

  private static List<Cell> levels(Move move, Subject subject) {
    Kpi kpi = subject.kpi(move.kpi()).orElseThrow();
    return List.of(
        Cell.of(KpiFormat.day(move.since())),
        Cells.of(subject.format().compact(kpi.unit(), move.before()), kpi.unit(), move.before()),
        Cells.of(
                (move.isFavourable() ? "▲ " : "◆ ")
                    + subject.format().compact(kpi.unit(), move.value()),
                kpi.unit(),
                move.value())
            .in(move.isFavourable() ? Tone.BETTER : Tone.WORSE));
  }

  /** Whether it is one provider or all. */
  private static String who(Story story) {
    int all = story.providers().size();
    if (all == 0) {
      return "";
    }
    List<String> moved = names(story, true);
    List<String> stayed = names(story, false);
    if (stayed.isEmpty()) {
      return all == 1 ? moved.get(0) + ", the only one" : "all " + all;
    }
    if (moved.isEmpty()) {
      return "none of " + all + " by itself";
    }
    return moved.size()
        + " of "
        + all
        + (moved.size() <= NAMES
            ? ": " + String.join(", ", moved)
            : stayed.size() <= NAMES ? ", not " + String.join(", ", stayed) : "");
  }

  private static List<String> names(Story story, boolean hasMoved) {
    return story.providers().stream()
        .filter(provider -> provider.hasMoved() == hasMoved)
        .map(Story.Provider::name)
        .toList();
  }
}
