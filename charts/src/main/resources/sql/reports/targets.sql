SELECT practice_id, location_id, kpi, target
FROM kpi_targets
WHERE target IS NOT NULL AND practice_id = ANY($1)
