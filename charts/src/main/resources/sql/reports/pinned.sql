-- The KPIs of the first page of some practices.
SELECT practice_id, kpi
FROM kpi_pinned
WHERE practice_id = ANY($1)
ORDER BY position, kpi
