-- Every position that differs from what was published last, new ones included. Ranges that end with none
-- of the weeks of this publication are not in it, so they are not compared.
SELECT
  t.number AS publication,
  coalesce(n.audience, p.audience) AS audience,
  coalesce(n.audience_id, p.audience_id) AS audience_id,
  coalesce(n.week_start, p.week_start) AS week_start,
  coalesce(n.range_weeks, p.range_weeks) AS range_weeks,
  coalesce(n.practice_id, p.practice_id) AS practice_id,
  coalesce(n.location_id, p.location_id) AS location_id,
  coalesce(n.kpi, p.kpi) AS kpi,
  coalesce(n.peer_group, p.peer_group) AS peer_group,
  n.value, n.rank, n.percentile, n.p25, n.p50, n.p75, n.contributors, n.gap_dollars_expected,
  n.kpi IS NOT NULL AS is_published,
  p.value AS from_value,
  p.rank AS from_rank,
  p.percentile AS from_percentile,
  p.p25 AS from_p25,
  p.p50 AS from_p50,
  p.p75 AS from_p75,
  p.contributors AS from_contributors,
  p.gap_dollars_expected AS from_gap_dollars_expected
FROM (
  FROM benchmark_compared
  WHERE rank IS NOT NULL OR percentile IS NOT NULL OR gap_dollars_expected IS NOT NULL
) n
FULL JOIN (FROM past_positions SEMI JOIN benchmark_ranges USING (week_start, range_weeks)) p
  USING (audience, audience_id, week_start, range_weeks, practice_id, location_id, kpi, peer_group)
CROSS JOIN this_publication t
WHERE (n.kpi IS NOT NULL) <> coalesce(p.is_published, false)
  OR n.value IS DISTINCT FROM p.value
  OR n.rank IS DISTINCT FROM p.rank
  OR n.percentile IS DISTINCT FROM p.percentile
  OR n.p25 IS DISTINCT FROM p.p25
  OR n.p50 IS DISTINCT FROM p.p50
  OR n.p75 IS DISTINCT FROM p.p75
  OR n.contributors IS DISTINCT FROM p.contributors
  OR n.gap_dollars_expected IS DISTINCT FROM p.gap_dollars_expected
