-- The last 26 weeks of each KPI of a location that moved and stays there.
SELECT w.practice_id, w.location_id, w.kpi, s.since_week_start, w.week_start, w.value
FROM kpi_series w
JOIN kpi_stories s
  ON s.practice_id = w.practice_id AND s.location_id = w.location_id AND s.kpi = w.kpi
  AND s.until_week_start IS NULL
WHERE w.practice_id = ANY($1) AND w.category IS NULL AND w.value IS NOT NULL
  AND w.week_start BETWEEN CAST($2 AS DATE) - 175 AND $2
ORDER BY w.location_id, w.kpi, w.week_start
