-- What is short first, then what nobody knows.
SELECT
  coalesce(p.name, n.product_id) AS name, n.rows_booked, n.need, n.usable_on_hand, n.short_quantity
FROM flash_stock n
LEFT JOIN products p USING (practice_id, product_id)
WHERE n.practice_id = $1 AND n.location_id = $2
ORDER BY n.short_quantity DESC NULLS LAST, name, n.product_id
