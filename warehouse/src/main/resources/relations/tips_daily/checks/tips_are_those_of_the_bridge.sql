-- Tips of all persons together are the tips of the bridge's day.
SELECT practice_id, location_id, date
FROM (
  SELECT practice_id, location_id, date, tips + tips_returned AS tips
  FROM tips_daily
  UNION ALL
  SELECT practice_id, location_id, date, -tips
  FROM revenue_bridge_daily
)
GROUP BY ALL
HAVING sum(tips) <> 0
ORDER BY ALL
