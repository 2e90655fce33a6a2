-- Per configured location and KPI the first need that its whole history does not meet; NULL where
-- all are met. A made-up 0 is worse than no number.
WITH measure_evidence AS (
  SELECT DISTINCT practice_id, location_id, measure
  FROM measures_weekly
  WHERE grain = 'location' AND amount <> 0
)
SELECT
  l.practice_id, l.location_id, d.kpi,
  arg_min(n.reason, n.position) FILTER (
    n.kpi IS NOT NULL AND t.table_name IS NULL AND m.measure IS NULL) AS reason
FROM locations l
CROSS JOIN kpi_scales d
LEFT JOIN kpi_needs n USING (kpi)
LEFT JOIN table_evidence t
  ON t.practice_id = l.practice_id AND t.table_name = n.table_name
  AND (t.location_id IS NULL OR t.location_id = l.location_id)
LEFT JOIN measure_evidence m
  ON m.practice_id = l.practice_id AND m.location_id = l.location_id AND m.measure = n.measure
GROUP BY ALL
