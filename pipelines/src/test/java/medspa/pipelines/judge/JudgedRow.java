package medspa.pipelines.judge;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What one KPI's numerator and denominator must be, in the unit of its definition and rounded to
 * six decimals.
 *
 * @param provider the provider, {@code unattributed} where the export names nobody; empty for the
 *     location's own value
 * @param denominator empty for a sum
 */
public record JudgedRow(
    String practice,
    String location,
    Optional<String> provider,
    LocalDate weekStart,
    String kpi,
    BigDecimal numerator,
    Optional<BigDecimal> denominator) {}
