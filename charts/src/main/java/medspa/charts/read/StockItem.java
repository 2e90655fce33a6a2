package medspa.charts.read;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * One product at a location at the end of the report's week; quantities in base units.
 *
 * @param shelf what is there
 * @param used91Days used or sold in the 91 days to the week's end
 * @param reorder the arithmetic of its reorder point; empty where the warehouse has none
 */
public record StockItem(
    String productId,
    String name,
    boolean isConsignment,
    Shelf shelf,
    BigDecimal used91Days,
    Optional<Reorder> reorder) {

  /**
   * What is on hand.
   *
   * @param usable on hand without expired lots
   * @param expired on hand of expired lots
   * @param value on hand at cost; empty where the cost is unknown
   */
  public record Shelf(
      BigDecimal onHand, BigDecimal usable, BigDecimal expired, Optional<BigDecimal> value) {}

  /**
   * What is available is filled up to the par in whole packs where it is at or below it.
   *
   * @param available on hand less what expires before it is used
   * @param unavailableReason why there is no par
   */
  public record Reorder(
      Par par, Optional<BigDecimal> available, Order order, Optional<String> unavailableReason) {}

  /**
   * Demand in lead time + safety stock = par.
   *
   * @param weeklyUse mean of the last 8 weeks without stockout weeks
   * @param leadTimeDays from order to delivery
   * @param quantity the par itself
   */
  public record Par(
      Optional<BigDecimal> weeklyUse,
      OptionalInt leadTimeDays,
      Optional<BigDecimal> demandInLeadTime,
      Optional<BigDecimal> safetyStock,
      Optional<BigDecimal> quantity) {}

  /**
   * What to order.
   *
   * @param packs empty where nothing is to be ordered
   * @param cost of all packs; empty where nothing is to be ordered, or the cost is unknown
   */
  public record Order(OptionalLong packs, BigDecimal packQuantity, Optional<BigDecimal> cost) {}
}
