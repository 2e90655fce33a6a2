SELECT
  t.practice_id, t.location_id, t.kpi, t.since AS since_week_start, o.kpi AS other_kpi,
  o.since AS other_since_week_start, o.before_value, o.value,
  is_better(f.unit, d.is_higher_better, o.before_value, o.value) AS is_favourable
FROM kpi_shifts t
JOIN kpi_shifts o
  ON o.practice_id = t.practice_id AND o.location_id = t.location_id AND o.kpi <> t.kpi
  AND o.since BETWEEN t.since - 14 AND t.since + 14
JOIN kpi_scales d ON d.kpi = o.kpi
JOIN kpi_definitions f ON f.kpi = o.kpi
WHERE t.is_story
-- Of two moves of one KPI the nearer one, of two as near the later.
QUALIFY row_number() OVER (
  PARTITION BY t.practice_id, t.location_id, t.kpi, t.since, o.kpi
  ORDER BY abs(o.since - t.since), o.since DESC) = 1
ORDER BY ALL
