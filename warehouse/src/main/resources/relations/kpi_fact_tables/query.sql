-- The facts whose rows a KPI's measures are made of, so that a file of other facts is not named as
-- the cause of its change.
SELECT DISTINCT k.kpi, f.table_name
FROM kpi_measures k
JOIN measure_facts f USING (measure)
