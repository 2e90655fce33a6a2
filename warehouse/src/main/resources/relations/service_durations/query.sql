-- The template against reality: attended rows that have both ends, over the 91 days to the end of the
-- last computed week. Medians and percentiles of fewer than 20 rows are chance, so they are withheld.
WITH timed AS (
  SELECT
    a.practice_id, a.location_id, a.service_id,
    epoch_us(a.end_at) - epoch_us(a.start_at) AS scheduled,
    epoch_us(a.finished_at) - epoch_us(a.started_at) AS actual
  FROM appointments a
  JOIN locations USING (practice_id, location_id)
  CROSS JOIN computed c
  WHERE a.local_date BETWEEN c.last_week - 84 AND c.last_week + 6
    AND a.status IN ('arrived', 'completed')
    AND a.service_id IS NOT NULL
    AND a.finished_at > a.started_at
), per_service AS (
  SELECT
    practice_id, location_id, service_id, count(*) AS rows_timed,
    quantile_cont(scheduled, 0.5) / 60000000 AS scheduled_median,
    quantile_cont(scheduled, 0.8) / 60000000 AS scheduled_p80,
    quantile_cont(actual, 0.5) / 60000000 AS actual_median,
    quantile_cont(actual, 0.8) / 60000000 AS actual_p80
  FROM timed
  GROUP BY ALL
)
SELECT
  p.practice_id, p.location_id, p.service_id, s.category, c.last_week AS week_start,
  s.duration_minutes AS menu_minutes, p.rows_timed,
  CASE WHEN p.rows_timed >= 20 THEN p.scheduled_median END AS scheduled_median_minutes,
  CASE WHEN p.rows_timed >= 20 THEN p.scheduled_p80 END AS scheduled_p80_minutes,
  CASE WHEN p.rows_timed >= 20 THEN p.actual_median END AS actual_median_minutes,
  CASE WHEN p.rows_timed >= 20 THEN p.actual_p80 END AS actual_p80_minutes,
  CASE WHEN p.rows_timed >= 20 THEN p.actual_median - p.scheduled_median END
    AS median_difference_minutes,
  CASE WHEN p.rows_timed < 20 THEN 'only ' || p.rows_timed || ' timed, 20 are needed' END
    AS withheld_reason
FROM per_service p
CROSS JOIN computed c
LEFT JOIN services s USING (practice_id, service_id)
ORDER BY practice_id, location_id, service_id
