-- Limits of XmR (process behaviour) charts: mean ± 2.66 × mean moving range, where 2.66 is 3 ÷ 1.128,
-- the mean range of two in standard deviations. A week without enough data is passed over: the range
-- is that to the last week before it that has enough.
WITH ranges AS (
  SELECT
    *,
    abs(value - lag(value) OVER (
      PARTITION BY practice_id, location_id, category, kpi ORDER BY week_start)) AS moving_range
  FROM kpi_series
), summed AS (
  -- Added in the order of the weeks, so that the same rows give the same last digit.
  SELECT
    practice_id, location_id, category, kpi, count(*) AS weeks,
    min(week_start) AS first_week_start, max(week_start) AS last_week_start,
    avg(value ORDER BY week_start) AS center,
    avg(moving_range ORDER BY week_start) AS mean_moving_range
  FROM ranges
  GROUP BY ALL
)
SELECT
  practice_id, location_id, kpi, category, weeks, first_week_start, last_week_start,
  CASE WHEN weeks >= 12 THEN center - 2.66 * mean_moving_range END AS lower_limit,
  CASE WHEN weeks >= 12 THEN center END AS center,
  CASE WHEN weeks >= 12 THEN center + 2.66 * mean_moving_range END AS upper_limit,
  CASE
    WHEN weeks = 1 THEN 'only 1 week with enough data, 12 are needed'
    WHEN weeks < 12 THEN 'only ' || weeks || ' weeks with enough data, 12 are needed'
  END AS withheld_reason
FROM summed
ORDER BY practice_id, location_id, kpi, category
