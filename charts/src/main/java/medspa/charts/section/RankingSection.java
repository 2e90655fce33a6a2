package medspa.charts.section;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import medspa.charts.document.Block;
import medspa.charts.document.Figures;
import medspa.charts.document.Figures.Content;
import medspa.charts.document.Figures.Panel;
import medspa.charts.document.Figures.Swatch;
import medspa.charts.document.Groups;
import medspa.charts.figure.DotChart;
import medspa.charts.figure.DotChart.Dot;
import medspa.charts.figure.DotChart.Mark;
import medspa.charts.figure.DotChart.Span;
import medspa.charts.figure.KpiFormat;
import medspa.charts.figure.Standing;
import medspa.charts.read.BenchmarkFacts.BenchmarkLocation;
import medspa.charts.read.Kpi;
import medspa.charts.read.Peers;
import medspa.charts.read.Peers.Interval;
import medspa.charts.read.Peers.Quartiles;

/**
 * Locations by each KPI that tells them apart, each with the interval of its value, before the
 * middle half of their peers.
 */
public final class RankingSection implements Section<Portfolio> {
  /** Rows of one figure: two such figures are as high as a page. */
  private static final int ROWS = 22;

  /** Of many locations so many of a chosen practice are drawn besides the first and the last. */
  private static final int CHOSEN = 14;

  private static final List<String> LINE =
      List.of(
          "Line: the 95 % interval of the value; a dot without one hides it or has none. What goes on"
              + " beyond the chart is drawn at its edge.");

  private static final String BAND =
      "Shaded band: middle half of the peers; dashes: their median; both of rounded values of"
          + " practices.";

  @Override
  public List<Block> blocks(Portfolio portfolio) {
    // Charts of one height stand beside each other.
    List<Kpi> telling =
        portfolio.kpis().stream()
            .filter(portfolio::tellsApart)
            .sorted(Comparator.comparingLong(kpi -> drawnOf(portfolio, kpi)))
            .toList();
    List<Block> blocks = new ArrayList<>();
    if (!telling.isEmpty()) {
      blocks.add(
          new Figures(
              "Locations by each KPI that tells them apart",
              new Figures.Arrangement.Compared(width -> false),
              telling.stream().map(kpi -> panels(portfolio, kpi)).toList(),
              key(portfolio, telling)));
    }
    List<String> others =
        portfolio.kpis().stream().filter(kpi -> !telling.contains(kpi)).map(Kpi::label).toList();
    if (!others.isEmpty()) {
      blocks.add(
          new Block.Note(
              "Not drawn, because fewer than four locations can be ranked, they differ by no"
                  + " more than chance would, or more is neither better nor worse: "
                  + String.join(", ", others)
                  + "."));
    }
    return blocks;
  }

  private static Figures.Key key(Portfolio portfolio, List<Kpi> telling) {
    List<String> sentences = new ArrayList<>(LINE);
    if (telling.stream().anyMatch(kpi -> portfolio.quartiles(kpi).isPresent())) {
      sentences.add(BAND);
    }
    return portfolio
        .highlighted()
        .map(
            name ->
                new Figures.Key(
                    "",
                    List.of(
                        new Swatch(Mark.CHOSEN.css(), name),
                        new Swatch(Mark.OTHER.css(), "Other practices of this consultant")),
                    sentences))
        .orElse(
            new Figures.Key(
                "",
                List.of(
                    new Swatch(Mark.BEST.css(), "Best quarter of these locations"),
                    new Swatch(Mark.BETWEEN.css(), "Between"),
                    new Swatch(Mark.LAST.css(), "Last quarter"),
                    new Swatch(
                        Mark.UNRANKED.css(), "Hollow: few data or opened since, not ranked")),
                sentences));
  }

  /** The dots of one KPI, in parts where the locations do not fit into one figure. */
  private static List<Panel> panels(Portfolio portfolio, Kpi kpi) {
    List<Placed> all = placed(portfolio, kpi);
    List<Placed> drawn = drawn(portfolio, all);
    Optional<Quartiles> quartiles = portfolio.quartiles(kpi);
    Span span = span(drawn, quartiles);
    List<Panel> panels = new ArrayList<>();
    for (List<Placed> part : Groups.balanced(drawn, ROWS)) {
      DotChart chart =
          new DotChart(
              kpi,
              part.stream().map(one -> dot(portfolio, kpi, one)).toList(),
              quartiles,
              span,
              portfolio.format());
      boolean isFirst = panels.isEmpty();
      panels.add(
          new Panel(
              isFirst ? kpi.label() : kpi.label() + ", continued",
              isFirst
                  ? says(portfolio, kpi)
                  : drawn.size() < all.size()
                      ? "The last of " + KpiFormat.count(all.size()) + "."
                      : "From the location that comes next.",
              new Content.Drawn(chart::figure)));
    }
    return panels;
  }

  private static long drawnOf(Portfolio portfolio, Kpi kpi) {
    return Math.min(
        2L * ROWS, portfolio.locations().stream().filter(l -> value(l, kpi).isPresent()).count());
  }

  /** A location with its value and, if it is ranked, its place. */
  private record Placed(
      BenchmarkLocation location,
      double value,
      Optional<Interval> interval,
      Optional<Integer> place) {}

  /** Best first; those that are not ranked last. Equal values share a place. */
  private static List<Placed> placed(Portfolio portfolio, Kpi kpi) {
    double sign = kpi.upIsBetter() ? -1 : 1;
    List<BenchmarkLocation> sorted =
        portfolio.locations().stream()
            .filter(l -> value(l, kpi).isPresent())
            .sorted(
                Comparator.comparing((BenchmarkLocation l) -> !Portfolio.isRanked(l, kpi))
                    .thenComparing(l -> sign * value(l, kpi).orElseThrow())
                    .thenComparing(portfolio::name))
            .toList();
    List<Placed> placed = new ArrayList<>();
    for (BenchmarkLocation location : sorted) {
      double value = value(location, kpi).orElseThrow();
      Placed before = placed.isEmpty() ? null : placed.get(placed.size() - 1);
      Optional<Integer> place =
          !Portfolio.isRanked(location, kpi)
              ? Optional.empty()
              : Optional.of(
                  before != null && before.value() == value
                      ? before.place().orElseThrow()
                      : placed.size() + 1);
      placed.add(
          new Placed(
              location, value, Portfolio.peers(location, kpi).flatMap(Peers::interval), place));
    }
    return placed;
  }

  private static Optional<Double> value(BenchmarkLocation location, Kpi kpi) {
    return Portfolio.peers(location, kpi)
        .filter(peers -> peers.value().isPresent())
        .map(peers -> peers.value().getAsDouble());
  }

  /** All of some; of many the first and the last, and between them those that were asked for. */
  private static List<Placed> drawn(Portfolio portfolio, List<Placed> all) {
    if (all.size() <= 2 * ROWS) {
      return all;
    }
    List<Placed> chosen =
        all.stream().filter(one -> portfolio.isHighlighted(one.location())).limit(CHOSEN).toList();
    Set<Placed> taken = new HashSet<>(chosen);
    for (int i = 0; taken.size() < 2 * ROWS; i++) {
      taken.add(all.get(i % 2 == 0 ? i / 2 : all.size() - 1 - i / 2));
    }
    return all.stream().filter(taken::contains).toList();
  }

  /**
   * The values of what is ranked and the peers' middle half; other values and intervals as far as
   * they go beyond these by no more than these reach.
   */
  private static Span span(List<Placed> drawn, Optional<Quartiles> quartiles) {
    double[] values =
        DoubleStream.concat(
                drawn.stream().filter(one -> one.place().isPresent()).mapToDouble(Placed::value),
                quartiles.stream().flatMapToDouble(q -> DoubleStream.of(q.p25(), q.p75())))
            .sorted()
            .toArray();
    double low = values[0];
    double high = values[values.length - 1];
    double room = high - low;
    double[] ends =
        DoubleStream.concat(
                drawn.stream().mapToDouble(Placed::value),
                drawn.stream()
                    .filter(one -> one.place().isPresent())
                    .flatMap(one -> one.interval().stream())
                    .flatMapToDouble(interval -> DoubleStream.of(interval.low(), interval.high())))
            .toArray();
    return new Span(
        Math.max(low - room, Arrays.stream(ends).reduce(low, Math::min)),
        Math.min(high + room, Arrays.stream(ends).reduce(high, Math::max)));
  }

  private static Dot dot(Portfolio portfolio, Kpi kpi, Placed placed) {
    Optional<Standing> standing = portfolio.standing(placed.location(), kpi);
    Mark mark = mark(portfolio, placed, standing);
    String says =
        placed.place().isEmpty()
            ? "not ranked"
            : mark == Mark.BEST
                ? "best quarter"
                : mark == Mark.LAST ? "last quarter" : mark == Mark.CHOSEN ? "chosen" : "";
    return new Dot(
        placed.place().map(place -> place + ". ").orElse("") + portfolio.name(placed.location()),
        placed.value(),
        placed.interval(),
        mark,
        says);
  }

  private static Mark mark(Portfolio portfolio, Placed placed, Optional<Standing> standing) {
    if (portfolio.highlighted().isPresent()) {
      return portfolio.isHighlighted(placed.location()) ? Mark.CHOSEN : Mark.OTHER;
    }
    if (placed.place().isEmpty()) {
      return Mark.UNRANKED;
    }
    return standing
        .map(
            some ->
                switch (some) {
                  case Q4 -> Mark.BEST;
                  case Q1 -> Mark.LAST;
                  case Q2, Q3 -> Mark.BETWEEN;
                })
        .orElse(Mark.BETWEEN);
  }

  private static String says(Portfolio portfolio, Kpi kpi) {
    String better = kpi.upIsBetter() ? "Higher is better. " : "Lower is better. ";
    String peers =
        portfolio
            .quartiles(kpi)
            .map(
                q ->
                    "Peers, rounded: median "
                        + portfolio.format().value(kpi.unit(), q.p50())
                        + ", middle half "
                        + portfolio.format().value(kpi.unit(), q.p25())
                        + " to "
                        + portfolio.format().value(kpi.unit(), q.p75())
                        + ".")
            .orElse("Peers withheld.");
    int weeks =
        portfolio.locations().stream()
            .flatMap(location -> Portfolio.peers(location, kpi).stream())
            .mapToInt(Peers::rangeWeeks)
            .max()
            .orElse(13);
    return better
        + (weeks > 1
            ? ""
            : kpi.spansDays() > 7
                ? kpi.spansDays() + " days to the week’s end. "
                : "At the week’s end. ")
        + peers;
  }
}
