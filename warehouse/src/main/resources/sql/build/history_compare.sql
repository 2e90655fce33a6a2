-- Every number that differs from what was published last, new ones and those of new weeks included.
-- A week after the last one of this publication is not in it, so it is not compared.
CREATE TEMP TABLE changed_numbers AS
SELECT
  t.number AS publication,
  coalesce(n.grain, p.grain) AS grain,
  coalesce(n.practice_id, p.practice_id) AS practice_id,
  coalesce(n.location_id, p.location_id) AS location_id,
  coalesce(n.member_id, p.member_id) AS member_id,
  coalesce(n.week_start, p.week_start) AS week_start,
  coalesce(n.kpi, p.kpi) AS kpi,
  n.value, n.numerator, n.denominator, n.sample_size, n.definition_version,
  n.kpi IS NOT NULL AS is_published,
  p.value AS from_value, p.numerator AS from_numerator, p.denominator AS from_denominator,
  p.sample_size AS from_sample_size, p.definition_version AS from_definition_version
FROM kpi_rows n
FULL JOIN (
  SELECT p.* FROM past_numbers p CROSS JOIN this_publication WHERE p.week_start <= last_week
) p
  ON p.grain = n.grain AND p.practice_id = n.practice_id
  AND p.location_id IS NOT DISTINCT FROM n.location_id
  AND p.member_id IS NOT DISTINCT FROM n.member_id
  AND p.week_start = n.week_start AND p.kpi = n.kpi
CROSS JOIN this_publication t
WHERE (n.kpi IS NOT NULL) <> coalesce(p.is_published, false)
  OR n.value IS DISTINCT FROM p.value
  OR n.numerator IS DISTINCT FROM p.numerator
  OR n.denominator IS DISTINCT FROM p.denominator
  OR n.sample_size IS DISTINCT FROM p.sample_size
  OR n.definition_version IS DISTINCT FROM p.definition_version;

-- Those of closed weeks whose series had been published: a KPI, grain or location that is published
-- for the first time restates nothing, and what grows by design neither. base is the last publication
-- that held the week.
CREATE TEMP TABLE restated AS
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
    OR c.sample_size IS DISTINCT FROM c.from_sample_size);
