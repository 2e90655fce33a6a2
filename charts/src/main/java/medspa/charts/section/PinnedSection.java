package medspa.charts.section;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Line;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.figure.KpiFormat;
import medspa.charts.figure.SparkChart;
import medspa.charts.read.Kpi;
import medspa.charts.read.ProcessBehaviour;

/**
 * The pinned KPIs, a row each: the value, 13 weeks with what is usual, whether the week is more
 * than noise, where it stands against its target, and the middle half of the peers.
 */
public final class PinnedSection implements Section<Subject> {
  private static final int ROWS = 7;

  /** The columns behind the name, as wide as they are beside all others. */
  private static final List<Column> COLUMNS =
      List.of(
          Column.numbers("This week", 11),
          Column.wordsApart("13 weeks, usual range", 19),
          Column.wordsApart("Change against usual", 25),
          Column.words("Target", 16),
          Column.words("Peers’ middle half", 13));

  private static final double NAME_WIDTH = 16;

  @Override
  public List<Block> blocks(Subject subject) {
    List<List<Cell>> rows = new ArrayList<>();
    List<PinnedKpi> shown = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (int i = 0; i < Math.min(ROWS, subject.kpis().size()); i++) {
      PinnedKpi kpi = subject.kpis().get(i);
      if (kpi.value().isEmpty()) {
        missing.add(kpi.kpi().label() + why(kpi));
      } else if (subject.isWrong(kpi.kpi().id())) {
        missing.add(
            kpi.kpi().label() + " (schedule and sales name other providers; see Data health)");
      } else {
        shown.add(kpi);
        boolean isApart = kpi.kpi().id().equals("net_revenue") && !subject.isLikeForLike();
        rows.add(cells(kpi, isApart, place(subject, i), subject.format()));
      }
    }
    List<Block> blocks = new ArrayList<>();
    if (!rows.isEmpty()) {
      blocks.add(table(shown, rows));
    }
    without(subject).ifPresent(words -> blocks.add(new Block.Note(words)));
    if (!missing.isEmpty()) {
      blocks.add(new Block.Note("Not known this week: " + String.join("; ", missing) + "."));
    }
    return blocks.isEmpty() ? List.of() : List.of(new Passage(blocks));
  }

  /** Locations that are not in a number of the practice, because nothing of them is told. */
  private static Optional<String> without(Subject subject) {
    Map<List<String>, List<String>> byNames = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(ROWS, subject.kpis().size()); i++) {
      PinnedKpi kpi = subject.kpis().get(i);
      int place = i;
      List<String> names =
          subject.locations().stream()
              .filter(location -> location.kpis().get(place).value().isEmpty())
              .filter(Subject::isOpen)
              .map(Subject::name)
              .toList();
      if (kpi.value().isPresent() && !subject.isWrong(kpi.kpi().id()) && !names.isEmpty()) {
        byNames
            .computeIfAbsent(names, key -> new ArrayList<>())
            .add(Words.quiet(kpi.kpi().label()));
      }
    }
    return byNames.isEmpty()
        ? Optional.empty()
        : Optional.of(
            byNames.entrySet().stream()
                .map(
                    entry ->
                        "Without "
                            + Words.named(entry.getKey())
                            + ": "
                            + String.join(", ", entry.getValue())
                            + ".")
                .collect(Collectors.joining(" ")));
  }

  private static String why(PinnedKpi kpi) {
    return kpi.reason().map(reason -> " (" + reason + ")").orElse("");
  }

  /** The same KPI of each location. */
  private static List<PinnedKpi> place(Subject subject, int place) {
    return subject.locations().stream().map(location -> location.kpis().get(place)).toList();
  }

  /** A column in which nothing stands is left out, and the others share its width. */
  private static Table table(List<PinnedKpi> kpis, List<List<Cell>> rows) {
    List<Integer> columns =
        IntStream.range(0, COLUMNS.size())
            .filter(
                column ->
                    rows.stream()
                        .map(row -> row.get(column))
                        .anyMatch(cell -> !cell.text().isEmpty() || cell.drawing().isPresent()))
            .boxed()
            .toList();
    double width =
        NAME_WIDTH + columns.stream().mapToDouble(c -> COLUMNS.get(c).width().orElseThrow()).sum();
    List<Column> heads = new ArrayList<>();
    heads.add(Column.words("KPI", 100 * NAME_WIDTH / width));
    columns.forEach(
        column -> {
          Column full = COLUMNS.get(column);
          heads.add(
              new Column(
                  full.head(),
                  full.align(),
                  OptionalDouble.of(100 * full.width().orElseThrow() / width)));
        });
    return new Table(
        Table.Look.SMALL,
        heads,
        IntStream.range(0, rows.size())
            .mapToObj(
                row ->
                    Row.of(
                        kpis.get(row).kpi().label(),
                        columns.stream().map(column -> rows.get(row).get(column)).toList()))
            .toList());
  }

  /**
   * The cells of a row.
   *
   * @param isApart whether its weeks are not of the same locations, so that no change is read from
   *     it
   */
  private static List<Cell> cells(
      PinnedKpi pinned, boolean isApart, List<PinnedKpi> parts, KpiFormat format) {
    return List.of(
        Cells.value(format, pinned.kpi().unit(), pinned.value())
            .in(pinned.isReliable() ? Tone.STRONG : Tone.FEW),
        spark(pinned, format),
        isApart ? Cell.of("not like for like").in(Tone.QUIET) : change(pinned, format),
        parts.isEmpty() ? target(pinned, format) : targets(parts),
        peers(pinned, format));
  }

  private static Cell spark(PinnedKpi pinned, KpiFormat format) {
    return !pinned.isCharted()
        ? Cell.of("")
        : Cell.drawn(
            new SparkChart(pinned.kpi(), pinned.series().orElseThrow(), pinned.behaviour(), format)
                ::figure);
  }

  private static Cell change(PinnedKpi pinned, KpiFormat format) {
    if (!pinned.isReliable()) {
      return Cell.of("few data").in(Tone.FEW);
    }
    Optional<ProcessBehaviour> usual = pinned.behaviour();
    if (usual.isEmpty()) {
      return Cell.of(unjudged(pinned.kpi())).in(Tone.QUIET);
    }
    Optional<ProcessBehaviour.Rule> rule = usual.get().latest();
    if (rule.isEmpty()) {
      return Cell.of("usual").in(Tone.QUIET);
    }
    Kpi kpi = pinned.kpi();
    boolean isBetter = rule.get().isFavourable(kpi);
    return Cell.of(
            (isBetter ? "▲ Better: " : "◆ Worse: ")
                + format.difference(kpi.unit(), usual.get().centre(), pinned.value().orElseThrow()))
        .in(isBetter ? Tone.BETTER : Tone.WORSE)
        .with(Line.of(Tone.PLAIN, "usual mean " + format.compact(kpi.unit(), usual.get().centre())))
        .with(Line.of(Tone.PLAIN, rule.get().words()));
  }

  /** Why no week of it is usual or not. */
  private static String unjudged(Kpi kpi) {
    if (kpi.judgedBy().isPresent()) {
      return "its weeks still grow";
    }
    return kpi.spansDays() > 7 ? "over " + kpi.spansDays() + " days" : "too few weeks";
  }

  private static Cell target(PinnedKpi pinned, KpiFormat format) {
    return Standings.againstTarget(pinned)
        .map(tone -> Cell.of(Standings.words(tone) + " " + Standings.goal(pinned, format)).in(tone))
        .orElse(Cell.of(""));
  }

  /** How many of the locations with a target meet it. */
  private static Cell targets(List<PinnedKpi> parts) {
    List<Tone> standings =
        parts.stream().flatMap(part -> Standings.againstTarget(part).stream()).toList();
    if (standings.isEmpty()) {
      return Cell.of("");
    }
    long met = standings.stream().filter(tone -> tone == Tone.ON).count();
    boolean all = met == standings.size();
    return Cell.of((all ? "● " : "■ ") + met + " of " + standings.size() + " on target")
        .in(all ? Tone.ON : Tone.OFF);
  }

  private static Cell peers(PinnedKpi pinned, KpiFormat format) {
    return pinned
        .quartiles()
        .map(
            q ->
                Cell.of(
                    q.p25() == q.p75()
                        ? "about " + format.compact(pinned.kpi().unit(), q.p50())
                        : format.compact(pinned.kpi().unit(), q.p25())
                            + " to "
                            + format.compact(pinned.kpi().unit(), q.p75())))
        .orElse(Cell.of(""));
  }
}
