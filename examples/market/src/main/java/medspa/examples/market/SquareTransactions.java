package medspa.examples.market;

import java.util.List;
import java.util.stream.Collectors;
import medspa.examples.market.MarketPlan.Vendor;
import medspa.examples.market.Sales.Line;
import medspa.examples.market.Sales.Payment;
import medspa.examples.market.Sales.Receipt;
import medspa.examples.market.Sales.SaleKind;
import medspa.examples.market.Sales.Tender;

/** The rows of Square's transactions export: one per order, in one of two layouts. */
final class SquareTransactions {
  private static final List<String> TRANSACTIONS_17 =
      List.of(
          "Date",
          "Time",
          "Gross Sales",
          "Discounts",
          "Net Sales",
          "Tax",
          "Tip",
          "Total Collected",
          "Card",
          "Card Entry Methods",
          "Fees",
          "Net Total",
          "Card Brand",
          "Description",
          "Fee Percentage Rate",
          "Fee Fixed Rate",
          "Discount Name");
  private static final List<String> TRANSACTIONS_55 =
      List.of(
          "Date",
          "Time",
          "Time Zone",
          "Gross Sales",
          "Discounts",
          "Service Charges",
          "Net Sales",
          "Gift Card Sales",
          "Tax",
          "Tip",
          "Partial Refunds",
          "Total Collected",
          "Source",
          "Card",
          "Card Entry Methods",
          "Cash",
          "Square Gift Card",
          "Other Tender",
          "Other Tender Type",
          "Tender Note",
          "Fees",
          "Net Total",
          "Transaction ID",
          "Payment ID",
          "Card Brand",
          "PAN Suffix",
          "Device Name",
          "Staff Name",
          "Staff ID",
          "Details",
          "Description",
          "Event Type",
          "Location",
          "Dining Option",
          "Customer ID",
          "Customer Name",
          "Customer Reference ID",
          "Device Nickname",
          "Third Party Fees",
          "Deposit ID",
          "Deposit Date",
          "Deposit Details",
          "Fee Percentage Rate",
          "Fee Fixed Rate",
          "Refund Reason",
          "Discount Name",
          "Transaction Status",
          "Cash App",
          "Order Reference ID",
          "Fulfillment Note",
          "Free Processing Applied",
          "Channel",
          "Unattributed Tips",
          "Table Info",
          "International Fee");

  private final Vendor vendor;
  private final String locationName;
  private final String zoneLabel;

  SquareTransactions(Vendor vendor, String locationName, String zoneLabel) {
    this.vendor = vendor;
    this.locationName = locationName;
    this.zoneLabel = zoneLabel;
  }

  List<String> header() {
    return vendor == Vendor.SQUARE_12 ? TRANSACTIONS_17 : TRANSACTIONS_55;
  }

  String[] row(SquareOrder order) {
    return vendor == Vendor.SQUARE_12 ? oldTransaction(order) : transaction(order);
  }

  private static String[] oldTransaction(SquareOrder order) {
    Money money = new Money(order.receipt());
    return new String[] {
      order.date(),
      order.shortTime(),
      Amounts.dollars(money.gross),
      Amounts.dollars(-money.discount),
      Amounts.dollars(money.net),
      Amounts.dollars(money.tax),
      Amounts.dollars(money.tip),
      Amounts.dollars(money.total),
      Amounts.dollars(money.card),
      money.card == 0 ? "N/A" : "Tapped",
      Amounts.dollars(-money.fees),
      Amounts.dollars(money.total - money.fees),
      order.cardBrand(),
      description(order.receipt()),
      money.card == 0 ? "" : "2.6",
      money.card == 0 ? "" : "$0.10",
      money.discount == 0 ? "" : "Courtesy"
    };
  }

  private String[] transaction(SquareOrder order) {
    Receipt receipt = order.receipt();
    Money money = new Money(receipt);
    boolean isCard = money.card != 0;
    return new String[] {
      order.date(),
      order.time(),
      zoneLabel,
      Amounts.dollars(money.gross),
      Amounts.dollars(-money.discount),
      "$0.00",
      Amounts.dollars(money.net),
      Amounts.dollars(money.giftCards),
      Amounts.dollars(money.tax),
      Amounts.dollars(money.tip),
      "$0.00",
      Amounts.dollars(money.total),
      "Point of Sale",
      Amounts.dollars(money.card),
      isCard ? "Tapped" : "N/A",
      Amounts.dollars(money.cash),
      Amounts.dollars(money.giftCard),
      Amounts.dollars(money.other),
      otherTender(receipt),
      "",
      Amounts.dollars(-money.fees),
      Amounts.dollars(money.total - money.fees),
      order.id(),
      order.paymentId(),
      order.cardBrand(),
      isCard ? "0000" : "",
      "Front Desk iPad",
      "Front Desk",
      "",
      "https://example.com/sales/" + order.id(),
      description(receipt),
      order.eventType(),
      locationName,
      "",
      order.customerId(),
      order.customerName(),
      "",
      "",
      "$0.00",
      "",
      "",
      "",
      isCard ? "2.6" : "",
      isCard ? "$0.10" : "",
      order.refundReason(),
      money.discount == 0 ? "" : "Courtesy",
      "Complete",
      "$0.00",
      "",
      "",
      "$0.00",
      "Point of Sale",
      "$0.00",
      "",
      "$0.00"
    };
  }

  /** The amounts of one order, in ten-thousandths of a dollar. */
  private static final class Money {
    private final long gross;
    private final long discount;
    private final long net;
    private final long tax;
    private final long tip;
    private final long giftCards;
    private final long total;
    private final long card;
    private final long cash;
    private final long giftCard;
    private final long other;
    private final long fees;

    private Money(Receipt receipt) {
      this.gross = receipt.lines().stream().filter(Receipt::isItem).mapToLong(Line::gross).sum();
      this.net = receipt.net();
      this.discount = gross - net;
      this.tax = receipt.tax();
      this.tip = receipt.of(SaleKind.TIP);
      this.giftCards = receipt.of(SaleKind.GIFT_CARD);
      this.total = net + tax + tip + giftCards;
      this.card = paid(receipt, Tender.CARD);
      this.cash = paid(receipt, Tender.CASH);
      this.giftCard = paid(receipt, Tender.GIFT_CARD);
      this.other = total - card - cash - giftCard;
      this.fees = card > 0 ? card * 26 / 1000 + 10 * Sales.CENT : 0;
    }

    private static long paid(Receipt receipt, Tender tender) {
      return receipt.payments().stream()
          .filter(p -> p.tender() == tender)
          .mapToLong(Payment::amount)
          .sum();
    }
  }

  private static String otherTender(Receipt receipt) {
    return receipt.payments().stream()
        .map(
            p ->
                switch (p.tender()) {
                  case FINANCING -> "Financing";
                  case CHECK -> "Check";
                  case OTHER -> "Other";
                  default -> "";
                })
        .filter(t -> !t.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static String description(Receipt receipt) {
    return receipt.lines().stream()
        .filter(l -> l.kind() != SaleKind.TIP)
        .map(
            l ->
                (Math.abs(l.quantity()) == Sales.ONE
                        ? ""
                        : Amounts.number(Math.abs(l.quantity())) + " x ")
                    + (SquareOrder.isCustom(l) ? SquareOrder.item(l) : l.item() + " (Regular)"))
        .collect(Collectors.joining(", "));
  }
}
