-- Dear and slow products of the practice's own, those with the most money in them first.
SELECT
  i.practice_id, i.location_id, coalesce(p.name, i.product_id) AS name, i.mean_stock_value, i.turn,
  i.location_turn, i.carrying_cost
FROM inventory_consignment i
LEFT JOIN products p ON p.practice_id = i.practice_id AND p.product_id = i.product_id
WHERE i.practice_id = ANY($1)
ORDER BY i.mean_stock_value DESC, name
