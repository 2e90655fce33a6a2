package medspa.charts.read;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * One provider at one location in the report's week.
 *
 * @param minutes where the bookable time went; empty for a provider without shifts
 * @param kpis the provider's KPIs by id
 */
public record ProviderWeek(
    String id,
    String name,
    Optional<String> role,
    Optional<Minutes> minutes,
    Map<String, Point> kpis) {

  /**
   * Minutes of the week; bookable is the sum of kept, no-show, late-cancelled, unresolved and idle.
   */
  public record Minutes(
      BigDecimal bookable,
      BigDecimal kept,
      BigDecimal noShow,
      BigDecimal lateCancelled,
      BigDecimal unresolved,
      BigDecimal idle) {

    /** No minutes at all. */
    public static final Minutes NONE =
        new Minutes(
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ZERO);

    /** The sum, part by part. */
    public Minutes plus(Minutes other) {
      return new Minutes(
          bookable.add(other.bookable),
          kept.add(other.kept),
          noShow.add(other.noShow),
          lateCancelled.add(other.lateCancelled),
          unresolved.add(other.unresolved),
          idle.add(other.idle));
    }
  }
}
