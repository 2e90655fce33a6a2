package medspa.jobs.compute.stock;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a count was made in another unit than the books, such as vials where they hold units. A
 * count that is ten or more times off and fits the product's pack size, or one of the usual sizes
 * of packs, is no proof that stock is missing.
 */
final class CountUnit {
  /** How far a count may be from the books in the other unit, as a share of the larger quantity. */
  private static final BigDecimal TOLERANCE = new BigDecimal("0.2");

  /** The least pack size that tells a unit apart from a loss. */
  private static final BigDecimal LEAST_PACK = BigDecimal.TEN;

  /** Sizes of packs of products that tell none. */
  private static final List<BigDecimal> USUAL_PACKS =
      Stream.of("10", "50", "100", "200", "500", "1000").map(BigDecimal::new).toList();

  /** Where nothing but a usual size speaks for it, less than this may well be missing. */
  private static final BigDecimal LEAST_QUANTITY = new BigDecimal("50");

  private CountUnit() {}

  /**
   * How many of the smaller unit the larger one holds.
   *
   * @param book what the books held of what was counted
   * @param pack the product's pack quantity, where known
   * @return empty where the count may be in the unit of the books
   */
  static Optional<BigDecimal> factor(
      BigDecimal book, BigDecimal counted, Optional<BigDecimal> pack) {
    if (book.signum() <= 0 || counted.signum() <= 0) {
      return Optional.empty();
    }
    BigDecimal large = book.max(counted);
    BigDecimal small = book.min(counted);
    Stream<BigDecimal> usual =
        large.compareTo(LEAST_QUANTITY) >= 0 ? USUAL_PACKS.stream() : Stream.empty();
    return Stream.concat(pack.stream().filter(size -> size.compareTo(LEAST_PACK) >= 0), usual)
        .filter(size -> fits(large, small.multiply(size)))
        .findFirst();
  }

  private static boolean fits(BigDecimal large, BigDecimal converted) {
    return large.subtract(converted).abs().compareTo(large.multiply(TOLERANCE)) <= 0;
  }
}
