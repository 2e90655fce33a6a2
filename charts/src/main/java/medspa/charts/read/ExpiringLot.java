package medspa.charts.read;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A lot on hand that has expired or expires within 90 days of the end of the report's week.
 *
 * @param lot empty where only its expiry date is named
 * @param horizonDays 0 where it has expired, else the first of 30, 60 and 90 that it expires within
 * @param risk what will be left of it
 * @param breaches usages of the last 91 days that took a later lot first
 */
public record ExpiringLot(
    String product,
    boolean isConsignment,
    Optional<String> lot,
    LocalDate expiresOn,
    long daysLeft,
    int horizonDays,
    BigDecimal onHand,
    Risk risk,
    long breaches) {

  /**
   * What will be left of a lot on its last day.
   *
   * @param projectedUse what will be used of it before it expires, lots that expire earlier first;
   *     empty where the use is unknown
   * @param quantity on hand less projected use
   * @param cost of that quantity; empty where use or cost is unknown
   */
  public record Risk(
      Optional<BigDecimal> projectedUse,
      Optional<BigDecimal> quantity,
      Optional<BigDecimal> cost) {}
}
