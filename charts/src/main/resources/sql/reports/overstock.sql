-- Products of which there is more than par and four weeks' use, the dearest first.
SELECT coalesce(p.name, o.product_id) AS name, o.overstock, o.overstock_cost
FROM inventory_overstock o
LEFT JOIN products p ON p.practice_id = o.practice_id AND p.product_id = o.product_id
WHERE o.practice_id = $1 AND o.location_id = $2 AND o.overstock_cost > 0
ORDER BY o.overstock_cost DESC, name
