-- Every number that differs from what was published last, new ones and those of new weeks included.
-- A week after the last one of this publication is not in it, so it is not compared.
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
  OR n.definition_version IS DISTINCT FROM p.definition_version
