-- Weeks that are more than noise, by each rule that says so. A run needs weeks in a row: a week
-- without enough data ends it, and so does a new period. Limits are held with a billionth to spare, so that a series that never
-- changes has no signal for the last digit of its mean.
WITH limited AS (
  SELECT
    s.practice_id, s.location_id, s.kpi, s.category, s.week_start, s.value,
    p.first_week_start AS period,
    CASE WHEN NOT p.is_provisional THEN p.lower_limit END AS lower_limit,
    CASE WHEN NOT p.is_provisional THEN p.mean END AS center,
    CASE WHEN NOT p.is_provisional THEN p.upper_limit END AS upper_limit,
    2.0 / 3 * (p.upper_limit - p.mean) AS two_sigma,
    1e-9 * greatest(abs(p.mean), abs(s.value)) AS spare,
    t.target, d.is_higher_better, f.unit
  FROM kpi_series s
  JOIN kpi_periods p
    ON p.practice_id = s.practice_id AND p.location_id IS NOT DISTINCT FROM s.location_id
    AND p.kpi = s.kpi AND p.category IS NOT DISTINCT FROM s.category
    AND s.week_start BETWEEN p.first_week_start AND p.last_week_start
  JOIN kpi_scales d ON d.kpi = s.kpi
  JOIN kpi_definitions f ON f.kpi = s.kpi
  CROSS JOIN computed c
  LEFT JOIN kpi_targets t
    ON t.practice_id = s.practice_id AND t.location_id = s.location_id AND t.kpi = s.kpi
    AND s.category IS NULL
  WHERE s.week_start >= c.last_week - 175
), places AS (
  SELECT
    *,
    value > center + spare AS is_above, value < center - spare AS is_below,
    value > center + two_sigma + spare AS is_near_upper,
    value < center - two_sigma - spare AS is_near_lower,
    -- Weeks in a row have the same day here.
    week_start - 7 * CAST(row_number() OVER (
      PARTITION BY practice_id, location_id, category, kpi, period ORDER BY week_start) AS INTEGER)
      AS run
  FROM limited
), steps AS (
  SELECT
    *,
    value > lag(value) OVER one_run + spare AS is_rise,
    value < lag(value) OVER one_run - spare AS is_fall
  FROM places
  WINDOW one_run AS (
    PARTITION BY practice_id, location_id, category, kpi, period, run ORDER BY week_start)
), runs AS (
  SELECT
    *,
    count(*) FILTER (is_above) OVER seven AS above, count(*) FILTER (is_below) OVER seven AS below,
    count(*) FILTER (is_rise) OVER six AS rises, count(*) FILTER (is_fall) OVER six AS falls,
    count(*) FILTER (is_near_upper) OVER three AS near_upper,
    count(*) FILTER (is_near_lower) OVER three AS near_lower
  FROM steps
  WINDOW
    seven AS (PARTITION BY practice_id, location_id, category, kpi, period, run ORDER BY week_start
      ROWS 6 PRECEDING),
    six AS (PARTITION BY practice_id, location_id, category, kpi, period, run ORDER BY week_start
      ROWS 5 PRECEDING),
    three AS (PARTITION BY practice_id, location_id, category, kpi, period, run ORDER BY week_start
      ROWS 2 PRECEDING)
), found AS (
  SELECT
    practice_id, location_id, week_start, kpi, category, value, lower_limit, center, upper_limit,
    target, is_higher_better, unit,
    unnest([
      CASE WHEN value > upper_limit + spare THEN 'above_limit' END,
      CASE WHEN value < lower_limit - spare THEN 'below_limit' END,
      CASE WHEN above = 7 THEN 'run_above' END,
      CASE WHEN below = 7 THEN 'run_below' END,
      CASE WHEN rises = 6 THEN 'rising' END,
      CASE WHEN falls = 6 THEN 'falling' END,
      CASE WHEN is_near_upper AND near_upper >= 2 THEN 'near_upper' END,
      CASE WHEN is_near_lower AND near_lower >= 2 THEN 'near_lower' END,
      CASE WHEN CASE WHEN is_higher_better THEN value < target ELSE value > target END
        THEN 'target_missed' END
    ]) AS rule
  FROM runs
)
SELECT
  practice_id, location_id, week_start, kpi, category, rule, value, lower_limit, center,
  upper_limit, CASE WHEN rule = 'target_missed' THEN target END AS target,
  CASE
    WHEN rule = 'target_missed' THEN false
    -- As is_better: nearer to what was planned.
    WHEN unit = 'ratio' THEN abs(value - 1) < abs(center - 1)
    WHEN rule IN ('above_limit', 'run_above', 'rising', 'near_upper') THEN is_higher_better
    ELSE NOT is_higher_better
  END AS is_favourable
FROM found
WHERE rule IS NOT NULL
ORDER BY practice_id, location_id, kpi, category, week_start, rule
