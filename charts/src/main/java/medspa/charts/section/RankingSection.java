package medspa.charts.section;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import medspa.charts.document.Block;
import medspa.charts.document.Figures;
import medspa.charts.document.Figures.Content;
import medspa.charts.document.Figures.Panel;
import medspa.charts.document.Figures.Swatch;
import medspa.charts.document.Groups;
import medspa.charts.figure.RankingChart;
import medspa.charts.read.Kpi;
import medspa.charts.read.Peers;
import medspa.charts.read.Peers.Quartiles;

/** Locations ranked by each KPI that tells them apart, before the middle half of their peers. */
public final class RankingSection implements Section<Portfolio> {
  /** Bars in one figure: two such figures are as high as a page. */
  private static final int BARS = 22;

  private static final Figures.Key KEY =
      new Figures.Key(
          "",
          List.of(
              new Swatch("#0072B2", "Best quarter of these locations"),
              new Swatch("#5F6F82", "Between"),
              new Swatch("#C24E00", "Last quarter"),
              new Swatch("#C8D3DF", "Few data or opened since, not ranked")),
          List.of("Shaded band: middle half of the peers; dashes: their median."));

  @Override
  public List<Block> blocks(Portfolio portfolio) {
    List<Kpi> telling = portfolio.kpis().stream().filter(portfolio::tellsApart).toList();
    List<Block> blocks = new ArrayList<>();
    if (!telling.isEmpty()) {
      List<String> names = portfolio.locations().stream().map(portfolio::name).toList();
      blocks.add(
          new Figures(
              "Locations ranked by each KPI that tells them apart",
              new Figures.Arrangement.Compared(
                  width -> names.stream().allMatch(name -> RankingChart.fits(name, width))),
              telling.stream().map(kpi -> panels(portfolio, kpi)).toList(),
              KEY));
    }
    List<String> others =
        portfolio.kpis().stream().filter(kpi -> !telling.contains(kpi)).map(Kpi::label).toList();
    if (!others.isEmpty()) {
      blocks.add(
          new Block.Note(
              "Not drawn, because fewer than four locations can be ranked, they hardly differ, or"
                  + " more is neither better nor worse: "
                  + String.join(", ", others)
                  + "."));
    }
    return blocks;
  }

  /** The ranking of one KPI, in parts where the locations do not fit into one figure. */
  private static List<Panel> panels(Portfolio portfolio, Kpi kpi) {
    List<RankingChart.Entry> entries = entries(portfolio, kpi);
    Optional<Quartiles> quartiles = portfolio.quartiles(kpi);
    double least = entries.stream().mapToDouble(RankingChart.Entry::value).min().orElse(0);
    double greatest = entries.stream().mapToDouble(RankingChart.Entry::value).max().orElse(1);
    List<Panel> panels = new ArrayList<>();
    for (List<RankingChart.Entry> part : parts(entries)) {
      RankingChart chart =
          new RankingChart(kpi, part, quartiles, least, greatest, portfolio.format());
      boolean isFirst = panels.isEmpty();
      panels.add(
          new Panel(
              isFirst ? kpi.label() : kpi.label() + ", continued",
              isFirst
                  ? says(portfolio, kpi)
                  : entries.size() > 2 * BARS
                      ? "The last of " + entries.size() + "."
                      : "From the location ranked next.",
              new Content.Drawn(chart::figure)));
    }
    return panels.isEmpty()
        ? List.of(
            new Panel(
                kpi.label(), says(portfolio, kpi), new Content.Missing("No location has a value.")))
        : panels;
  }

  /** All of some, the first and the last of many. */
  private static List<List<RankingChart.Entry>> parts(List<RankingChart.Entry> entries) {
    if (entries.size() <= 2 * BARS) {
      return Groups.balanced(entries, BARS);
    }
    return List.of(
        entries.subList(0, BARS), entries.subList(entries.size() - BARS, entries.size()));
  }

  /** Best first; those with few data last. */
  private static List<RankingChart.Entry> entries(Portfolio portfolio, Kpi kpi) {
    double sign = kpi.upIsBetter() ? -1 : 1;
    return portfolio.locations().stream()
        .filter(l -> Portfolio.peers(l, kpi).map(p -> p.value().isPresent()).orElse(false))
        .map(
            l -> {
              Peers peers = Portfolio.peers(l, kpi).orElseThrow();
              return new RankingChart.Entry(
                  portfolio.name(l),
                  peers.value().getAsDouble(),
                  Portfolio.isRanked(l, kpi),
                  portfolio.standing(l, kpi));
            })
        .sorted(
            Comparator.comparing((RankingChart.Entry e) -> !e.isStable())
                .thenComparing(e -> sign * e.value())
                .thenComparing(RankingChart.Entry::name))
        .toList();
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
