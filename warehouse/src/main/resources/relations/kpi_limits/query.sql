SELECT
  practice_id, location_id, kpi, category, weeks, first_week_start, last_week_start, lower_limit,
  mean AS center, upper_limit, is_provisional,
  CASE
    WHEN weeks = 1 THEN 'only 1 week with enough data, 6 are needed'
    WHEN weeks < 6 THEN 'only ' || weeks || ' weeks with enough data, 6 are needed'
  END AS withheld_reason
FROM kpi_periods
WHERE is_current
ORDER BY practice_id, location_id, kpi, category
