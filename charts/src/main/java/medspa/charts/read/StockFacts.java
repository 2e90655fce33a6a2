package medspa.charts.read;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The stock of a location at the end of the report's week.
 *
 * @param items every product
 * @param lots those that have expired or soon will, in the order of their dates
 * @param shortages products of which coming bookings need more than there is, the first to run
 *     short first
 * @param overstock owned products of which there is more than par and four weeks' use
 * @param consignable owned products that are dear and slow, those with the most money in them first
 */
public record StockFacts(
    List<StockItem> items,
    List<ExpiringLot> lots,
    List<Shortage> shortages,
    List<Overstock> overstock,
    List<Consignable> consignable) {

  /** Copies the lists. */
  public StockFacts {
    items = List.copyOf(items);
    lots = List.copyOf(lots);
    shortages = List.copyOf(shortages);
    overstock = List.copyOf(overstock);
    consignable = List.copyOf(consignable);
  }

  /**
   * A product that coming bookings will miss.
   *
   * @param shortOn the first day
   * @param quantity how much is missing within the lead time
   * @param rows booked services that need it in that time
   */
  public record Shortage(
      String product,
      LocalDate shortOn,
      BigDecimal quantity,
      long rows,
      BigDecimal usable,
      OptionalInt leadTimeDays) {}

  /**
   * A dear and slow product that its supplier might leave on consignment.
   *
   * @param value own money that lies in it
   * @param turn times a year that it is used up
   * @param placeTurn the same of all owned products of the location
   * @param carryingCost what holding it costs a year, where the practice says at which rate
   */
  public record Consignable(
      String product,
      BigDecimal value,
      double turn,
      double placeTurn,
      Optional<BigDecimal> carryingCost) {}

  /** What is above par and four weeks' use. */
  public record Overstock(String product, BigDecimal quantity, BigDecimal cost) {}
}
