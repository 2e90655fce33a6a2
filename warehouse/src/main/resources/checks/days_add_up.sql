-- Numerator and denominator of a computed week are the sums of its days, for the KPIs and grains
-- that are published per day. Each day is rounded to 6 decimals once.
WITH days AS (
  SELECT
    k.practice_id, k.location_id, k.category, k.kpi,
    week_of(k.date, c.last_week) AS week_start,
    k.numerator, coalesce(k.denominator, 0) AS denominator
  FROM kpi_daily k
  CROSS JOIN computed c
  WHERE k.date < c.last_week + 7
), sums AS (
  SELECT practice_id, location_id, category, kpi, week_start, sum(numerator) AS numerator,
    sum(denominator) AS denominator
  FROM days
  GROUP BY ALL
), weeks AS (
  SELECT practice_id, location_id, NULL AS category, kpi, week_start, numerator,
    coalesce(denominator, 0) AS denominator
  FROM kpi_weekly
  SEMI JOIN (SELECT kpi FROM kpi_grains WHERE period = 'day' AND grain = 'location') USING (kpi)
  UNION ALL
  SELECT practice_id, location_id, category, kpi, week_start, numerator, coalesce(denominator, 0)
  FROM kpi_weekly_category
  SEMI JOIN (SELECT kpi FROM kpi_grains WHERE period = 'day' AND grain = 'category') USING (kpi)
)
SELECT
  coalesce(w.practice_id, d.practice_id) AS practice_id,
  coalesce(w.location_id, d.location_id) AS location_id,
  coalesce(w.category, d.category) AS category, coalesce(w.kpi, d.kpi) AS kpi,
  coalesce(w.week_start, d.week_start) AS week_start
FROM weeks w
FULL JOIN sums d
  ON d.practice_id = w.practice_id AND d.location_id = w.location_id
  AND d.category IS NOT DISTINCT FROM w.category AND d.kpi = w.kpi AND d.week_start = w.week_start
WHERE abs(coalesce(w.numerator, 0) - coalesce(d.numerator, 0)) > 0.000008
  OR abs(coalesce(w.denominator, 0) - coalesce(d.denominator, 0)) > 0.000008
ORDER BY ALL
