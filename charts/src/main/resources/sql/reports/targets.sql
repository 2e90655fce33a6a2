SELECT kpi, target
FROM kpi_targets
WHERE target IS NOT NULL AND practice_id = $1 AND location_id = $2
