package medspa.examples.market;

import java.util.ArrayList;
import java.util.List;
import medspa.examples.market.Sales.Payment;
import medspa.examples.market.Sales.Tender;

/** The payments of receipts: at once, later, in parts, or not at all. */
final class PaymentGenerator {
  private final RandomStream random;
  private final boolean paysAtOnce;
  private int payments;

  /**
   * What the client may redeem, in ten-thousandths of a dollar.
   *
   * @param byPackage value of the services that a package covers
   * @param byMembership value of the services that a membership covers
   * @param deposit deposit paid when booking
   * @param giftCard balance of the client's gift card
   */
  record Credit(long byPackage, long byMembership, long deposit, long giftCard) {
    static final Credit NONE = new Credit(0, 0, 0, 0);
  }

  /**
   * @param paysAtOnce whether every receipt is paid in full on the spot, as at a card terminal
   */
  PaymentGenerator(RandomStream random, boolean paysAtOnce) {
    this.random = random;
    this.paysAtOnce = paysAtOnce;
  }

  /** Payments towards a receipt of that total; the money rounds to the cent. */
  List<Payment> pay(String saleId, long at, long total, Credit credit) {
    List<Payment> paid = new ArrayList<>();
    long left = Math.round(total / (double) Sales.CENT) * Sales.CENT;
    left -= redeem(paid, saleId, at, Tender.PACKAGE, Math.min(left, credit.byPackage()));
    left -= redeem(paid, saleId, at, Tender.MEMBERSHIP, Math.min(left, credit.byMembership()));
    left -= redeem(paid, saleId, at, Tender.ACCOUNT_CREDIT, Math.min(left, credit.deposit()));
    left -= redeem(paid, saleId, at, Tender.GIFT_CARD, Math.min(left, credit.giftCard()));
    if (left <= 0) {
      return paid;
    }
    long cash = left / 3 / Sales.ONE * Sales.ONE;
    switch (paysAtOnce ? random.weighted(92, 0, 0, 8) : random.weighted(90, 1, 3, 6)) {
      case 1 -> {}
      case 2 -> {
        long later = at + random.between(3, 45) * (long) WallTime.DAY;
        if (random.chance(0.4)) {
          left -= redeem(paid, saleId, at, Tender.CARD, cash);
        }
        redeem(paid, saleId, later, Tender.CARD, left);
      }
      case 3 -> {
        redeem(paid, saleId, at, Tender.CASH, cash);
        redeem(paid, saleId, at, Tender.CARD, left - cash);
      }
      default -> redeem(paid, saleId, at, tender(left), left);
    }
    return paid;
  }

  /** The payment that gives the (negative) total back. */
  List<Payment> refund(String saleId, long at, long total) {
    List<Payment> paid = new ArrayList<>();
    redeem(paid, saleId, at, Tender.CARD, Math.round(total / (double) Sales.CENT) * Sales.CENT);
    return paid;
  }

  private Tender tender(long amount) {
    double financing = amount > 600 * Sales.ONE ? 0.12 : 0;
    Tender[] tenders = {Tender.CARD, Tender.CASH, Tender.CHECK, Tender.OTHER, Tender.FINANCING};
    return tenders[random.weighted(0.84, 0.09, 0.03, 0.01, financing)];
  }

  private long redeem(List<Payment> paid, String saleId, long at, Tender tender, long amount) {
    if (amount != 0) {
      paid.add(new Payment("P" + (50_000 + payments++), saleId, at, tender, amount));
    }
    return amount;
  }
}
