-- The 95 % interval of a location's own value, by how the value comes about. A share of what the sample
-- counts has Wilson's, and so has what was collected at close; the ticket that of a mean, from the sales
-- visits themselves; every other value over four told weeks or more that of its weeks: of a sum weeks times
-- the mean week, of a ratio the residuals of its weeks, with Student's t. A single week says nothing of how
-- weeks differ. Squares are added as whole numbers, so that the same rows give the same last digit.
WITH counted AS (
  SELECT d.kpi
  FROM kpi_definitions d
  JOIN (
    SELECT kpi, list(measure ORDER BY measure) AS measures
    FROM kpi_measures WHERE part = 'denominator' GROUP BY kpi
  ) n USING (kpi)
  JOIN (
    SELECT kpi, list(measure ORDER BY measure) AS measures
    FROM kpi_measures WHERE part = 'sample' GROUP BY kpi
  ) s USING (kpi)
  WHERE d.unit = 'percent' AND (n.measures = s.measures OR d.kpi = 'collected_at_close')
), told AS (
  SELECT
    r.week_start, r.range_weeks, s.practice_id, s.location_id, s.kpi,
    count(*) AS weeks, sum(s.numerator) AS numerator, sum(s.denominator) AS denominator,
    sum(s.sample) AS sample, min(s.numerator) AS least,
    bool_and(s.numerator <= s.denominator) AS is_part,
    sum(ten_thousandths(s.numerator)) AS n, sum(ten_thousandths(s.denominator)) AS d,
    sum(ten_thousandths(s.numerator) * ten_thousandths(s.numerator)) AS nn,
    sum(ten_thousandths(s.numerator) * ten_thousandths(s.denominator)) AS nd,
    sum(ten_thousandths(s.denominator) * ten_thousandths(s.denominator)) AS dd
  FROM benchmark_ranges r
  JOIN peer_weeks s ON s.week_start BETWEEN r.first_week AND r.week_start
  JOIN kpi_scales c USING (kpi)
  WHERE r.range_weeks = 1 OR NOT c.is_period_end
  GROUP BY ALL
), scaled_values AS (
  SELECT
    t.*, f.unit, c.is_ratio, k.kpi IS NOT NULL AS is_counted, r.ticket_error,
    CAST(scaled(t.sample, c.sample_multiply, c.sample_divide) AS DOUBLE) AS sample_size,
    kpi_value(
      c.is_ratio, t.numerator, c.numerator_multiply, c.numerator_divide,
      t.denominator, c.denominator_multiply, c.denominator_divide) AS value,
    CAST(c.numerator_multiply AS DOUBLE) / c.numerator_divide
      / CASE WHEN c.is_ratio
        THEN CAST(c.denominator_multiply AS DOUBLE) / c.denominator_divide ELSE 10000 END AS scale,
    -- Student's t for 95 % and one degree of freedom less than weeks.
    [3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139, 2.200985,
      2.178813][CAST(t.weeks AS INTEGER) - 3] AS t95
  FROM told t
  JOIN kpi_scales c USING (kpi)
  JOIN kpi_definitions f ON f.kpi = c.kpi AND f.version = c.version
  LEFT JOIN counted k ON k.kpi = t.kpi
  LEFT JOIN gap_rates r USING (week_start, range_weeks, practice_id, location_id)
), halves AS (
  SELECT
    *,
    CASE
      WHEN kpi = 'average_ticket' THEN 1.959963984540054 * ticket_error
      WHEN weeks < 4 THEN NULL
      WHEN NOT is_ratio
        THEN t95 * scale * sqrt(CAST(weeks * nn - n * n AS DOUBLE) / (weeks - 1))
      WHEN d <> 0 THEN
        t95 * scale / abs(CAST(d AS DOUBLE)) * sqrt(weeks / CAST(weeks - 1 AS DOUBLE)
          * greatest(
            0,
            CAST(nn AS DOUBLE) - 2 * (CAST(n AS DOUBLE) / CAST(d AS DOUBLE)) * CAST(nd AS DOUBLE)
            + (CAST(n AS DOUBLE) / CAST(d AS DOUBLE)) ** 2 * CAST(dd AS DOUBLE)))
    END AS half
  FROM scaled_values
  WHERE value IS NOT NULL
)
SELECT
  week_start, range_weeks, practice_id, location_id, kpi,
  CASE
    WHEN is_counted THEN wilson_low(value, sample_size)
    WHEN least >= 0 AND (NOT is_ratio OR d > 0) THEN greatest(0, value - half)
    ELSE value - half
  END AS value_low,
  CASE
    WHEN is_counted THEN wilson_high(value, sample_size)
    WHEN unit = 'percent' AND is_part THEN least(1, value + half)
    ELSE value + half
  END AS value_high
FROM halves
WHERE CASE WHEN is_counted THEN value BETWEEN 0 AND 1 AND sample_size > 0 ELSE half IS NOT NULL END
