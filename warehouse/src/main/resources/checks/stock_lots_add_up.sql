-- The lots of a product are what is on hand of it, where that is not negative.
WITH lots AS (
  SELECT practice_id, location_id, product_id, sum(on_hand) AS on_hand
  FROM stock_lots
  GROUP BY ALL
)
SELECT practice_id, location_id, product_id
FROM lots l
FULL JOIN inventory_on_hand o USING (practice_id, location_id, product_id)
WHERE coalesce(l.on_hand, 0) <> greatest(coalesce(o.on_hand, 0), 0)
ORDER BY ALL
