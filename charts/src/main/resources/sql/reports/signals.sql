-- Weeks that are more than noise, of a location or, where that is NULL, of the practice.
SELECT kpi, week_start, rule
FROM kpi_signals
WHERE rule <> 'target_missed' AND category IS NULL AND practice_id = $1
  AND location_id IS NOT DISTINCT FROM $2
