-- Those of closed weeks whose series had been published: a KPI, grain or location that is published
-- for the first time restates nothing, and what grows by design neither. base is the last publication
-- that held the week.
SELECT row_number() OVER () AS id, c.*, b.base, coalesce(d.spans_days, 7) AS spans_days
FROM changed_numbers c
JOIN (
  SELECT w.week_start, max(p.number) AS base
  FROM (SELECT DISTINCT week_start FROM changed_numbers) w
  JOIN past_publications p ON p.last_week >= w.week_start
  GROUP BY ALL
) b USING (week_start)
LEFT JOIN kpi_definitions d USING (kpi)
SEMI JOIN (SELECT DISTINCT grain, practice_id, location_id, kpi FROM past_numbers) s
  ON s.grain = c.grain AND s.practice_id = c.practice_id
  AND s.location_id IS NOT DISTINCT FROM c.location_id AND s.kpi = c.kpi
WHERE d.grows IS NOT TRUE
  AND (c.value IS DISTINCT FROM c.from_value
    OR c.numerator IS DISTINCT FROM c.from_numerator
    OR c.denominator IS DISTINCT FROM c.from_denominator
    OR c.sample_size IS DISTINCT FROM c.from_sample_size)
