package medspa.charts.section;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.document.Value;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.LocationFacts;
import medspa.charts.read.Series;
import medspa.charts.read.StockFacts.Consignable;
import medspa.charts.read.StockFacts.Overstock;
import medspa.charts.read.StockFacts.Shortage;
import medspa.charts.read.StockItem;
import medspa.charts.read.StockItem.Par;
import medspa.charts.read.StockItem.Reorder;
import medspa.warehouse.kpi.KpiDefinition.Unit;

/**
 * The stock of a location: what it is worth and how fast it turns, what to order with the
 * arithmetic of the reorder point, and books that cannot be right.
 */
public final class OrderSection implements Section<Subject> {
  private static final int ROWS = 12;

  /** Shortages that are told; the first come first. */
  private static final int SHORTAGES = 3;

  private static final List<Column> COLUMNS =
      List.of(
          Column.words("Product", 18),
          Column.words("State", 14),
          Column.numbers("Weekly use", 7),
          Column.numbers("Lead days", 6),
          Column.numbers("Use until delivery", 8),
          Column.numbers("Safety stock", 7),
          Column.numbers("Par", 7),
          Column.numbers("On hand", 7.5),
          Column.numbers("Available", 8.5),
          Column.numbers("Order, packs", 9),
          Column.numbers("Cost", 8));

  /** What a product needs, the most urgent first. */
  private enum Need {
    COUNT(Tone.OFF, "■ Negative: count it"),
    EMPTY(Tone.OFF, "■ Out of stock"),
    EXPIRED(Tone.OFF, "■ Out, the rest expired"),
    ORDER(Tone.NEAR, "▲ At or below par"),
    NOTHING(Tone.ON, "● Covered");

    private final Tone tone;
    private final String words;

    Need(Tone tone, String words) {
      this.tone = tone;
      this.words = words;
    }
  }

  private record Judged(StockItem item, Need need) {
    Optional<BigDecimal> cost() {
      return item.reorder().flatMap(reorder -> reorder.order().cost());
    }

    boolean isOrdered() {
      return item.reorder().map(r -> r.order().packs().isPresent()).orElse(false);
    }

    /** What is there of what should be; below 0 where the books are. */
    BigDecimal coverage() {
      BigDecimal par = item.reorder().flatMap(r -> r.par().quantity()).orElse(BigDecimal.ZERO);
      BigDecimal available =
          item.reorder().flatMap(Reorder::available).orElse(item.shelf().usable());
      return par.signum() > 0 ? available.divide(par, MathContext.DECIMAL32) : available;
    }
  }

  @Override
  public List<Block> blocks(Subject subject) {
    return subject
        .location()
        .filter(location -> !location.stock().items().isEmpty())
        .map(location -> blocks(location, subject.format()))
        .orElse(List.of());
  }

  private static List<Block> blocks(LocationFacts location, KpiFormat format) {
    List<Judged> needy =
        location.stock().items().stream()
            .map(item -> new Judged(item, need(item)))
            .filter(judged -> judged.need() != Need.NOTHING)
            .sorted(
                Comparator.comparing(Judged::need)
                    .thenComparing(Judged::coverage)
                    .thenComparing(judged -> judged.item().name())
                    .thenComparing(judged -> judged.item().productId()))
            .toList();
    List<Block> blocks = new ArrayList<>();
    List<Shortage> shortages = location.stock().shortages();
    Optional<String> rest = rest(location.stock().items(), needy);
    if (needy.isEmpty() && shortages.isEmpty()) {
      return List.of(
          new Block.Note(
              "Stock: no product that has a par is at or below it, none in use is out of stock. "
                  + rest.orElse("")));
    }
    blocks.add(new Block.Heading(heading(shortages, needy)));
    shortages.stream()
        .limit(SHORTAGES)
        .map(shortage -> new Block.Sentence(Block.Sentence.Voice.NOTICE, says(shortage)))
        .forEach(blocks::add);
    blocks.add(Block.Sentence.explains(stock(location, format)));
    if (!needy.isEmpty()) {
      blocks.add(Block.Sentence.explains(says(needy, format)));
      blocks.add(
          new Table(
              Table.Look.SMALL,
              COLUMNS,
              needy.stream().limit(ROWS).map(judged -> row(judged, format)).toList()));
    }
    overstock(location, format).ifPresent(words -> blocks.add(Block.Sentence.explains(words)));
    consignment(location, format).ifPresent(words -> blocks.add(Block.Sentence.explains(words)));
    rest.ifPresent(words -> blocks.add(new Block.Note(words)));
    return List.of(new Passage(blocks));
  }

  private static String heading(List<Shortage> shortages, List<Judged> needy) {
    return shortages.isEmpty()
        ? "Stock: "
            + KpiFormat.count(needy.size())
            + (needy.size() == 1 ? " product" : " products")
            + " to see to"
        : "Stock: not enough "
            + shortages.get(0).product()
            + " for the bookings from "
            + KpiFormat.weekday(shortages.get(0).shortOn());
  }

  /** What the coming bookings cannot be served with, and that an order comes too late. */
  private static String says(Shortage shortage) {
    return "■ "
        + shortage.product()
        + ": "
        + units(shortage.quantity())
        + " too few by "
        + KpiFormat.day(shortage.shortOn())
        + "; "
        + KpiFormat.count(shortage.rows())
        + (shortage.rows() == 1 ? " booking needs" : " bookings need")
        + " it"
        + (shortage.leadTimeDays().isPresent()
            ? " within the " + shortage.leadTimeDays().getAsInt() + " days that an order takes"
            : "")
        + ", and "
        + units(shortage.usable())
        + " can be used.";
  }

  /** A quantity in a sentence: what is left of a unit beside ten of them is not told. */
  private static String units(BigDecimal quantity) {
    return KpiFormat.quantity(
        quantity.setScale(
            quantity.abs().compareTo(BigDecimal.TEN) < 0 ? 1 : 0, RoundingMode.HALF_UP));
  }

  /** What lies there for longer than it is needed, as cash. */
  private static Optional<String> overstock(LocationFacts location, KpiFormat format) {
    List<Overstock> some = location.stock().overstock();
    if (some.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal cost = some.stream().map(Overstock::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    return Optional.of(
        "Above par and four weeks’ use: "
            + format.brief(cost)
            + " in "
            + KpiFormat.count(some.size())
            + (some.size() == 1 ? " product" : " products")
            + ", most in "
            + some.get(0).product()
            + " ("
            + format.brief(some.get(0).cost())
            + ").");
  }

  /** What a supplier might own instead. */
  private static Optional<String> consignment(LocationFacts location, KpiFormat format) {
    List<Consignable> some = location.stock().consignable();
    if (some.isEmpty()) {
      return Optional.empty();
    }
    BigDecimal value =
        some.stream().map(Consignable::value).reduce(BigDecimal.ZERO, BigDecimal::add);
    Optional<BigDecimal> yearly =
        some.stream().flatMap(one -> one.carryingCost().stream()).reduce(BigDecimal::add);
    double fastest = some.stream().mapToDouble(Consignable::turn).max().orElseThrow();
    return Optional.of(
        "Dear and slow, so worth asking the supplier to leave on consignment: "
            + Words.named(some.stream().map(Consignable::product).toList())
            + ". "
            + Words.capital(format.brief(value))
            + " of own money lies in "
            + (some.size() == 1 ? "it, which turns " : "them, which turn at most ")
            + format.value(Unit.TIMES_PER_YEAR, fastest)
            + " a year where all owned stock turns "
            + format.value(Unit.TIMES_PER_YEAR, some.get(0).placeTurn())
            + yearly.map(cost -> "; holding it costs " + format.brief(cost) + " a year").orElse("")
            + ".");
  }

  /** What the stock is worth and how fast it turns. */
  private static String stock(LocationFacts facts, KpiFormat format) {
    int count = facts.stock().items().size();
    BigDecimal value =
        facts.stock().items().stream()
            .filter(item -> !item.isConsignment())
            .flatMap(item -> item.shelf().value().stream())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    List<String> parts = new ArrayList<>();
    value(facts, "inventory_turn")
        .ifPresent(
            turn -> parts.add("turned " + format.value(Unit.TIMES_PER_YEAR, turn) + " a year"));
    value(facts, "days_on_hand")
        .ifPresent(days -> parts.add("lasts " + format.value(Unit.DAYS, days)));
    OptionalDouble stockouts = value(facts, "stockout_days");
    return KpiFormat.count(count)
        + (count == 1 ? " product; " : " products; ")
        + "owned stock is worth "
        + format.money(value)
        + " at cost"
        + (parts.isEmpty()
            ? "."
            : " and, over the 91 days to the week’s end, " + String.join(" and ", parts) + ".")
        + (stockouts.orElse(0) != 0
            ? " Product-days without usable stock this week: "
                + format.value(Unit.COUNT, stockouts.getAsDouble())
                + "."
            : "");
  }

  private static OptionalDouble value(LocationFacts facts, String kpi) {
    Series series = facts.series().get(kpi);
    return series == null ? OptionalDouble.empty() : series.last().value();
  }

  /** A product's name, which says where it is not owned. */
  static String product(String name, boolean isConsignment) {
    return isConsignment ? name + " (consigned)" : name;
  }

  private static Need need(StockItem item) {
    if (item.shelf().onHand().signum() < 0) {
      return Need.COUNT;
    }
    if (item.used91Days().signum() > 0 && item.shelf().usable().signum() <= 0) {
      return item.shelf().expired().signum() > 0 ? Need.EXPIRED : Need.EMPTY;
    }
    return item.reorder().map(reorder -> reorder.order().packs().isPresent()).orElse(false)
        ? Need.ORDER
        : Need.NOTHING;
  }

  private static Row row(Judged judged, KpiFormat format) {
    StockItem item = judged.item();
    Optional<Reorder> reorder = item.reorder();
    Optional<Par> par = reorder.map(Reorder::par);
    return Row.of(
        product(item.name(), item.isConsignment()),
        Cell.of(judged.need().words).in(judged.need().tone),
        Cells.estimate(par.flatMap(Par::weeklyUse)),
        par.filter(p -> p.leadTimeDays().isPresent())
            .map(p -> Cells.count(p.leadTimeDays().getAsInt()))
            .orElse(Cells.none()),
        Cells.estimate(par.flatMap(Par::demandInLeadTime)),
        Cells.estimate(par.flatMap(Par::safetyStock)),
        Cells.estimate(par.flatMap(Par::quantity)),
        Cells.quantity(Optional.of(item.shelf().onHand())),
        Cells.estimate(reorder.flatMap(Reorder::available)),
        reorder
            .map(Reorder::order)
            .filter(order -> order.packs().isPresent())
            .map(order -> packs(order.packs().getAsLong(), order.packQuantity()))
            .orElse(Cells.none())
            .in(Tone.STRONG),
        Cells.money(format, judged.cost()));
  }

  private static Cell packs(long packs, BigDecimal packQuantity) {
    return Cell.of(
        KpiFormat.count(packs) + " × " + KpiFormat.quantity(packQuantity),
        new Value.Amount(Unit.COUNT, BigDecimal.valueOf(packs)));
  }

  private static String says(List<Judged> needy, KpiFormat format) {
    List<Judged> ordered = needy.stream().filter(Judged::isOrdered).toList();
    List<Judged> owned = ordered.stream().filter(j -> !j.item().isConsignment()).toList();
    long unknown = owned.stream().filter(j -> j.cost().isEmpty()).count();
    List<String> parts = new ArrayList<>();
    count(needy, Need.COUNT, "negative in the books").ifPresent(parts::add);
    long empty = needy.stream().filter(OrderSection::isEmpty).count();
    if (empty > 0) {
      parts.add(KpiFormat.count(empty) + " out of stock");
    }
    count(needy, Need.ORDER, "at or below par").ifPresent(parts::add);
    String money =
        owned.isEmpty()
            ? ""
            : " The orders of owned products cost "
                + format.money(
                    owned.stream()
                        .flatMap(j -> j.cost().stream())
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                + (unknown == 0
                    ? "."
                    : ", " + KpiFormat.count(unknown) + " of unknown cost left out.");
    return sentence(String.join(", ", parts))
        + money
        + " Weekly use × lead time ÷ 7, and the safety stock, make the par; what is available, on hand"
        + " without what expires before it is used, is filled up to it in whole packs. Weekly use is"
        + " the mean of the last 8 weeks without a stockout.";
  }

  private static boolean isEmpty(Judged judged) {
    return judged.need() == Need.EMPTY || judged.need() == Need.EXPIRED;
  }

  private static Optional<String> count(List<Judged> needy, Need need, String words) {
    long count = needy.stream().filter(judged -> judged.need() == need).count();
    return count == 0 ? Optional.empty() : Optional.of(KpiFormat.count(count) + " " + words);
  }

  private static String sentence(String words) {
    return "Products: " + words + ".";
  }

  /** What is not listed; empty where everything is. */
  private static Optional<String> rest(List<StockItem> items, List<Judged> needy) {
    List<String> sentences = new ArrayList<>();
    if (needy.size() > ROWS) {
      sentences.add(
          KpiFormat.count(needy.size() - ROWS)
              + " more are in the warehouse’s relation inventory_reorder.");
    }
    List<StockItem> needed = needy.stream().map(Judged::item).toList();
    long covered =
        items.stream()
            .filter(item -> !needed.contains(item))
            .filter(item -> item.reorder().flatMap(r -> r.par().quantity()).isPresent())
            .count();
    if (covered > 0) {
      sentences.add(
          KpiFormat.count(covered)
              + (covered == 1 ? " product needs no order." : " products need no order."));
    }
    items.stream()
        .flatMap(item -> item.reorder().stream())
        .flatMap(reorder -> reorder.unavailableReason().stream())
        .distinct()
        .sorted()
        .forEach(
            reason -> {
              long count =
                  items.stream()
                      .flatMap(item -> item.reorder().stream())
                      .filter(reorder -> reorder.unavailableReason().equals(Optional.of(reason)))
                      .count();
              sentences.add(
                  "Whether to order cannot be told of "
                      + KpiFormat.count(count)
                      + (count == 1 ? " product" : " products")
                      + " without a par: "
                      + reason
                      + ".");
            });
    return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
  }
}
