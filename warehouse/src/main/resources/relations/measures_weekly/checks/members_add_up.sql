-- What the members of a grain have, the unattributed provider and the uncategorised service included,
-- is what their location has, where the measure says that they add up: to the cent, the second and
-- the row.
SELECT m.practice_id, m.location_id, m.week_start, m.measure, a.grain
FROM measures_weekly m
JOIN measure_grains a
  ON a.measure = m.measure AND a.members_add_up AND m.grain IN ('location', a.grain)
GROUP BY ALL
HAVING coalesce(sum(m.amount) FILTER (m.grain = 'location'), 0)
  <> coalesce(sum(m.amount) FILTER (m.grain <> 'location'), 0)
ORDER BY ALL
