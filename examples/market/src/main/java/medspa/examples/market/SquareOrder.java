package medspa.examples.market;

import java.time.LocalDateTime;
import java.util.List;
import medspa.examples.market.Sales.Line;
import medspa.examples.market.Sales.Receipt;
import medspa.examples.market.Sales.SaleKind;
import medspa.examples.market.Sales.Tender;

/**
 * A receipt as an order of Square's.
 *
 * @param at the second at which it was rung up, in the zone that the account displays
 * @param id its Transaction ID
 */
record SquareOrder(String practiceId, Receipt receipt, LocalDateTime at, String id) {
  private static final List<String> CARDS = List.of("Visa", "MasterCard", "American Express");

  String date() {
    return at.toLocalDate().toString();
  }

  /** Time of the day with two digits for every part. */
  String time() {
    return (at.getHour() < 10 ? "0" : "") + shortTime();
  }

  /** Time of the day as the older layout writes it: {@code 9:05:00}. */
  String shortTime() {
    return at.getHour() + ":" + two(at.getMinute()) + ":" + two(at.getSecond());
  }

  String paymentId() {
    return token(RandomStream.hash(13, id), 22);
  }

  String eventType() {
    return receipt.isRefund() ? "Refund" : "Payment";
  }

  String customerId() {
    return receipt.client() < 0
        ? ""
        : token(RandomStream.hash(receipt.client(), practiceId + "/customer"), 26);
  }

  String customerName() {
    if (receipt.client() < 0) {
      return "";
    }
    ClientContact contact = ClientContact.of(practiceId, receipt.client());
    return contact.firstName() + " " + contact.lastName();
  }

  /** The brand of the card it was paid with, nothing where it was not. */
  String cardBrand() {
    boolean isCard = receipt.payments().stream().anyMatch(p -> p.tender() == Tender.CARD);
    return isCard ? CARDS.get(at.getSecond() % CARDS.size()) : "";
  }

  /** Why it was taken back; nothing for a sale. */
  String refundReason() {
    if (!receipt.isRefund()) {
      return "";
    }
    return receipt.soldAt() % 2 == 0 ? "Canceled Order" : "Accidental Charge";
  }

  /** Whether the line was typed in by hand rather than picked from the catalogue. */
  static boolean isCustom(Line line) {
    return line.kind() != SaleKind.SERVICE && line.kind() != SaleKind.RETAIL;
  }

  /** What Square calls the line. */
  static String item(Line line) {
    return isCustom(line) ? "Custom Amount" : line.item();
  }

  /** An identifier of that many letters and digits. */
  static String token(long seed, int length) {
    String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    StringBuilder token = new StringBuilder(length);
    long state = seed;
    for (int i = 0; i < length; i++) {
      state = RandomStream.mix(state);
      token.append(letters.charAt(Math.floorMod(state, letters.length())));
    }
    return token.toString();
  }

  private static String two(int number) {
    return (number < 10 ? "0" : "") + number;
  }
}
