package medspa.charts.report;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.charts.document.Block;
import medspa.charts.document.Chapter;
import medspa.charts.document.Chapter.Bookmark;
import medspa.charts.document.Chapter.Start;
import medspa.charts.document.Document;
import medspa.charts.document.Masthead;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.Kpi;
import medspa.charts.read.LocationFacts;
import medspa.charts.read.Point;
import medspa.charts.read.PracticeFacts;
import medspa.charts.read.Run;
import medspa.charts.read.Series;
import medspa.charts.section.ActionSection;
import medspa.charts.section.AheadSection;
import medspa.charts.section.Backing;
import medspa.charts.section.BridgeSection;
import medspa.charts.section.DataHealthSection;
import medspa.charts.section.HourSection;
import medspa.charts.section.LocationsSection;
import medspa.charts.section.LotSection;
import medspa.charts.section.MoneySection;
import medspa.charts.section.OrderSection;
import medspa.charts.section.OutcomeSection;
import medspa.charts.section.PinnedSection;
import medspa.charts.section.ProviderSection;
import medspa.charts.section.Section;
import medspa.charts.section.ServiceSection;
import medspa.charts.section.StorySection;
import medspa.charts.section.Subject;
import medspa.charts.section.TrendSection;

/**
 * The weekly report of one owner. Its first page is a letter about the practice; then the locations
 * are ranked, those with something to do have pages of their own, and the last page says what the
 * numbers rest on. Of a practice of one location the letter is about that.
 *
 * @param letter sections of the first page, in their order
 * @param overview sections about the locations of a practice
 * @param detail sections about one location; one that has nothing to say is left out or one line
 */
public record OwnerReport(
    List<Section<Subject>> letter, List<Section<Subject>> overview, List<Section<Subject>> detail) {
  private static final String EYEBROW = "Weekly owner report";

  /** As many locations are ranked on less than a page. */
  private static final int RANKED_IN_BRIEF = 10;

  /** Locations with pages of their own. */
  private static final int LOCATIONS = 4;

  /** The same where the ranking itself takes pages: the report of 44 fits on 12. */
  private static final int LOCATIONS_OF_MANY = 2;

  private static final List<Section<Subject>> LETTER =
      List.of(
          new BridgeSection(),
          new ActionSection(),
          new AheadSection(),
          new OutcomeSection(),
          new PinnedSection());

  private static final List<Section<Subject>> OVERVIEW =
      List.of(new LocationsSection(), new MoneySection(), new StorySection());

  private static final List<Section<Subject>> DETAIL =
      List.of(
          new MoneySection(),
          new ProviderSection(),
          new HourSection(),
          new ServiceSection(),
          new OrderSection(),
          new LotSection(),
          new StorySection(),
          new TrendSection());

  /** Copies the sections. */
  public OwnerReport {
    letter = List.copyOf(letter);
    overview = List.copyOf(overview);
    detail = List.copyOf(detail);
  }

  /** The report as it is sent. */
  public OwnerReport() {
    this(LETTER, OVERVIEW, DETAIL);
  }

  /**
   * The report of the week that the run computed last.
   *
   * @param kpis every definition
   */
  public Document of(Run run, List<Kpi> kpis, PracticeFacts facts) {
    String practice = facts.practice().name();
    boolean isSingle = facts.locations().size() == 1;
    List<Chapter> chapters = new ArrayList<>();
    if (isSingle) {
      LocationFacts only = facts.locations().get(0);
      Subject subject = Subject.ofLocation(run, kpis, facts, only);
      chapters.add(letter(run, subject, practice, noNumbers(run, only, subject)));
      chapter(subject.name() + ": in detail", "detail", blocks(detail, subject))
          .ifPresent(chapters::add);
    } else {
      Subject subject = Subject.ofPractice(run, kpis, facts);
      int count = facts.locations().size();
      chapters.add(
          letter(
              run,
              subject,
              count + " locations",
              count == 0
                  ? "The practice has no location in the configuration, so there is nothing to"
                      + " report."
                  : "No location has numbers for this week."));
      chapters.addAll(locations(run, facts, subject));
    }
    Map<String, String> names = new LinkedHashMap<>();
    facts.locations().forEach(l -> names.put(l.location().id(), l.location().name()));
    chapters.add(
        Chapter.following(
                new Bookmark("Data health", "data"),
                new DataHealthSection()
                    .blocks(new Backing(run, facts.pinned(), kpis, names, facts.sources())))
            .headed(practice + " · " + period(run)));
    Letters.missing(chapters)
        .ifPresent(
            note ->
                chapters.add(
                    new Chapter(
                        Optional.empty(), Start.FOLLOWING, Optional.empty(), List.of(note))));
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

  private Chapter letter(Run run, Subject subject, String owner, String noNumbers) {
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Masthead(EYEBROW, subject.name(), owner, period(run)));
    blocks.add(new Block.Sentence(Block.Sentence.Voice.HEADLINE, subject.headline(noNumbers)));
    blocks.addAll(blocks(letter, subject));
    return new Chapter(
        Optional.of(new Bookmark(subject.name(), "letter")),
        Start.FOLLOWING,
        Optional.of(subject.name() + " · " + period(run)),
        blocks);
  }

  private List<Chapter> locations(Run run, PracticeFacts facts, Subject practice) {
    List<Chapter> chapters = new ArrayList<>();
    List<Subject> told =
        practice.locations().stream()
            .filter(location -> location.weight().signum() > 0)
            .sorted(Comparator.comparing(Subject::weight).reversed())
            .toList();
    List<Block> overviewBlocks = new ArrayList<>(blocks(overview, practice));
    int shown = practice.locations().size() > RANKED_IN_BRIEF ? LOCATIONS_OF_MANY : LOCATIONS;
    if (told.size() > shown) {
      overviewBlocks.add(
          new Block.Note(
              "The "
                  + shown
                  + " locations with most to tell follow; medspa report --location writes any of"
                  + " them in full."));
    }
    chapter("Locations", "locations", overviewBlocks)
        .map(chapter -> chapter.headed(practice.name() + " · " + period(run)))
        .ifPresent(chapters::add);
    for (Subject location : told.stream().limit(shown).toList()) {
      List<Block> said = new ArrayList<>();
      said.add(new Masthead(EYEBROW, location.name(), facts.practice().name(), period(run)));
      said.add(new Block.Sentence(Block.Sentence.Voice.HEADLINE, location.headline("")));
      said.addAll(blocks(List.of(new ActionSection()), location));
      said.addAll(blocks(detail, location));
      chapters.add(
          new Chapter(
              Optional.of(new Bookmark(location.name(), "location-" + chapters.size())),
              Start.FOLLOWING,
              Optional.of(location.name() + " · " + period(run)),
              said));
    }
    return chapters;
  }

  private static List<Block> blocks(List<Section<Subject>> sections, Subject subject) {
    return sections.stream().flatMap(section -> section.blocks(subject).stream()).toList();
  }

  /** A chapter that begins a page; none where nothing is said. */
  private static Optional<Chapter> chapter(String name, String anchor, List<Block> blocks) {
    return blocks.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Chapter(
                Optional.of(new Bookmark(name, anchor)), Start.NEW_PAGE, Optional.empty(), blocks));
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
                + " weeks before it; Data health says what was delivered.");
  }

  private static String period(Run run) {
    LocalDate end = run.lastWeek().plusDays(6);
    return "Week of " + KpiFormat.day(run.lastWeek()) + " to " + KpiFormat.shortFullDay(end);
  }
}
