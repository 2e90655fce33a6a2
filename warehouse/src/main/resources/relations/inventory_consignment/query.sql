-- Cost is that of a pack, as it is ordered: a unit of toxin is cheap, and nobody buys one.
WITH owned AS (
  SELECT
    e.practice_id, e.location_id, e.product_id,
    e.unit_cost * CASE WHEN p.pack_quantity > 0 THEN p.pack_quantity ELSE 1 END AS pack_cost,
    e.mean_stock_value_91 AS mean_stock_value, e.annual_goods_used
  FROM stock_weekly e
  JOIN computed c ON e.week_start = c.last_week
  LEFT JOIN products p ON p.practice_id = e.practice_id AND p.product_id = e.product_id
  WHERE NOT e.is_consignment AND e.history_days >= 28 AND e.unit_cost > 0
    AND e.mean_stock_value_91 > 0
), places AS (
  SELECT
    practice_id, location_id, quantile_cont(CAST(pack_cost AS DOUBLE), 0.75) AS dear_from,
    CAST(sum(greatest(0, coalesce(annual_goods_used, 0))) AS DOUBLE)
      / CAST(sum(mean_stock_value) AS DOUBLE) AS location_turn
  FROM owned
  GROUP BY ALL
  HAVING count(*) >= 4
), turned AS (
  SELECT
    o.*, l.dear_from, l.location_turn,
    CAST(greatest(0, coalesce(o.annual_goods_used, 0)) AS DOUBLE)
      / CAST(o.mean_stock_value AS DOUBLE) AS turn
  FROM owned o
  JOIN places l USING (practice_id, location_id)
)
SELECT
  t.practice_id, t.location_id, t.product_id, t.pack_cost, t.dear_from, t.mean_stock_value, t.turn,
  t.location_turn, round(CAST(t.mean_stock_value AS DECIMAL(20, 6)) * r.rate, 2) AS carrying_cost
FROM turned t
LEFT JOIN carrying_cost_rates r USING (practice_id)
WHERE CAST(t.pack_cost AS DOUBLE) >= t.dear_from AND t.turn <= t.location_turn / 2
ORDER BY t.practice_id, t.location_id, t.product_id
