package medspa.charts.read;

import java.math.BigDecimal;

/**
 * What the difference of a location to the peers' median costs a week, for certain.
 *
 * @param dollars by the 95 % interval of the location's own value
 */
public record DollarGap(String locationId, String kpi, Action.Dollars dollars) {
  /** How much a week. */
  public BigDecimal expected() {
    return dollars.expected();
  }
}
