package medspa.charts.section;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import medspa.charts.document.Block;
import medspa.charts.document.Cell;
import medspa.charts.document.Passage;
import medspa.charts.document.Table;
import medspa.charts.document.Table.Column;
import medspa.charts.document.Table.Row;
import medspa.charts.document.Tone;
import medspa.charts.figure.KpiFormat;
import medspa.charts.read.ExpiringLot;
import medspa.charts.read.LocationFacts;

/** Lots that have expired or will before they are used, at the pace of the last weeks. */
public final class LotSection implements Section<Subject> {
  private static final int ROWS = 10;

  private static final List<Column> COLUMNS =
      List.of(
          Column.words("Product", 25),
          Column.words("Lot", 15),
          Column.words("Expires", 12),
          Column.words("State", 12),
          Column.numbers("On hand"),
          Column.numbers("Used before"),
          Column.numbers("At risk"),
          Column.numbers("Value at risk"));

  @Override
  public List<Block> blocks(Subject subject) {
    return subject
        .location()
        .filter(location -> !location.stock().items().isEmpty())
        .map(location -> List.of(block(location, subject.format())))
        .orElse(List.of());
  }

  private static Block block(LocationFacts location, KpiFormat format) {
    List<ExpiringLot> lots = location.stock().lots();
    List<ExpiringLot> atRisk = lots.stream().filter(LotSection::isAtRisk).toList();
    if (atRisk.isEmpty()) {
      return new Block.Note(
          "Lots: "
              + Words.quiet(says(atRisk, lots, format))
              + rest(lots, atRisk).map(r -> " " + r).orElse(""));
    }
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading("Stock: lots at risk of expiring"));
    blocks.add(Block.Sentence.explains(says(atRisk, lots, format)));
    blocks.add(
        new Table(
            Table.Look.SMALL,
            COLUMNS,
            atRisk.stream().limit(ROWS).map(lot -> row(lot, format)).toList()));
    rest(lots, atRisk).ifPresent(rest -> blocks.add(new Block.Note(rest)));
    return new Passage(blocks);
  }

  /** A lot whose use is unknown is at risk too: nobody knows that it is not. */
  private static boolean isAtRisk(ExpiringLot lot) {
    return lot.risk().quantity().map(quantity -> quantity.signum() > 0).orElse(true);
  }

  private static String says(List<ExpiringLot> atRisk, List<ExpiringLot> lots, KpiFormat format) {
    if (lots.isEmpty()) {
      return "No lot on hand has expired or expires within 90 days.";
    }
    if (atRisk.isEmpty()) {
      return (lots.size() == 1
              ? "The one lot that expires within 90 days is"
              : "The " + KpiFormat.count(lots.size()) + " lots that expire within 90 days are")
          + " used before, if use stays as it is.";
    }
    List<String> parts = new ArrayList<>();
    for (int horizon : new int[] {0, 30, 60, 90}) {
      List<ExpiringLot> some =
          atRisk.stream()
              .filter(lot -> lot.horizonDays() == horizon && !lot.isConsignment())
              .toList();
      if (!some.isEmpty()) {
        parts.add(
            format.money(
                    some.stream()
                        .flatMap(lot -> lot.risk().cost().stream())
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                + (horizon == 0 ? " expired" : " within " + horizon + " days"));
      }
    }
    long unknown =
        atRisk.stream().filter(l -> !l.isConsignment() && l.risk().cost().isEmpty()).count();
    return (parts.isEmpty()
            ? "No owned stock is at risk."
            : "Owned stock at risk, at cost: "
                + String.join(", ", parts)
                + (unknown == 0 ? "." : "; " + KpiFormat.count(unknown) + " of unknown value."))
        + " At risk is what is left of a lot on its last day, if use stays as it is and the lot that"
        + " expires first is used first.";
  }

  private static Row row(ExpiringLot lot, KpiFormat format) {
    boolean isExpired = lot.horizonDays() == 0;
    return Row.of(
        OrderSection.product(lot.product(), lot.isConsignment()),
        Cell.of(lot.lot().orElse(KpiFormat.NONE)),
        Cells.day(Optional.of(lot.expiresOn())),
        Cell.of(isExpired ? "■ Expired" : "▲ In " + days(lot.daysLeft()))
            .in(isExpired ? Tone.OFF : Tone.NEAR),
        Cells.quantity(Optional.of(lot.onHand())),
        Cells.quantity(lot.risk().projectedUse()),
        Cells.quantity(lot.risk().quantity()),
        Cells.money(format, lot.risk().cost()));
  }

  private static String days(long days) {
    return KpiFormat.count(days) + (days == 1 ? " day" : " days");
  }

  /** What is not listed; empty where everything is. */
  private static Optional<String> rest(List<ExpiringLot> lots, List<ExpiringLot> atRisk) {
    List<String> sentences = new ArrayList<>();
    if (atRisk.size() > ROWS) {
      sentences.add(
          KpiFormat.count(atRisk.size() - ROWS)
              + " more are in the warehouse’s relation inventory_expiring.");
    }
    int used = lots.size() - atRisk.size();
    if (used > 0 && !atRisk.isEmpty()) {
      sentences.add(
          KpiFormat.count(used)
              + (used == 1 ? " more lot is" : " more lots are")
              + " used before the date.");
    }
    long breaches = lots.stream().mapToLong(ExpiringLot::breaches).sum();
    if (breaches > 0) {
      sentences.add(
          KpiFormat.count(breaches)
              + (breaches == 1 ? " use" : " uses")
              + " of the last 91 days took a later lot while one of these was the first to use.");
    }
    return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
  }
}
