package medspa.warehouse.market;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * One location of a practice.
 *
 * @param zone zone in which its days and weeks are cut
 * @param rooms treatment rooms, where configured
 * @param noticeHours a cancellation with less notice is late
 * @param closedDays days without any bookable time from shift templates
 */
public record Location(
    String id,
    String practiceId,
    String name,
    ZoneId zone,
    Optional<String> region,
    Optional<LocalDate> openedOn,
    Optional<Integer> rooms,
    BigDecimal noticeHours,
    List<LocalDate> closedDays) {}
