package medspa.charts.read;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A KPI of a location that moved to another level and stayed there.
 *
 * @param since first day of the first week at the new level
 * @param before its value at the level before
 * @param value its value since
 * @param dollars what the move is worth a week, negative where it costs
 */
public record Story(
    String locationId,
    String kpi,
    LocalDate since,
    double before,
    double value,
    BigDecimal dollars) {}
