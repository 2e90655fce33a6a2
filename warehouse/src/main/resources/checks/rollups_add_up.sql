-- Numerator and denominator of a practice, and of a practice's region, are the sums of their
-- locations'. Each published number is rounded to 6 decimals once, so the sum of n of them may be off
-- by n halves of the last. What a practice measures for itself is no sum.
WITH locations_of AS (
  SELECT 'practice' AS grain, practice_id, NULL AS region, week_start, kpi, numerator, denominator
  FROM kpi_weekly
  WHERE kpi NOT IN (SELECT kpi FROM kpi_grains WHERE grain = 'practice')
  UNION ALL
  SELECT 'region', k.practice_id, l.region, k.week_start, k.kpi, k.numerator, k.denominator
  FROM kpi_weekly k
  JOIN locations l USING (practice_id, location_id)
  WHERE l.region IS NOT NULL
), sums AS (
  SELECT grain, practice_id, region, week_start, kpi, sum(numerator) AS numerator,
    sum(coalesce(denominator, 0)) AS denominator, count(*) AS locations
  FROM locations_of
  GROUP BY ALL
), rolled AS (
  SELECT 'practice' AS grain, practice_id, NULL AS region, week_start, kpi, numerator,
    coalesce(denominator, 0) AS denominator
  FROM kpi_weekly_practice
  WHERE kpi NOT IN (SELECT kpi FROM kpi_grains WHERE grain = 'practice')
  UNION ALL
  SELECT 'region', practice_id, region, week_start, kpi, numerator, coalesce(denominator, 0)
  FROM kpi_weekly_region
)
SELECT
  coalesce(s.grain, r.grain) AS grain, coalesce(s.practice_id, r.practice_id) AS practice_id,
  coalesce(s.region, r.region) AS region, coalesce(s.week_start, r.week_start) AS week_start,
  coalesce(s.kpi, r.kpi) AS kpi
FROM sums s
FULL JOIN rolled r
  ON r.grain = s.grain AND r.practice_id = s.practice_id AND r.region IS NOT DISTINCT FROM s.region
  AND r.week_start = s.week_start AND r.kpi = s.kpi
WHERE abs(coalesce(s.numerator, 0) - coalesce(r.numerator, 0))
    > 0.000001 * (coalesce(s.locations, 0) + 1)
  OR abs(coalesce(s.denominator, 0) - coalesce(r.denominator, 0))
    > 0.000001 * (coalesce(s.locations, 0) + 1)
ORDER BY ALL
