package medspa.charts.read;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The net revenue that is expected of the week after that of the report.
 *
 * @param locationId empty for the practice, over those of its locations that are forecast
 * @param locations how many these are
 * @param range empty where too few errors are known
 * @param weeksScored of the last 13 weeks those of which the error is known
 * @param skill above 0 where the forecast was better than the mean of four weeks; empty where too
 *     few weeks tell
 * @param withheldReason why a location has no forecast
 */
public record ExpectedWeek(
    Optional<String> locationId,
    long locations,
    Optional<BigDecimal> expected,
    Optional<Range> range,
    long weeksScored,
    OptionalDouble skill,
    Optional<String> withheldReason) {

  /** From the tenth to the ninetieth percentile of the last errors. */
  public record Range(BigDecimal low, BigDecimal high) {}
}
