package medspa.examples.market;

import de.siegmar.fastcsv.writer.QuoteStrategies;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import medspa.examples.market.MarketPlan.Location;
import medspa.examples.market.MarketPlan.Practice;
import medspa.examples.market.MarketPlan.Trait;
import medspa.examples.market.MarketPlan.Vendor;
import medspa.examples.market.Sales.Line;
import medspa.examples.market.Sales.Receipt;

/**
 * Writes a location's sales as Square exports them: items with one row per line, transactions with
 * one row per order, newest first, in the zone that the account displays.
 */
final class SquareFormat {
  /** The display labels that Square takes from Ruby on Rails. */
  private static final Map<String, String> ZONE_LABELS =
      Map.of(
          "America/New_York", "Eastern Time (US & Canada)",
          "America/Chicago", "Central Time (US & Canada)",
          "America/Los_Angeles", "Pacific Time (US & Canada)");

  private final Practice practice;
  private final Location location;
  private final Exports exports;
  private final SquareItems items;
  private final SquareTransactions transactions;
  private final List<SquareOrder> orders = new ArrayList<>();

  /**
   * @param receipts every receipt of the location, by time
   */
  SquareFormat(
      MarketPlan plan,
      Practice practice,
      Location location,
      Exports exports,
      List<Receipt> receipts) {
    this.practice = practice;
    this.location = location;
    this.exports = exports;
    ZoneId display =
        practice.has(Trait.FOREIGN_DISPLAY_ZONE) ? ZoneId.of("America/New_York") : location.zone();
    String label = ZONE_LABELS.getOrDefault(display.getId(), display.getId());
    this.items = new SquareItems(practice.vendor(), location.name(), label);
    this.transactions = new SquareTransactions(practice.vendor(), location.name(), label);
    long last = Long.MIN_VALUE;
    for (Receipt receipt : receipts) {
      long digits = RandomStream.hash(plan.seed(), location.id() + receipt.id());
      // no two orders share a second: the older layout has nothing else to tell them apart
      last = Math.max(last + 1, receipt.soldAt() * 60 + Math.floorMod(digits, 60L));
      LocalDateTime local = LocalDateTime.ofEpochSecond(last, 0, ZoneOffset.UTC);
      LocalDateTime shown =
          local.atZone(location.zone()).withZoneSameInstant(display).toLocalDateTime();
      orders.add(new SquareOrder(practice.id(), receipt, shown, SquareOrder.token(digits, 29)));
    }
  }

  /** The exports that this practice's account offers: items first, then transactions. */
  static List<String> exports(Vendor vendor) {
    return vendor == Vendor.SQUARE_12
        ? List.of("square-items-12", "square-transactions-17")
        : List.of("square-items", "square-transactions");
  }

  void sales(Delivery delivery) throws IOException {
    List<String> names = exports(practice.vendor());
    List<SquareOrder> covered = new ArrayList<>();
    for (int i = orders.size() - 1; i >= 0; i--) {
      if (delivery.coversPast(orders.get(i).receipt().soldAt())) {
        covered.add(orders.get(i));
      }
    }
    write(
        "items",
        names.get(0),
        delivery,
        items.quoting(),
        items.header(),
        rows -> {
          for (SquareOrder order : covered) {
            for (Line line : order.receipt().lines()) {
              if (Receipt.isItem(line)) {
                rows.row(items.row(order, line));
              }
            }
          }
        });
    write(
        "transactions",
        names.get(1),
        delivery,
        QuoteStrategies.REQUIRED,
        transactions.header(),
        rows -> {
          for (SquareOrder order : covered) {
            rows.row(transactions.row(order));
          }
        });
  }

  private void write(
      String name,
      String export,
      Delivery delivery,
      QuoteStrategy quoting,
      List<String> header,
      Exports.Content content)
      throws IOException {
    String first = delivery.firstPastDay().toString();
    exports.write(
        location.slug() + "/" + name + "-" + first + "-" + delivery.exportedOn() + ".csv",
        export,
        delivery.exportedOn(),
        quoting,
        header,
        content);
  }
}
