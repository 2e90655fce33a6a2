-- The pairs of a location, and of each provider, that were counted in a computed week are those that
-- the list names. The list goes on beyond the last week, up to what is booked.
WITH listed AS (
  SELECT
    b.practice_id, b.location_id, b.provider_id,
    week_of(b.local_date, c.last_week) AS week_start
  FROM double_bookings b
  CROSS JOIN computed c
  WHERE b.local_date < c.last_week + 7
), pairs AS (
  SELECT
    'location' AS grain, practice_id, location_id, NULL AS member_id, week_start,
    count(*) AS listed
  FROM listed
  GROUP BY ALL
  UNION ALL
  SELECT 'provider', practice_id, location_id, provider_id, week_start, count(*)
  FROM listed
  WHERE provider_id IS NOT NULL
  GROUP BY ALL
), counted AS (
  SELECT grain, practice_id, location_id, member_id, week_start, amount
  FROM measures_weekly
  JOIN locations USING (practice_id, location_id)
  WHERE measure = 'double_bookings' AND grain IN ('location', 'provider')
)
SELECT
  coalesce(p.grain, m.grain) AS grain, coalesce(p.practice_id, m.practice_id) AS practice_id,
  coalesce(p.location_id, m.location_id) AS location_id,
  coalesce(p.member_id, m.member_id) AS member_id,
  coalesce(p.week_start, m.week_start) AS week_start
FROM pairs p
FULL JOIN counted m
  ON m.grain = p.grain AND m.practice_id = p.practice_id AND m.location_id = p.location_id
  AND m.member_id IS NOT DISTINCT FROM p.member_id AND m.week_start = p.week_start
WHERE coalesce(p.listed, 0) <> coalesce(m.amount, 0)
ORDER BY ALL
