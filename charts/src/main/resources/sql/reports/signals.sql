-- Weeks that are more than noise, of each location or, where that is NULL, of the practice.
SELECT practice_id, location_id, kpi, week_start, rule
FROM kpi_signals
WHERE rule <> 'target_missed' AND category IS NULL AND practice_id = ANY($1)
