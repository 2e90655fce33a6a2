package medspa.charts.section;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.RevenueStep;
import medspa.charts.read.RevenueStep.Comparison;
import medspa.charts.read.RevenueStep.Effects;
import medspa.charts.read.RevenueStep.Part;

/**
 * What moved the net revenue against the mean of the four weeks before: by location, then by
 * service category, as bars of which each begins where the one before ends.
 */
public final class BridgeSection implements Section<Subject> {
  /** Rows of a part; the rest share one. */
  private static final int ROWS = 3;

  private static final List<Column> BY_LOCATION =
      List.of(
          Column.words("By location", 30),
          Column.words("", 34),
          Column.numbers("Change", 12),
          Column.numbers("This week", 12),
          Column.numbers("Mean before", 12));

  private static final List<Column> BY_CATEGORY =
      List.of(
          Column.words("By service", 30),
          Column.words("", 34),
          Column.numbers("Change", 9),
          Column.numbers("Volume", 9),
          Column.numbers("Price", 9),
          Column.numbers("Mix", 9));

  /** A bar of the bridge. */
  private record Move(String name, BigDecimal net, BigDecimal base, Optional<Effects> effects) {
    BigDecimal change() {
      return net.subtract(base);
    }

    Move plus(Move other) {
      return new Move(
          name,
          net.add(other.net),
          base.add(other.base),
          effects.isPresent() && other.effects.isPresent()
              ? Optional.of(effects.get().plus(other.effects.get()))
              : Optional.empty());
    }
  }

  @Override
  public List<Block> blocks(Subject subject) {
    List<RevenueOfPlace> told =
        RevenueOfPlace.of(subject.week().steps()).stream().filter(RevenueOfPlace::isTold).toList();
    if (told.stream().noneMatch(place -> place.comparison() == Comparison.COMPARED)) {
      return List.of();
    }
    KpiFormat format = subject.format();
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading("What moved it, against the mean of the four weeks before"));
    if (told.size() > 1) {
      blocks.add(
          new Table(
              Table.Look.SMALL,
              BY_LOCATION,
              rows(cut(byLocation(subject, told), "locations"), false, format)));
    }
    List<Move> categories = byCategory(subject.week().steps());
    if (categories.size() > 1) {
      blocks.add(
          new Table(Table.Look.SMALL, BY_CATEGORY, rows(cut(categories, "parts"), true, format)));
    }
    return blocks.size() == 1 ? List.of() : List.of(new Passage(blocks));
  }

  private static List<Move> byLocation(Subject subject, List<RevenueOfPlace> told) {
    return told.stream()
        .map(
            place ->
                new Move(
                    subject.nameOf(place.locationId()) + words(place.comparison()),
                    place.net().orElseThrow(),
                    place.base(),
                    Optional.empty()))
        .sorted(BY_SIZE)
        .toList();
  }

  private static String words(Comparison comparison) {
    return switch (comparison) {
      case OPENED -> " (opened)";
      case GAP -> " (weeks missing)";
      case COMPARED, NOT_TOLD -> "";
    };
  }

  private static final Comparator<Move> BY_SIZE =
      Comparator.comparing((Move move) -> move.change().abs()).reversed().thenComparing(Move::name);

  private static List<Move> byCategory(List<RevenueStep> steps) {
    Map<String, Move> moves = new LinkedHashMap<>();
    for (RevenueStep step : steps) {
      if (step.net().isPresent()) {
        Move move = new Move(name(step), step.net().get(), step.base(), step.effects());
        moves.merge(move.name(), move, Move::plus);
      }
    }
    return moves.values().stream().sorted(BY_SIZE).toList();
  }

  private static String name(RevenueStep step) {
    if (step.comparison() != Comparison.COMPARED) {
      return "Locations that are not compared";
    }
    return step.part() == Part.SERVICE
        ? Words.capital(step.category().orElse("").replace('_', ' '))
        : step.part() == Part.REST ? "Retail and fees" : "Everything else";
  }

  /** The largest, and the rest as one; a part that changes nothing is left out. */
  private static List<Move> cut(List<Move> moves, String what) {
    List<Move> some = moves.stream().filter(move -> move.change().signum() != 0).toList();
    if (some.size() <= ROWS + 1) {
      return some;
    }
    List<Move> shown = new ArrayList<>(some.subList(0, ROWS));
    List<Move> rest = some.subList(ROWS, some.size());
    Move sum = rest.stream().reduce(Move::plus).orElseThrow();
    shown.add(new Move(rest.size() + " other " + what, sum.net(), sum.base(), sum.effects()));
    return shown;
  }

  private static List<Row> rows(List<Move> moves, boolean isByCategory, KpiFormat format) {
    BigDecimal least = BigDecimal.ZERO;
    BigDecimal most = BigDecimal.ZERO;
    BigDecimal sum = BigDecimal.ZERO;
    for (Move move : moves) {
      sum = sum.add(move.change());
      least = least.min(sum);
      most = most.max(sum);
    }
    Track track = new Track(least, most);
    List<Row> rows = new ArrayList<>();
    BigDecimal at = BigDecimal.ZERO;
    for (Move move : moves) {
      BigDecimal next = at.add(move.change());
      rows.add(
          Row.of(
              move.name(),
              cells(move, track.bar(at, next, tone(move.change())), isByCategory, format)));
      at = next;
    }
    Move total =
        moves.stream()
            .reduce(Move::plus)
            .orElse(new Move("", BigDecimal.ZERO, BigDecimal.ZERO, Optional.empty()));
    rows.add(
        new Row(
            Row.Kind.TOTAL,
            false,
            Cell.of("Change"),
            cells(
                new Move(
                    "Change",
                    total.net(),
                    total.base(),
                    isByCategory ? Optional.of(effects(moves)) : Optional.empty()),
                track.bar(BigDecimal.ZERO, sum, Tone.STRONG),
                isByCategory,
                format)));
    return rows;
  }

  private static Effects effects(List<Move> moves) {
    return moves.stream()
        .flatMap(move -> move.effects().stream())
        .reduce(Effects.NONE, Effects::plus);
  }

  private static Tone tone(BigDecimal change) {
    return change.signum() < 0 ? Tone.WORSE : Tone.PLAIN;
  }

  private static List<Cell> cells(Move move, Cell bar, boolean isByCategory, KpiFormat format) {
    List<Cell> cells = new ArrayList<>();
    cells.add(bar);
    cells.add(Cells.change(format, Optional.of(move.change())).in(Tone.STRONG));
    if (isByCategory) {
      cells.add(Cells.change(format, move.effects().map(Effects::volume)));
      cells.add(Cells.change(format, move.effects().map(Effects::price)));
      cells.add(Cells.change(format, move.effects().map(Effects::mix)));
    } else {
      cells.add(Cells.brief(format, move.net()));
      cells.add(Cells.brief(format, move.base()));
    }
    return cells;
  }

  /** Where bars lie between the least and the most of a bridge. */
  private record Track(BigDecimal least, BigDecimal most) {
    Cell bar(BigDecimal from, BigDecimal to, Tone tone) {
      double width = most.subtract(least).doubleValue();
      return width == 0
          ? Cell.of("")
          : Cell.of("")
              .in(tone)
              .withBar(
                  new Cell.Span(
                      from.subtract(least).doubleValue() / width,
                      to.subtract(least).doubleValue() / width));
    }
  }
}
