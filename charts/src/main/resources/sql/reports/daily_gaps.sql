SELECT
  g.provider_id, CAST(g.from_time AS VARCHAR) AS from_time, CAST(g.until_time AS VARCHAR) AS until_time,
  g.free_minutes, coalesce(s.name, g.service_id) AS service, CAST(g.worth AS DECIMAL(18, 2)) AS worth
FROM flash_gaps g
LEFT JOIN services s USING (practice_id, service_id)
WHERE g.practice_id = $1 AND g.location_id = $2
ORDER BY g.provider_id, g.from_time
