-- Limits of XmR (process behaviour) charts: mean ± 2.66 × mean moving range, where 2.66 is 3 ÷ 1.128,
-- the mean range of two in standard deviations. A week without enough data is passed over: the range
-- is that to the last week before it that has enough.
WITH placed AS (
  SELECT
    s.practice_id, s.location_id, s.kpi, s.category, s.week_start, s.value, p.first_week,
    p.last_week, p.told_week, row_number() OVER in_period AS place,
    abs(s.value - lag(s.value) OVER in_period) AS moving_range
  FROM kpi_series s
  JOIN kpi_levels p
    ON p.practice_id = s.practice_id AND p.location_id IS NOT DISTINCT FROM s.location_id
    AND p.kpi = s.kpi AND p.category IS NOT DISTINCT FROM s.category
    AND s.week_start BETWEEN p.first_week AND p.last_week
  WINDOW in_period AS (
    PARTITION BY s.practice_id, s.location_id, s.kpi, s.category, p.first_week
    ORDER BY s.week_start)
), summed AS (
  -- Added in the order of the weeks, so that the same rows give the same last digit.
  SELECT
    practice_id, location_id, kpi, category, first_week, last_week, told_week,
    CAST(count(*) AS INTEGER) AS weeks,
    avg(value ORDER BY week_start) FILTER (place <= 12) AS mean,
    2.66 * avg(moving_range ORDER BY week_start) FILTER (place <= 12) AS reach
  FROM placed
  GROUP BY ALL
)
SELECT
  practice_id, location_id, kpi, category, first_week AS first_week_start,
  last_week AS last_week_start, told_week AS told_week_start,
  first_week = max(first_week) OVER (PARTITION BY practice_id, location_id, kpi, category)
    AS is_current,
  weeks,
  CASE WHEN weeks >= 6 THEN mean END AS mean,
  CASE WHEN weeks >= 6 THEN mean - reach END AS lower_limit,
  CASE WHEN weeks >= 6 THEN mean + reach END AS upper_limit,
  weeks < 12 AS is_provisional
FROM summed
ORDER BY practice_id, location_id, kpi, category, first_week
