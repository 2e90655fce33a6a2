-- What a KPI was before it moved to another level, and since: over all weeks of the two periods, sums
-- over sums, never a mean of ratios; of a sum the mean of the weeks.
WITH periods AS (
  SELECT
    *,
    lag(first_week_start) OVER series AS before_first_week,
    lag(last_week_start) OVER series AS before_last_week,
    lag(weeks) OVER series AS before_weeks
  FROM kpi_periods
  WHERE location_id IS NOT NULL AND category IS NULL
  WINDOW series AS (PARTITION BY practice_id, location_id, kpi ORDER BY first_week_start)
), summed AS (
  SELECT
    p.practice_id, p.location_id, p.kpi, p.first_week_start AS since, p.last_week_start AS last_week,
    p.before_first_week, p.before_last_week, p.told_week_start AS told_week, p.is_current,
    p.before_weeks, p.weeks,
    sum(s.numerator) FILTER (s.week_start < p.first_week_start) AS before_numerator,
    sum(s.denominator) FILTER (s.week_start < p.first_week_start) AS before_denominator,
    sum(s.numerator) FILTER (s.week_start >= p.first_week_start) AS numerator,
    sum(s.denominator) FILTER (s.week_start >= p.first_week_start) AS denominator
  FROM periods p
  JOIN kpi_series s
    ON s.practice_id = p.practice_id AND s.location_id = p.location_id AND s.kpi = p.kpi
    AND s.category IS NULL AND s.week_start BETWEEN p.before_first_week AND p.last_week_start
  WHERE p.told_week_start IS NOT NULL
  GROUP BY ALL
)
SELECT
  m.practice_id, m.location_id, m.kpi, m.since, m.last_week, m.before_first_week,
  m.before_last_week, m.told_week, m.is_current, m.before_weeks >= 12 AND d.has_sample AS is_story,
  m.before_weeks, m.weeks,
  CAST(m.before_numerator AS DOUBLE)
    / CASE WHEN d.is_ratio THEN CAST(m.before_denominator AS DOUBLE) ELSE m.before_weeks END
    AS before_value,
  CAST(m.numerator AS DOUBLE)
    / CASE WHEN d.is_ratio THEN CAST(m.denominator AS DOUBLE) ELSE m.weeks END AS value,
  CAST(m.denominator AS DOUBLE) AS denominator
FROM summed m
JOIN kpi_scales d USING (kpi)
