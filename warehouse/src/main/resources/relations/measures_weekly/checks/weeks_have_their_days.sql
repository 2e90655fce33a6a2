-- The measures of a computed week are the sums of its days', at every grain, exactly.
WITH both_sides AS (
  SELECT practice_id, location_id, grain, member_id, week_of(d.date, c.last_week) AS week_start,
    d.measure, d.amount
  FROM measures_daily d
  CROSS JOIN computed c
  WHERE d.date < c.last_week + 7
  UNION ALL
  SELECT practice_id, location_id, grain, member_id, week_start, measure, -amount
  FROM measures_weekly
)
SELECT practice_id, location_id, grain, member_id, week_start, measure
FROM both_sides
SEMI JOIN (FROM measure_grains WHERE period = 'day') USING (measure)
GROUP BY ALL
HAVING sum(amount) <> 0
ORDER BY ALL
