-- What is usual, of a location or, where that is NULL, of the practice.
SELECT kpi, lower_limit, center, upper_limit
FROM kpi_limits
WHERE center IS NOT NULL AND category IS NULL AND practice_id = $1
  AND location_id IS NOT DISTINCT FROM $2
