package medspa.examples.market;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import medspa.examples.market.Catalogue.Product;
import medspa.examples.market.MarketPlan.Location;
import medspa.examples.market.MarketPlan.Practice;
import medspa.examples.market.MarketPlan.Trait;
import medspa.examples.market.Sales.Line;
import medspa.examples.market.Sales.Receipt;
import medspa.examples.market.Sales.SaleKind;
import medspa.examples.market.Scenario.Kind;
import medspa.examples.market.Schedule.Booking;
import medspa.examples.market.Stock.Count;
import medspa.examples.market.Stock.MoveKind;
import medspa.examples.market.Stock.Movement;

/** The stock of one location: used, sold, lost, ordered, received, written off, counted. */
final class StockGenerator {
  private static final int CLOSING = 19 * WallTime.HOUR;
  private static final int COUNT_EVERY_DAYS = 28;
  private static final int SMOOTHING_DAYS = 21;

  private final Practice practice;
  private final Location location;
  private final RandomStream random;
  private final long firstDay;
  private final long endDay;
  private final int outageProduct;
  private final long outageDay;
  private final List<ProductStock> stocks = new ArrayList<>();
  private final List<Movement> movements = new ArrayList<>();
  private final List<Count> counts = new ArrayList<>();
  private int lots;

  /** What lies in the cupboard, which the books may not know. */
  private static final class Lot {
    private final String id;
    private final long expiresOn;
    private long quantity;

    private Lot(String id, long expiresOn, long quantity) {
      this.id = id;
      this.expiresOn = expiresOn;
      this.quantity = quantity;
    }
  }

  private record Order(long quantity, long arrivesOn, boolean isExpedited) {}

  private static final class ProductStock {
    private final Product product;
    private final List<Lot> lots = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();
    private double dailyUse;
    private long usedToday;

    private ProductStock(Product product, double dailyUse) {
      this.product = product;
      this.dailyUse = dailyUse;
    }

    private long onHand() {
      return lots.stream().mapToLong(l -> l.quantity).sum();
    }

    private long onOrder() {
      return orders.stream().mapToLong(Order::quantity).sum();
    }
  }

  private StockGenerator(MarketPlan plan, Practice practice, Location location) {
    this.practice = practice;
    this.location = location;
    this.random = RandomStream.of(plan.seed(), "stock", location.id());
    this.firstDay = Math.max(plan.from().toEpochDay(), location.openedOn().toEpochDay());
    this.endDay = plan.until().toEpochDay();
    this.outageProduct = random.between(0, 8);
    long outage = firstDay + random.between(50, 110);
    this.outageDay = plan.isSteady() ? Long.MAX_VALUE : outage;
    double scale = location.providers().size() / 5.0;
    for (Product product : Catalogue.PRODUCTS) {
      stocks.add(new ProductStock(product, product.weeklyUse() * scale * Sales.ONE / 7));
    }
  }

  /** Every movement and count of the location up to the end, by time. */
  static Stock.LocationStock generate(
      MarketPlan plan,
      Practice practice,
      Location location,
      List<Booking> bookings,
      List<Receipt> receipts) {
    return new StockGenerator(plan, practice, location).run(bookings, receipts);
  }

  private Stock.LocationStock run(List<Booking> bookings, List<Receipt> receipts) {
    open();
    int nextBooking = 0;
    int nextReceipt = 0;
    for (long day = firstDay; day < endDay; day++) {
      long midnight = (day + 1) * WallTime.DAY;
      for (;
          nextBooking < bookings.size() && bookings.get(nextBooking).start() < midnight;
          nextBooking++) {
        use(bookings.get(nextBooking));
      }
      recall(day);
      writeOff(day);
      receive(day);
      for (;
          nextReceipt < receipts.size() && receipts.get(nextReceipt).soldAt() < midnight;
          nextReceipt++) {
        sell(receipts.get(nextReceipt), day);
      }
      close(day);
    }
    movements.sort(Comparator.comparingLong(Movement::movedAt).thenComparing(Movement::id));
    counts.sort(Comparator.comparingLong(Count::countedAt).thenComparing(Count::id));
    return new Stock.LocationStock(movements, counts);
  }

  /** The first morning: everything is counted, or, in a new location, arrives. */
  private void open() {
    for (ProductStock stock : stocks) {
      Product product = stock.product;
      long quantity = packs(product, (long) (stock.dailyUse * random.between(18, 40)));
      Lot lot =
          new Lot(
              lotId(product),
              firstDay + (long) product.shelfDays() * random.between(35, 95) / 100,
              quantity);
      stock.lots.add(lot);
      if (location.openedOn().toEpochDay() >= firstDay) {
        move(
            stock,
            lot,
            firstDay * WallTime.DAY + 8 * WallTime.HOUR,
            MoveKind.RECEIPT,
            quantity,
            OptionalLong.of(product.cost()),
            OptionalLong.empty(),
            false);
      } else {
        count(stock, firstDay * WallTime.DAY + 7 * WallTime.HOUR + 30);
      }
    }
  }

  private void use(Booking booking) {
    int product = Catalogue.productOf(booking.service());
    if (product >= 0 && booking.outcome().isAttended()) {
      stocks.get(product).usedToday += (long) booking.units() * booking.service().use();
    }
  }

  private void sell(Receipt receipt, long day) {
    for (Line line : receipt.lines()) {
      if (line.kind() != SaleKind.RETAIL) {
        continue;
      }
      ProductStock stock =
          stocks.stream().filter(s -> s.product.id().equals(line.code())).findFirst().orElseThrow();
      if (line.quantity() > 0) {
        stock.dailyUse += line.quantity() / (double) SMOOTHING_DAYS;
        take(stock, receipt.soldAt(), MoveKind.SALE, line.quantity());
      } else if (day % 2 == 0 && !stock.lots.isEmpty()) {
        Lot lot = stock.lots.get(0);
        lot.quantity -= line.quantity();
        move(stock, lot, receipt.soldAt(), MoveKind.RETURN, -line.quantity());
      }
    }
  }

  /** From the day of the recall on none of the product is there, and none arrives. */
  private void recall(long day) {
    if (!location.suffers(Kind.RUNS_OUT, day)) {
      return;
    }
    ProductStock stock = stocks.get(BookingGenerator.RECALLED_PRODUCT);
    stock.orders.clear();
    for (Lot lot : stock.lots) {
      long quantity = lot.quantity;
      lot.quantity = 0;
      if (quantity > 0) {
        move(stock, lot, day * WallTime.DAY + 8 * WallTime.HOUR, MoveKind.WASTE, -quantity);
      }
    }
    stock.lots.clear();
  }

  private void writeOff(long day) {
    for (ProductStock stock : stocks) {
      for (Lot lot : stock.lots) {
        if (lot.expiresOn < day && lot.quantity > 0 && random.chance(0.22)) {
          long quantity = lot.quantity;
          lot.quantity = 0;
          move(stock, lot, day * WallTime.DAY + 8 * WallTime.HOUR, MoveKind.EXPIRED, -quantity);
        }
      }
      stock.lots.removeIf(l -> l.quantity == 0);
    }
  }

  private void receive(long day) {
    for (ProductStock stock : stocks) {
      for (Order order : stock.orders.stream().filter(o -> o.arrivesOn() <= day).toList()) {
        stock.orders.remove(order);
        Product product = stock.product;
        Lot lot =
            new Lot(
                lotId(product),
                day + product.shelfDays() - random.between(0, 20),
                order.quantity());
        stock.lots.add(lot);
        long cost = product.cost() * random.between(970, 1060) / 1000;
        int freight = order.isExpedited() ? random.between(85, 140) : random.between(0, 35);
        // a box that nobody books in is found at the next count
        if (!random.chance(0.01)) {
          move(
              stock,
              lot,
              day * WallTime.DAY + 10 * WallTime.HOUR + random.between(0, 240),
              MoveKind.RECEIPT,
              order.quantity(),
              random.chance(0.03) ? OptionalLong.empty() : OptionalLong.of(cost),
              freight < 12 ? OptionalLong.empty() : OptionalLong.of(freight * Sales.ONE),
              order.isExpedited());
        }
      }
    }
  }

  private void close(long day) {
    long closing = day * WallTime.DAY + CLOSING;
    for (ProductStock stock : stocks) {
      boolean isRetail = stock.product.retail() > 0;
      take(stock, closing, MoveKind.USAGE, stock.usedToday);
      stock.dailyUse =
          stock.dailyUse * (SMOOTHING_DAYS - 1) / SMOOTHING_DAYS
              + stock.usedToday / (double) SMOOTHING_DAYS;
      stock.usedToday = 0;
      if (random.chance(0.012)) {
        long scrap = isRetail ? Sales.ONE : stock.product.pack() * Sales.ONE / 50;
        MoveKind kind = random.chance(0.7) ? MoveKind.WASTE : MoveKind.ADJUSTMENT;
        take(stock, closing - 30, kind, Math.max(Sales.ONE, scrap));
      }
      order(stock, day);
      if ((day - firstDay) % COUNT_EVERY_DAYS == COUNT_EVERY_DAYS - 3) {
        shrink(stock);
        count(stock, closing);
      }
    }
    if (day == firstDay + 60 && practice.locations().size() > 1 && location.index() < 2) {
      transfer(day);
    }
  }

  /** The first location of a practice sends sunscreen to the second. */
  private void transfer(long day) {
    ProductStock stock = stocks.get(11);
    long quantity = 2 * Sales.ONE;
    long at = day * WallTime.DAY + 12 * WallTime.HOUR;
    if (location.index() == 0) {
      take(stock, at, MoveKind.TRANSFER_OUT, quantity);
    } else {
      Lot lot = new Lot(lotId(stock.product), day + 200, quantity);
      stock.lots.add(lot);
      move(stock, lot, at, MoveKind.TRANSFER_IN, quantity);
    }
  }

  private void order(ProductStock stock, long day) {
    Product product = stock.product;
    double par = stock.dailyUse * (product.leadDays() + 12);
    long available = stock.onHand() + stock.onOrder();
    if (available > par || WallTime.weekday(day) > 4) {
      return;
    }
    boolean isUrgent = stock.onHand() < stock.dailyUse * 2 && random.chance(0.6);
    long arrives = day + (isUrgent ? 2 : product.leadDays() + random.between(-1, 3));
    boolean isOutage =
        product.index() == outageProduct && arrives >= outageDay && arrives < outageDay + 18;
    long quantity = packs(product, (long) (stock.dailyUse * (product.leadDays() + 26)) - available);
    stock.orders.add(
        new Order(quantity, isOutage ? outageDay + 18 : arrives, isUrgent && !isOutage));
  }

  /** What disappears without anybody noting it. */
  private void shrink(ProductStock stock) {
    if (!stock.lots.isEmpty() && random.chance(0.35)) {
      Lot lot = stock.lots.get(0);
      long loss = Math.max(lot.quantity * random.between(5, 25) / 1000, Sales.ONE) / 100 * 100;
      lot.quantity = Math.max(0, lot.quantity - loss);
    }
  }

  private void count(ProductStock stock, long at) {
    boolean isInjectable = stock.product.category().equals("Injectables");
    boolean isHurried = stock.product.index() % 2 == 1 && at / WallTime.DAY / 28 % 2 == 1;
    boolean byLot = practice.has(Trait.LOT_COUNTS) && isInjectable && !isHurried;
    if (byLot) {
      for (Lot lot : stock.lots) {
        counts.add(new Count(countId(), stock.product, lot.id, at, lot.quantity));
      }
    } else {
      counts.add(new Count(countId(), stock.product, "", at, stock.onHand()));
    }
  }

  /** Takes from the lots that expire first and have not, as far as they go. */
  private void take(ProductStock stock, long at, MoveKind kind, long quantity) {
    long left = quantity;
    Comparator<Lot> order =
        Comparator.comparingLong((Lot l) -> l.expiresOn).thenComparing(l -> l.id);
    // now and then somebody takes the box in front, which is the newest
    stock.lots.sort(movements.size() % 41 == 0 ? order.reversed() : order);
    long day = WallTime.epochDay(at);
    for (Lot lot : stock.lots) {
      long part = Math.min(left, lot.quantity);
      if (part > 0 && lot.expiresOn >= day) {
        lot.quantity -= part;
        left -= part;
        move(stock, lot, at, kind, -part);
      }
    }
  }

  private void move(ProductStock stock, Lot lot, long at, MoveKind kind, long quantity) {
    boolean isCosted = practice.has(Trait.COSTED_USAGE) && kind == MoveKind.USAGE;
    move(
        stock,
        lot,
        at,
        kind,
        quantity,
        isCosted ? OptionalLong.of(stock.product.cost()) : OptionalLong.empty(),
        OptionalLong.empty(),
        false);
  }

  private void move(
      ProductStock stock,
      Lot lot,
      long at,
      MoveKind kind,
      long quantity,
      OptionalLong unitCost,
      OptionalLong freight,
      boolean isExpedited) {
    movements.add(
        new Movement(
            "M" + (100_000 + movements.size()),
            stock.product,
            lot.id,
            OptionalLong.of(lot.expiresOn),
            at,
            kind,
            quantity,
            unitCost,
            freight,
            isExpedited));
  }

  private String lotId(Product product) {
    return product.id() + "-" + (char) ('A' + lots % 26) + (100 + lots++);
  }

  private String countId() {
    return "K" + (10_000 + counts.size());
  }

  private static long packs(Product product, long quantity) {
    long pack = product.pack() * Sales.ONE;
    return Math.max(1, Math.floorDiv(quantity + pack - 1, pack)) * pack;
  }
}
