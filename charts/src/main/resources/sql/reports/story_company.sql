-- What else moved at the time of each story that lasts.
SELECT
  c.practice_id, c.location_id, c.kpi, c.since_week_start, c.other_kpi, c.other_since_week_start, c.before_value, c.value,
  c.is_favourable
FROM kpi_story_company c
JOIN kpi_stories s USING (practice_id, location_id, kpi, since_week_start)
WHERE c.practice_id = ANY($1) AND s.until_week_start IS NULL
ORDER BY c.location_id, c.kpi, c.other_since_week_start, c.other_kpi
