package medspa.charts.read;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A day of the week after that of the report at one location.
 *
 * @param bookableMinutes empty where no export tells the shifts of that week
 * @param bookedMinutes of them
 * @param rows standing bookings
 */
public record ComingDay(
    String locationId,
    LocalDate date,
    Optional<BigDecimal> bookableMinutes,
    Optional<BigDecimal> bookedMinutes,
    long rows) {}
