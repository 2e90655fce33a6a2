-- Each restated position with every cause that its audience may know: those of the location's own
-- numbers, as restatements has them for the weeks of the range, other locations that it sees, and of
-- peers only what follows from the statistics that were published to it before and are now.
WITH made AS (
  SELECT
    r.*, b.published_at AS previously_published_at, t.published_at AS restated_at,
    b.as_of <> t.as_of AS is_later,
    b.configuration_digest <> t.configuration_digest AS is_configured,
    b.code_version <> t.code_version AS is_other_code,
    r.value IS DISTINCT FROM r.from_value OR (r.rank IS NULL) <> (r.from_rank IS NULL) AS is_own,
    r.p25 IS DISTINCT FROM r.from_p25 OR r.p50 IS DISTINCT FROM r.from_p50
      OR r.p75 IS DISTINCT FROM r.from_p75 AS is_of_peers
  FROM restated_positions r
  JOIN past_publications b ON b.number = r.base
  CROSS JOIN this_publication t
), own AS (
  SELECT DISTINCT m.id, x.cause, x.source
  FROM made m
  JOIN restatements x
    ON x.publication = m.publication AND x.practice_id = m.practice_id
    AND x.location_id = m.location_id AND x.kpi = m.kpi
    AND x.week_start BETWEEN m.week_start - 7 * (m.range_weeks - 1) AND m.week_start
  WHERE m.is_own AND x.grain = 'location'
), moved AS (
  -- Locations whose value or whose having a place differs, in each comparison.
  SELECT
    audience, audience_id, week_start, range_weeks, kpi, peer_group, practice_id, location_id
  FROM changed_positions
  WHERE value IS DISTINCT FROM from_value OR (rank IS NULL) <> (from_rank IS NULL)
), others AS (
  SELECT DISTINCT m.id
  FROM made m
  JOIN moved o USING (audience, audience_id, week_start, range_weeks, kpi, peer_group)
  WHERE m.rank IS DISTINCT FROM m.from_rank AND m.rank IS NOT NULL AND m.from_rank IS NOT NULL
    AND (o.practice_id, o.location_id) <> (m.practice_id, m.location_id)
), found AS (
  SELECT id, cause, source FROM own
  UNION
  SELECT id, 'other_locations', NULL FROM others
  UNION
  SELECT id, CASE WHEN contributors IS DISTINCT FROM from_contributors THEN 'contributors' ELSE 'peers' END, NULL
  FROM made
  WHERE is_of_peers
    AND (percentile IS DISTINCT FROM from_percentile
      OR gap_dollars_expected IS DISTINCT FROM from_gap_dollars_expected)
  UNION
  SELECT id, 'worth', NULL
  FROM made
  WHERE NOT is_of_peers AND value = from_value
    AND gap_dollars_expected <> from_gap_dollars_expected
), versions AS (
  SELECT id, 'configuration' AS cause FROM made WHERE is_configured
  UNION ALL
  SELECT id, 'code' FROM made WHERE is_other_code
), causes AS (
  FROM found
  UNION ALL BY NAME
  FROM versions ANTI JOIN found USING (id, cause)
  UNION ALL BY NAME
  SELECT id, CASE WHEN is_later THEN 'as_of' ELSE 'unexplained' END AS cause
  FROM made
  ANTI JOIN found USING (id)
  ANTI JOIN versions USING (id)
)
SELECT
  m.publication, m.restated_at, m.base AS previous_publication, m.previously_published_at,
  m.audience, m.audience_id, m.practice_id, m.location_id, m.kpi, m.peer_group, m.range_weeks,
  m.week_start, m.from_value, m.value AS to_value, m.from_rank, m.rank AS to_rank,
  m.from_percentile, m.percentile AS to_percentile, m.from_p50, m.p50 AS to_p50,
  m.from_contributors, m.contributors AS to_contributors,
  m.from_gap_dollars_expected AS from_gap_dollars, m.gap_dollars_expected AS to_gap_dollars,
  c.cause, c.source
FROM made m
JOIN causes c USING (id)
ORDER BY m.audience, m.audience_id, m.practice_id, m.location_id, m.kpi, m.peer_group,
  m.range_weeks, m.week_start, c.cause, c.source
