-- Who can be compared in each story that lasts, and who moved with the location.
SELECT
  p.practice_id, p.location_id, p.kpi, p.since_week_start, coalesce(n.name, p.provider_id) AS name, p.has_moved
FROM kpi_story_providers p
JOIN kpi_stories s USING (practice_id, location_id, kpi, since_week_start)
LEFT JOIN providers n ON n.practice_id = p.practice_id AND n.provider_id = p.provider_id
WHERE p.practice_id = ANY($1) AND s.until_week_start IS NULL
ORDER BY p.location_id, p.kpi, name
