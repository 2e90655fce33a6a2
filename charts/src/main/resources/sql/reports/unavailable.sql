-- Why some practices' locations have no number in one week.
SELECT practice_id, location_id, kpi, reason
FROM kpi_unavailable
WHERE practice_id = ANY($1) AND week_start = $2
