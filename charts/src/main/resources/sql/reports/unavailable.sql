-- Why a location has no number in one week.
SELECT kpi, reason
FROM kpi_unavailable
WHERE practice_id = $1 AND location_id = $2 AND week_start = $3
