package medspa.jobs.compute.stock;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.Optional;

/**
 * A movement or a count of one product at one location.
 *
 * @param at microseconds since the epoch
 * @param day the local day of the location
 * @param id id of the movement or count; settles the order of events at one instant
 * @param lot the lot, where it is named
 * @param expiresOn expiry date of the lot, where it is named
 * @param quantity signed change of a movement, counted quantity of a count
 * @param unitCost cost of one base unit, where it is named
 */
public record StockEvent(
    long at,
    LocalDate day,
    Kind kind,
    String id,
    Optional<String> lot,
    Optional<LocalDate> expiresOn,
    BigDecimal quantity,
    Optional<BigDecimal> unitCost) {

  /** The kinds of the stock movement vocabulary, and a count. */
  enum Kind {
    RECEIPT,
    USAGE,
    SALE,
    RETURN,
    WASTE,
    EXPIRED,
    ADJUSTMENT,
    TRANSFER_IN,
    TRANSFER_OUT,
    COUNT;

    /** Whether the movement is use: its cost is cost of goods used. */
    boolean isUse() {
      return this == USAGE || this == SALE || this == RETURN;
    }

    /** Whether the movement shows that the product is in use; a return does not. */
    boolean isProofOfUse() {
      return this == USAGE || this == SALE;
    }
  }

  /**
   * Order of replay. At one instant movements come before counts, and counts of lots before the
   * count of the whole product, which so has the last word on the total.
   */
  static final Comparator<StockEvent> ORDER =
      Comparator.comparingLong(StockEvent::at)
          .thenComparing(event -> event.kind() == Kind.COUNT)
          .thenComparing(event -> event.kind() == Kind.COUNT && event.lot().isEmpty())
          .thenComparing(StockEvent::id);

  private static final String LOT = "lot ";

  /** The lot, else the expiry date in its place, else the stock without either. */
  String bucket() {
    return lot.map(name -> LOT + name)
        .orElseGet(() -> expiresOn.map(date -> "expires " + date).orElse(""));
  }

  /** The lot that a bucket is named after. */
  static Optional<String> lotOf(String bucket) {
    return bucket.startsWith(LOT) ? Optional.of(bucket.substring(LOT.length())) : Optional.empty();
  }
}
