package medspa.charts.page;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import medspa.charts.figure.KpiFormat;
import medspa.charts.figure.TimeChart;
import medspa.charts.page.OwnerView.LegendEntry;
import medspa.charts.page.OwnerView.ProviderCell;
import medspa.charts.page.OwnerView.ProviderColumn;
import medspa.charts.page.OwnerView.ProviderRow;
import medspa.charts.page.OwnerView.ProviderView;
import medspa.charts.read.LocationFacts;
import medspa.charts.read.Point;
import medspa.charts.read.ProviderWeek;
import medspa.charts.read.ProviderWeek.Minutes;
import medspa.charts.read.Series;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/** The table of a location's providers and where their time went. */
final class ProviderSection {
  /** The KPIs of the table besides the fill rate, in the order of its columns. */
  static final List<String> MONEY_KPIS =
      List.of(
          "revenue_per_provider_hour",
          "revenue_per_treated_hour",
          "revenue_per_worked_hour",
          "net_revenue",
          "average_ticket");

  static final String FILL_RATE = "fill_rate";

  /** A column after the name, with its share of the width beside those of the others. */
  private record Column(String label, String css, double width) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("Bookable h", "n", 7.2),
          new Column("Kept h", "n", 4.6),
          new Column("No-show h", "n", 6.2),
          new Column("Late h", "n", 4.4),
          new Column("Unresolved h", "n", 8.6),
          new Column("Idle h", "n", 4.4),
          new Column("Fill rate", "l", 9.5),
          new Column("Revenue per bookable h", "n", 8.3),
          new Column("Revenue per treated h", "n", 8.3),
          new Column("Revenue per worked h", "n", 8.3),
          new Column("Net revenue", "n", 8.3),
          new Column("Average ticket", "n", 8.3));

  /** In percent of the table. */
  private static final double NAME_WIDTH = 13.6;

  /** Bars in one figure: a higher one would leave a hole before it. */
  private static final int BARS = 14;

  private final KpiFormat format;
  private final FigureList figures;
  private final double contentWidth;

  ProviderSection(KpiFormat format, FigureList figures, double contentWidth) {
    this.format = format;
    this.figures = figures;
    this.contentWidth = contentWidth;
  }

  /** The view; empty where the week knows no provider at all. */
  Optional<ProviderView> view(LocationFacts facts) {
    List<ProviderWeek> providers =
        facts.providers().stream()
            .filter(
                p -> p.minutes().isPresent() || MONEY_KPIS.stream().anyMatch(p.kpis()::containsKey))
            .toList();
    if (providers.isEmpty()) {
      return Optional.empty();
    }
    List<ProviderWeek> bookable = providers.stream().filter(ProviderSection::isBookable).toList();
    double longest =
        bookable.stream()
            .mapToDouble(p -> p.minutes().orElseThrow().bookable().doubleValue() / 60)
            .max()
            .orElse(0);
    List<FigureList.Reference> charts = new ArrayList<>();
    for (List<ProviderWeek> some : KpiSections.balanced(bookable, BARS)) {
      if (!some.isEmpty()) {
        charts.add(figures.add(new TimeChart(some, longest).figure(contentWidth)));
      }
    }
    Minutes total =
        providers.stream()
            .map(p -> p.minutes().orElse(Minutes.NONE))
            .reduce(Minutes.NONE, Minutes::plus);
    List<ProviderRow> rows =
        Stream.concat(
                providers.stream()
                    .map(p -> row(p.name(), p.role().orElse(""), p.minutes(), p.kpis(), false)),
                Stream.of(
                    row(
                        "Location",
                        "",
                        bookable.isEmpty() ? Optional.empty() : Optional.of(total),
                        lastPoints(facts.series()),
                        true)))
            .toList();
    List<Integer> shown =
        IntStream.range(0, COLUMNS.size())
            .filter(
                column ->
                    rows.stream()
                        .anyMatch(row -> !row.cells().get(column).value().equals(KpiFormat.NONE)))
            .boxed()
            .toList();
    double width = shown.stream().mapToDouble(column -> COLUMNS.get(column).width()).sum();
    return Optional.of(
        new ProviderView(
            facts.unavailable().containsKey(FILL_RATE) && !bookable.isEmpty()
                ? KpiFormat.hours(total.bookable())
                    + " bookable hours; how many were kept is not known: "
                    + facts.unavailable().get(FILL_RATE)
                    + "."
                : says(bookable, total),
            shown.stream().map(column -> column(column, width)).toList(),
            rows.stream()
                .map(
                    row ->
                        new ProviderRow(
                            row.name(),
                            row.role(),
                            shown.stream().map(row.cells()::get).toList(),
                            row.isTotal()))
                .toList(),
            Arrays.stream(TimeChart.Part.values())
                .map(part -> new LegendEntry(part.css(), part.label()))
                .toList(),
            charts,
            charts.isEmpty()
                ? "No provider has bookable hours this week, so nothing can be said about where time"
                    + " went. "
                    + Optional.ofNullable(facts.unavailable().get(FILL_RATE))
                        .map(KpiSections::sentence)
                        .orElse("")
                : ""));
  }

  private static boolean isBookable(ProviderWeek provider) {
    return provider.minutes().map(m -> m.bookable().signum() > 0).orElse(false);
  }

  private static Map<String, Point> lastPoints(Map<String, Series> series) {
    Map<String, Point> points = new java.util.HashMap<>();
    series.forEach((kpi, own) -> points.put(kpi, own.last()));
    return points;
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

  /** Its share of the room beside the names, whichever columns are left out. */
  private static ProviderColumn column(int place, double width) {
    Column column = COLUMNS.get(place);
    return new ProviderColumn(
        column.label(),
        column.css(),
        String.format(Locale.ROOT, "%.1f", (100 - NAME_WIDTH) * column.width() / width));
  }

  private ProviderRow row(
      String name,
      String role,
      Optional<Minutes> minutes,
      Map<String, Point> kpis,
      boolean isTotal) {
    List<ProviderCell> cells = new ArrayList<>();
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
                    .map(ProviderSection::hours))
        .orElse(Stream.generate(() -> KpiFormat.NONE).limit(6))
        .forEach(hours -> cells.add(number(hours)));
    OptionalDouble fill = value(kpis, FILL_RATE);
    cells.add(
        new ProviderCell(
            format.value(Unit.PERCENT, fill),
            "l",
            fill.isPresent()
                ? Optional.of(
                    String.format(
                        Locale.ROOT, "%.1f", 100 * Math.max(0, Math.min(1, fill.getAsDouble()))))
                : Optional.empty()));
    MONEY_KPIS.forEach(kpi -> cells.add(number(format.compact(Unit.MONEY, value(kpis, kpi)))));
    return new ProviderRow(name, role, List.copyOf(cells), isTotal);
  }

  private static ProviderCell number(String text) {
    return new ProviderCell(text, "n", Optional.empty());
  }

  private static String hours(BigDecimal minutes) {
    return minutes.setScale(0, RoundingMode.HALF_UP).signum() == 0
        ? KpiFormat.NONE
        : KpiFormat.hours(minutes);
  }

  private static OptionalDouble value(Map<String, Point> kpis, String kpi) {
    return kpis.containsKey(kpi) ? kpis.get(kpi).value() : OptionalDouble.empty();
  }
}
