-- Numerator, denominator and sample of every KPI as exact sums of measures, per week and member of
-- every grain at which the KPI is published. Only locations of the configuration; what the practice
-- has of its own is at no location.
SELECT
  m.practice_id, m.location_id, m.grain, m.member_id, m.week_start, t.kpi,
  CAST(coalesce(sum(m.amount) FILTER (t.part = 'numerator'), 0) AS DECIMAL(38, 10)) AS numerator,
  CAST(coalesce(sum(m.amount) FILTER (t.part = 'denominator'), 0) AS DECIMAL(38, 10)) AS denominator,
  CAST(coalesce(sum(m.amount) FILTER (t.part = 'sample'), 0) AS DECIMAL(38, 10)) AS sample
FROM measures_weekly m
JOIN kpi_measures t USING (measure)
JOIN kpi_grains g ON g.kpi = t.kpi AND g.grain = m.grain AND g.period = 'week'
LEFT JOIN locations l ON l.practice_id = m.practice_id AND l.location_id = m.location_id
LEFT JOIN kpi_told o
  ON o.practice_id = m.practice_id AND o.location_id = m.location_id AND o.kpi = t.kpi
  AND o.week_start = m.week_start
LEFT JOIN (SELECT DISTINCT practice_id, location_id, kpi FROM kpi_told) e
  ON e.practice_id = m.practice_id AND e.location_id = m.location_id AND e.kpi = t.kpi
WHERE (m.grain = 'practice' OR l.location_id IS NOT NULL)
  -- An export that never tells who came cannot tell in which weeks it does.
  AND (o.kpi IS NOT NULL OR e.kpi IS NULL)
GROUP BY ALL
