package medspa.examples.market;

import java.util.List;

/**
 * What a location's point of sale knows. Times are {@link WallTime}; money and quantities are
 * ten-thousandths.
 */
final class Sales {
  /** Ten-thousandths in one dollar, or in one unit. */
  static final long ONE = 10_000;

  /** Ten-thousandths of a dollar in one cent. */
  static final long CENT = 100;

  private Sales() {}

  /** What was sold, in the words of the built-in format. */
  enum SaleKind {
    SERVICE("service"),
    RETAIL("retail"),
    PACKAGE("package"),
    MEMBERSHIP("membership"),
    GIFT_CARD("gift_card"),
    FEE("fee"),
    DEPOSIT("deposit"),
    TIP("tip");

    private final String word;

    SaleKind(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /** What it was paid with, in the words of the built-in format. */
  enum Tender {
    CASH("cash"),
    CARD("card"),
    FINANCING("financing"),
    CHECK("check"),
    GIFT_CARD("gift_card"),
    PACKAGE("package"),
    MEMBERSHIP("membership"),
    ACCOUNT_CREDIT("account_credit"),
    OTHER("other");

    private final String word;

    Tender(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  /**
   * A line of a receipt; empty texts and a client of -1 stand for what nobody noted.
   *
   * @param code the service or product that was sold, empty for others
   * @param isCorrected whether its discount was typed in only after the first export
   */
  record Line(
      String id,
      SaleKind kind,
      String provider,
      String seller,
      String appointment,
      String code,
      String item,
      String category,
      long quantity,
      long gross,
      long discount,
      long tax,
      boolean isCorrected) {

    long net() {
      return gross - discount;
    }

    long total() {
      return net() + tax;
    }

    /** The same line taken back. */
    Line refunded(String refundId) {
      return new Line(
          refundId,
          kind,
          provider,
          seller,
          appointment,
          code,
          item,
          category,
          -quantity,
          -gross,
          -discount,
          -tax,
          false);
    }
  }

  /** A payment; negative when paid back. */
  record Payment(String id, String saleId, long paidAt, Tender tender, long amount) {}

  /**
   * What was rung up at one time.
   *
   * @param isRefund whether lines of an earlier receipt are taken back
   */
  record Receipt(
      String id,
      long soldAt,
      int client,
      boolean isRefund,
      List<Line> lines,
      List<Payment> payments) {

    /** Net sales of all lines but tips and gift cards, as a point of sale adds them up. */
    long net() {
      return lines.stream().filter(Receipt::isItem).mapToLong(Line::net).sum();
    }

    long of(SaleKind kind) {
      return lines.stream().filter(l -> l.kind() == kind).mapToLong(Line::gross).sum();
    }

    long tax() {
      return lines.stream().mapToLong(Line::tax).sum();
    }

    /** Whether a point of sale lists the line among its items. */
    static boolean isItem(Line line) {
      return line.kind() != SaleKind.TIP && line.kind() != SaleKind.GIFT_CARD;
    }
  }
}
