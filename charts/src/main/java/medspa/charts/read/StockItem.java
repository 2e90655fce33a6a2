package medspa.charts.read;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One product on the shelf of a location at the end of the report's week; quantities in base units.
 *
 * @param usable on hand without expired lots
 * @param value on hand at cost; empty where the cost is unknown
 * @param used91Days used or sold in the 91 days to the date
 * @param expired on hand of expired lots
 * @param reorder the arithmetic of its reorder point; empty where the warehouse has none
 */
public record StockItem(
    String productId,
    String name,
    LocalDate onDate,
    BigDecimal onHand,
    BigDecimal usable,
    Optional<BigDecimal> value,
    boolean isConsignment,
    BigDecimal used91Days,
    BigDecimal expired,
    Optional<Reorder> reorder) {

  /**
   * demand in lead time + safety stock = par; ordered up to par in whole packs where what is
   * available is at or below it.
   *
   * @param weeklyUse mean of the last 8 weeks without stockout weeks
   * @param leadTimeDays from order to delivery
   * @param available on hand less what expires before it is used
   * @param packs to order; empty where nothing is
   * @param cost of what to order; empty where nothing is, or its cost is unknown
   * @param unavailableReason why there is no par
   */
  public record Reorder(
      Optional<BigDecimal> weeklyUse,
      OptionalInt leadTimeDays,
      Optional<BigDecimal> demandInLeadTime,
      Optional<BigDecimal> safetyStock,
      Optional<BigDecimal> par,
      Optional<BigDecimal> available,
      BigDecimal packQuantity,
      OptionalLong packs,
      Optional<BigDecimal> cost,
      Optional<String> unavailableReason) {}
}
