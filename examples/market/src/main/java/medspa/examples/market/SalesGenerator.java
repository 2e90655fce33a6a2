package medspa.examples.market;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import medspa.examples.market.Catalogue.Product;
import medspa.examples.market.Catalogue.Service;
import medspa.examples.market.MarketPlan.Location;
import medspa.examples.market.MarketPlan.Practice;
import medspa.examples.market.MarketPlan.Trait;
import medspa.examples.market.MarketPlan.Vendor;
import medspa.examples.market.Sales.Line;
import medspa.examples.market.Sales.Payment;
import medspa.examples.market.Sales.Receipt;
import medspa.examples.market.Sales.SaleKind;
import medspa.examples.market.Sales.Tender;
import medspa.examples.market.Schedule.Booking;
import medspa.examples.market.Schedule.Channel;
import medspa.examples.market.Schedule.Outcome;

/** The receipts of one location: for its visits, and for what is sold beside them. */
final class SalesGenerator {
  private static final long DEPOSIT = 50 * Sales.ONE;
  private static final long MEMBERSHIP = 149 * Sales.ONE;
  private static final String FRONT_DESK = "FD1";

  private final MarketPlan plan;
  private final Practice practice;
  private final boolean isSquare;
  private final RandomStream random;
  private final PaymentGenerator paymentGenerator;
  private final List<Receipt> receipts = new ArrayList<>();
  private final Map<Integer, Long> giftCards = new HashMap<>();
  private final Map<Integer, Integer> packages = new HashMap<>();
  private final Map<Integer, Long> lastDues = new HashMap<>();

  private SalesGenerator(MarketPlan plan, Practice practice, Location location) {
    this.plan = plan;
    this.practice = practice;
    this.isSquare = practice.vendor() != Vendor.MEDSPA;
    this.random = RandomStream.of(plan.seed(), "till", location.id());
    this.paymentGenerator =
        new PaymentGenerator(RandomStream.of(plan.seed(), "checkout", location.id()), isSquare);
  }

  /** Every receipt of the location up to the end, by time. */
  static List<Receipt> generate(
      MarketPlan plan, Practice practice, Location location, List<Booking> bookings) {
    return new SalesGenerator(plan, practice, location).run(bookings);
  }

  private List<Receipt> run(List<Booking> bookings) {
    Map<Integer, List<Booking>> visits = new TreeMap<>();
    for (Booking booking : bookings) {
      visits.computeIfAbsent(booking.visit(), v -> new ArrayList<>()).add(booking);
    }
    visits.values().forEach(this::visit);
    long days = plan.until().toEpochDay() - plan.from().toEpochDay();
    for (int day = 0; day < days && !bookings.isEmpty(); day++) {
      long at = WallTime.at(plan.from().plusDays(day), 11 * WallTime.HOUR + random.between(0, 300));
      if (at > bookings.get(0).start() && random.chance(0.3)) {
        sell(at, -1, retail(FRONT_DESK, 1));
      }
    }
    long end = WallTime.startOf(plan.until());
    receipts.removeIf(r -> r.soldAt() >= end);
    receipts.sort(Comparator.comparingLong(Receipt::soldAt).thenComparing(Receipt::id));
    return receipts;
  }

  private void visit(List<Booking> rows) {
    Booking first = rows.get(0);
    long deposit = deposit(first);
    List<Booking> attended = rows.stream().filter(b -> b.outcome().isAttended()).toList();
    if (attended.isEmpty()) {
      missed(first, deposit);
      return;
    }
    boolean isMember = !isSquare && first.client() > 0 && first.client() % 23 == 0;
    List<Line> lines = new ArrayList<>();
    long byPackage = 0;
    long byMembership = 0;
    for (Booking booking : attended) {
      Line line = service(booking, isMember);
      lines.add(line);
      if (usesPackage(booking)) {
        byPackage += line.total();
      } else if (isMember && booking.service().id().equals("HYDRA")) {
        byMembership += Math.min(MEMBERSHIP, line.total());
      }
    }
    Booking last = attended.get(attended.size() - 1);
    if (random.chance(0.2)) {
      lines.addAll(retail(seller(last), lines.size() + 1));
    }
    long at = last.end() + random.between(2, 20);
    if (isMember && isNewMonth(first.client(), at)) {
      lines.add(deferred(SaleKind.MEMBERSHIP, "Club", MEMBERSHIP, lines.size() + 1));
    }
    addTip(lines, last);
    Receipt receipt =
        sell(
            at,
            first.client(),
            lines,
            new PaymentGenerator.Credit(
                byPackage, byMembership, deposit, giftCard(first.client())));
    spend(first.client(), receipt);
    sellStoredValue(first.client(), last, at);
    refund(receipt);
  }

  private Line service(Booking booking, boolean isMember) {
    Service service = booking.service();
    long price = Math.round(service.price() * practice.priceLevel()) * Sales.ONE;
    long gross = price * booking.units();
    int percent = random.chance(0.14) ? 5 * random.between(2, 5) : isMember ? 10 : 0;
    boolean isNoted = !random.chance(0.012);
    return new Line(
        "",
        SaleKind.SERVICE,
        isNoted ? booking.provider().id() : "",
        seller(booking),
        booking.id(),
        service.id(),
        service.name(),
        service.category(),
        booking.units() * Sales.ONE,
        gross,
        cents(gross * percent / 100),
        0,
        percent > 0 && random.chance(0.05));
  }

  private List<Line> retail(String seller, int place) {
    Product product = random.pick(Catalogue.retail());
    boolean isTwice = random.chance(0.06);
    int quantity = !isTwice && random.chance(0.1) ? 2 : 1;
    long gross = Sales.ONE * quantity * product.retail();
    long discount = place % 2 == 0 && random.chance(0.1) ? cents(gross / 10) : 0;
    long tax = (gross - discount) * 825 / 10_000;
    Line line =
        new Line(
            "",
            SaleKind.RETAIL,
            "",
            seller,
            "",
            product.id(),
            product.name(),
            "Retail " + product.category(),
            quantity * Sales.ONE,
            gross,
            discount,
            practice.has(Trait.FINE_TAX) ? tax : cents(tax),
            false);
    return isTwice ? List.of(line, line) : List.of(line);
  }

  private Line deferred(SaleKind kind, String item, long amount, int place) {
    String name = kind == SaleKind.MEMBERSHIP ? item + " membership" : item;
    return plain(kind, name, amount, place % 2 == 0 ? FRONT_DESK : "");
  }

  private static Line plain(SaleKind kind, String item, long amount, String seller) {
    return new Line("", kind, "", seller, "", "", item, "None", Sales.ONE, amount, 0, 0, false);
  }

  private void addTip(List<Line> lines, Booking last) {
    if (random.chance(last.service().category().equals("Facial") ? 0.5 : 0.18)) {
      long net = lines.stream().mapToLong(Line::net).sum();
      long tip = cents(net * random.between(12, 20) / 100);
      if (tip > 0) {
        Line line = plain(SaleKind.TIP, "Tip", tip, "");
        lines.add(
            new Line(
                "",
                line.kind(),
                last.provider().id(),
                "",
                "",
                "",
                line.item(),
                line.category(),
                line.quantity(),
                tip,
                0,
                0,
                false));
      }
    }
  }

  /** New clients who book far ahead leave a deposit; it is not revenue. */
  private long deposit(Booking booking) {
    boolean isAsked =
        !isSquare
            && booking.client() > 0
            && booking.number() % 7 == 0
            && (booking.channel() == Channel.ONLINE || booking.channel() == Channel.APP)
            && booking.start() - booking.bookedAt() > 7L * WallTime.DAY
            && booking.bookedAt() >= WallTime.startOf(plan.from());
    if (!isAsked) {
      return 0;
    }
    sell(
        booking.bookedAt(),
        booking.client(),
        List.of(plain(SaleKind.DEPOSIT, "Deposit", DEPOSIT, "")));
    return DEPOSIT;
  }

  private void missed(Booking booking, long deposit) {
    if (booking.outcome() == Outcome.NO_SHOW && random.chance(0.3)) {
      sell(
          booking.end() + random.between(20, 60),
          booking.client(),
          List.of(plain(SaleKind.FEE, "No-show fee", 50 * Sales.ONE, FRONT_DESK)));
    } else if (deposit > 0 && booking.outcome() == Outcome.CANCELLED) {
      Line back = plain(SaleKind.DEPOSIT, "Deposit", deposit, "").refunded("");
      add(
          booking.settledAt() + 5,
          booking.client(),
          true,
          List.of(back),
          PaymentGenerator.Credit.NONE);
    }
  }

  private boolean usesPackage(Booking booking) {
    int key = booking.client() * 100 + booking.service().index();
    int left = packages.getOrDefault(key, 0);
    if (left > 0) {
      packages.put(key, left - 1);
    }
    return left > 0;
  }

  private void sellStoredValue(int client, Booking last, long at) {
    if (client < 0 || practice.vendor() == Vendor.SQUARE_12) {
      return;
    }
    if (random.chance(0.015)) {
      long amount = 50L * random.between(1, 5) * Sales.ONE;
      sell(at + 4, client, List.of(plain(SaleKind.GIFT_CARD, "Gift Card", amount, FRONT_DESK)));
      giftCards.merge(client, amount, Long::sum);
    }
    Service service = last.service();
    if (!isSquare && service.returnDays() > 0 && !service.byUnit() && random.chance(0.02)) {
      long price = Math.round(service.price() * practice.priceLevel() * 3 * 0.85) * Sales.ONE;
      sell(
          at + 7,
          client,
          List.of(plain(SaleKind.PACKAGE, "3 x " + service.name(), price, seller(last))));
      packages.merge(client * 100 + service.index(), 3, Integer::sum);
    }
  }

  private long giftCard(int client) {
    return random.chance(0.5) ? giftCards.getOrDefault(client, 0L) : 0;
  }

  private void spend(int client, Receipt receipt) {
    for (Payment payment : receipt.payments()) {
      if (payment.tender() == Tender.GIFT_CARD) {
        giftCards.merge(client, -payment.amount(), Long::sum);
      }
    }
  }

  private boolean isNewMonth(int client, long at) {
    long month = WallTime.date(at).getYear() * 12L + WallTime.date(at).getMonthValue();
    Long before = lastDues.put(client, month);
    return before == null || before < month;
  }

  /** Some lines are taken back later, under the old receipt or a new one. */
  private void refund(Receipt receipt) {
    if (!random.chance(0.016)) {
      return;
    }
    Line line = random.pick(receipt.lines());
    long at =
        receipt.soldAt() + random.between(1, 30) * (long) WallTime.DAY + random.between(-60, 60);
    boolean isTakenBack = line.kind() == SaleKind.SERVICE || line.kind() == SaleKind.RETAIL;
    if (!isTakenBack || line.gross() == 0) {
      return;
    }
    if (!isSquare && random.chance(0.5)) {
      Line back = line.refunded("R1");
      receipts.add(
          new Receipt(
              receipt.id(),
              at,
              receipt.client(),
              true,
              List.of(back),
              paymentGenerator.refund(receipt.id(), at, back.total())));
    } else {
      add(at, receipt.client(), true, List.of(line.refunded("")), PaymentGenerator.Credit.NONE);
    }
  }

  private Receipt sell(long at, int client, List<Line> lines) {
    return sell(at, client, lines, PaymentGenerator.Credit.NONE);
  }

  private Receipt sell(long at, int client, List<Line> lines, PaymentGenerator.Credit credit) {
    return add(at, client, false, lines, credit);
  }

  private Receipt add(
      long at, int client, boolean isRefund, List<Line> lines, PaymentGenerator.Credit credit) {
    String id = "R" + (10_000 + receipts.size());
    List<Line> numbered = new ArrayList<>();
    for (Line line : lines) {
      numbered.add(
          new Line(
              "" + (numbered.size() + 1),
              line.kind(),
              line.provider(),
              line.seller(),
              line.appointment(),
              line.code(),
              line.item(),
              line.category(),
              line.quantity(),
              line.gross(),
              line.discount(),
              line.tax(),
              line.isCorrected()));
    }
    long total = numbered.stream().mapToLong(Line::total).sum();
    List<Payment> payments =
        isRefund
            ? paymentGenerator.refund(id, at, total)
            : paymentGenerator.pay(id, at, total, credit);
    Receipt receipt = new Receipt(id, at, client, isRefund, List.copyOf(numbered), payments);
    receipts.add(receipt);
    return receipt;
  }

  private String seller(Booking booking) {
    return !isSquare && random.chance(0.3) ? FRONT_DESK : booking.provider().id();
  }

  private static long cents(long amount) {
    return Math.round(amount / (double) Sales.CENT) * Sales.CENT;
  }
}
