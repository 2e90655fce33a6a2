-- Products of which there is more than par and four weeks' use, the dearest first.
SELECT o.practice_id, o.location_id, coalesce(p.name, o.product_id) AS name, o.overstock, o.overstock_cost
FROM inventory_overstock o
LEFT JOIN products p ON p.practice_id = o.practice_id AND p.product_id = o.product_id
WHERE o.practice_id = ANY($1) AND o.overstock_cost > 0
ORDER BY o.overstock_cost DESC, name
