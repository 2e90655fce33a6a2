package medspa.charts.section;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.MoneyFacts;
import medspa.charts.read.MoneyFacts.Leak;
import medspa.charts.read.MoneyFacts.Part;

/**
 * Where the money is: what the bookable hours could have brought and what became of it, how cash
 * became revenue, what is owed, and what clients have paid in advance.
 */
public final class MoneySection implements Section<Subject> {
  private static final List<Column> COLUMNS =
      List.of(
          Column.words("", 30),
          Column.words("", 40),
          Column.numbers("Hours", 15),
          Column.numbers("Amount", 15));

  private static final List<Column> WITHOUT_HOURS =
      List.of(Column.words("", 30), Column.words("", 55), Column.numbers("Amount", 15));

  @Override
  public List<Block> blocks(Subject subject) {
    return passage(subject.money(), subject.format());
  }

  private static List<Block> passage(MoneyFacts money, KpiFormat format) {
    List<Block> blocks = new ArrayList<>();
    List<Leak> waterfall =
        money.leakage().stream()
            .filter(leak -> !leak.role().equals("beside") && leak.amount().isPresent())
            .filter(leak -> leak.amount().orElseThrow().signum() != 0)
            .toList();
    Optional<BigDecimal> potential =
        waterfall.stream()
            .filter(leak -> leak.role().equals("total"))
            .findFirst()
            .flatMap(Leak::amount);
    if (potential.isPresent() && waterfall.size() > 2) {
      blocks.add(
          new Table(
              Table.Look.SMALL,
              hasHours(waterfall) ? COLUMNS : WITHOUT_HOURS,
              rows(waterfall, potential.get().doubleValue(), format)));
    }
    List<String> sentences = new ArrayList<>();
    if (hasHours(waterfall)) {
      without("The hours of these have no price and are not in the table: ", money, Part.HOURS)
          .ifPresent(sentences::add);
    }
    beside(money, format).ifPresent(sentences::add);
    money
        .bridge()
        .ifPresent(
            bridge ->
                sentences.add(
                    cash(bridge, format)
                        + without(" Not told, and not in it: ", money, Part.BOOKS).orElse("")));
    owed(money, format).ifPresent(sentences::add);
    advances(money, format).ifPresent(sentences::add);
    blocks.addAll(Block.Sentence.explaining(sentences));
    if (blocks.isEmpty()) {
      return List.of();
    }
    blocks.add(0, new Block.Heading(heading(waterfall, format)));
    return List.of(new Passage(blocks));
  }

  /** Whether the bookable hours have a price, and not only what was sold. */
  private static boolean hasHours(List<Leak> waterfall) {
    return waterfall.stream().anyMatch(leak -> leak.minutes().isPresent());
  }

  private static String heading(List<Leak> waterfall, KpiFormat format) {
    return waterfall.stream()
        .filter(leak -> leak.role().equals("less"))
        .max(java.util.Comparator.comparing(leak -> leak.amount().orElseThrow()))
        .map(
            leak ->
                "Where the money is: "
                    + Words.quiet(leak.label())
                    + " "
                    + format.brief(leak.amount().orElseThrow()))
        .orElse("Where the money is");
  }

  /** Each bar of a loss hangs from what was left before it. */
  private static List<Row> rows(List<Leak> waterfall, double potential, KpiFormat format) {
    List<Row> rows = new ArrayList<>();
    boolean hasHours = hasHours(waterfall);
    double left = 0;
    for (Leak leak : waterfall) {
      BigDecimal amount = leak.amount().orElseThrow();
      boolean isTotal = leak.role().equals("total");
      double share = potential == 0 ? 0 : amount.doubleValue() / potential;
      Cell.Span span = isTotal ? new Cell.Span(0, share) : new Cell.Span(left - share, left);
      left = isTotal ? share : left - share;
      List<Cell> cells = new ArrayList<>();
      cells.add(Cell.of("").in(isTotal ? Tone.STRONG : Tone.WORSE).withBar(span));
      if (hasHours) {
        cells.add(leak.minutes().map(Cells::hours).orElse(Cell.of("")));
      }
      cells.add(
          Cells.brief(format, isTotal ? amount : amount.negate())
              .in(isTotal ? Tone.STRONG : Tone.PLAIN));
      rows.add(Row.of(leak.label(), cells));
    }
    return rows;
  }

  private static Optional<String> beside(MoneyFacts money, KpiFormat format) {
    String parts =
        money.leakage().stream()
            .filter(leak -> leak.role().equals("beside"))
            .filter(leak -> leak.amount().map(amount -> amount.signum() > 0).orElse(false))
            .map(
                leak -> Words.quiet(leak.label()) + " " + format.brief(leak.amount().orElseThrow()))
            .collect(Collectors.joining(", "));
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of("Beside it, of another kind and not subtracted: " + parts + ".");
  }

  private static String cash(MoneyFacts.Bridge bridge, KpiFormat format) {
    StringBuilder text = new StringBuilder();
    bridge
        .cash()
        .ifPresent(
            cash ->
                text.append("Paid in cash, by card and the like ")
                    .append(format.brief(cash))
                    .append(
                        bridge
                            .redeemed()
                            .filter(amount -> amount.signum() != 0)
                            .map(amount -> ", with stored value " + format.brief(amount))
                            .orElse(""))
                    .append(
                        bridge
                            .unpaid()
                            .filter(amount -> amount.signum() != 0)
                            .map(amount -> "; not yet paid of this week " + format.brief(amount))
                            .orElse(""))
                    .append(". "));
    return text.append("Sold before tax ")
        .append(format.brief(bridge.sales()))
        .append(
            bridge.soldInAdvance().signum() == 0
                ? ""
                : ", of which packages, memberships, gift cards and deposits "
                    + format.brief(bridge.soldInAdvance())
                    + " are not revenue yet")
        .append("; recognised revenue ")
        .append(format.brief(bridge.revenue()))
        .append(".")
        .toString();
  }

  private static Optional<String> owed(MoneyFacts money, KpiFormat format) {
    if (money.owed().isEmpty()) {
      return Optional.empty();
    }
    BigDecimal sum =
        money.owed().stream().map(MoneyFacts.Owed::amount).reduce(BigDecimal.ZERO, BigDecimal::add);
    return Optional.of(
        "Owed "
            + format.brief(sum)
            + ": "
            + money.owed().stream()
                .map(some -> format.brief(some.amount()) + " " + age(some.fromDays()))
                .collect(Collectors.joining(", "))
            + ".");
  }

  private static String age(int fromDays) {
    return switch (fromDays) {
      case 0 -> "for less than four weeks";
      case 28 -> "for four to thirteen weeks";
      default -> "for longer";
    };
  }

  private static Optional<String> advances(MoneyFacts money, KpiFormat format) {
    Map<String, BigDecimal> kinds = new LinkedHashMap<>();
    money.advances().forEach(some -> kinds.merge(some.kind(), some.amount(), BigDecimal::add));
    return kinds.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Clients have paid in advance and not used: "
                + kinds.entrySet().stream()
                    .map(
                        some ->
                            some.getKey().replace('_', ' ') + " " + format.brief(some.getValue()))
                    .collect(Collectors.joining(", "))
                + "."
                + missing(money)
                + without(" Not told of ", money, Part.STORED).orElse(""));
  }

  /** Weeks whose moves are not in what clients have paid in advance. */
  private static String missing(MoneyFacts money) {
    int weeks =
        money.advances().stream().mapToInt(MoneyFacts.Advance::weeksMissing).max().orElse(0);
    return weeks == 0
        ? ""
        : weeks == 1
            ? " One week that did not arrive is not in it."
            : " " + weeks + " weeks that did not arrive are not in it.";
  }

  /** Which locations of a practice are not in a part. */
  private static Optional<String> without(String lead, MoneyFacts money, Part part) {
    List<String> names = money.untold().getOrDefault(part, List.of());
    return names.isEmpty() ? Optional.empty() : Optional.of(lead + Words.named(names) + ".");
  }
}
