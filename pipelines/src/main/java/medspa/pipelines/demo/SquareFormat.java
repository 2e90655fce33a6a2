package medspa.pipelines.demo;

import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import medspa.pipelines.demo.MarketPlan.Location;
import medspa.pipelines.demo.MarketPlan.Practice;
import medspa.pipelines.demo.MarketPlan.Trait;
import medspa.pipelines.demo.MarketPlan.Vendor;
import medspa.pipelines.demo.Sales.Line;
import medspa.pipelines.demo.Sales.Payment;
import medspa.pipelines.demo.Sales.Receipt;
import medspa.pipelines.demo.Sales.SaleKind;
import medspa.pipelines.demo.Sales.Tender;

/**
 * Writes a location's sales as Square exports them: items with one row per line, transactions with
 * one row per order, newest first, in the zone that the account displays.
 */
final class SquareFormat {
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

  /** The display labels that Square takes from Ruby on Rails. */
  private static final Map<String, String> ZONE_LABELS =
      Map.of(
          "America/New_York", "Eastern Time (US & Canada)",
          "America/Chicago", "Central Time (US & Canada)",
          "America/Los_Angeles", "Pacific Time (US & Canada)");

  private static final List<String> CARDS = List.of("Visa", "MasterCard", "American Express");

  private final Practice practice;
  private final Location location;
  private final Exports exports;
  private final ZoneId display;
  private final List<Order> orders = new ArrayList<>();

  /** A receipt and the second at which it was rung up, in the zone of the account. */
  private record Order(Receipt receipt, LocalDateTime at, String id) {
    String date() {
      return at.toLocalDate().toString();
    }

    String time(boolean isPadded) {
      String hour = (isPadded && at.getHour() < 10 ? "0" : "") + at.getHour();
      return hour + ":" + two(at.getMinute()) + ":" + two(at.getSecond());
    }

    private static String two(int number) {
      return (number < 10 ? "0" : "") + number;
    }
  }

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
    this.display =
        practice.has(Trait.FOREIGN_DISPLAY_ZONE) ? ZoneId.of("America/New_York") : location.zone();
    long last = Long.MIN_VALUE;
    for (Receipt receipt : receipts) {
      long digits = Draw.hash(plan.seed(), location.id() + receipt.id());
      // no two orders share a second: the older layout has nothing else to tell them apart
      last = Math.max(last + 1, receipt.soldAt() * 60 + Math.floorMod(digits, 60L));
      LocalDateTime local = LocalDateTime.ofEpochSecond(last, 0, ZoneOffset.UTC);
      LocalDateTime shown =
          local.atZone(location.zone()).withZoneSameInstant(display).toLocalDateTime();
      orders.add(new Order(receipt, shown, token(digits, 29)));
    }
  }

  /** The exports that this practice's account offers: items first, then transactions. */
  static List<String> exports(Vendor vendor) {
    return vendor == Vendor.SQUARE_12
        ? List.of("square-items-12", "square-transactions-17")
        : List.of("square-items", "square-transactions");
  }

  void sales(Delivery delivery) throws IOException {
    boolean isOld = practice.vendor() == Vendor.SQUARE_12;
    List<String> exports = exports(practice.vendor());
    List<Order> covered = new ArrayList<>();
    for (int i = orders.size() - 1; i >= 0; i--) {
      if (delivery.coversPast(orders.get(i).receipt().soldAt())) {
        covered.add(orders.get(i));
      }
    }
    write(
        "items",
        exports.get(0),
        delivery,
        itemHeader(),
        rows -> {
          for (Order order : covered) {
            for (Line line : order.receipt().lines()) {
              if (Receipt.isItem(line)) {
                rows.row(isOld ? oldItem(order, line) : item(order, line));
              }
            }
          }
        });
    write(
        "transactions",
        exports.get(1),
        delivery,
        isOld ? TRANSACTIONS_17 : TRANSACTIONS_55,
        rows -> {
          for (Order order : covered) {
            rows.row(isOld ? oldTransaction(order) : transaction(order));
          }
        });
  }

  private List<String> itemHeader() {
    if (practice.vendor() == Vendor.SQUARE_12) {
      return ITEMS_12;
    }
    List<String> header = new ArrayList<>(ITEMS_START);
    if (practice.vendor() == Vendor.SQUARE_35) {
      header.addAll(List.of("Commission", "Employee"));
    }
    header.addAll(ITEMS_END);
    return List.copyOf(header);
  }

  private void write(
      String name, String export, Delivery delivery, List<String> header, Exports.Content content)
      throws IOException {
    String first = (delivery.isFirst() ? delivery.from() : delivery.firstPastDay()).toString();
    exports.write(
        location.slug() + "/" + name + "-" + first + "-" + delivery.exportedOn() + ".csv",
        export,
        delivery.exportedOn(),
        CsvFile.Quoting.WHERE_NEEDED,
        header,
        content);
  }

  private String[] oldItem(Order order, Line line) {
    return new String[] {
      order.date(),
      order.time(false),
      line.category(),
      name(line),
      Amounts.number(line.quantity()),
      Amounts.dollars(line.gross()),
      Amounts.dollars(-line.discount()),
      Amounts.dollars(line.net()),
      Amounts.dollars(line.tax()),
      order.id(),
      notes(order.receipt(), line),
      customer(order.receipt())
    };
  }

  private String[] item(Order order, Line line) {
    Receipt receipt = order.receipt();
    boolean isCustom = isCustom(line);
    List<String> cells =
        new ArrayList<>(
            List.of(
                order.date(),
                order.time(true),
                ZONE_LABELS.get(display.getId()),
                line.category(),
                name(line),
                Amounts.oneDecimal(line.quantity()),
                isCustom ? "" : "Regular",
                line.kind() == SaleKind.RETAIL ? line.code() : "",
                CsvFile.EMPTY_TEXT,
                Amounts.dollars(line.gross()),
                Amounts.dollars(-line.discount()),
                Amounts.dollars(line.net()),
                Amounts.dollars(line.tax()),
                order.id(),
                payment(order),
                "Front Desk iPad",
                notes(receipt, line),
                "https://example.com/sales/" + order.id(),
                receipt.isRefund() ? "Refund" : "Payment",
                location.name(),
                "",
                customer(receipt),
                customerName(receipt),
                "",
                "",
                Amounts.number(line.quantity()),
                "",
                itemizationType(receipt, line)));
    if (practice.vendor() == Vendor.SQUARE_35) {
      cells.add("");
      cells.add(line.provider().isEmpty() ? line.seller() : line.provider());
    }
    cells.addAll(List.of("", "Point of Sale", token(Draw.hash(7, name(line)), 24)));
    boolean isCard = receipt.payments().stream().anyMatch(p -> p.tender() == Tender.CARD);
    cells.addAll(isCard ? List.of(card(order), "0000") : List.of("", ""));
    return cells.toArray(String[]::new);
  }

  private String[] oldTransaction(Order order) {
    Money money = new Money(order.receipt());
    return new String[] {
      order.date(),
      order.time(false),
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
      money.card == 0 ? "" : card(order),
      description(order.receipt()),
      money.card == 0 ? "" : "2.6",
      money.card == 0 ? "" : "$0.10",
      money.discount == 0 ? "" : "Courtesy"
    };
  }

  private String[] transaction(Order order) {
    Receipt receipt = order.receipt();
    Money money = new Money(receipt);
    boolean isCard = money.card != 0;
    return new String[] {
      order.date(),
      order.time(true),
      ZONE_LABELS.get(display.getId()),
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
      payment(order),
      isCard ? card(order) : "",
      isCard ? "0000" : "",
      "Front Desk iPad",
      "Front Desk",
      "",
      "https://example.com/sales/" + order.id(),
      description(receipt),
      receipt.isRefund() ? "Refund" : "Payment",
      location.name(),
      "",
      customer(receipt),
      customerName(receipt),
      "",
      "",
      "$0.00",
      "",
      "",
      "",
      isCard ? "2.6" : "",
      isCard ? "$0.10" : "",
      receipt.isRefund() ? reason(receipt) : "",
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

  private static boolean isCustom(Line line) {
    return line.kind() != SaleKind.SERVICE && line.kind() != SaleKind.RETAIL;
  }

  private static String name(Line line) {
    return isCustom(line) ? "Custom Amount" : line.item();
  }

  private static String notes(Receipt receipt, Line line) {
    return receipt.isRefund() ? reason(receipt) : isCustom(line) ? line.item() : "";
  }

  private static String reason(Receipt receipt) {
    return receipt.soldAt() % 2 == 0 ? "Canceled Order" : "Accidental Charge";
  }

  private static String itemizationType(Receipt receipt, Line line) {
    if (isCustom(line)) {
      return "Custom Amount";
    }
    if (line.kind() == SaleKind.SERVICE) {
      return "Service";
    }
    return receipt.isRefund() ? "Prepared Food and Beverage" : "Physical Good";
  }

  private String customer(Receipt receipt) {
    return receipt.client() < 0
        ? ""
        : token(Draw.hash(receipt.client(), practice.id() + "/customer"), 26);
  }

  private String customerName(Receipt receipt) {
    if (receipt.client() < 0) {
      return "";
    }
    Persona persona = Persona.of(practice.id(), receipt.client());
    return persona.firstName() + " " + persona.lastName();
  }

  private static String card(Order order) {
    return CARDS.get(order.at().getSecond() % CARDS.size());
  }

  private static String payment(Order order) {
    return token(Draw.hash(13, order.id()), 22);
  }

  private static String description(Receipt receipt) {
    return receipt.lines().stream()
        .filter(l -> l.kind() != SaleKind.TIP)
        .map(
            l ->
                (Math.abs(l.quantity()) == Sales.ONE
                        ? ""
                        : Amounts.number(Math.abs(l.quantity())) + " x ")
                    + (isCustom(l) ? name(l) : l.item() + " (Regular)"))
        .collect(Collectors.joining(", "));
  }

  /** An identifier of that many letters and digits. */
  private static String token(long seed, int length) {
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    StringBuilder token = new StringBuilder(length);
    long state = seed;
    for (int i = 0; i < length; i++) {
      state = Draw.mix(state);
      token.append(letters.charAt(Math.floorMod(state, letters.length())));
    }
    return token.toString();
  }
}
