package medspa.charts.page;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import medspa.charts.figure.KpiFormat;
import medspa.charts.figure.TrendChart;
import medspa.charts.page.OwnerView.State;
import medspa.charts.page.OwnerView.Tile;
import medspa.charts.page.OwnerView.Trend;
import medspa.charts.page.OwnerView.WeeklyRow;
import medspa.charts.page.OwnerView.WeeklyTable;
import medspa.charts.read.Kpi;
import medspa.charts.read.Peers;
import medspa.charts.read.Peers.Quartiles;
import medspa.charts.read.Point;
import medspa.charts.read.ProcessBehaviour;
import medspa.charts.read.Series;

/** Tiles, trends and weekly figures of some KPIs of one location or practice. */
final class KpiSections {
  /** KPIs in one table that is as wide as a page. */
  static final int TABLE_KPIS = 7;

  private static final int TILES = 4;
  private static final double TREND_HEIGHT = 75;

  /**
   * One KPI with all that is known of it.
   *
   * @param reason why the report's week has no value
   * @param comparesToPeers whether a tile has a line about peers at all
   */
  record Item(
      Kpi kpi,
      Optional<Series> series,
      Optional<ProcessBehaviour> behaviour,
      OptionalDouble target,
      Optional<Peers> peers,
      Optional<String> reason,
      boolean comparesToPeers) {

    static Item of(
        Kpi kpi,
        Map<String, Series> series,
        Map<String, ProcessBehaviour> behaviours,
        Map<String, Double> targets,
        Map<String, Peers> peers,
        Map<String, String> reasons,
        boolean comparesToPeers) {
      Double target = targets.get(kpi.id());
      return new Item(
          kpi,
          Optional.ofNullable(series.get(kpi.id())),
          Optional.ofNullable(behaviours.get(kpi.id())),
          target == null ? OptionalDouble.empty() : OptionalDouble.of(target),
          Optional.ofNullable(peers.get(kpi.id())),
          Optional.ofNullable(reasons.get(kpi.id())),
          comparesToPeers);
    }

    Optional<Quartiles> quartiles() {
      return peers.flatMap(Peers::quartiles);
    }

    OptionalDouble value() {
      return series.map(s -> s.last().value()).orElse(OptionalDouble.empty());
    }

    boolean isReliable() {
      return series.map(s -> s.last().isReliable()).orElse(false);
    }

    Optional<Headline.Candidate> candidate(String where) {
      return series.map(s -> new Headline.Candidate(where, kpi, s, behaviour, target, quartiles()));
    }
  }

  private final KpiFormat format;
  private final FigureList figures;
  private final double contentWidth;

  KpiSections(KpiFormat format, FigureList figures, double contentWidth) {
    this.format = format;
    this.figures = figures;
    this.contentWidth = contentWidth;
  }

  List<List<Tile>> tiles(List<Item> items) {
    return chunks(items.stream().map(this::tile).toList(), TILES);
  }

  private Tile tile(Item item) {
    Kpi kpi = item.kpi();
    OptionalDouble value = item.value();
    if (value.isEmpty()) {
      return new Tile(
          kpi.label(),
          "Not available",
          "none",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.of(item.reason().map(KpiSections::sentence).orElse("No data this week.")));
    }
    Point last = item.series().orElseThrow().last();
    Optional<State> state = state(item);
    return new Tile(
        kpi.label(),
        format.value(kpi.unit(), value.getAsDouble()),
        last.isStable() ? state.map(State::css).orElse("open") : "few",
        change(item).map(change -> change + " vs week before"),
        item.behaviour().flatMap(ProcessBehaviour::latest).map(rule -> "◆ Signal: " + rule.words()),
        state,
        item.comparesToPeers() ? Optional.of(peers(item)) : Optional.empty(),
        last.isStable() ? Optional.empty() : Optional.of(fewData(kpi, last)));
  }

  /** Whether the report's week is more than noise. */
  static boolean isSignal(Item item) {
    return item.behaviour().flatMap(ProcessBehaviour::latest).isPresent();
  }

  private static String fewData(Kpi kpi, Point point) {
    String size =
        point.sampleSize().isPresent()
            ? KpiFormat.quantity(
                java.math.BigDecimal.valueOf(point.sampleSize().getAsDouble())
                    .setScale(1, java.math.RoundingMode.HALF_UP))
            : KpiFormat.NONE;
    return "Few data: " + size + kpi.sample().map(sample -> " " + sample).orElse("");
  }

  /** The difference to the week before; empty where one of both has no value. */
  Optional<String> change(Item item) {
    return item.series()
        .filter(s -> s.last().value().isPresent() && s.before().value().isPresent())
        .map(
            s ->
                format.difference(
                    item.kpi().unit(),
                    s.before().value().getAsDouble(),
                    s.last().value().getAsDouble()));
  }

  /** Where a reliable value stands against its target; empty where there is none of both. */
  Optional<State> state(Item item) {
    if (item.target().isEmpty() || !item.isReliable()) {
      return Optional.empty();
    }
    double target = item.target().getAsDouble();
    TargetState state = TargetState.of(item.kpi(), item.value().orElseThrow(), target);
    return Optional.of(
        new State(
            state.css(),
            state.shape(),
            state.words(),
            (item.kpi().upIsBetter() ? "≥ " : "≤ ") + format.value(item.kpi().unit(), target)));
  }

  private String peers(Item item) {
    if (item.peers().isEmpty()) {
      return "No peers to compare with";
    }
    return item.quartiles()
        .map(q -> "Peer median " + format.value(item.kpi().unit(), q.p50()))
        .orElseGet(
            () ->
                "Peers withheld: "
                    + item.peers().get().withheldReason().orElse("no peer has a value"));
  }

  /** Two to a row; a KPI without a value in these weeks has none. */
  List<List<Trend>> trends(List<Item> items) {
    double width = (contentWidth - 14) / 2;
    List<Trend> trends = new ArrayList<>();
    for (Item item : items) {
      item.series()
          .flatMap(
              series ->
                  new TrendChart(
                          item.kpi(),
                          series,
                          item.behaviour(),
                          item.target(),
                          item.quartiles(),
                          format)
                      .figure(width, TREND_HEIGHT))
          .ifPresent(
              figure ->
                  trends.add(new Trend(item.kpi().label(), trendSays(item), figures.add(figure))));
    }
    return chunks(trends, 2);
  }

  /** Which KPIs have no chart; empty where all have one. */
  static String trendsMissing(List<Item> items) {
    List<String> missing =
        items.stream()
            .filter(item -> item.series().map(s -> s.weeksWithValue() == 0).orElse(true))
            .map(item -> item.kpi().label())
            .toList();
    return missing.isEmpty()
        ? ""
        : "Without a value in any of the "
            + Series.WEEKS
            + " weeks, and so without a chart: "
            + String.join(", ", missing)
            + ".";
  }

  private static String trendSays(Item item) {
    if (item.kpi().spansDays() > 7) {
      return "Over " + item.kpi().spansDays() + " days to each week's end, so without limits";
    }
    if (item.behaviour().isEmpty()) {
      long enough = item.series().orElseThrow().points().stream().filter(Point::isReliable).count();
      return "Limits need "
          + ProcessBehaviour.WEEKS_NEEDED
          + " of "
          + ProcessBehaviour.WEEKS_JUDGED
          + " weeks with enough data; "
          + enough
          + " of these "
          + Series.WEEKS
          + (enough == 1 ? " has it" : " have it");
    }
    if (item.value().isEmpty()) {
      return "No value this week";
    }
    if (!item.isReliable()) {
      return "Few data this week, so no signal is read from it";
    }
    return item.behaviour()
        .get()
        .latest()
        .map(rule -> "Signal: " + rule.words())
        .orElse("Within its usual range");
  }

  /** Every figure that the trends show; neither columns nor rows that would hold nothing. */
  List<WeeklyTable> weekly(List<Item> items) {
    List<WeeklyTable> tables = new ArrayList<>();
    List<Item> shown =
        items.stream()
            .filter(item -> item.series().map(s -> s.weeksWithValue() > 0).orElse(false))
            .toList();
    if (shown.isEmpty()) {
      return tables;
    }
    List<LocalDate> weeks =
        shown.get(0).series().orElseThrow().points().stream().map(Point::week).toList();
    for (List<Item> some : balanced(shown, TABLE_KPIS)) {
      List<WeeklyRow> rows = new ArrayList<>();
      for (int week = 0; week < Series.WEEKS; week++) {
        int place = week;
        rows.add(
            new WeeklyRow(
                KpiFormat.day(weeks.get(place)),
                some.stream().map(item -> weekCell(item, place)).toList(),
                false));
      }
      row("Mean", some, true, i -> limit(i, ProcessBehaviour::centre)).ifPresent(rows::add);
      row("Lower limit", some, false, i -> limit(i, ProcessBehaviour::lower)).ifPresent(rows::add);
      row("Upper limit", some, false, i -> limit(i, ProcessBehaviour::upper)).ifPresent(rows::add);
      row("Target", some, true, Item::target).ifPresent(rows::add);
      row("Peers, 25%", some, true, i -> quartile(i, Quartiles::p25)).ifPresent(rows::add);
      row("Peers, median", some, false, i -> quartile(i, Quartiles::p50)).ifPresent(rows::add);
      row("Peers, 75%", some, false, i -> quartile(i, Quartiles::p75)).ifPresent(rows::add);
      tables.add(new WeeklyTable(some.stream().map(i -> i.kpi().label()).toList(), rows));
    }
    return tables;
  }

  private String weekCell(Item item, int place) {
    Point point = item.series().orElseThrow().points().get(place);
    boolean signal =
        item.behaviour().map(usual -> usual.signals().containsKey(place)).orElse(false);
    return (signal ? "◆ " : "")
        + format.compact(item.kpi().unit(), point.value())
        + (point.value().isPresent() && !point.isStable() ? "*" : "");
  }

  /** Empty where no KPI has such a value. */
  private Optional<WeeklyRow> row(
      String name, List<Item> items, boolean isRule, Function<Item, OptionalDouble> value) {
    return items.stream().allMatch(i -> value.apply(i).isEmpty())
        ? Optional.empty()
        : Optional.of(
            new WeeklyRow(
                name,
                items.stream().map(i -> format.compact(i.kpi().unit(), value.apply(i))).toList(),
                isRule));
  }

  private static OptionalDouble limit(
      Item item, java.util.function.ToDoubleFunction<ProcessBehaviour> value) {
    return item.behaviour().isPresent()
        ? OptionalDouble.of(value.applyAsDouble(item.behaviour().get()))
        : OptionalDouble.empty();
  }

  private static OptionalDouble quartile(
      Item item, java.util.function.ToDoubleFunction<Quartiles> value) {
    return item.quartiles().isPresent()
        ? OptionalDouble.of(value.applyAsDouble(item.quartiles().get()))
        : OptionalDouble.empty();
  }

  /** A reason of the warehouse as a sentence of its own. */
  static String sentence(String reason) {
    String text = reason.strip();
    if (text.isEmpty()) {
      return "No reason is known.";
    }
    String first = text.substring(0, text.offsetByCodePoints(0, 1));
    return first.toUpperCase(java.util.Locale.ROOT)
        + text.substring(first.length())
        + (text.endsWith(".") ? "" : ".");
  }

  /** The elements in rows of that size, the last one shorter. */
  static <T> List<List<T>> chunks(List<T> elements, int size) {
    List<List<T>> chunks = new ArrayList<>();
    for (int i = 0; i < elements.size(); i += size) {
      chunks.add(List.copyOf(elements.subList(i, Math.min(elements.size(), i + size))));
    }
    return chunks;
  }

  /** The elements in as few groups as that size allows, of about the same size. */
  static <T> List<List<T>> balanced(List<T> elements, int size) {
    int groups = Math.max(1, (elements.size() + size - 1) / size);
    return chunks(elements, Math.max(1, (elements.size() + groups - 1) / groups));
  }
}
