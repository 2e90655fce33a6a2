package medspa.charts.read;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * One product on the shelf of a location at the end of the report's week; quantities in base units.
 *
 * @param usable on hand without expired lots
 * @param used91Days used or sold in the 91 days to the date
 * @param value on hand at cost; empty where the cost is unknown
 * @param nextExpiryOn expiry of the first unexpired lot still on hand
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
    int stockoutDays,
    Optional<LocalDate> nextExpiryOn,
    BigDecimal expiring90Days,
    BigDecimal expired) {}
