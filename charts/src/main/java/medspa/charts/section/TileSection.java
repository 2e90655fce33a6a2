package medspa.charts.section;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Line;
import medspa.charts.document.Tiles;
import medspa.charts.document.Tiles.Tile;
import medspa.charts.document.Tone;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.Kpi;
import medspa.charts.read.Point;
import medspa.charts.read.ProcessBehaviour;

/** The pinned KPIs of a subject, one number each. */
public final class TileSection implements Section<Subject> {
  @Override
  public List<Block> blocks(Subject subject) {
    return List.of(
        new Tiles(
            subject.kpis().stream().map(kpi -> tile(kpi, subject.format())).toList(),
            notes(subject.kpis())));
  }

  private static Tile tile(PinnedKpi pinned, KpiFormat format) {
    Kpi kpi = pinned.kpi();
    if (pinned.value().isEmpty()) {
      return new Tile(
          kpi.label(),
          Cell.of("Not available")
              .with(
                  Line.of(
                      Tone.QUIET,
                      pinned.reason().map(Reasons::sentence).orElse("No data this week."))),
          true);
    }
    Point last = pinned.series().orElseThrow().last();
    Optional<Tone> standing = Standings.againstTarget(pinned);
    Cell cell =
        Cells.value(format, kpi.unit(), pinned.value())
            .in(last.isStable() ? standing.orElse(Tone.OPEN) : Tone.FEW);
    for (Line line : lines(pinned, last, standing, format)) {
      cell = cell.with(line);
    }
    return new Tile(kpi.label(), cell, false);
  }

  private static List<Line> lines(
      PinnedKpi pinned, Point last, Optional<Tone> standing, KpiFormat format) {
    List<Line> lines = new ArrayList<>();
    if (!last.isStable()) {
      lines.add(Line.of(Tone.QUIET, fewData(pinned.kpi(), last)));
    }
    Standings.change(pinned, format)
        .ifPresent(change -> lines.add(Line.of(Tone.PLAIN, change + " vs week before")));
    pinned
        .behaviour()
        .flatMap(ProcessBehaviour::latest)
        .ifPresent(rule -> lines.add(Line.of(Tone.SIGNAL, "◆ Signal: " + rule.words())));
    standing.ifPresent(tone -> lines.add(Standings.line(pinned, tone, format)));
    if (pinned.comparesToPeers()) {
      lines.add(Line.of(Tone.QUIET, peers(pinned, format)));
    }
    return lines;
  }

  private static String fewData(Kpi kpi, Point point) {
    String size =
        point.sampleSize().isPresent()
            ? KpiFormat.quantity(
                BigDecimal.valueOf(point.sampleSize().getAsDouble())
                    .setScale(1, RoundingMode.HALF_UP))
            : KpiFormat.NONE;
    return "Few data: " + size + kpi.sample().map(sample -> " " + sample).orElse("");
  }

  private static String peers(PinnedKpi pinned, KpiFormat format) {
    if (pinned.peers().isEmpty()) {
      return "No peers to compare with";
    }
    return pinned
        .quartiles()
        .map(q -> "Peer median " + format.value(pinned.kpi().unit(), q.p50()))
        .orElseGet(
            () ->
                "Peers withheld: "
                    + pinned.peers().get().withheldReason().orElse("no peer has a value"));
  }

  private static List<String> notes(List<PinnedKpi> kpis) {
    List<String> notes = new ArrayList<>();
    if (kpis.stream().anyMatch(kpi -> kpi.target().isPresent())) {
      notes.add(
          "● on target, ▲ near it (short by at most 5% of the target), ■ off target. Targets are those"
              + " of the configuration.");
    }
    if (kpis.stream().anyMatch(PinnedKpi::isSignal)) {
      notes.add("◆ more than noise; how that is judged stands beside the charts.");
    }
    if (kpis.stream().anyMatch(kpi -> kpi.value().isPresent() && !kpi.isReliable())) {
      notes.add("A grey value rests on a sample under 20: it is not ranked and raises no signal.");
    }
    return notes;
  }
}
