WITH asked AS (
  SELECT DISTINCT a.audience, a.audience_id, m.peer_group
  FROM benchmark_audiences a
  JOIN peer_members m USING (practice_id)
)
SELECT a.audience, a.audience_id, c.quarter_start, c.kpi, c.peer_group, c.practice_id
FROM asked a
JOIN peer_cohorts c USING (peer_group)
ANTI JOIN benchmark_audiences k USING (audience, audience_id, practice_id)
