-- The stock value of a location is that of its products, consigned ones excluded, each week; so are
-- the counts and their errors, consigned ones included.
WITH measured AS (
  SELECT practice_id, location_id, week_start, measure,
    coalesce(sum(amount) FILTER (grain = 'location'), 0) AS of_location,
    coalesce(sum(amount) FILTER (grain = 'product'), 0) AS of_products
  FROM measures_weekly
  WHERE measure IN ('stock_value', 'counts', 'count_error_cost', 'count_book_cost')
  GROUP BY ALL
), owned AS (
  SELECT practice_id, location_id, week_start, 'stock_value' AS measure, sum(stock_value) AS amount
  FROM stock_weekly
  WHERE NOT is_consignment
  GROUP BY ALL
)
SELECT practice_id, location_id, week_start, measure
FROM measured
WHERE of_location <> of_products
UNION
SELECT practice_id, location_id, week_start, measure
FROM (FROM measured WHERE measure = 'stock_value') m
FULL JOIN owned o USING (practice_id, location_id, week_start, measure)
WHERE coalesce(m.of_location, 0) <> coalesce(o.amount, 0)
ORDER BY ALL
