package medspa.charts.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import medspa.charts.document.Block;
import medspa.charts.document.Chapter;
import medspa.charts.document.Chapter.Bookmark;
import medspa.charts.document.Chapter.Evidence;
import medspa.charts.document.Chapter.Start;
import medspa.charts.document.Document;
import medspa.charts.document.Masthead;
import medspa.charts.document.Tiles;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.Kpi;
import medspa.charts.read.LocationFacts;
import medspa.charts.read.Point;
import medspa.charts.read.PracticeFacts;
import medspa.charts.read.Run;
import medspa.charts.read.Series;
import medspa.charts.section.Backing;
import medspa.charts.section.LocationsSection;
import medspa.charts.section.LotSection;
import medspa.charts.section.OrderSection;
import medspa.charts.section.ProviderSection;
import medspa.charts.section.Section;
import medspa.charts.section.Subject;
import medspa.charts.section.TileSection;
import medspa.charts.section.TrendSection;

/**
 * The weekly report of one owner: a chapter for the practice, one for each location, and what they
 * rest on. A practice of one location has no chapter of its own.
 *
 * @param sections of each chapter, in their order; one that has nothing to say is left out
 */
public record OwnerReport(List<Section<Subject>> sections) {
  private static final String EYEBROW = "Weekly owner report";

  private static final List<Section<Subject>> SECTIONS =
      List.of(
          new TileSection(),
          new TrendSection(),
          new LocationsSection(),
          new ProviderSection(),
          new OrderSection(),
          new LotSection());

  /** Copies the sections. */
  public OwnerReport {
    sections = List.copyOf(sections);
  }

  /** The report as it is sent. */
  public OwnerReport() {
    this(SECTIONS);
  }

  /**
   * The report of the week that the run computed last.
   *
   * @param kpis every definition, for those that a table shows without being pinned
   */
  public Document of(Run run, List<Kpi> kpis, PracticeFacts facts) {
    String practice = facts.practice().name();
    boolean isSingle = facts.locations().size() == 1;
    List<Chapter> chapters = new ArrayList<>();
    if (!isSingle) {
      chapters.add(ofPractice(run, facts));
    }
    for (LocationFacts location : facts.locations()) {
      chapters.add(
          ofLocation(
              run,
              facts,
              location,
              "location-" + (isSingle ? 1 : chapters.size()),
              chapters.isEmpty()));
    }
    Map<String, String> names = new LinkedHashMap<>();
    facts.locations().forEach(l -> names.put(l.location().id(), l.location().name()));
    chapters.addAll(
        BackingChapters.of(new Backing(run, shown(kpis, facts), kpis, names, facts.sources())));
    return new Document(
        EYEBROW
            + ": "
            + (isSingle ? facts.locations().get(0).location().name() + ", " : "")
            + practice,
        practice + ", week of " + KpiFormat.fullDay(run.lastWeek()),
        practice + run.footNote(),
        run.asOf(),
        run.runId(),
        chapters);
  }

  /** Pinned KPIs first, then those of the table of providers. */
  private static List<Kpi> shown(List<Kpi> kpis, PracticeFacts facts) {
    Set<Kpi> shown = new LinkedHashSet<>(facts.pinned());
    kpis.stream().filter(kpi -> ProviderSection.shows(kpi.id())).forEach(shown::add);
    return List.copyOf(shown);
  }

  private Chapter ofPractice(Run run, PracticeFacts facts) {
    Subject practice = Subject.ofPractice(facts);
    int count = facts.locations().size();
    String noNumbers =
        count == 0
            ? "The practice has no location in the configuration, so there is nothing to report."
            : "No location has numbers for this week.";
    return chapter(
        run,
        practice,
        new Bookmark(practice.name(), "summary"),
        count + " locations",
        noNumbers,
        true,
        // Its figures fill the page that its table of locations begins.
        count == 0 || practice.hasComparableLocations()
            ? Evidence.AT_ITS_END
            : Evidence.IN_APPENDIX);
  }

  private Chapter ofLocation(
      Run run, PracticeFacts facts, LocationFacts location, String anchor, boolean isFirst) {
    Subject subject = Subject.ofLocation(facts, location);
    return chapter(
        run,
        subject,
        new Bookmark(subject.name(), anchor),
        facts.practice().name(),
        noNumbers(run, location, subject),
        isFirst,
        isFirst ? Evidence.AT_ITS_END : Evidence.IN_APPENDIX);
  }

  private Chapter chapter(
      Run run,
      Subject subject,
      Bookmark bookmark,
      String owner,
      String noNumbers,
      boolean isFirst,
      Evidence evidence) {
    List<Block> said =
        sections.stream().flatMap(section -> section.blocks(subject).stream()).toList();
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Masthead(EYEBROW, subject.name(), owner, period(run)));
    blocks.add(new Block.Sentence(Block.Sentence.Voice.HEADLINE, subject.headline(noNumbers)));
    blocks.addAll(said);
    Start start = isFirst ? Start.FOLLOWING : isBrief(said) ? Start.IN_BRIEF : Start.NEW_PAGE;
    return new Chapter(
        Optional.of(bookmark),
        start,
        start == Start.IN_BRIEF
            ? Optional.empty()
            : Optional.of(subject.name() + " · " + period(run)),
        evidence,
        blocks);
  }

  /** Whether there is so little to show that it needs no page of its own. */
  private static boolean isBrief(List<Block> blocks) {
    return blocks.stream().allMatch(block -> block instanceof Tiles || block instanceof Block.Note);
  }

  private static String noNumbers(Run run, LocationFacts facts, Subject subject) {
    Optional<LocalDate> opened = facts.location().openedOn();
    if (opened.isPresent() && opened.get().isAfter(run.lastWeek().plusDays(6))) {
      return "The location opened on "
          + KpiFormat.fullDay(opened.get())
          + ", after the week of this report.";
    }
    Optional<LocalDate> newest =
        subject.kpis().stream()
            .flatMap(kpi -> kpi.series().stream())
            .flatMap(series -> series.points().stream())
            .filter(point -> point.value().isPresent())
            .map(Point::week)
            .max(LocalDate::compareTo);
    return newest
        .map(
            week ->
                "None of these KPIs can be told for this week; the last week of which one can is that of "
                    + KpiFormat.fullDay(week)
                    + ".")
        .orElse(
            "There are no numbers for this week or the "
                + (Series.WEEKS - 1)
                + " weeks before it; the last page says what was delivered.");
  }

  private static String period(Run run) {
    LocalDate end = run.lastWeek().plusDays(6);
    return "Week of " + KpiFormat.day(run.lastWeek()) + " to " + KpiFormat.shortFullDay(end);
  }
}
