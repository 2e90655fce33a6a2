package medspa.charts.page;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import medspa.charts.figure.KpiFormat;
import medspa.charts.page.Frame.Bookmark;
import medspa.charts.page.KpiSections.Item;
import medspa.charts.page.OwnerView.LocationCell;
import medspa.charts.page.OwnerView.LocationRow;
import medspa.charts.page.OwnerView.LocationTable;
import medspa.charts.page.OwnerView.Section;
import medspa.charts.pdf.PdfPage;
import medspa.charts.read.Kpi;
import medspa.charts.read.LocationFacts;
import medspa.charts.read.Point;
import medspa.charts.read.PracticeFacts;
import medspa.charts.read.ProcessBehaviour;
import medspa.charts.read.Run;
import medspa.charts.read.Series;

/** Lays out the weekly report of one owner. */
public final class OwnerPage {
  private static final String EYEBROW = "Weekly owner report";

  private static final List<String> TREND_NOTES =
      List.of(
          "Line: the value of each week; ○ rests on few data.",
          "Grey band and dashes: the usual range and its mean, mean ± 2.66 × mean moving range over "
              + ProcessBehaviour.WEEKS_NEEDED
              + " or more of the last "
              + ProcessBehaviour.WEEKS_JUDGED
              + " weeks.",
          "◆ a signal, more than noise: a value outside the range, two of three near a limit, or"
              + " seven weeks on one side or in one direction.",
          "Dots: the target. Blue box at the end: the middle half of the peers this week, with their"
              + " median.");

  private final Run run;
  private final List<Kpi> kpis;
  private final PracticeFacts facts;
  private final Paper paper;
  private final KpiFormat format;
  private final FigureList figures = new FigureList();
  private final KpiSections sections;
  private final ProviderSection providers;
  private final StockSection stock;

  private OwnerPage(Run run, List<Kpi> kpis, PracticeFacts facts, Paper paper) {
    this.run = run;
    this.kpis = kpis;
    this.facts = facts;
    this.paper = paper;
    this.format = new KpiFormat(facts.practice().currency());
    this.sections = new KpiSections(format, figures, paper.contentWidth());
    this.providers = new ProviderSection(format, figures, paper.contentWidth());
    this.stock = new StockSection(format);
  }

  /**
   * The report of the week that the run computed last.
   *
   * @param kpis every definition, for those that a table shows without being pinned
   */
  public static PdfPage of(Run run, List<Kpi> kpis, PracticeFacts facts, Paper paper) {
    return new OwnerPage(run, kpis, facts, paper).page();
  }

  private PdfPage page() {
    String practice = facts.practice().name();
    boolean single = facts.locations().size() == 1;
    List<Section> all = new ArrayList<>();
    if (!single) {
      all.add(practiceSection());
    }
    for (int i = 0; i < facts.locations().size(); i++) {
      all.add(locationSection(facts.locations().get(i), "location-" + (i + 1)));
    }
    List<Bookmark> bookmarks = new ArrayList<>();
    all.forEach(section -> bookmarks.add(new Bookmark(section.title(), section.anchor())));
    if (!OwnerView.appendix(all).isEmpty()) {
      bookmarks.add(new Bookmark("Figures behind the charts", "figures"));
    }
    bookmarks.add(new Bookmark("Definitions", "definitions"));
    bookmarks.add(new Bookmark("Data", "data"));
    String title = EYEBROW + ": " + (single ? all.get(0).title() + ", " : "") + practice;
    String subject = practice + ", week of " + KpiFormat.fullDay(run.lastWeek());
    Map<String, String> names = new LinkedHashMap<>();
    facts.locations().forEach(l -> names.put(l.location().id(), l.location().name()));
    OwnerView view =
        new OwnerView(
            new Frame(title, subject, Templates.css(paper), practice + run.footNote(), bookmarks),
            all,
            DefinitionView.of(shownKpis()),
            new DataSection(run, kpis, names).view(facts.sources()));
    return new PdfPage(
        title,
        subject,
        run.asOf(),
        run.runId() + title + subject + paper.css(),
        Templates.render("owner.jte", view),
        figures.all());
  }

  /** Pinned KPIs first, then those of the table of providers. */
  private List<Kpi> shownKpis() {
    Set<Kpi> shown = new LinkedHashSet<>(facts.pinned());
    kpis.stream()
        .filter(
            kpi ->
                kpi.id().equals(ProviderSection.FILL_RATE)
                    || ProviderSection.MONEY_KPIS.contains(kpi.id()))
        .forEach(shown::add);
    return List.copyOf(shown);
  }

  private Section practiceSection() {
    List<Item> own =
        facts.pinned().stream()
            .map(
                kpi ->
                    Item.of(
                        kpi,
                        facts.series(),
                        facts.behaviours(),
                        Map.of(),
                        Map.of(),
                        practiceReasons(),
                        false))
            .toList();
    List<List<Item>> byLocation = facts.locations().stream().map(this::items).toList();
    List<Headline.Candidate> candidates = new ArrayList<>();
    own.forEach(item -> item.candidate("").ifPresent(candidates::add));
    for (int i = 0; i < byLocation.size(); i++) {
      String name = facts.locations().get(i).location().name();
      byLocation.get(i).forEach(item -> item.candidate(name).ifPresent(candidates::add));
    }
    String noNumbers =
        facts.locations().isEmpty()
            ? "The practice has no location in the configuration, so there is nothing to report."
            : "No location has numbers for this week.";
    int count = facts.locations().size();
    return new Section(
        "summary",
        EYEBROW,
        facts.practice().name(),
        count == 1 ? "1 location" : count + " locations",
        period(),
        new Headline(candidates, format).sentence(noNumbers),
        sections.tiles(own),
        notes(own),
        sections.trends(own),
        TREND_NOTES,
        KpiSections.trendsMissing(own),
        locationTables(byLocation),
        Optional.empty(),
        Optional.empty(),
        sections.weekly(own));
  }

  /** Why the practice has no value: the reasons of its locations. */
  private Map<String, String> practiceReasons() {
    Map<String, Set<String>> reasons = new HashMap<>();
    for (LocationFacts location : facts.locations()) {
      location
          .unavailable()
          .forEach((kpi, reason) -> reasons.computeIfAbsent(kpi, k -> new TreeSet<>()).add(reason));
    }
    Map<String, String> joined = new HashMap<>();
    reasons.forEach((kpi, some) -> joined.put(kpi, String.join("; ", some)));
    return joined;
  }

  private List<Item> items(LocationFacts location) {
    return facts.pinned().stream()
        .map(
            kpi ->
                Item.of(
                    kpi,
                    location.series(),
                    location.behaviours(),
                    location.targets(),
                    location.peers(),
                    location.unavailable(),
                    true))
        .toList();
  }

  /** The pinned KPIs that some location has, location by location. */
  private List<LocationTable> locationTables(List<List<Item>> byLocation) {
    List<Integer> places =
        IntStream.range(0, facts.pinned().size())
            .filter(
                kpi -> byLocation.stream().anyMatch(items -> items.get(kpi).value().isPresent()))
            .boxed()
            .toList();
    List<LocationTable> tables = new ArrayList<>();
    for (List<Integer> some : KpiSections.balanced(places, KpiSections.TABLE_KPIS)) {
      List<LocationRow> rows = new ArrayList<>();
      for (int i = 0; i < byLocation.size(); i++) {
        List<Item> items = byLocation.get(i);
        rows.add(
            new LocationRow(
                facts.locations().get(i).location().name(),
                some.stream().map(kpi -> cell(items.get(kpi))).toList()));
      }
      if (!some.isEmpty()) {
        tables.add(
            new LocationTable(
                some.stream().map(kpi -> facts.pinned().get(kpi).label()).toList(), rows));
      }
    }
    return tables;
  }

  private LocationCell cell(Item item) {
    boolean hasValue = item.value().isPresent();
    boolean few = hasValue && !item.isReliable();
    return new LocationCell(
        format.compact(item.kpi().unit(), item.value()),
        !hasValue || few ? "few" : "",
        few ? "few data" : sections.change(item).orElse(""),
        sections.state(item));
  }

  private Section locationSection(LocationFacts location, String anchor) {
    List<Item> items = items(location);
    List<Headline.Candidate> candidates = new ArrayList<>();
    items.forEach(item -> item.candidate("").ifPresent(candidates::add));
    return new Section(
        anchor,
        EYEBROW,
        location.location().name(),
        facts.practice().name(),
        period(),
        new Headline(candidates, format).sentence(noNumbers(location)),
        sections.tiles(items),
        notes(items),
        sections.trends(items),
        TREND_NOTES,
        KpiSections.trendsMissing(items),
        List.of(),
        providers.view(location),
        stock.view(location),
        sections.weekly(items));
  }

  private String noNumbers(LocationFacts facts) {
    Optional<LocalDate> opened = facts.location().openedOn();
    if (opened.isPresent() && opened.get().isAfter(run.lastWeek().plusDays(6))) {
      return "The location opened on "
          + KpiFormat.fullDay(opened.get())
          + ", after the week of this report.";
    }
    Optional<LocalDate> newest =
        facts.series().values().stream()
            .flatMap(series -> series.points().stream())
            .filter(point -> point.value().isPresent())
            .map(Point::week)
            .max(LocalDate::compareTo);
    return newest
        .map(
            week ->
                "There are no numbers for this week; the last week that has any is that of "
                    + KpiFormat.fullDay(week)
                    + ".")
        .orElse(
            "There are no numbers for this week or the "
                + (Series.WEEKS - 1)
                + " weeks before it; the last page says what was delivered.");
  }

  private List<String> notes(List<Item> items) {
    List<String> notes = new ArrayList<>();
    if (items.stream().anyMatch(item -> item.target().isPresent())) {
      notes.add(
          "● on target, ▲ near it (short by at most 5% of the target), ■ off target. Targets are those"
              + " of the configuration.");
    }
    if (items.stream().anyMatch(KpiSections::isSignal)) {
      notes.add("◆ more than noise; how that is judged stands beside the charts.");
    }
    if (items.stream().anyMatch(i -> i.value().isPresent() && !i.isReliable())) {
      notes.add("A grey value rests on a sample under 20: it is not ranked and raises no signal.");
    }
    return notes;
  }

  private String period() {
    LocalDate end = run.lastWeek().plusDays(6);
    return "Week of " + KpiFormat.day(run.lastWeek()) + " to " + KpiFormat.shortFullDay(end);
  }
}
