-- What counts found missing or too much, and whether it is much for the location.
WITH valued AS (
  SELECT practice_id, location_id, week_start, sum(stock_value) AS stock_value
  FROM stock_weekly
  WHERE NOT is_consignment
  GROUP BY ALL
)
SELECT
  l.practice_id, l.location_id, l.product_id, l.date, l.book_before_count AS book, l.counted, l.unit_cost,
  CAST(l.shrinkage_cost AS DECIMAL(38, 4)) AS cost, CAST(v.stock_value AS DECIMAL(38, 4)) AS stock_value,
  l.shrinkage_cost <> 0 AND abs(l.shrinkage_cost) * 100 >= coalesce(v.stock_value, 0) AS is_large
FROM stock_ledger l
JOIN dates d USING (date)
LEFT JOIN valued v USING (practice_id, location_id, week_start)
WHERE NOT l.is_consignment AND l.counts > 0 AND l.counted <> l.book_before_count
ORDER BY l.practice_id, l.location_id, l.date, l.product_id
