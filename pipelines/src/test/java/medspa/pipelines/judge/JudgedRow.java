package medspa.pipelines.judge;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What one KPI's numerator, denominator and sample must be, in the unit of its definition and
 * rounded to six decimals.
 *
 * @param location empty for a practice's or a region's value
 * @param grain location, provider, room, category, product, practice or region
 * @param member the provider ({@code unattributed} where the export names nobody), room, category
 *     ({@code uncategorised}), product or region; empty for a location's or practice's value
 * @param period week or day
 * @param starts first day of the period
 * @param denominator empty for a sum
 * @param sample empty where the definition has none
 */
public record JudgedRow(
    String practice,
    Optional<String> location,
    String grain,
    Optional<String> member,
    String period,
    LocalDate starts,
    String kpi,
    BigDecimal numerator,
    Optional<BigDecimal> denominator,
    Optional<BigDecimal> sample) {}
