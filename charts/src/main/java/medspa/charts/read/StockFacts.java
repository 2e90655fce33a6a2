package medspa.charts.read;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.OptionalInt;

/**
 * The stock of a location at the end of the report's week.
 *
 * @param items every product
 * @param lots those that have expired or soon will, in the order of their dates
 * @param shortages products of which coming bookings need more than there is, the first to run
 *     short first
 * @param overstock owned products of which there is more than par and four weeks' use
 */
public record StockFacts(
    List<StockItem> items,
    List<ExpiringLot> lots,
    List<Shortage> shortages,
    List<Overstock> overstock) {

  /** Copies the lists. */
  public StockFacts {
    items = List.copyOf(items);
    lots = List.copyOf(lots);
    shortages = List.copyOf(shortages);
    overstock = List.copyOf(overstock);
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

  /** What is above par and four weeks' use. */
  public record Overstock(String product, BigDecimal quantity, BigDecimal cost) {}
}
