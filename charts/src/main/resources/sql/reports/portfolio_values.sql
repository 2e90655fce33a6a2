-- One KPI of the locations that a consultant compares: every range that is compared, and the single weeks of half
-- a year, of which the older ones are not compared. What a range rests on is published for single weeks in full.
WITH compared AS (
  SELECT *
  FROM kpi_benchmark_consultant
  WHERE consultant_id = $1 AND kpi = $2 AND peer_group = 'all'
), weekly AS (
  SELECT *
  FROM kpi_weekly_numbers
  WHERE grain = 'location' AND kpi = $2
    AND week_start BETWEEN CAST($3 AS DATE) - 175 AND CAST($3 AS DATE)
    AND practice_id IN (SELECT practice_id FROM compared)
), earlier AS (
  SELECT w.*
  FROM weekly w
  WHERE w.week_start < (SELECT min(week_start) FROM compared)
    AND (w.practice_id, w.location_id) IN (SELECT (practice_id, location_id) FROM compared)
)
SELECT
  c.practice_id, c.location_id, c.week_start, c.range_weeks, c.value, w.numerator, w.denominator,
  CAST(w.sample_size AS DOUBLE) AS sample_size, c.value_low, c.value_high,
  c.is_stable, c.rank, true AS is_compared,
  c.gap_dollars_low, c.gap_dollars_expected, c.gap_dollars_high
FROM compared c
LEFT JOIN weekly w
  ON c.range_weeks = 1 AND w.practice_id = c.practice_id AND w.location_id = c.location_id
  AND w.week_start = c.week_start
UNION ALL BY NAME
SELECT
  practice_id, location_id, week_start, 1 AS range_weeks, value, numerator, denominator,
  CAST(sample_size AS DOUBLE) AS sample_size, is_stable, false AS is_compared
FROM earlier
ORDER BY range_weeks, week_start, practice_id, location_id
