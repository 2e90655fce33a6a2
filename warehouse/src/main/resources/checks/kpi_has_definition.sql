-- A number without its definition is not published.
SELECT DISTINCT k.kpi, k.definition_version
FROM (
  SELECT kpi, definition_version FROM kpi_weekly_numbers
  UNION ALL SELECT kpi, definition_version FROM kpi_daily
) k
LEFT JOIN kpi_definitions d ON d.kpi = k.kpi AND d.version = k.definition_version
WHERE d.kpi IS NULL
UNION ALL
SELECT DISTINCT k.kpi, NULL
FROM (SELECT kpi FROM kpi_benchmark UNION ALL SELECT kpi FROM kpi_unavailable) k
LEFT JOIN kpi_definitions d ON d.kpi = k.kpi
WHERE d.kpi IS NULL
ORDER BY ALL
