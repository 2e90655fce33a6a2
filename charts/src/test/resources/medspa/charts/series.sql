-- What the warehouse's own limits and signals are computed from, as the published values have it.
CREATE TEMP TABLE kpi_scales AS
SELECT kpi, direction = 'up' AS is_higher_better FROM kpi_definitions;
CREATE TEMP TABLE kpi_series AS
SELECT practice_id, location_id, CAST(NULL AS VARCHAR) AS category, kpi, week_start, value
FROM kpi_weekly
SEMI JOIN (SELECT kpi FROM kpi_definitions WHERE spans_days = 7) USING (kpi)
WHERE is_stable AND value IS NOT NULL
UNION ALL
SELECT practice_id, NULL, NULL, kpi, week_start, value
FROM kpi_weekly_practice
SEMI JOIN (SELECT practice_id FROM locations GROUP BY ALL HAVING count(*) > 1) USING (practice_id)
SEMI JOIN (SELECT kpi FROM kpi_definitions WHERE spans_days = 7) USING (kpi)
WHERE is_stable AND value IS NOT NULL;
-- No series moves to another level.
CREATE TEMP TABLE kpi_levels AS
SELECT practice_id, location_id, kpi, category, min(week_start) AS first_week,
  max(week_start) AS last_week, CAST(NULL AS DATE) AS told_week
FROM kpi_series
GROUP BY ALL;
CREATE TEMP TABLE computed AS
SELECT min(week_start) AS first_week, max(week_start) AS last_week FROM kpi_weekly;
