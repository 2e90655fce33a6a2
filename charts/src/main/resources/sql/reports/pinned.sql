-- The KPIs of a practice's first page.
SELECT kpi
FROM kpi_pinned
WHERE practice_id = $1
ORDER BY position, kpi
