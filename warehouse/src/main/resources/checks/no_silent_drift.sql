-- A number that was published for a closed week and is another now stands in restatements, unless it
-- grows by design. Compared again with the published relations, not with what they were made from.
SELECT p.practice_id, p.location_id, p.member_id, p.kpi, p.week_start
FROM past_numbers p
JOIN this_publication t ON p.week_start <= t.last_week
LEFT JOIN kpi_definitions d USING (kpi)
LEFT JOIN (FROM kpi_weekly_numbers WHERE NOT is_known_zero) n
  ON n.grain = p.grain AND n.practice_id = p.practice_id
  AND n.location_id IS NOT DISTINCT FROM p.location_id
  AND n.member_id IS NOT DISTINCT FROM p.member_id
  AND n.week_start = p.week_start AND n.kpi = p.kpi
ANTI JOIN restatements r
  ON r.publication = t.number AND r.grain = p.grain AND r.practice_id = p.practice_id
  AND r.location_id IS NOT DISTINCT FROM p.location_id
  AND r.member_id IS NOT DISTINCT FROM p.member_id
  AND r.week_start = p.week_start AND r.kpi = p.kpi
WHERE d.grows IS NOT TRUE
  AND (n.value IS DISTINCT FROM p.value
    OR n.numerator IS DISTINCT FROM p.numerator
    OR n.denominator IS DISTINCT FROM p.denominator
    OR n.sample_size IS DISTINCT FROM p.sample_size)
ORDER BY ALL
