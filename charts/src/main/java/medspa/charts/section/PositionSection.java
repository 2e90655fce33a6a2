package medspa.charts.section;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
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
import medspa.charts.read.BenchmarkFacts.Position;
import medspa.charts.read.BenchmarkFacts.Restated;
import medspa.charts.read.Kpi;

/**
 * Positions of locations that an earlier benchmark told otherwise, and why. Of the newest range of
 * each location and KPI, the longest that was compared; all others are counted.
 */
public final class PositionSection implements Section<Portfolio> {
  /** Positions that are told; the warehouse holds all. */
  private static final int MOST = 15;

  private static final List<Column> COLUMNS =
      List.of(
          Column.words("Location", 22),
          Column.words("KPI", 18),
          Column.words("Weeks", 16),
          Column.numbers("Place", 10),
          Column.numbers("To be gained in them", 14),
          Column.wordsApart("Why", 20));

  private record Told(BenchmarkLocation location, Kpi kpi, Restated restated) {
    BigDecimal dollars() {
      return restated
          .since()
          .dollars()
          .orElse(BigDecimal.ZERO)
          .subtract(restated.before().dollars().orElse(BigDecimal.ZERO))
          .abs();
    }

    int places() {
      return Math.abs(restated.since().rank().orElse(0) - restated.before().rank().orElse(0));
    }
  }

  @Override
  public List<Block> blocks(Portfolio portfolio) {
    List<Told> all =
        portfolio.restated().stream()
            .flatMap(
                restated ->
                    portfolio.locations().stream()
                        .filter(
                            location ->
                                location.practice().id().equals(restated.practiceId())
                                    && location.location().id().equals(restated.locationId()))
                        .flatMap(
                            location ->
                                portfolio.kpi(restated.kpi()).stream()
                                    .map(kpi -> new Told(location, kpi, restated))))
            .toList();
    if (all.isEmpty()) {
      return List.of();
    }
    Map<List<String>, Told> newest = new LinkedHashMap<>();
    all.stream()
        .sorted(
            Comparator.comparing((Told told) -> told.restated().rangeWeeks())
                .thenComparing(told -> told.restated().weekStart())
                .reversed())
        .forEach(
            told ->
                newest.putIfAbsent(
                    List.of(
                        told.restated().practiceId(),
                        told.restated().locationId(),
                        told.kpi().id()),
                    told));
    List<Told> told =
        newest.values().stream()
            .sorted(
                Comparator.comparing(Told::dollars)
                    .thenComparing(Told::places)
                    .reversed()
                    .thenComparing(one -> portfolio.name(one.location()))
                    .thenComparing(one -> one.kpi().label()))
            .limit(MOST)
            .toList();
    return List.of(
        Passage.of(
            new Block.Heading("What an earlier benchmark told otherwise"),
            Block.Sentence.explains(explains(all, newest.size())),
            new Table(
                Table.Look.SMALL,
                COLUMNS,
                told.stream().map(one -> row(portfolio, one)).toList())));
  }

  private static String explains(List<Told> all, int newest) {
    return KpiFormat.count(all.size())
        + (all.size() == 1 ? " position" : " positions")
        + " of locations in ranges of weeks that had been published "
        + (all.size() == 1 ? "has" : "have")
        + " changed, all in the warehouse’s relation benchmark_restatements; here "
        + (newest > MOST ? "the " + MOST + " that changed most" : "the last range")
        + " of each location and KPI.";
  }

  private static Row row(Portfolio portfolio, Told one) {
    Restated restated = one.restated();
    LocalDate end = restated.weekStart().plusDays(6);
    return new Row(
        Row.Kind.ITEM,
        false,
        Cell.of(one.location().location().name())
            .with(Line.of(Tone.PLAIN, one.location().practice().name())),
        List.of(
            Cell.of(one.kpi().label()),
            Cell.of(
                (restated.rangeWeeks() == 1 ? "Week" : restated.rangeWeeks() + " weeks")
                    + " to "
                    + KpiFormat.day(end)),
            Cell.of(place(restated.before().rank()) + " → " + place(restated.since().rank())),
            dollars(portfolio, restated.before(), restated.since()),
            Cell.of(
                Words.capital(
                    restated.causes().stream()
                        .map(Reasons::restated)
                        .distinct()
                        .collect(Collectors.joining("; "))))));
  }

  private static String place(OptionalInt rank) {
    return rank.isPresent() ? Integer.toString(rank.getAsInt()) : "none";
  }

  private static Cell dollars(Portfolio portfolio, Position before, Position since) {
    if (before.dollars().equals(since.dollars())) {
      return Cell.of("");
    }
    return Cell.of(
        amount(portfolio, before.dollars()) + " → " + amount(portfolio, since.dollars()));
  }

  private static String amount(Portfolio portfolio, Optional<BigDecimal> dollars) {
    return dollars.map(portfolio.format()::brief).orElse("none");
  }
}
