-- What is on hand today is where the ledger of the last week ended and what has moved since; a count
-- since then sets it anew, so such a product is left out.
WITH ended AS (
  SELECT practice_id, location_id, product_id, arg_max(on_hand, date) AS on_hand
  FROM stock_ledger
  GROUP BY ALL
), moved AS (
  SELECT m.practice_id, m.location_id, m.product_id, sum(m.quantity) AS moved
  FROM stock_movements m
  CROSS JOIN computed c
  WHERE m.local_date > c.last_week + 6 AND m.local_date < c.as_of
  GROUP BY ALL
), counted AS (
  SELECT DISTINCT n.practice_id, n.location_id, n.product_id
  FROM stock_counts n
  CROSS JOIN computed c
  WHERE n.local_date > c.last_week + 6 AND n.local_date < c.as_of
)
SELECT t.practice_id, t.location_id, t.product_id
FROM stock_today t
LEFT JOIN ended e USING (practice_id, location_id, product_id)
LEFT JOIN moved m USING (practice_id, location_id, product_id)
ANTI JOIN counted n
  ON n.practice_id = t.practice_id AND n.location_id = t.location_id
  AND n.product_id = t.product_id
WHERE t.on_hand <> coalesce(e.on_hand, 0) + coalesce(m.moved, 0)
ORDER BY ALL
