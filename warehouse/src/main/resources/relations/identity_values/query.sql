-- Each id on each side, and whether it is on the side that it must meet: that of what is done (the
-- first in this order) for what is sold, and that of what is sold (the last) for what is done. Only
-- providers must be found both ways: what is used or booked and never sold has no counterpart, and what
-- is sold under another id is found from there.
WITH sides (kind, side, place) AS (
  VALUES
    ('provider', 'schedule', 1), ('provider', 'timecards', 2), ('provider', 'sales', 3),
    ('service', 'schedule', 1), ('service', 'sales', 2),
    ('product', 'stock', 1), ('product', 'sales', 2),
    ('room', 'reference', 1), ('room', 'schedule', 2),
    ('client', 'schedule', 1), ('client', 'sales', 2)
), named AS (
  SELECT DISTINCT u.practice_id, u.kind, u.side, u.value, place
  FROM identity_uses u
  JOIN sides USING (kind, side)
  ANTI JOIN identity_sellers s
    ON u.kind = 'provider' AND u.side = 'sales' AND s.practice_id = u.practice_id AND s.value = u.value
), spans AS (
  SELECT practice_id, kind, min(place) AS first_place, max(place) AS last_place
  FROM named
  GROUP BY ALL
  HAVING min(place) < max(place)
)
SELECT
  n.practice_id, n.kind, n.side, n.value, n.place = s.first_place AS is_done,
  n.kind = 'provider' OR n.place = s.last_place AS needs_match,
  o.value IS NOT NULL OR i.value IS NOT NULL AS is_matched
FROM named n
JOIN spans s USING (practice_id, kind)
LEFT JOIN named o
  ON o.practice_id = n.practice_id AND o.kind = n.kind AND o.value = n.value
  AND o.place = CASE WHEN n.place = s.first_place THEN s.last_place ELSE s.first_place END
-- A line that leaves a value as it is says that it has no counterpart.
LEFT JOIN (SELECT DISTINCT practice_id, kind, value FROM identities WHERE value = canonical_id) i
  ON i.practice_id = n.practice_id AND i.kind = n.kind AND i.value = n.value
