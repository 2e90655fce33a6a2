WITH late AS (
  -- NULL where one of the lots has no projected use.
  SELECT practice_id, location_id, product_id,
    CASE WHEN count(*) = count(at_risk) THEN sum(at_risk) END AS expiring_before_use
  FROM lot_outlook
  GROUP BY ALL
), stocked AS (
  SELECT p.*,
    CASE WHEN l.product_id IS NULL THEN 0 ELSE l.expiring_before_use END AS expiring_before_use
  FROM stock_plan p
  LEFT JOIN late l USING (practice_id, location_id, product_id)
), judged AS (
  SELECT *,
    on_hand - expiring_before_use AS available,
    par > 0 AND on_hand - expiring_before_use <= par AS is_reorder
  FROM stocked
), ordered AS (
  SELECT *,
    -- In whole millionths of a unit; a DOUBLE would round 0.9 ÷ 0.3 up to 4.
    CASE WHEN is_reorder THEN greatest(
      1,
      (CAST((par - available) * 1000000 AS HUGEINT) + CAST(pack_quantity * 1000000 AS HUGEINT) - 1)
        // CAST(pack_quantity * 1000000 AS HUGEINT)) END AS order_packs
  FROM judged
)
SELECT *,
  CASE WHEN safety_stock IS NOT NULL
    THEN CASE WHEN own_safety_stock IS NULL THEN 'computed' ELSE 'product' END
  END AS safety_stock_source,
  order_packs * pack_quantity AS order_quantity,
  CAST(order_packs * pack_quantity AS DECIMAL(20, 4)) * CAST(unit_cost AS DECIMAL(18, 6)) AS order_cost
FROM ordered
ORDER BY practice_id, location_id, product_id
