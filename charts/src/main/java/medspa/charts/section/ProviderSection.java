package medspa.charts.section;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Figures;
import medspa.charts.document.Figures.Panel;
import medspa.charts.document.Figures.Swatch;
import medspa.charts.document.Groups;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.figure.KpiFormat;
import medspa.charts.figure.TimeChart;
import medspa.charts.read.LocationFacts;
import medspa.charts.read.Point;
import medspa.charts.read.ProviderWeek;
import medspa.charts.read.ProviderWeek.Minutes;
import medspa.charts.read.Series;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/** The table of a location's providers and where their time went. */
public final class ProviderSection implements Section<Subject> {
  /** The KPIs of the table besides the fill rate, in the order of its columns. */
  private static final List<String> MONEY_KPIS =
      List.of("revenue_per_provider_hour", "revenue_per_treated_hour", "net_revenue");

  private static final String FILL_RATE = "fill_rate";

  /** The columns after the name; a width is a share beside those of the others. */
  private static final List<Column> COLUMNS =
      List.of(
          Column.numbers("Bookable h", 7.2),
          Column.numbers("Kept h", 4.6),
          Column.numbers("No-show h", 6.2),
          Column.numbers("Late h", 4.4),
          Column.numbers("Unresolved h", 8.6),
          Column.numbers("Idle h", 4.4),
          Column.wordsApart("Fill rate", 9.5),
          Column.numbers("Revenue per bookable h", 8.3),
          Column.numbers("Revenue per treated h", 8.3),
          Column.numbers("Net revenue", 8.3));

  /** In percent of the table. */
  private static final double NAME_WIDTH = 13.6;

  /** Bars in one figure: a higher one would leave a hole before it. */
  private static final int BARS = 14;

  /** Whether the table shows a KPI, pinned or not. */
  public static boolean shows(String kpi) {
    return kpi.equals(FILL_RATE) || MONEY_KPIS.contains(kpi);
  }

  @Override
  public List<Block> blocks(Subject subject) {
    return subject.location().map(location -> blocks(location, subject.format())).orElse(List.of());
  }

  private static List<Block> blocks(LocationFacts facts, KpiFormat format) {
    List<ProviderWeek> all =
        facts.providers().stream()
            .filter(
                p -> p.minutes().isPresent() || MONEY_KPIS.stream().anyMatch(p.kpis()::containsKey))
            .toList();
    if (all.isEmpty()) {
      return List.of();
    }
    // Who left most time idle comes first; who has no bookable time is told apart.
    List<ProviderWeek> providers =
        all.stream()
            .filter(ProviderSection::isBookable)
            .sorted(
                Comparator.comparing((ProviderWeek p) -> p.minutes().orElseThrow().idle())
                    .reversed())
            .toList();
    Optional<Block> others = others(all, format);
    if (providers.isEmpty()) {
      return Stream.concat(
              Stream.of(
                  new Block.Note(
                      "Time: no provider has bookable hours this week, so nothing can be said about"
                          + " where it went. "
                          + Optional.ofNullable(facts.unavailable().get(FILL_RATE))
                              .map(Reasons::sentence)
                              .orElse(""))),
              others.stream())
          .toList();
    }
    Minutes total =
        providers.stream()
            .map(p -> p.minutes().orElse(Minutes.NONE))
            .reduce(Minutes.NONE, Minutes::plus);
    List<Row> rows =
        Stream.concat(
                providers.stream().map(provider -> row(provider, format)),
                Stream.of(
                    new Row(
                        Row.Kind.TOTAL,
                        false,
                        Cell.of("Location"),
                        cells(Optional.of(total), lastPoints(facts.series()), format))))
            .toList();
    List<Block> blocks = new ArrayList<>();
    blocks.add(
        Passage.of(
            new Block.Heading("Where the time went"),
            Block.Sentence.explains(says(facts, providers, total)),
            table(rows)));
    if (providers.stream().noneMatch(ProviderSection::hasRevenue)) {
      blocks.add(
          new Block.Note(
              "No sale names any of these providers, so what an hour of each brings is not known."));
    }
    // A chart of hours whose outcome nobody tells would be of one colour.
    if (!facts.unavailable().containsKey(FILL_RATE)) {
      blocks.add(figures(providers));
    }
    others.ifPresent(blocks::add);
    return blocks;
  }

  /** Staff and whatever else earned without bookable time. */
  private static Optional<Block> others(List<ProviderWeek> all, KpiFormat format) {
    String names =
        all.stream()
            .filter(provider -> !isBookable(provider))
            .map(
                provider ->
                    provider.name()
                        + Optional.ofNullable(provider.kpis().get("net_revenue"))
                            .filter(point -> point.value().isPresent())
                            .map(
                                point ->
                                    " "
                                        + format.brief(
                                            BigDecimal.valueOf(point.value().getAsDouble())))
                            .orElse(""))
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(new Block.Note("Net revenue without bookable time: " + names + "."));
  }

  private static Figures figures(List<ProviderWeek> bookable) {
    double longest =
        bookable.stream()
            .mapToDouble(p -> p.minutes().orElseThrow().bookable().doubleValue() / 60)
            .max()
            .orElse(0);
    return new Figures(
        "Hours by provider",
        new Figures.Arrangement.Wide(),
        Groups.balanced(bookable, BARS).stream()
            .map(some -> new TimeChart(some, longest))
            .map(chart -> List.of(new Panel("", "", new Figures.Content.Drawn(chart::figure))))
            .toList(),
        new Figures.Key(
            "Bookable hours:",
            Arrays.stream(TimeChart.Part.values())
                .filter(
                    part ->
                        bookable.stream()
                            .anyMatch(p -> part.minutes(p.minutes().orElseThrow()).signum() != 0))
                .map(part -> new Swatch(part.css(), part.label()))
                .toList(),
            List.of()));
  }

  private static boolean hasRevenue(ProviderWeek provider) {
    return MONEY_KPIS.stream().anyMatch(kpi -> value(provider.kpis(), kpi).isPresent());
  }

  private static boolean isBookable(ProviderWeek provider) {
    return provider.minutes().map(m -> m.bookable().signum() > 0).orElse(false);
  }

  private static Map<String, Point> lastPoints(Map<String, Series> series) {
    Map<String, Point> points = new HashMap<>();
    series.forEach((kpi, own) -> points.put(kpi, own.last()));
    return points;
  }

  private static String says(LocationFacts facts, List<ProviderWeek> bookable, Minutes total) {
    return facts.unavailable().containsKey(FILL_RATE) && !bookable.isEmpty()
        ? KpiFormat.hours(total.bookable())
            + " bookable hours; how many were kept is not known: "
            + facts.unavailable().get(FILL_RATE)
            + "."
        : says(bookable, total);
  }

  /** What stands out: who left the most time idle. */
  private static String says(List<ProviderWeek> bookable, Minutes total) {
    Optional<ProviderWeek> idlest =
        bookable.stream()
            .max(Comparator.comparing((ProviderWeek p) -> p.minutes().orElseThrow().idle()));
    if (idlest.isEmpty() || total.idle().signum() == 0) {
      return "Hours of the week, and revenue for each of them.";
    }
    ProviderWeek provider = idlest.get();
    return "Of "
        + KpiFormat.hours(total.bookable())
        + " bookable hours "
        + KpiFormat.hours(total.kept())
        + " were kept and "
        + KpiFormat.hours(total.idle())
        + " stayed idle"
        + (bookable.size() > 1
            ? ", "
                + KpiFormat.hours(provider.minutes().orElseThrow().idle())
                + " of them with "
                + provider.name()
            : "")
        + ".";
  }

  /** The rows under the columns that have a value for some provider. */
  private static Table table(List<Row> rows) {
    List<Integer> shown =
        IntStream.range(0, COLUMNS.size())
            .filter(
                column ->
                    rows.stream()
                        .filter(row -> row.kind() == Row.Kind.ITEM)
                        .anyMatch(row -> !row.cells().get(column).text().equals(KpiFormat.NONE)))
            .boxed()
            .toList();
    double width =
        shown.stream().mapToDouble(column -> COLUMNS.get(column).width().orElseThrow()).sum();
    return new Table(
        Table.Look.TIGHT,
        Stream.concat(
                Stream.of(Column.words("Provider", NAME_WIDTH)),
                shown.stream().map(COLUMNS::get).map(column -> widened(column, width)))
            .toList(),
        rows.stream()
            .map(
                row ->
                    new Row(
                        row.kind(),
                        row.startsGroup(),
                        row.head(),
                        shown.stream().map(row.cells()::get).toList()))
            .toList());
  }

  /** The column with its share of the room beside the names, whichever columns are left out. */
  private static Column widened(Column column, double width) {
    return new Column(
        column.head(),
        column.align(),
        OptionalDouble.of((100 - NAME_WIDTH) * column.width().orElseThrow() / width));
  }

  private static Row row(ProviderWeek provider, KpiFormat format) {
    return new Row(
        Row.Kind.ITEM,
        false,
        Cell.of(provider.name()),
        cells(provider.minutes(), provider.kpis(), format));
  }

  private static List<Cell> cells(
      Optional<Minutes> minutes, Map<String, Point> kpis, KpiFormat format) {
    List<Cell> cells = new ArrayList<>();
    minutes
        .map(
            m ->
                Stream.of(
                        m.bookable(),
                        m.kept(),
                        m.noShow(),
                        m.lateCancelled(),
                        m.unresolved(),
                        m.idle())
                    .map(Cells::hours))
        .orElse(Stream.generate(Cells::none).limit(6))
        .forEach(cells::add);
    OptionalDouble fill = value(kpis, FILL_RATE);
    Cell rate = Cells.value(format, Unit.PERCENT, fill);
    cells.add(fill.isPresent() ? rate.withBar(fill.getAsDouble()) : rate);
    MONEY_KPIS.forEach(kpi -> cells.add(Cells.compact(format, Unit.MONEY, value(kpis, kpi))));
    return List.copyOf(cells);
  }

  private static OptionalDouble value(Map<String, Point> kpis, String kpi) {
    return kpis.containsKey(kpi) ? kpis.get(kpi).value() : OptionalDouble.empty();
  }
}
