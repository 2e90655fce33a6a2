package medspa.charts.page;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import medspa.charts.figure.KpiFormat;
import medspa.charts.page.OwnerView.LotRow;
import medspa.charts.page.OwnerView.LotTable;
import medspa.charts.read.ExpiringLot;

/** Lots that have expired or will before they are used, at the pace of the last weeks. */
final class LotSection {
  private static final int ROWS = 20;

  private final KpiFormat format;

  LotSection(KpiFormat format) {
    this.format = format;
  }

  LotTable table(List<ExpiringLot> lots) {
    List<ExpiringLot> atRisk = lots.stream().filter(LotSection::isAtRisk).toList();
    return new LotTable(
        says(atRisk, lots),
        atRisk.stream().limit(ROWS).map(this::row).toList(),
        rest(lots, atRisk));
  }

  /** A lot whose use is unknown is at risk too: nobody knows that it is not. */
  private static boolean isAtRisk(ExpiringLot lot) {
    return lot.atRisk().map(quantity -> quantity.signum() > 0).orElse(true);
  }

  private String says(List<ExpiringLot> atRisk, List<ExpiringLot> lots) {
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
                        .flatMap(lot -> lot.atRiskCost().stream())
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                + (horizon == 0 ? " expired" : " within " + horizon + " days"));
      }
    }
    long unknown =
        atRisk.stream().filter(l -> !l.isConsignment() && l.atRiskCost().isEmpty()).count();
    return (parts.isEmpty()
            ? "No owned stock is at risk."
            : "Owned stock at risk, at cost: "
                + String.join(", ", parts)
                + (unknown == 0 ? "." : "; " + KpiFormat.count(unknown) + " of unknown value."))
        + " At risk is what is left of a lot on its last day, if use stays as it is and the lot that"
        + " expires first is used first.";
  }

  private LotRow row(ExpiringLot lot) {
    return new LotRow(
        StockSection.product(lot.product(), lot.isConsignment()),
        lot.lot().orElse(KpiFormat.NONE),
        KpiFormat.shortFullDay(lot.expiresOn()),
        lot.horizonDays() == 0 ? "off" : "near",
        lot.horizonDays() == 0 ? "■ Expired" : "▲ In " + days(lot.daysLeft()),
        List.of(
            KpiFormat.quantity(lot.onHand()),
            quantity(lot.projectedUse()),
            quantity(lot.atRisk()),
            lot.atRiskCost().map(format::money).orElse(KpiFormat.NONE)));
  }

  private static String days(long days) {
    return KpiFormat.count(days) + (days == 1 ? " day" : " days");
  }

  private static String quantity(Optional<BigDecimal> quantity) {
    return quantity.map(KpiFormat::quantity).orElse(KpiFormat.NONE);
  }

  private static String rest(List<ExpiringLot> lots, List<ExpiringLot> atRisk) {
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
    return String.join(" ", sentences);
  }
}
