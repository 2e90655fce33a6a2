package medspa.warehouse.explain;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Shares of amounts that are rounded in groups, as the measures of stock are. A row gets the
 * difference of two rounded running sums of its group, so that the rows of a group add up to what
 * the group's exact sum is rounded to.
 */
final class RoundedTogether {
  private static final MathContext PRECISE = new MathContext(60);

  /** Decimals of a measure. */
  private static final int SCALE = 10;

  private final Map<String, BigDecimal> exact = new HashMap<>();
  private final Map<String, BigDecimal> rounded = new HashMap<>();

  /** An exact fraction. */
  static BigDecimal fraction(BigDecimal amount, BigDecimal divisor) {
    return amount.divide(divisor, PRECISE);
  }

  /**
   * The next row's share.
   *
   * @param group what is rounded together; without one the amount is left as it is
   * @param amount what the row adds to the group's exact sum
   */
  BigDecimal share(
      Optional<String> group, BigDecimal amount, BigDecimal multiplyBy, BigDecimal divideBy) {
    if (group.isEmpty()) {
      return amount;
    }
    BigDecimal sum = exact.merge(group.get(), amount, BigDecimal::add);
    BigDecimal now =
        fraction(sum.multiply(multiplyBy), divideBy).setScale(SCALE, RoundingMode.HALF_EVEN);
    BigDecimal before = Optional.ofNullable(rounded.put(group.get(), now)).orElse(BigDecimal.ZERO);
    return now.subtract(before);
  }
}
