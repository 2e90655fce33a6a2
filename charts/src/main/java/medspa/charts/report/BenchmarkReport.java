package medspa.charts.report;

import java.time.LocalDate;
import java.util.ArrayList;
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
import medspa.charts.read.BenchmarkFacts;
import medspa.charts.read.Run;
import medspa.charts.section.Backing;
import medspa.charts.section.GroupSection;
import medspa.charts.section.HeatSection;
import medspa.charts.section.MoversSection;
import medspa.charts.section.OpportunitySection;
import medspa.charts.section.Portfolio;
import medspa.charts.section.PositionSection;
import medspa.charts.section.PublishedSection;
import medspa.charts.section.RankingSection;
import medspa.charts.section.Section;
import medspa.charts.section.WithheldSection;

/**
 * The benchmark report of one consultant; it names only that consultant's practices.
 *
 * @param chapters what it compares, in their order
 */
public record BenchmarkReport(List<Part> chapters) {
  private static final String EYEBROW = "Multi-location benchmark";

  private static final List<Part> CHAPTERS =
      List.of(
          new Part(
              new Bookmark("Locations by what is to be gained", "gains"),
              List.of(new OpportunitySection())),
          new Part(new Bookmark("Who moved", "movers"), List.of(new MoversSection())),
          new Part(new Bookmark("Regions and peer groups", "groups"), List.of(new GroupSection())),
          new Part(new Bookmark("Rankings", "rankings"), List.of(new RankingSection())),
          new Part(
              new Bookmark("All KPIs of all locations", "heat"),
              List.of(new HeatSection(), new WithheldSection(), new PublishedSection())),
          new Part(
              new Bookmark("What was told otherwise before", "positions"),
              List.of(new PositionSection())));

  /** Some sections that the outline leads to as one. */
  public record Part(Bookmark bookmark, List<Section<Portfolio>> sections) {
    /** Copies the sections. */
    public Part {
      sections = List.copyOf(sections);
    }
  }

  /** Copies the chapters. */
  public BenchmarkReport {
    chapters = List.copyOf(chapters);
  }

  /** The report as it is sent. */
  public BenchmarkReport() {
    this(CHAPTERS);
  }

  /** The report over the weeks up to the one that the run computed last. */
  public Document of(Run run, BenchmarkFacts facts) {
    return of(run, facts, Optional.empty());
  }

  /**
   * The report over the weeks up to the one that the run computed last.
   *
   * @param highlight the practice whose locations have a colour of their own
   */
  public Document of(Run run, BenchmarkFacts facts, Optional<String> highlight) {
    Portfolio portfolio = Portfolio.of(facts, highlight);
    String consultant = facts.consultant().name();
    LocalDate end = run.lastWeek().plusDays(6);
    String period = "13 weeks to " + KpiFormat.fullDay(end);
    List<Chapter> all = new ArrayList<>();
    all.add(
        new Chapter(
            Optional.empty(),
            Start.FOLLOWING,
            Optional.of(consultant + " · " + period),
            List.of(
                new Masthead(EYEBROW, consultant, extent(facts), period),
                new Block.Sentence(Block.Sentence.Voice.HEADLINE, portfolio.headline()))));
    for (Part part : chapters) {
      List<Block> blocks =
          part.sections().stream().flatMap(section -> section.blocks(portfolio).stream()).toList();
      if (!blocks.isEmpty()) {
        all.add(Chapter.following(part.bookmark(), blocks));
      }
    }
    Map<String, String> names = new LinkedHashMap<>();
    facts.locations().forEach(l -> names.put(l.location().id(), portfolio.name(l)));
    all.addAll(
        BackingChapters.of(new Backing(run, facts.kpis(), facts.kpis(), names, facts.sources())));
    Letters.missing(all)
        .ifPresent(
            note ->
                all.add(
                    new Chapter(
                        Optional.empty(), Start.FOLLOWING, Optional.empty(), List.of(note))));
    return new Document(
        EYEBROW + ": " + consultant,
        "Locations compared with their peers, " + period,
        consultant + run.footNote(),
        run.asOf(),
        run.runId(),
        all);
  }

  private static String extent(BenchmarkFacts facts) {
    int locations = facts.locations().size();
    int practices = facts.practices().size();
    return locations
        + (locations == 1 ? " location of " : " locations of ")
        + practices
        + (practices == 1 ? " practice" : " practices");
  }
}
