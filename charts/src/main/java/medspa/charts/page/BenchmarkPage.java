package medspa.charts.page;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import medspa.charts.figure.KpiFormat;
import medspa.charts.figure.RankingChart;
import medspa.charts.figure.Standing;
import medspa.charts.page.BenchmarkView.HeatCell;
import medspa.charts.page.BenchmarkView.HeatRow;
import medspa.charts.page.BenchmarkView.HeatTable;
import medspa.charts.page.BenchmarkView.Ranking;
import medspa.charts.page.BenchmarkView.WithheldRow;
import medspa.charts.page.Frame.Bookmark;
import medspa.charts.pdf.PdfPage;
import medspa.charts.read.BenchmarkFacts;
import medspa.charts.read.BenchmarkFacts.BenchmarkLocation;
import medspa.charts.read.Kpi;
import medspa.charts.read.Peers;
import medspa.charts.read.Peers.Quartiles;
import medspa.charts.read.Run;

/** Lays out the benchmark report of one consultant; it names only that consultant's practices. */
public final class BenchmarkPage {
  private static final String EYEBROW = "Multi-location benchmark";

  /** Bars in one figure: two such figures are as high as a page. */
  private static final int BARS = 22;

  /** Figures in a row where the locations have short names. */
  private static final int COLUMNS = 3;

  private static final double GAP = 8;

  /** KPIs in one heat table that is as wide as a page. */
  private static final int TABLE_KPIS = 7;

  private final Run run;
  private final BenchmarkFacts facts;
  private final Paper paper;
  private final KpiFormat format;
  private final FigureList figures = new FigureList();

  private BenchmarkPage(Run run, BenchmarkFacts facts, Paper paper) {
    this.run = run;
    this.facts = facts;
    this.paper = paper;
    this.format =
        new KpiFormat(facts.practices().isEmpty() ? "" : facts.practices().get(0).currency());
  }

  /** The report over the weeks up to the one that the run computed last. */
  public static PdfPage of(Run run, BenchmarkFacts facts, Paper paper) {
    return new BenchmarkPage(run, facts, paper).page();
  }

  private PdfPage page() {
    String title = EYEBROW + ": " + facts.consultant().name();
    LocalDate end = run.lastWeek().plusDays(6);
    String subject = "Locations compared with their peers, 13 weeks to " + KpiFormat.fullDay(end);
    Map<String, String> names = new LinkedHashMap<>();
    facts.locations().forEach(l -> names.put(l.location().id(), name(l)));
    int locations = facts.locations().size();
    int practices = facts.practices().size();
    BenchmarkView view =
        new BenchmarkView(
            new Frame(
                title,
                subject,
                Templates.css(paper),
                facts.consultant().name() + run.footNote(),
                List.of(
                    new Bookmark("All KPIs against peer quartiles", "heat"),
                    new Bookmark("Rankings", "rankings"),
                    new Bookmark("Definitions", "definitions"),
                    new Bookmark("Data", "data"))),
            facts.consultant().name(),
            locations
                + (locations == 1 ? " location of " : " locations of ")
                + practices
                + (practices == 1 ? " practice" : " practices"),
            "13 weeks to " + KpiFormat.fullDay(end),
            headline(),
            columns(),
            rankingRows(),
            heatTables(),
            facts.kpis().stream().flatMap(kpi -> withheld(kpi).stream()).toList(),
            DefinitionView.of(facts.kpis()),
            new DataSection(run, facts.kpis(), names).view(facts.sources()));
    return new PdfPage(
        title,
        subject,
        run.asOf(),
        run.runId() + title + subject + paper.css(),
        Templates.render("benchmark.jte", view),
        figures.all());
  }

  /** The location's name, with its practice where that alone would not tell it. */
  private String name(BenchmarkLocation location) {
    boolean unique =
        facts.locations().stream()
                .filter(l -> l.location().name().equals(location.location().name()))
                .count()
            == 1;
    return unique
        ? location.location().name()
        : location.location().name() + ", " + location.practice().name();
  }

  private static Optional<Peers> peers(BenchmarkLocation location, Kpi kpi) {
    return Optional.ofNullable(location.peers().get(kpi.id()));
  }

  /** The statistics are those of the peer group: the same at every location. */
  private Optional<Quartiles> quartiles(Kpi kpi) {
    return facts.locations().stream()
        .flatMap(location -> peers(location, kpi).stream())
        .flatMap(peers -> peers.quartiles().stream())
        .findFirst();
  }

  private static Optional<Standing> standing(BenchmarkLocation location, Kpi kpi) {
    return peers(location, kpi)
        .filter(peers -> peers.isStable() && peers.value().isPresent())
        .flatMap(
            peers -> peers.quartiles().map(q -> Standing.of(kpi, peers.value().getAsDouble(), q)));
  }

  private List<Ranking> ranking(Kpi kpi) {
    double sign = kpi.upIsBetter() ? -1 : 1;
    List<RankingChart.Entry> entries =
        facts.locations().stream()
            .filter(l -> peers(l, kpi).map(p -> p.value().isPresent()).orElse(false))
            .map(
                l -> {
                  Peers peers = peers(l, kpi).orElseThrow();
                  return new RankingChart.Entry(
                      name(l), peers.value().getAsDouble(), peers.isStable(), standing(l, kpi));
                })
            .sorted(
                Comparator.comparing((RankingChart.Entry e) -> !e.isStable())
                    .thenComparing(e -> sign * e.value())
                    .thenComparing(RankingChart.Entry::name))
            .toList();
    Optional<Quartiles> quartiles = quartiles(kpi);
    double width = width(columns());
    double least = entries.stream().mapToDouble(RankingChart.Entry::value).min().orElse(0);
    double greatest = entries.stream().mapToDouble(RankingChart.Entry::value).max().orElse(1);
    List<List<RankingChart.Entry>> parts = KpiSections.balanced(entries, BARS);
    List<Ranking> rankings = new ArrayList<>();
    for (List<RankingChart.Entry> part : parts) {
      boolean isFirst = rankings.isEmpty();
      rankings.add(
          new Ranking(
              isFirst ? kpi.label() : kpi.label() + ", continued",
              isFirst ? says(kpi, quartiles) : "From the location ranked next.",
              Optional.of(
                  figures.add(
                      new RankingChart(kpi, part, quartiles, least, greatest, format)
                          .figure(width)))));
    }
    return rankings.isEmpty()
        ? List.of(new Ranking(kpi.label(), says(kpi, quartiles), Optional.empty()))
        : rankings;
  }

  /** As many as leave every name in full, or two. */
  private int columns() {
    return facts.locations().stream().allMatch(l -> RankingChart.fits(name(l), width(COLUMNS)))
        ? COLUMNS
        : 2;
  }

  /** Of one figure beside others; the style sheet has the same gap. */
  private double width(int columns) {
    return paper.contentWidth() / (double) columns - GAP;
  }

  /** In rows; a KPI whose parts fill rows begins one of its own. */
  private List<List<Ranking>> rankingRows() {
    int columns = columns();
    List<List<Ranking>> rows = new ArrayList<>();
    List<Ranking> single = new ArrayList<>();
    for (Kpi kpi : facts.kpis()) {
      List<Ranking> parts = ranking(kpi);
      if (parts.size() % columns != 0) {
        single.addAll(parts);
      } else {
        rows.addAll(KpiSections.chunks(single, columns));
        single.clear();
        rows.addAll(KpiSections.chunks(parts, columns));
      }
    }
    rows.addAll(KpiSections.chunks(single, columns));
    return rows;
  }

  private String says(Kpi kpi, Optional<Quartiles> quartiles) {
    String better = kpi.upIsBetter() ? "Higher is better. " : "Lower is better. ";
    String peers =
        quartiles
            .map(
                q ->
                    "Peer median "
                        + format.value(kpi.unit(), q.p50())
                        + ", middle half "
                        + format.value(kpi.unit(), q.p25())
                        + " to "
                        + format.value(kpi.unit(), q.p75())
                        + ".")
            .orElseGet(
                () ->
                    "Peers withheld: "
                        + withheld(kpi).map(WithheldRow::reason).orElse("no peer has a value."));
    int weeks =
        facts.locations().stream()
            .flatMap(location -> peers(location, kpi).stream())
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

  private Optional<WithheldRow> withheld(Kpi kpi) {
    if (quartiles(kpi).isPresent()) {
      return Optional.empty();
    }
    return facts.locations().stream()
        .flatMap(location -> peers(location, kpi).stream())
        .flatMap(peers -> peers.withheldReason().stream())
        .findFirst()
        .map(reason -> new WithheldRow(kpi.label(), KpiSections.sentence(reason)));
  }

  private List<HeatTable> heatTables() {
    List<HeatTable> tables = new ArrayList<>();
    for (List<Kpi> some : KpiSections.balanced(facts.kpis(), TABLE_KPIS)) {
      List<HeatRow> rows =
          facts.locations().stream()
              .map(
                  l ->
                      new HeatRow(
                          l.location().name(),
                          l.practice().name(),
                          some.stream().map(kpi -> cell(l, kpi)).toList()))
              .toList();
      if (!some.isEmpty() && !rows.isEmpty()) {
        tables.add(new HeatTable(some.stream().map(Kpi::label).toList(), rows, peerRows(some)));
      }
    }
    return tables;
  }

  private HeatCell cell(BenchmarkLocation location, Kpi kpi) {
    Optional<Peers> peers = peers(location, kpi);
    OptionalDouble value = peers.map(Peers::value).orElse(OptionalDouble.empty());
    if (value.isEmpty()) {
      return new HeatCell(KpiFormat.NONE, "", "few");
    }
    String text = format.compact(kpi.unit(), value.getAsDouble());
    if (!peers.orElseThrow().isStable()) {
      return new HeatCell(text, "few data", "few");
    }
    return standing(location, kpi)
        .map(
            standing ->
                new HeatCell(
                    text, standing.name(), standing.name().toLowerCase(java.util.Locale.ROOT)))
        .orElse(new HeatCell(text, "", ""));
  }

  private List<HeatRow> peerRows(List<Kpi> some) {
    return List.of(
        statistic("Peers, 25%", some, q -> q.p25()),
        statistic("Peers, median", some, q -> q.p50()),
        statistic("Peers, 75%", some, q -> q.p75()),
        new HeatRow(
            "Practices that contribute",
            "",
            some.stream()
                .map(
                    kpi ->
                        new HeatCell(
                            facts.locations().stream()
                                .flatMap(location -> peers(location, kpi).stream())
                                .findFirst()
                                .map(peers -> KpiFormat.count(peers.contributors()))
                                .orElse(KpiFormat.NONE),
                            "",
                            ""))
                .toList()));
  }

  private HeatRow statistic(String name, List<Kpi> some, Function<Quartiles, Double> value) {
    return new HeatRow(
        name,
        "",
        some.stream()
            .map(
                kpi ->
                    new HeatCell(
                        quartiles(kpi)
                            .map(q -> format.compact(kpi.unit(), value.apply(q)))
                            .orElse(KpiFormat.NONE),
                        "",
                        ""))
            .toList());
  }

  private String headline() {
    if (facts.locations().isEmpty()) {
      return "No practice of this consultant has a location, so there is nothing to compare.";
    }
    long compared = facts.kpis().stream().filter(kpi -> quartiles(kpi).isPresent()).count();
    if (compared == 0) {
      return "Nothing can be compared: "
          + facts.kpis().stream()
              .flatMap(kpi -> withheld(kpi).stream())
              .map(WithheldRow::reason)
              .findFirst()
              .map(reason -> "the peers’ statistics are withheld on every KPI. " + reason)
              .orElse("no KPI has peers’ statistics.");
    }
    List<Map.Entry<String, Long>> worst = most(Standing.Q1);
    List<Map.Entry<String, Long>> best = most(Standing.Q4);
    String of = " of " + compared + (compared == 1 ? " KPI" : " KPIs");
    if (!worst.isEmpty()) {
      String second =
          worst.size() > 1 ? "; " + worst.get(1).getKey() + " on " + worst.get(1).getValue() : "";
      return worst.get(0).getKey()
          + " is in the bottom quartile of its peers on "
          + worst.get(0).getValue()
          + of
          + second
          + ".";
    }
    return "No location is in the bottom quartile of its peers on any KPI"
        + (best.isEmpty()
            ? "."
            : "; "
                + best.get(0).getKey()
                + " is in the top quartile on "
                + best.get(0).getValue()
                + of
                + ".");
  }

  /** Locations by how often they have that standing, the most often first; none without it. */
  private List<Map.Entry<String, Long>> most(Standing standing) {
    return facts.locations().stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                l ->
                    facts.kpis().stream()
                        .filter(kpi -> standing(l, kpi).equals(Optional.of(standing)))
                        .count(),
                (one, other) -> one,
                LinkedHashMap::new))
        .entrySet()
        .stream()
        .filter(entry -> entry.getValue() > 0)
        .sorted(Map.Entry.<BenchmarkLocation, Long>comparingByValue().reversed())
        .map(entry -> Map.entry(name(entry.getKey()), entry.getValue()))
        .toList();
  }
}
