package medspa.pipelines.demo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import medspa.pipelines.demo.MarketPlan.Location;
import medspa.pipelines.demo.MarketPlan.Practice;
import medspa.pipelines.demo.MarketPlan.Trait;
import medspa.pipelines.demo.Menu.Product;
import medspa.pipelines.demo.Sales.Line;
import medspa.pipelines.demo.Sales.Receipt;
import medspa.pipelines.demo.Sales.SaleKind;
import medspa.pipelines.demo.Schedule.Booking;
import medspa.pipelines.demo.Stock.Count;
import medspa.pipelines.demo.Stock.MoveKind;
import medspa.pipelines.demo.Stock.Movement;

/** Keeps the shelves of one location: uses, sells, loses, orders, receives, writes off, counts. */
final class Stockroom {
  private static final int CLOSING = 19 * WallTime.HOUR;
  private static final int COUNT_EVERY_DAYS = 28;
  private static final int SMOOTHING_DAYS = 21;

  private final Practice practice;
  private final Location location;
  private final Draw draw;
  private final long firstDay;
  private final long endDay;
  private final int outageProduct;
  private final long outageDay;
  private final List<Shelf> shelves = new ArrayList<>();
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

  private static final class Shelf {
    private final Product product;
    private final List<Lot> lots = new ArrayList<>();
    private final List<Order> orders = new ArrayList<>();
    private double dailyUse;
    private long usedToday;

    private Shelf(Product product, double dailyUse) {
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

  private Stockroom(MarketPlan plan, Practice practice, Location location) {
    this.practice = practice;
    this.location = location;
    this.draw = Draw.of(plan.seed(), "stock", location.id());
    this.firstDay = Math.max(plan.from().toEpochDay(), location.openedOn().toEpochDay());
    this.endDay = plan.until().toEpochDay();
    this.outageProduct = draw.between(0, 8);
    this.outageDay = firstDay + draw.between(50, 110);
    double scale = location.providers().size() / 5.0;
    for (Product product : Menu.PRODUCTS) {
      shelves.add(new Shelf(product, product.weeklyUse() * scale * Sales.ONE / 7));
    }
  }

  /** Every movement and count of the location up to the end, by time. */
  static Stock.Books keep(
      MarketPlan plan,
      Practice practice,
      Location location,
      List<Booking> bookings,
      List<Receipt> receipts) {
    return new Stockroom(plan, practice, location).run(bookings, receipts);
  }

  private Stock.Books run(List<Booking> bookings, List<Receipt> receipts) {
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
    return new Stock.Books(movements, counts);
  }

  /** The first morning: everything is counted, or, in a new location, arrives. */
  private void open() {
    for (Shelf shelf : shelves) {
      Product product = shelf.product;
      long quantity = packs(product, (long) (shelf.dailyUse * draw.between(18, 40)));
      Lot lot =
          new Lot(
              lotId(product),
              firstDay + (long) product.shelfDays() * draw.between(35, 95) / 100,
              quantity);
      shelf.lots.add(lot);
      if (location.openedOn().toEpochDay() >= firstDay) {
        move(
            shelf,
            lot,
            firstDay * WallTime.DAY + 8 * WallTime.HOUR,
            MoveKind.RECEIPT,
            quantity,
            OptionalLong.of(product.cost()),
            OptionalLong.empty(),
            false);
      } else {
        count(shelf, firstDay * WallTime.DAY + 7 * WallTime.HOUR + 30);
      }
    }
  }

  private void use(Booking booking) {
    int product = Menu.productOf(booking.service());
    if (product >= 0 && booking.outcome().isAttended()) {
      shelves.get(product).usedToday += (long) booking.units() * booking.service().use();
    }
  }

  private void sell(Receipt receipt, long day) {
    for (Line line : receipt.lines()) {
      if (line.kind() != SaleKind.RETAIL) {
        continue;
      }
      Shelf shelf =
          shelves.stream()
              .filter(s -> s.product.id().equals(line.code()))
              .findFirst()
              .orElseThrow();
      if (line.quantity() > 0) {
        shelf.dailyUse += line.quantity() / (double) SMOOTHING_DAYS;
        take(shelf, receipt.soldAt(), MoveKind.SALE, line.quantity());
      } else if (day % 2 == 0 && !shelf.lots.isEmpty()) {
        Lot lot = shelf.lots.get(0);
        lot.quantity -= line.quantity();
        move(shelf, lot, receipt.soldAt(), MoveKind.RETURN, -line.quantity());
      }
    }
  }

  private void writeOff(long day) {
    for (Shelf shelf : shelves) {
      for (Lot lot : shelf.lots) {
        if (lot.expiresOn < day && lot.quantity > 0 && draw.chance(0.22)) {
          long quantity = lot.quantity;
          lot.quantity = 0;
          move(shelf, lot, day * WallTime.DAY + 8 * WallTime.HOUR, MoveKind.EXPIRED, -quantity);
        }
      }
      shelf.lots.removeIf(l -> l.quantity == 0);
    }
  }

  private void receive(long day) {
    for (Shelf shelf : shelves) {
      for (Order order : shelf.orders.stream().filter(o -> o.arrivesOn() <= day).toList()) {
        shelf.orders.remove(order);
        Product product = shelf.product;
        Lot lot =
            new Lot(
                lotId(product), day + product.shelfDays() - draw.between(0, 20), order.quantity());
        shelf.lots.add(lot);
        long cost = product.cost() * draw.between(970, 1060) / 1000;
        int freight = order.isExpedited() ? draw.between(85, 140) : draw.between(0, 35);
        // a box that nobody books in is found at the next count
        if (!draw.chance(0.01)) {
          move(
              shelf,
              lot,
              day * WallTime.DAY + 10 * WallTime.HOUR + draw.between(0, 240),
              MoveKind.RECEIPT,
              order.quantity(),
              draw.chance(0.03) ? OptionalLong.empty() : OptionalLong.of(cost),
              freight < 12 ? OptionalLong.empty() : OptionalLong.of(freight * Sales.ONE),
              order.isExpedited());
        }
      }
    }
  }

  private void close(long day) {
    long closing = day * WallTime.DAY + CLOSING;
    for (Shelf shelf : shelves) {
      boolean isRetail = shelf.product.retail() > 0;
      take(shelf, closing, MoveKind.USAGE, shelf.usedToday);
      shelf.dailyUse =
          shelf.dailyUse * (SMOOTHING_DAYS - 1) / SMOOTHING_DAYS
              + shelf.usedToday / (double) SMOOTHING_DAYS;
      shelf.usedToday = 0;
      if (draw.chance(0.012)) {
        long scrap = isRetail ? Sales.ONE : shelf.product.pack() * Sales.ONE / 50;
        MoveKind kind = draw.chance(0.7) ? MoveKind.WASTE : MoveKind.ADJUSTMENT;
        take(shelf, closing - 30, kind, Math.max(Sales.ONE, scrap));
      }
      order(shelf, day);
      if ((day - firstDay) % COUNT_EVERY_DAYS == COUNT_EVERY_DAYS - 3) {
        shrink(shelf);
        count(shelf, closing);
      }
    }
    if (day == firstDay + 60 && practice.locations().size() > 1 && location.index() < 2) {
      transfer(day);
    }
  }

  /** The first location of a practice sends sunscreen to the second. */
  private void transfer(long day) {
    Shelf shelf = shelves.get(11);
    long quantity = 2 * Sales.ONE;
    long at = day * WallTime.DAY + 12 * WallTime.HOUR;
    if (location.index() == 0) {
      take(shelf, at, MoveKind.TRANSFER_OUT, quantity);
    } else {
      Lot lot = new Lot(lotId(shelf.product), day + 200, quantity);
      shelf.lots.add(lot);
      move(shelf, lot, at, MoveKind.TRANSFER_IN, quantity);
    }
  }

  private void order(Shelf shelf, long day) {
    Product product = shelf.product;
    double par = shelf.dailyUse * (product.leadDays() + 12);
    long available = shelf.onHand() + shelf.onOrder();
    if (available > par || WallTime.weekday(day) > 4) {
      return;
    }
    boolean isUrgent = shelf.onHand() < shelf.dailyUse * 2 && draw.chance(0.6);
    long arrives = day + (isUrgent ? 2 : product.leadDays() + draw.between(-1, 3));
    boolean isOutage =
        product.index() == outageProduct && arrives >= outageDay && arrives < outageDay + 18;
    long quantity = packs(product, (long) (shelf.dailyUse * (product.leadDays() + 26)) - available);
    shelf.orders.add(
        new Order(quantity, isOutage ? outageDay + 18 : arrives, isUrgent && !isOutage));
  }

  /** What disappears without anybody noting it. */
  private void shrink(Shelf shelf) {
    if (!shelf.lots.isEmpty() && draw.chance(0.35)) {
      Lot lot = shelf.lots.get(0);
      long loss = Math.max(lot.quantity * draw.between(5, 25) / 1000, Sales.ONE) / 100 * 100;
      lot.quantity = Math.max(0, lot.quantity - loss);
    }
  }

  private void count(Shelf shelf, long at) {
    boolean isInjectable = shelf.product.category().equals("Injectables");
    boolean isHurried = shelf.product.index() % 2 == 1 && at / WallTime.DAY / 28 % 2 == 1;
    boolean byLot = practice.has(Trait.LOT_COUNTS) && isInjectable && !isHurried;
    if (byLot) {
      for (Lot lot : shelf.lots) {
        counts.add(new Count(countId(), shelf.product, lot.id, at, lot.quantity));
      }
    } else {
      counts.add(new Count(countId(), shelf.product, "", at, shelf.onHand()));
    }
  }

  /** Takes from the lots that expire first and have not, as far as they go. */
  private void take(Shelf shelf, long at, MoveKind kind, long quantity) {
    long left = quantity;
    Comparator<Lot> order =
        Comparator.comparingLong((Lot l) -> l.expiresOn).thenComparing(l -> l.id);
    // now and then somebody takes the box in front, which is the newest
    shelf.lots.sort(movements.size() % 41 == 0 ? order.reversed() : order);
    long day = WallTime.epochDay(at);
    for (Lot lot : shelf.lots) {
      long part = Math.min(left, lot.quantity);
      if (part > 0 && lot.expiresOn >= day) {
        lot.quantity -= part;
        left -= part;
        move(shelf, lot, at, kind, -part);
      }
    }
  }

  private void move(Shelf shelf, Lot lot, long at, MoveKind kind, long quantity) {
    boolean isCosted = practice.has(Trait.COSTED_USAGE) && kind == MoveKind.USAGE;
    move(
        shelf,
        lot,
        at,
        kind,
        quantity,
        isCosted ? OptionalLong.of(shelf.product.cost()) : OptionalLong.empty(),
        OptionalLong.empty(),
        false);
  }

  private void move(
      Shelf shelf,
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
            shelf.product,
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
