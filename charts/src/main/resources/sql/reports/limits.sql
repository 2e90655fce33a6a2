-- What is usual, of each location or, where that is NULL, of the practice.
SELECT practice_id, location_id, kpi, lower_limit, center, upper_limit
FROM kpi_limits
WHERE center IS NOT NULL AND category IS NULL AND practice_id = ANY($1)
