package medspa.warehouse.market;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import medspa.warehouse.market.Market.Hours;

/**
 * One location of a practice.
 *
 * @param zone zone in which its days and weeks are cut
 * @param rooms treatment rooms, where configured
 * @param noticeHours a cancellation with less notice is late
 * @param closedDays days without any bookable time from shift templates, whatever the week says
 * @param openingHours local hours per day of the week, apart and in order; a day without hours is
 *     closed; empty where none are configured, which says nothing
 * @param peerGroups groups of the configuration whose locations it is compared with, besides all
 *     and those of its region
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
    List<LocalDate> closedDays,
    Map<DayOfWeek, List<Hours>> openingHours,
    List<String> peerGroups) {}
