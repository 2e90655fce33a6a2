package medspa.charts.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import medspa.charts.document.Block;
import medspa.charts.document.Chapter;
import medspa.charts.document.Chapter.Bookmark;
import medspa.charts.document.Chapter.Start;
import medspa.charts.document.Document;
import medspa.charts.document.Masthead;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.DailyFacts;
import medspa.charts.read.Kpi;
import medspa.charts.read.Run;
import medspa.charts.section.DailyBookSection;
import medspa.charts.section.DailyCategorySection;
import medspa.charts.section.DailyKnownSection;
import medspa.charts.section.DailyPaceSection;
import medspa.charts.section.DailyStockSection;
import medspa.charts.section.DailySubject;
import medspa.charts.section.DailyVerdict;
import medspa.charts.section.Section;

/**
 * The daily flash of one location on one page: yesterday, the week to date and its pace, today's
 * book.
 *
 * @param sections in their order
 */
public record DailyReport(List<Section<DailySubject>> sections) {
  private static final String EYEBROW = "Daily flash";

  /** Copies the sections. */
  public DailyReport {
    sections = List.copyOf(sections);
  }

  /** The flash as it is sent. */
  public DailyReport() {
    this(
        List.of(
            new DailyPaceSection(),
            new DailyCategorySection(),
            new DailyBookSection(),
            new DailyStockSection(),
            new DailyKnownSection()));
  }

  /**
   * The flash of the day that the run is as of.
   *
   * @param kpis every definition
   */
  public Document of(Run run, List<Kpi> kpis, DailyFacts facts) {
    DailySubject subject = new DailySubject(facts, kpis);
    String name = facts.location().name();
    String practice = facts.practice().name();
    String day = KpiFormat.wholeWeekday(run.asOf());
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Masthead(EYEBROW, name, practice, day + ", " + run.asOf().getYear()));
    blocks.add(new Block.Sentence(Block.Sentence.Voice.HEADLINE, DailyVerdict.of(subject)));
    sections.forEach(section -> blocks.addAll(section.blocks(subject)));
    Letters.missingIn(blocks).ifPresent(blocks::add);
    return new Document(
        EYEBROW + ": " + name + ", " + practice,
        practice + ", " + name + ", " + KpiFormat.fullDay(run.asOf()),
        practice + run.footNote(),
        run.asOf(),
        run.runId(),
        List.of(
            new Chapter(
                Optional.of(new Bookmark(name, "flash")),
                Start.FOLLOWING,
                Optional.of(name + " · " + day),
                blocks)));
  }
}
