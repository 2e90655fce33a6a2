package medspa.charts.section;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.BenchmarkFacts.BenchmarkLocation;
import medspa.charts.read.BenchmarkFacts.Measure;
import medspa.charts.read.BenchmarkFacts.Move;
import medspa.charts.read.BenchmarkFacts.Unmoved;
import medspa.charts.read.Kpi;
import medspa.charts.read.Story;

/**
 * Which locations changed most in 4 and in 13 weeks: net revenue, what is to be gained, and what
 * moved to another level and stayed there.
 */
public final class MoversSection implements Section<Portfolio> {
  /** At each end. */
  private static final int MOST = 5;

  private static final List<Column> LEVELS =
      List.of(
          Column.words("Location", 30),
          Column.words("What moved", 24),
          Column.words("Since the week of", 16),
          Column.numbers("Before", 10),
          Column.numbers("Since", 10),
          Column.numbers("Dollars a week", 10));

  private record Told(BenchmarkLocation location, Story story, Kpi kpi) {
    BigDecimal dollars() {
      return story.dollars().orElseThrow();
    }
  }

  private record Moved(BenchmarkLocation location, Move move) {}

  @Override
  public List<Block> blocks(Portfolio portfolio) {
    return Stream.of(
            moves(portfolio, Measure.REVENUE, 4),
            moves(portfolio, Measure.REVENUE, 13),
            moves(portfolio, Measure.OPPORTUNITY, 4),
            moves(portfolio, Measure.OPPORTUNITY, 13),
            levels(portfolio))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * What fell most and what rose most; where nothing was told of two ranges there is no table, but
   * of revenue why.
   */
  private static List<Block> moves(Portfolio portfolio, Measure measure, int weeks) {
    List<Moved> moved =
        portfolio.locations().stream()
            .flatMap(
                location ->
                    location.moves().stream()
                        .filter(move -> move.measure() == measure && move.rangeWeeks() == weeks)
                        .filter(move -> portfolio.kpi(move.kpi()).isPresent())
                        .map(move -> new Moved(location, move)))
            .sorted(
                Comparator.comparing((Moved one) -> one.move().change())
                    .thenComparing(one -> portfolio.name(one.location())))
            .toList();
    boolean isRevenue = measure == Measure.REVENUE;
    String span = weeks == 4 ? "four weeks" : weeks + " weeks";
    String unmoved = isRevenue ? unmoved(portfolio, weeks) : "";
    Block.Heading heading =
        new Block.Heading(
            (isRevenue ? "Net revenue a week" : "What is to be gained a week")
                + ": who moved most in "
                + span);
    if (moved.isEmpty()) {
      return unmoved.isEmpty()
          ? List.of()
          : List.of(
              Passage.of(
                  heading,
                  Block.Sentence.explains(
                      "No location was open and told in all " + both(weeks) + "." + unmoved)));
    }
    List<Column> columns = new ArrayList<>();
    columns.add(Column.words("Location", isRevenue ? 40 : 32));
    if (!isRevenue) {
      columns.add(Column.words("In", 20));
    }
    double width = isRevenue ? 20 : 16;
    columns.add(Column.numbers("The " + span + " before", width));
    columns.add(Column.numbers("The last " + span, width));
    columns.add(Column.numbers("Change, a week", width));
    return List.of(
        Passage.of(
            heading,
            Block.Sentence.explains(explains(isRevenue, weeks, span, moved.size()) + unmoved),
            new Table(
                Table.Look.SMALL,
                columns,
                ends(moved).stream().map(one -> row(portfolio, one, isRevenue)).toList())));
  }

  private static String explains(boolean isRevenue, int weeks, String span, int moved) {
    String most =
        moved > 2 * MOST
            ? " The "
                + MOST
                + " that fell most and the "
                + MOST
                + " that rose most, of "
                + KpiFormat.count(moved)
                + "."
            : "";
    if (isRevenue) {
      return "Locations that were open and told in all " + both(weeks) + "." + most;
    }
    return "At the peers’ median or the target of each time; what rose is more to be gained than"
        + " before."
        + (weeks == 4
            ? ""
            : " The "
                + span
                + " before are those that ended 12 weeks earlier; one week is in both.")
        + most;
  }

  private static String both(int weeks) {
    return (weeks == 4 ? "eight" : 2 * weeks) + " weeks";
  }

  /** The locations whose revenue is not compared, with what is missing; of many the first. */
  private static String unmoved(Portfolio portfolio, int weeks) {
    List<String> named =
        portfolio.locations().stream()
            .flatMap(
                location ->
                    location.unmoved().stream()
                        .filter(one -> one.rangeWeeks() == weeks)
                        .map(one -> portfolio.name(location) + " (" + reason(one) + ")"))
            .sorted()
            .toList();
    if (named.isEmpty()) {
      return "";
    }
    int rest = named.size() - MOST;
    return " Not compared: "
        + String.join("; ", named.subList(0, Math.min(MOST, named.size())))
        + (rest > 0 ? "; and " + KpiFormat.count(rest) + " more" : "")
        + ".";
  }

  private static String reason(Unmoved one) {
    return one.openedOn()
        .map(day -> "opening day " + KpiFormat.fullDay(day))
        .orElse(
            "net revenue in "
                + one.weeksWithRevenue()
                + " of the "
                + 2 * one.rangeWeeks()
                + " weeks");
  }

  private static Row row(Portfolio portfolio, Moved one, boolean isRevenue) {
    List<Cell> cells = new ArrayList<>();
    if (!isRevenue) {
      cells.add(Cell.of(portfolio.kpi(one.move().kpi()).map(Kpi::label).orElse("")));
    }
    cells.add(Cells.brief(portfolio.format(), one.move().before()));
    cells.add(Cells.brief(portfolio.format(), one.move().since()));
    cells.add(Cells.change(portfolio.format(), Optional.of(one.move().change())));
    return new Row(Row.Kind.ITEM, false, head(one.location()), cells);
  }

  private static List<Block> levels(Portfolio portfolio) {
    Map<String, Kpi> kpis =
        portfolio.kpis().stream()
            .collect(java.util.stream.Collectors.toMap(Kpi::id, kpi -> kpi, (a, b) -> a));
    List<Told> moved =
        portfolio.locations().stream()
            .flatMap(
                location ->
                    location.stories().stream()
                        .filter(story -> story.dollars().isPresent())
                        .filter(story -> kpis.containsKey(story.move().kpi()))
                        .map(story -> new Told(location, story, kpis.get(story.move().kpi()))))
            .sorted(Comparator.comparing(Told::dollars))
            .toList();
    if (moved.isEmpty()) {
      return List.of();
    }
    KpiFormat format = portfolio.format();
    return List.of(
        Passage.of(
            new Block.Heading("What moved to another level and stayed there"),
            new Table(
                Table.Look.SMALL,
                LEVELS,
                ends(moved).stream()
                    .map(
                        told ->
                            new Row(
                                Row.Kind.ITEM,
                                false,
                                head(told.location()),
                                List.of(
                                    Cell.of(told.kpi().label()),
                                    Cell.of(KpiFormat.day(told.story().move().since())),
                                    Cells.of(
                                        format.value(
                                            told.kpi().unit(), told.story().move().before()),
                                        told.kpi().unit(),
                                        told.story().move().before()),
                                    Cells.of(
                                        format.value(
                                            told.kpi().unit(), told.story().move().value()),
                                        told.kpi().unit(),
                                        told.story().move().value()),
                                    Cells.change(format, told.story().dollars()))))
                    .toList())));
  }

  /** The first and the last of many, all of few. */
  private static <T> List<T> ends(List<T> sorted) {
    if (sorted.size() <= 2 * MOST) {
      return sorted;
    }
    List<T> ends = new ArrayList<>(sorted.subList(0, MOST));
    ends.addAll(sorted.subList(sorted.size() - MOST, sorted.size()));
    return ends;
  }

  /** In one line: two tables are to share a page. */
  private static Cell head(BenchmarkLocation location) {
    return Cell.of(location.location().name() + ", " + location.practice().name());
  }
}
