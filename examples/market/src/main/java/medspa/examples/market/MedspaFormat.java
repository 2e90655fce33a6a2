package medspa.examples.market;

import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import medspa.examples.market.MarketPlan.Location;
import medspa.examples.market.MarketPlan.Practice;
import medspa.examples.market.MarketPlan.Trait;
import medspa.examples.market.Members.Membership;
import medspa.examples.market.Sales.Line;
import medspa.examples.market.Sales.Payment;
import medspa.examples.market.Sales.Receipt;
import medspa.examples.market.Sales.SaleKind;
import medspa.examples.market.Schedule.Booking;
import medspa.examples.market.Schedule.LocationSchedule;
import medspa.examples.market.Schedule.Outcome;
import medspa.examples.market.Schedule.Shift;
import medspa.examples.market.Schedule.Timecard;
import medspa.examples.market.Settlement.Payout;
import medspa.examples.market.Stock.Count;
import medspa.examples.market.Stock.Movement;

/**
 * Writes facts of one location in the built-in format, with the faults of real exports: now and
 * then a row with a word nobody knows, an end before its start, a row twice, a row and its
 * correction.
 */
final class MedspaFormat {
  private static final List<String> APPOINTMENTS =
      List.of(
          "appointment_id",
          "location_id",
          "visit_id",
          "client_id",
          "provider_id",
          "room_id",
          "service_id",
          "booked_at",
          "start_at",
          "end_at",
          "status",
          "cancelled_at",
          "checked_in_at",
          "started_at",
          "finished_at",
          "booking_channel",
          "reminder_sent_at");
  private static final List<String> LEAN_APPOINTMENTS =
      List.of(
          "status",
          "location_id",
          "appointment_id",
          "client_id",
          "provider_id",
          "service_id",
          "start_at",
          "end_at",
          "booked_at",
          "cancelled_at",
          "booking_channel");
  private static final List<String> SHIFTS =
      List.of("shift_id", "location_id", "provider_id", "start_at", "end_at", "kind");
  private static final List<String> TIMECARDS =
      List.of("timecard_id", "location_id", "provider_id", "clock_in_at", "clock_out_at");
  private static final List<String> SALE_LINES =
      List.of(
          "sale_id",
          "line_id",
          "location_id",
          "client_id",
          "provider_id",
          "seller_id",
          "appointment_id",
          "sold_at",
          "kind",
          "service_id",
          "product_id",
          "quantity",
          "gross_amount",
          "discount_amount",
          "tax_amount");
  private static final List<String> PAYMENTS =
      List.of(
          "payment_id",
          "location_id",
          "sale_id",
          "paid_at",
          "tender",
          "amount",
          "fee_amount",
          "payout_id");
  private static final List<String> PAYOUTS =
      List.of(
          "payout_id",
          "location_id",
          "processor",
          "paid_out_at",
          "gross_amount",
          "fee_amount",
          "amount");
  private static final List<String> MEMBERSHIPS =
      List.of(
          "membership_id",
          "location_id",
          "client_id",
          "plan",
          "status",
          "started_at",
          "paused_on",
          "resumes_on",
          "ended_on",
          "end_reason",
          "price",
          "period");
  private static final List<String> MOVEMENTS =
      List.of(
          "movement_id",
          "location_id",
          "product_id",
          "lot",
          "expires_on",
          "moved_at",
          "kind",
          "quantity",
          "unit_cost",
          "freight_amount",
          "is_expedited");
  private static final List<String> COUNTS =
      List.of("count_id", "location_id", "product_id", "lot", "counted_at", "quantity");

  private final Practice practice;
  private final Location location;
  private final Exports exports;
  private final TimeText time;
  private final boolean hasFaults;
  private final Settlement settlement;

  MedspaFormat(MarketPlan plan, Practice practice, Location location, Exports exports) {
    this.practice = practice;
    this.location = location;
    this.exports = exports;
    this.time = new TimeText(location.zone(), practice.has(Trait.OFFSETS));
    // a new location's files are so small that one bad row would be a large share of them
    this.hasFaults = !location.openedOn().isAfter(plan.from());
    this.settlement = new Settlement(location.id(), hasFaults);
  }

  /** Name of the file of that table and delivery. */
  String file(String table, Delivery delivery) {
    String place = practice.has(Trait.JOINT_FILES) ? "all" : location.slug();
    return table + "-" + place + "-" + delivery.exportedOn() + ".csv";
  }

  void schedule(LocationSchedule schedule, Delivery delivery) throws IOException {
    boolean isLean = practice.has(Trait.LEAN);
    write(
        "appointments",
        delivery,
        isLean ? LEAN_APPOINTMENTS : APPOINTMENTS,
        rows -> {
          for (Booking booking : schedule.bookings()) {
            if (booking.bookedAt() < delivery.time()
                && delivery.coversAppointment(booking.startAsOf(delivery.time()))) {
              appointment(booking, delivery, isLean, rows);
            }
          }
        });
    write(
        "shifts",
        delivery,
        SHIFTS,
        rows -> {
          for (Shift shift : schedule.shifts()) {
            if (delivery.coversShift(shift.start()) && shift.goneFrom() > delivery.time()) {
              rows.row(
                  shift.id(),
                  location.id(),
                  shift.provider().id(),
                  time.of(shift.start()),
                  time.of(shift.end()),
                  shift.kind().word());
            }
          }
        });
    write(
        "timecards",
        delivery,
        TIMECARDS,
        rows -> {
          for (Timecard card : schedule.timecards()) {
            if (delivery.coversPast(card.start())) {
              rows.row(
                  card.id(),
                  location.id(),
                  card.provider().id(),
                  time.of(card.start()),
                  time.of(card.end()));
            }
          }
        });
  }

  private void appointment(Booking booking, Delivery delivery, boolean isLean, Exports.Rows rows)
      throws IOException {
    long now = delivery.time();
    String status = booking.statusAsOf(now);
    boolean isSettled = booking.isSettledAsOf(now);
    int number = booking.number();
    if (hasFaults && isSettled && number % 397 == 5) {
      status = "checked-out";
    }
    if (hasFaults && number % 613 == 3) {
      write(booking, now, "booked", false, isLean, rows);
    }
    write(booking, now, status, isSettled, isLean, rows);
    if (hasFaults && number % 811 == 1) {
      write(booking, now, status, isSettled, isLean, rows);
    }
  }

  private void write(
      Booking booking,
      long now,
      String status,
      boolean isSettled,
      boolean isLean,
      Exports.Rows rows)
      throws IOException {
    int number = booking.number();
    long start = booking.startAsOf(now);
    boolean isUpsideDown = hasFaults && number % 541 == 7;
    long end = isUpsideDown ? start - 30 : start + booking.minutes();
    boolean isCancelled = isSettled && booking.outcome() == Outcome.CANCELLED;
    boolean isTimed = isSettled && booking.outcome().isAttended() && number % 9 != 0;
    long started = booking.start() + booking.lateness();
    // a client who comes late is checked in late, too
    long checkedIn =
        number % 5 == 0 ? started - number % 3 : Math.min(started, booking.start()) - number % 11;
    String client = booking.client() < 0 ? "" : "C" + booking.client();
    String provider = number % 211 == 13 ? "" : booking.provider().id();
    String service = number % 89 == 11 ? "" : booking.service().id();
    String bookedAt = number % 47 == 0 ? "" : time.of(booking.bookedAt());
    String cancelledAt = isCancelled ? time.of(booking.cancelledAt()) : "";
    if (isLean) {
      rows.row(
          status,
          location.id(),
          booking.id(),
          client,
          provider,
          service,
          time.of(start),
          time.of(end),
          bookedAt,
          cancelledAt,
          booking.channel().word());
      return;
    }
    rows.row(
        booking.id(),
        location.id(),
        booking.visit() % 50 == 0 ? "" : "V" + booking.visit(),
        client,
        provider,
        number % 67 == 9 ? "" : "ROOM" + booking.room(),
        service,
        bookedAt,
        time.of(start),
        time.of(end),
        status,
        cancelledAt,
        isTimed && number % 31 != 2 ? time.of(checkedIn) : "",
        isTimed && number % 37 != 4 ? time.of(started) : "",
        isTimed && number % 29 != 6
            ? time.of(started + booking.service().minutes() + number % 13 - 4)
            : "",
        booking.channel().word(),
        booking.remindedAt() <= now ? time.of(booking.remindedAt()) : "");
  }

  void sales(List<Receipt> receipts, Delivery delivery) throws IOException {
    write(
        "sale_lines",
        delivery,
        SALE_LINES,
        rows -> {
          int written = 0;
          for (Receipt receipt : receipts) {
            if (delivery.coversPast(receipt.soldAt())) {
              for (Line line : receipt.lines()) {
                boolean isDraft = line.isCorrected() && delivery.isToldAgain(receipt.soldAt());
                boolean isFaulty = hasFaults && ++written % 1201 == 0;
                saleLine(receipt, line, isDraft, isFaulty, rows);
              }
            }
          }
        });
    write(
        "payments",
        delivery,
        PAYMENTS,
        rows -> {
          for (Receipt receipt : receipts) {
            for (Payment payment : receipt.payments()) {
              if (delivery.coversPast(payment.paidAt())) {
                Optional<LocalDate> depositedOn =
                    settlement
                        .depositedOn(payment)
                        .filter(day -> day.isBefore(delivery.exportedOn()));
                payment(payment.id(), payment.saleId(), payment, depositedOn, rows);
              }
            }
          }
          if (delivery.isFirst() && !receipts.isEmpty()) {
            // somebody pays a receipt from before the first export, which no deposit brings
            Receipt first = receipts.get(0);
            for (Payment payment : first.payments()) {
              payment("P1-" + payment.id(), "R-OLD-1", payment, Optional.empty(), rows);
            }
          }
        });
    write(
        "payouts",
        delivery,
        PAYOUTS,
        rows -> {
          for (Payout payout : settlement.payouts(receipts)) {
            if (delivery.coversPast(payout.at())) {
              rows.row(
                  payout.id(),
                  location.id(),
                  payout.processor(),
                  time.of(payout.at()),
                  Amounts.plain(payout.gross()),
                  Amounts.plain(payout.fees()),
                  Amounts.plain(payout.amount()));
            }
          }
        });
  }

  /** All memberships so far, as they stand on the morning of the export. */
  void memberships(List<Receipt> receipts, Delivery delivery) throws IOException {
    List<Membership> members = Members.of(receipts, delivery.exportedOn());
    if (members.isEmpty()) {
      return;
    }
    write(
        "memberships",
        delivery,
        MEMBERSHIPS,
        rows -> {
          for (Membership member : members) {
            rows.row(
                "M" + member.client(),
                location.id(),
                "C" + member.client(),
                "Club",
                member.status(),
                time.of(member.startedAt()),
                day(member.pausedOn()),
                day(member.resumesOn()),
                day(member.endedOn()),
                member.endedOn().isEmpty() ? "" : member.client() % 2 == 0 ? "client" : "price",
                Amounts.plain(member.price()),
                "month");
          }
        });
  }

  private static String day(Optional<LocalDate> day) {
    return day.map(LocalDate::toString).orElse("");
  }

  private void payment(
      String id, String saleId, Payment payment, Optional<LocalDate> depositedOn, Exports.Rows rows)
      throws IOException {
    rows.row(
        id,
        location.id(),
        saleId,
        time.of(payment.paidAt()),
        payment.tender().word(),
        Amounts.plain(payment.amount()),
        settlement.fee(payment).map(Amounts::plain).orElse(""),
        depositedOn.map(day -> settlement.payoutId(payment, day)).orElse(""));
  }

  private void saleLine(
      Receipt receipt, Line line, boolean isDraft, boolean isFaulty, Exports.Rows rows)
      throws IOException {
    boolean isService = line.kind() == SaleKind.SERVICE;
    boolean isRetail = line.kind() == SaleKind.RETAIL;
    int number = Integer.parseInt(receipt.id().substring(1));
    long discount = isDraft ? 0 : line.discount();
    rows.row(
        receipt.id(),
        line.id(),
        location.id(),
        receipt.client() < 0 ? "" : "C" + receipt.client(),
        line.provider(),
        isRetail && number % 61 == 5 ? "" : line.seller(),
        line.appointment(),
        time.of(receipt.soldAt()),
        line.kind().word(),
        isService && number % 97 != 8 ? line.code() : "",
        isRetail ? line.code() : "",
        isFaulty ? "0" : Amounts.number(line.quantity()),
        Amounts.plain(line.gross()),
        discount == 0 && practice.has(Trait.JOINT_FILES) ? "" : Amounts.plain(discount),
        Amounts.plain(line.tax()));
  }

  void stock(Stock.LocationStock stock, Delivery delivery) throws IOException {
    write(
        "stock_movements",
        delivery,
        MOVEMENTS,
        rows -> {
          for (Movement movement : stock.movements()) {
            if (delivery.coversPast(movement.movedAt())) {
              rows.row(
                  movement.id(),
                  location.id(),
                  movement.product().id(),
                  movement.lot(),
                  movement.expiresOn().isPresent()
                      ? LocalDate.ofEpochDay(movement.expiresOn().getAsLong()).toString()
                      : "",
                  time.of(movement.movedAt()),
                  movement.kind().word(),
                  Amounts.number(movement.quantity()),
                  Amounts.plain(movement.unitCost()),
                  Amounts.plain(movement.freight()),
                  movement.isExpedited() ? "true" : "false");
            }
          }
        });
    write(
        "stock_counts",
        delivery,
        COUNTS,
        rows -> {
          for (Count count : stock.counts()) {
            if (delivery.coversPast(count.countedAt())) {
              rows.row(
                  count.id(),
                  location.id(),
                  count.product().id(),
                  count.lot(),
                  time.of(count.countedAt()),
                  Amounts.number(count.quantity()));
            }
          }
        });
  }

  private void write(String table, Delivery delivery, List<String> header, Exports.Content content)
      throws IOException {
    exports.write(
        file(table, delivery),
        table,
        delivery.exportedOn(),
        QuoteStrategies.REQUIRED,
        header,
        content);
  }
}
