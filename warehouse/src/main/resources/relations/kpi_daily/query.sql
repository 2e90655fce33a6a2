-- The same sums as of the weeks, per day, up to the day before the as-of: weeks that have not ended
-- are in it.
WITH sums AS (
  SELECT
    m.practice_id, m.location_id, m.grain, m.member_id, m.date, t.kpi,
    CAST(coalesce(sum(m.amount) FILTER (t.part = 'numerator'), 0) AS DECIMAL(38, 10)) AS numerator,
    CAST(coalesce(sum(m.amount) FILTER (t.part = 'denominator'), 0) AS DECIMAL(38, 10))
      AS denominator,
    CAST(coalesce(sum(m.amount) FILTER (t.part = 'sample'), 0) AS DECIMAL(38, 10)) AS sample
  FROM measures_daily m
  JOIN locations USING (practice_id, location_id)
  JOIN kpi_measures t USING (measure)
  JOIN kpi_grains g ON g.kpi = t.kpi AND g.grain = m.grain AND g.period = 'day'
  GROUP BY ALL
)
SELECT
  s.practice_id, s.location_id, s.date, s.kpi, s.member_id AS category,
  kpi_value(
    d.is_ratio, s.numerator, d.numerator_multiply, d.numerator_divide,
    s.denominator, d.denominator_multiply, d.denominator_divide) AS value,
  scaled(s.numerator, d.numerator_multiply, d.numerator_divide) AS numerator,
  CASE WHEN d.is_ratio
    THEN scaled(s.denominator, d.denominator_multiply, d.denominator_divide) END AS denominator,
  CASE WHEN d.has_sample
    THEN scaled(s.sample, d.sample_multiply, d.sample_divide) END AS sample_size,
  NOT d.has_sample OR s.sample * d.sample_multiply >= 20 * d.sample_divide AS is_stable,
  d.version AS definition_version
FROM sums s
JOIN kpi_scales d USING (kpi)
JOIN kpi_availability a USING (practice_id, location_id, kpi)
WHERE a.reason IS NULL AND (s.numerator <> 0 OR s.denominator <> 0)
ORDER BY s.practice_id, s.location_id, s.kpi, category, s.date
