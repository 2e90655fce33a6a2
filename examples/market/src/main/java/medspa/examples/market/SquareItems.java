package medspa.examples.market;

import de.siegmar.fastcsv.writer.QuoteStrategies;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import java.util.ArrayList;
import java.util.List;
import medspa.examples.market.MarketPlan.Vendor;
import medspa.examples.market.Sales.Line;
import medspa.examples.market.Sales.Receipt;
import medspa.examples.market.Sales.SaleKind;

/** The rows of Square's items export: one per line of an order, in one of three layouts. */
final class SquareItems {
  private static final List<String> ITEMS_12 =
      List.of(
          "Date",
          "Time",
          "Category",
          "Item",
          "Qty",
          "Gross Sales",
          "Discounts",
          "Net Sales",
          "Tax",
          "Transaction ID",
          "Notes",
          "Customer ID");
  private static final List<String> ITEMS_START =
      List.of(
          "Date",
          "Time",
          "Time Zone",
          "Category",
          "Item",
          "Qty",
          "Price Point Name",
          "SKU",
          "Modifiers Applied",
          "Gross Sales",
          "Discounts",
          "Net Sales",
          "Tax",
          "Transaction ID",
          "Payment ID",
          "Device Name",
          "Notes",
          "Details",
          "Event Type",
          "Location",
          "Dining Option",
          "Customer ID",
          "Customer Name",
          "Customer Reference ID",
          "Unit",
          "Count",
          "GTIN",
          "Itemization Type");
  private static final List<String> ITEMS_END =
      List.of("Fulfillment Note", "Channel", "Token", "Card Brand", "PAN Suffix");

  /** Square writes no modifiers as an empty text, and nothing else that is empty. */
  private static final QuoteStrategy NO_MODIFIERS_IN_QUOTES =
      new QuoteStrategy() {
        private static final int MODIFIERS = ITEMS_START.indexOf("Modifiers Applied");

        @Override
        public boolean quoteEmpty(int lineNo, int fieldIdx) {
          return fieldIdx == MODIFIERS;
        }
      };

  private final Vendor vendor;
  private final String locationName;
  private final String zoneLabel;

  SquareItems(Vendor vendor, String locationName, String zoneLabel) {
    this.vendor = vendor;
    this.locationName = locationName;
    this.zoneLabel = zoneLabel;
  }

  List<String> header() {
    if (vendor == Vendor.SQUARE_12) {
      return ITEMS_12;
    }
    List<String> header = new ArrayList<>(ITEMS_START);
    if (vendor == Vendor.SQUARE_35) {
      header.addAll(List.of("Commission", "Employee"));
    }
    header.addAll(ITEMS_END);
    return List.copyOf(header);
  }

  QuoteStrategy quoting() {
    return vendor == Vendor.SQUARE_12 ? QuoteStrategies.REQUIRED : NO_MODIFIERS_IN_QUOTES;
  }

  String[] row(SquareOrder order, Line line) {
    return vendor == Vendor.SQUARE_12 ? oldItem(order, line) : item(order, line);
  }

  private static String[] oldItem(SquareOrder order, Line line) {
    return new String[] {
      order.date(),
      order.shortTime(),
      line.category(),
      SquareOrder.item(line),
      Amounts.number(line.quantity()),
      Amounts.dollars(line.gross()),
      Amounts.dollars(-line.discount()),
      Amounts.dollars(line.net()),
      Amounts.dollars(line.tax()),
      order.id(),
      notes(order, line),
      order.customerId()
    };
  }

  private String[] item(SquareOrder order, Line line) {
    Receipt receipt = order.receipt();
    boolean isCustom = SquareOrder.isCustom(line);
    List<String> cells =
        new ArrayList<>(
            List.of(
                order.date(),
                order.time(),
                zoneLabel,
                line.category(),
                SquareOrder.item(line),
                Amounts.oneDecimal(line.quantity()),
                isCustom ? "" : "Regular",
                line.kind() == SaleKind.RETAIL ? line.code() : "",
                "",
                Amounts.dollars(line.gross()),
                Amounts.dollars(-line.discount()),
                Amounts.dollars(line.net()),
                Amounts.dollars(line.tax()),
                order.id(),
                order.paymentId(),
                "Front Desk iPad",
                notes(order, line),
                "https://example.com/sales/" + order.id(),
                order.eventType(),
                locationName,
                "",
                order.customerId(),
                order.customerName(),
                "",
                "",
                Amounts.number(line.quantity()),
                "",
                itemizationType(receipt, line)));
    if (vendor == Vendor.SQUARE_35) {
      cells.add("");
      cells.add(line.provider().isEmpty() ? line.seller() : line.provider());
    }
    cells.addAll(
        List.of(
            "",
            "Point of Sale",
            SquareOrder.token(RandomStream.hash(7, SquareOrder.item(line)), 24)));
    boolean isCard = !order.cardBrand().isEmpty();
    cells.addAll(List.of(order.cardBrand(), isCard ? "0000" : ""));
    return cells.toArray(String[]::new);
  }

  private static String notes(SquareOrder order, Line line) {
    if (order.receipt().isRefund()) {
      return order.refundReason();
    }
    return SquareOrder.isCustom(line) ? line.item() : "";
  }

  private static String itemizationType(Receipt receipt, Line line) {
    if (SquareOrder.isCustom(line)) {
      return "Custom Amount";
    }
    if (line.kind() == SaleKind.SERVICE) {
      return "Service";
    }
    return receipt.isRefund() ? "Prepared Food and Beverage" : "Physical Good";
  }
}
