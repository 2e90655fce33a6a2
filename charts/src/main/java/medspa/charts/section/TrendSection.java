package medspa.charts.section;

import java.util.List;
import medspa.charts.document.Block;
import medspa.charts.document.Figures;
import medspa.charts.document.Figures.Panel;
import medspa.charts.figure.KpiFormat;
import medspa.charts.figure.TrendChart;
import medspa.charts.read.ProcessBehaviour;

/** The weeks of each pinned KPI of a subject whose last week is more than noise. */
public final class TrendSection implements Section<Subject> {
  private static final int CHARTS = 4;

  /** Of a chart, in points. */
  private static final double HEIGHT = 75;

  private static final List<String> HOW_TO_READ =
      List.of(
          "Line: the value of each week; ○ rests on few data.",
          "Grey band and dashes: the usual range and its mean, mean ± 2.66 × mean moving range of the"
              + " first "
              + ProcessBehaviour.WEEKS_NEEDED
              + " weeks since the KPI last moved to another level.",
          "◆ for the worse and ▲ for the better, more than noise: a value outside the range, two of three near a limit, or"
              + " seven weeks on one side or in one direction.",
          "Dots: the target. Blue box at the end: the middle half of the peers this week, with their"
              + " median.");

  @Override
  public List<Block> blocks(Subject subject) {
    List<PinnedKpi> charted =
        subject.kpis().stream()
            .filter(PinnedKpi::isReliable)
            .filter(PinnedKpi::isSignal)
            .filter(PinnedKpi::isCharted)
            .limit(CHARTS)
            .toList();
    return charted.isEmpty()
        ? List.of()
        : List.of(
            new Figures(
                "More than noise this week",
                new Figures.Arrangement.Paired(),
                charted.stream().map(kpi -> List.of(panel(kpi, subject.format()))).toList(),
                new Figures.Key("", List.of(), HOW_TO_READ)));
  }

  private static Panel panel(PinnedKpi pinned, KpiFormat format) {
    TrendChart chart =
        new TrendChart(
            pinned.kpi(),
            pinned.series().orElseThrow(),
            pinned.behaviour(),
            pinned.target(),
            pinned.quartiles(),
            format);
    return new Panel(
        pinned.kpi().label(),
        says(pinned),
        new Figures.Content.Drawn(width -> chart.figure(width, HEIGHT).orElseThrow()));
  }

  private static String says(PinnedKpi pinned) {
    ProcessBehaviour.Rule rule = pinned.behaviour().flatMap(ProcessBehaviour::latest).orElseThrow();
    return (rule.isFavourable(pinned.kpi()) ? "▲ Better: " : "◆ Worse: ") + rule.words();
  }
}
