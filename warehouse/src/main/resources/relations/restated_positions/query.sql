-- A position is the place, the percentile and the dollars. A range, a location or a KPI that is compared
-- for the first time restates nothing, and what grows by design neither.
SELECT row_number() OVER () AS id, c.*, b.base
FROM changed_positions c
JOIN (
  SELECT w.week_start, max(p.number) AS base
  FROM (SELECT DISTINCT week_start FROM changed_positions) w
  JOIN past_publications p ON p.last_week BETWEEN w.week_start AND w.week_start + 7 * 12
  GROUP BY ALL
) b USING (week_start)
LEFT JOIN kpi_definitions d USING (kpi)
SEMI JOIN (SELECT DISTINCT audience, audience_id, week_start, range_weeks FROM past_positions) r
  USING (audience, audience_id, week_start, range_weeks)
SEMI JOIN (
  SELECT DISTINCT audience, audience_id, practice_id, location_id, kpi, peer_group
  FROM past_positions
) s USING (audience, audience_id, practice_id, location_id, kpi, peer_group)
WHERE d.grows IS NOT TRUE
  AND (c.rank IS DISTINCT FROM c.from_rank
    OR c.percentile IS DISTINCT FROM c.from_percentile
    OR c.gap_dollars_expected IS DISTINCT FROM c.from_gap_dollars_expected)
