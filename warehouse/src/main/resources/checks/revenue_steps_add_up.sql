-- What moved a location's net revenue adds up to its week and to the mean of the four before.
SELECT s.practice_id, s.location_id, n.numerator, sum(s.net_revenue) AS steps
FROM revenue_steps s
JOIN kpi_weekly_numbers n
  ON n.practice_id = s.practice_id AND n.location_id = s.location_id
  AND n.week_start = s.week_start AND n.grain = 'location' AND n.kpi = 'net_revenue'
GROUP BY ALL
HAVING abs(n.numerator - sum(s.net_revenue)) > 0.005
UNION ALL BY NAME
SELECT s.practice_id, s.location_id, sum(s.volume_change + s.price_change + s.mix_change) AS numerator,
  sum(s.change) AS steps
FROM revenue_steps s
WHERE s.part = 'service'
GROUP BY ALL
HAVING sum(s.volume_change + s.price_change + s.mix_change) <> sum(s.change)
