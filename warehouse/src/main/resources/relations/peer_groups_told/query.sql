-- Groups that may stand beside the statistics of all: five practices or more in it, and outside of it
-- none or five. Where several of them together would tell fewer than five practices apart, only the
-- largest is told.
WITH sizes AS (
  SELECT audience, audience_id, quarter_start, kpi, peer_group, count(*) AS practices
  FROM unnamed_peers
  GROUP BY ALL
), candidates AS (
  SELECT g.*
  FROM sizes g
  JOIN sizes w ON w.audience = g.audience AND w.audience_id = g.audience_id
    AND w.quarter_start = g.quarter_start AND w.kpi = g.kpi AND w.peer_group = 'all'
  WHERE g.peer_group <> 'all' AND g.practices >= 5
    AND (w.practices = g.practices OR w.practices - g.practices >= 5)
), told_apart AS (
  SELECT
    u.audience, u.audience_id, u.quarter_start, u.kpi, u.practice_id,
    list(c.peer_group ORDER BY c.peer_group) FILTER (c.peer_group IS NOT NULL) AS groups
  FROM unnamed_peers u
  LEFT JOIN candidates c USING (audience, audience_id, quarter_start, kpi, peer_group)
  GROUP BY ALL
), cells AS (
  SELECT audience, audience_id, quarter_start, kpi, groups, count(*) AS practices
  FROM told_apart
  GROUP BY ALL
), least AS (
  SELECT audience, audience_id, quarter_start, kpi, min(practices) AS practices
  FROM cells
  GROUP BY ALL
)
SELECT c.audience, c.audience_id, c.quarter_start, c.kpi, c.peer_group
FROM candidates c
JOIN least l USING (audience, audience_id, quarter_start, kpi)
QUALIFY l.practices >= 5
  OR row_number() OVER (
    PARTITION BY c.audience, c.audience_id, c.quarter_start, c.kpi
    ORDER BY c.practices DESC, c.peer_group) = 1
