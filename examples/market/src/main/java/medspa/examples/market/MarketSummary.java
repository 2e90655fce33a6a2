package medspa.examples.market;

import java.time.LocalDate;
import java.util.List;

/**
 * What was generated, for those who look at the numbers that come out at the end.
 *
 * @param from first day of the history
 * @param until the day after its last day
 * @param files number of export files
 * @param rows rows written per kind of export, overlapping deliveries counted each time
 * @param decliningLocation the location whose fill rate falls and whose no-shows rise
 * @param declinesFrom first day of the week from which it does
 * @param newLocation the location that opened shortly before the end
 * @param newLocationOpenedOn when it opened
 */
public record MarketSummary(
    LocalDate from,
    LocalDate until,
    int practices,
    int locations,
    int files,
    List<RowCount> rows,
    String decliningLocation,
    LocalDate declinesFrom,
    String newLocation,
    LocalDate newLocationOpenedOn) {

  /**
   * Rows written to one kind of export.
   *
   * @param export the vendor's export, or the table of the built-in format
   */
  public record RowCount(String export, long rows) {}
}
