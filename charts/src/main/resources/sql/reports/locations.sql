SELECT practice_id, location_id, name, time_zone, opened_on
FROM locations
WHERE practice_id = ANY($1)
ORDER BY name, location_id
