-- Each month has exactly the days that lie in it: its numbers are the measures of these days, which the
-- calendar tells here and not the days of the periods, in weeks that are told; and a practice's or
-- region's month is the sum of its locations'. A day in the month beside would leave all sums alike.
-- Each number is rounded to 6 decimals once.
WITH days AS (
  SELECT r.calendar, r.period_start, d.date, d.week_start
  FROM dates d
  JOIN computed c ON d.date BETWEEN c.first_week AND c.last_week + 6
  JOIN periods r
    ON CASE r.calendar WHEN 'month' THEN r.period_start = date_trunc('month', d.date)
      ELSE d.date BETWEEN r.period_start AND r.period_end END
), sums AS (
  SELECT
    p.calendar, p.period_start, m.grain, m.practice_id, m.location_id, m.member_id, t.kpi,
    CAST(coalesce(sum(m.amount) FILTER (t.part = 'numerator'), 0) AS DECIMAL(38, 10)) AS numerator,
    CAST(coalesce(sum(m.amount) FILTER (t.part = 'denominator'), 0) AS DECIMAL(38, 10)) AS denominator
  FROM measures_daily m
  JOIN days p USING (date)
  JOIN kpi_measures t USING (measure)
  JOIN kpi_definitions d ON d.kpi = t.kpi AND d.months = 'sum'
  LEFT JOIN kpi_told o
    ON o.practice_id = m.practice_id AND o.location_id = m.location_id AND o.kpi = t.kpi
    AND o.week_start = p.week_start
  LEFT JOIN (SELECT DISTINCT practice_id, location_id, kpi FROM kpi_told) e
    ON e.practice_id = m.practice_id AND e.location_id = m.location_id AND e.kpi = t.kpi
  WHERE o.kpi IS NOT NULL OR e.kpi IS NULL
  GROUP BY ALL
), expected AS (
  SELECT
    s.* EXCLUDE (numerator, denominator), 1 AS numbers,
    scaled(s.numerator, k.numerator_multiply, k.numerator_divide) AS numerator,
    CASE WHEN k.is_ratio THEN scaled(s.denominator, k.denominator_multiply, k.denominator_divide)
      ELSE 0 END AS denominator
  FROM sums s
  JOIN kpi_scales k USING (kpi)
), rolled AS (
  FROM expected
  UNION ALL BY NAME
  SELECT 'practice' AS grain, practice_id, calendar, period_start, kpi, count(*) AS numbers,
    sum(numerator) AS numerator, sum(coalesce(denominator, 0)) AS denominator
  FROM kpi_monthly
  WHERE kpi NOT IN (SELECT kpi FROM kpi_grains WHERE grain = 'practice')
  GROUP BY ALL
  UNION ALL BY NAME
  SELECT 'region' AS grain, k.practice_id, l.region AS member_id, k.calendar, k.period_start, k.kpi,
    count(*) AS numbers, sum(k.numerator) AS numerator, sum(coalesce(k.denominator, 0)) AS denominator
  FROM kpi_monthly k
  JOIN locations l USING (practice_id, location_id)
  WHERE l.region IS NOT NULL
  GROUP BY ALL
)
SELECT m.calendar, m.period_start, m.grain, m.practice_id, m.location_id, m.member_id, m.kpi
FROM kpi_monthly_numbers m
SEMI JOIN (FROM kpi_definitions WHERE months = 'sum') USING (kpi)
LEFT JOIN rolled r
  ON r.grain = m.grain AND r.practice_id = m.practice_id
  AND r.location_id IS NOT DISTINCT FROM m.location_id
  AND r.member_id IS NOT DISTINCT FROM m.member_id AND r.calendar = m.calendar
  AND r.period_start = m.period_start AND r.kpi = m.kpi
WHERE abs(m.numerator - coalesce(r.numerator, 0)) > 0.0000005 * coalesce(r.numbers, 1)
  OR abs(coalesce(m.denominator, 0) - coalesce(r.denominator, 0)) > 0.0000005 * coalesce(r.numbers, 1)
ORDER BY ALL
