-- KPIs without a number in the report's week.
SELECT practice_id, location_id, kpi, reason
FROM kpi_unavailable
WHERE week_start = (SELECT last_week_start FROM runs) AND practice_id = ANY($1)
ORDER BY kpi, reason, location_id
