-- The newest definition of every KPI.
SELECT *
FROM kpi_definitions
QUALIFY row_number() OVER (PARTITION BY kpi ORDER BY version DESC) = 1
