-- A fact may name one that no reference export describes: it gets a row under its id, so that no join
-- loses a fact.
SELECT practice_id, product_id, product_id AS name
FROM (
  SELECT practice_id, product_id FROM sale_lines
  UNION SELECT practice_id, product_id FROM stock_movements
  UNION SELECT practice_id, product_id FROM stock_counts
  UNION SELECT practice_id, product_id FROM service_products
  UNION SELECT practice_id, product_id FROM inventory_on_hand
  UNION SELECT practice_id, member_id FROM measures_weekly WHERE grain = 'product'
) named
ANTI JOIN products USING (practice_id, product_id)
WHERE product_id IS NOT NULL
ORDER BY ALL
