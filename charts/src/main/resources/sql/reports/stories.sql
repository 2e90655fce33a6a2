-- KPIs of a practice's locations that moved to another level and are still there, the dearest first.
SELECT location_id, kpi, since_week_start, before_value, value, dollars_per_week
FROM kpi_stories
WHERE practice_id = $1 AND until_week_start IS NULL AND dollars_per_week IS NOT NULL
ORDER BY abs(dollars_per_week) DESC, location_id, kpi
