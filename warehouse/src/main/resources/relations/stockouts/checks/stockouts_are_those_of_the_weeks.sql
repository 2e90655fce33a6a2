-- Each week of a product in use has as many days without usable stock as it says, and no other week any.
SELECT practice_id, location_id, product_id, week_start
FROM (
  SELECT practice_id, location_id, product_id, week_start, stockout_days AS days
  FROM stock_weekly
  WHERE is_in_use
  UNION ALL
  SELECT practice_id, location_id, product_id, week_start, -1
  FROM stockouts
  WHERE date BETWEEN week_start AND week_start + 6
)
GROUP BY ALL
HAVING sum(days) <> 0
ORDER BY ALL
