package medspa.examples.market;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import medspa.examples.market.Sales.Payment;
import medspa.examples.market.Sales.Receipt;
import medspa.examples.market.Sales.Tender;

/**
 * How the processors of one location pass its payments on: the card processor two days later, or on
 * the Monday after, the financing company after a week, each all payments of a day in one deposit
 * less its fees.
 */
final class Settlement {
  /** Every so many days the card processor keeps a chargeback back, which no payment tells. */
  private static final int CHARGEBACK_DAYS = 97;

  private static final long CHARGEBACK = 15 * Sales.ONE;

  private static final int DEPOSITED_AT = 6 * WallTime.HOUR;

  private final String locationId;
  private final boolean hasFaults;

  /**
   * A deposit; amounts in ten-thousandths of a dollar.
   *
   * @param at when it reaches the bank, as wall time
   */
  record Payout(String id, String processor, long at, long gross, long fees, long amount) {}

  Settlement(String locationId, boolean hasFaults) {
    this.locationId = locationId;
    this.hasFaults = hasFaults;
  }

  /** What the processor keeps of the payment, or empty where nobody passes it on. */
  Optional<Long> fee(Payment payment) {
    if (!isPassedOn(payment)) {
      return Optional.empty();
    }
    if (payment.amount() < 0) {
      return Optional.of(0L); // the fee of what is paid back stays with the processor
    }
    boolean isCard = payment.tender() == Tender.CARD;
    long share = isCard ? payment.amount() * 26 / 1000 : payment.amount() * 99 / 1000;
    long fee = share + (isCard ? 10 * Sales.CENT : 0);
    return Optional.of(fee / Sales.CENT * Sales.CENT);
  }

  /** Day of the deposit that brings the payment, or empty where nobody passes it on. */
  Optional<LocalDate> depositedOn(Payment payment) {
    if (!isPassedOn(payment)) {
      return Optional.empty();
    }
    LocalDate paidOn = LocalDate.ofEpochDay(Math.floorDiv(payment.paidAt(), WallTime.DAY));
    LocalDate day = paidOn.plusDays(payment.tender() == Tender.CARD ? 2 : 7);
    while (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY) {
      day = day.plusDays(1);
    }
    return Optional.of(day);
  }

  /** Name of the deposit of that day. */
  String payoutId(Payment payment, LocalDate day) {
    String prefix = payment.tender() == Tender.CARD ? "DEP-" : "FIN-";
    return prefix + locationId + "-" + day;
  }

  /** The deposits that bring the payments of the receipts, in the order of their ids. */
  List<Payout> payouts(List<Receipt> receipts) {
    Map<String, Payout> payouts = new TreeMap<>();
    for (Receipt receipt : receipts) {
      for (Payment payment : receipt.payments()) {
        depositedOn(payment)
            .ifPresent(
                day ->
                    payouts.merge(
                        payoutId(payment, day), payout(payment, day), Settlement::together));
      }
    }
    return payouts.values().stream().map(this::lessChargeback).toList();
  }

  private Payout payout(Payment payment, LocalDate day) {
    long fee = fee(payment).orElse(0L);
    return new Payout(
        payoutId(payment, day),
        payment.tender() == Tender.CARD ? "Card processor" : "Financing company",
        WallTime.startOf(day) + DEPOSITED_AT,
        payment.amount(),
        fee,
        payment.amount() - fee);
  }

  private static Payout together(Payout one, Payout other) {
    return new Payout(
        one.id(),
        one.processor(),
        one.at(),
        one.gross() + other.gross(),
        one.fees() + other.fees(),
        one.amount() + other.amount());
  }

  private Payout lessChargeback(Payout payout) {
    boolean isCharged =
        hasFaults
            && payout.id().startsWith("DEP-")
            && Math.floorDiv(payout.at(), WallTime.DAY) % CHARGEBACK_DAYS == 0;
    return new Payout(
        payout.id(),
        payout.processor(),
        payout.at(),
        payout.gross(),
        payout.fees(),
        payout.amount() - (isCharged ? CHARGEBACK : 0));
  }

  private static boolean isPassedOn(Payment payment) {
    return payment.tender() == Tender.CARD || payment.tender() == Tender.FINANCING;
  }
}
