-- The stock value of a location is that of its products of its own, consigned ones left out, each week.
WITH measured AS (
  SELECT practice_id, location_id, week_start, amount
  FROM measures_weekly
  WHERE measure = 'stock_value' AND grain = 'location'
), owned AS (
  SELECT practice_id, location_id, week_start, sum(stock_value) AS amount
  FROM stock_weekly
  WHERE NOT is_consignment
  GROUP BY ALL
)
SELECT practice_id, location_id, week_start, 'stock_value' AS measure
FROM measured m
FULL JOIN owned o USING (practice_id, location_id, week_start)
WHERE coalesce(m.amount, 0) <> coalesce(o.amount, 0)
ORDER BY ALL
