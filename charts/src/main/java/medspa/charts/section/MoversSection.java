package medspa.charts.section;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Line;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.BenchmarkFacts.BenchmarkLocation;
import medspa.charts.read.Kpi;
import medspa.charts.read.Story;

/**
 * Which locations changed most: net revenue of the last four weeks against the four before, and
 * what moved to another level and stayed there.
 */
public final class MoversSection implements Section<Portfolio> {
  /** At each end. */
  private static final int MOST = 5;

  private static final List<Column> REVENUE =
      List.of(
          Column.words("Location", 40),
          Column.numbers("The four weeks before", 20),
          Column.numbers("The last four weeks", 20),
          Column.numbers("Change, a week", 20));

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

  @Override
  public List<Block> blocks(Portfolio portfolio) {
    return Stream.of(revenue(portfolio), levels(portfolio)).flatMap(List::stream).toList();
  }

  private static List<Block> revenue(Portfolio portfolio) {
    List<BenchmarkLocation> moved =
        portfolio.locations().stream()
            .filter(location -> location.revenue().isPresent())
            .sorted(Comparator.comparing(location -> location.revenue().orElseThrow().change()))
            .toList();
    if (moved.isEmpty()) {
      return List.of();
    }
    return List.of(
        Passage.of(
            new Block.Heading("Net revenue a week: who moved most in four weeks"),
            Block.Sentence.explains(
                "Locations that were open and told in all eight weeks"
                    + (moved.size() > 2 * MOST
                        ? "; the "
                            + MOST
                            + " that fell most and the "
                            + MOST
                            + " that rose most, of "
                            + moved.size()
                        : "")
                    + "."),
            new Table(
                Table.Look.SMALL,
                REVENUE,
                ends(moved).stream()
                    .map(
                        location ->
                            new Row(
                                Row.Kind.ITEM,
                                false,
                                head(location),
                                List.of(
                                    Cells.brief(
                                        portfolio.format(),
                                        location.revenue().orElseThrow().before()),
                                    Cells.brief(
                                        portfolio.format(),
                                        location.revenue().orElseThrow().since()),
                                    Cells.change(
                                        portfolio.format(),
                                        location.revenue().map(r -> r.change())))))
                    .toList())));
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

  private static Cell head(BenchmarkLocation location) {
    return Cell.of(location.location().name())
        .with(Line.of(Tone.PLAIN, location.practice().name()));
  }
}
