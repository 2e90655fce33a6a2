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

/** Locations ranked by each KPI, before the middle half of their peers. */
public final class RankingSection implements Section<Portfolio> {
  /** Bars in one figure: two such figures are as high as a page. */
  private static final int BARS = 22;

  private static final Figures.Key KEY =
      new Figures.Key(
          "",
          List.of(
              new Swatch("#0072B2", "Top quartile of the peers"),
              new Swatch("#5F6F82", "Middle half, or peers withheld"),
              new Swatch("#C24E00", "Bottom quartile"),
              new Swatch("#C8D3DF", "Few data, not ranked")),
          List.of("Shaded band: middle half of the peers; dashes: their median."));

  @Override
  public List<Block> blocks(Portfolio portfolio) {
    if (portfolio.kpis().isEmpty()) {
      return List.of();
    }
    List<String> names = portfolio.locations().stream().map(portfolio::name).toList();
    return List.of(
        new Figures(
            "Locations ranked by each KPI",
            new Figures.Arrangement.Compared(
                width -> names.stream().allMatch(name -> RankingChart.fits(name, width))),
            portfolio.kpis().stream().map(kpi -> panels(portfolio, kpi)).toList(),
            KEY));
  }

  /** The ranking of one KPI, in parts where the locations do not fit into one figure. */
  private static List<Panel> panels(Portfolio portfolio, Kpi kpi) {
    List<RankingChart.Entry> entries = entries(portfolio, kpi);
    Optional<Quartiles> quartiles = portfolio.quartiles(kpi);
    double least = entries.stream().mapToDouble(RankingChart.Entry::value).min().orElse(0);
    double greatest = entries.stream().mapToDouble(RankingChart.Entry::value).max().orElse(1);
    List<Panel> panels = new ArrayList<>();
    for (List<RankingChart.Entry> part : Groups.balanced(entries, BARS)) {
      RankingChart chart =
          new RankingChart(kpi, part, quartiles, least, greatest, portfolio.format());
      boolean isFirst = panels.isEmpty();
      panels.add(
          new Panel(
              isFirst ? kpi.label() : kpi.label() + ", continued",
              isFirst ? says(portfolio, kpi) : "From the location ranked next.",
              new Content.Drawn(chart::figure)));
    }
    return panels.isEmpty()
        ? List.of(
            new Panel(
                kpi.label(), says(portfolio, kpi), new Content.Missing("No location has a value.")))
        : panels;
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
                  peers.isStable(),
                  Portfolio.standing(l, kpi));
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
                    "Peer median "
                        + portfolio.format().value(kpi.unit(), q.p50())
                        + ", middle half "
                        + portfolio.format().value(kpi.unit(), q.p25())
                        + " to "
                        + portfolio.format().value(kpi.unit(), q.p75())
                        + ".")
            .orElseGet(
                () -> "Peers withheld: " + portfolio.withheld(kpi).orElse("no peer has a value."));
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
