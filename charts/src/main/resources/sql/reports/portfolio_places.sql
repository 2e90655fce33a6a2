-- The locations of the practices that engaged a consultant, with the groups in which they are compared.
SELECT l.practice_id, l.location_id, l.name, l.time_zone, l.opened_on, l.region, g.peer_group
FROM locations l
JOIN consultants c USING (practice_id)
LEFT JOIN (
  SELECT DISTINCT practice_id, location_id, peer_group
  FROM kpi_benchmark_consultant
  WHERE consultant_id = $1 AND peer_group LIKE 'group:%'
) g USING (practice_id, location_id)
WHERE c.consultant_id = $1
ORDER BY l.practice_id, l.name, l.location_id, g.peer_group
