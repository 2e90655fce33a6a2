WITH breached AS (
  SELECT
    b.practice_id, b.location_id, b.product_id, b.earlier_lot AS lot,
    b.earlier_expires_on AS expires_on, count(*) AS breaches
  FROM inventory_expiry_breaches b
  CROSS JOIN computed c
  WHERE b.date > c.last_week + 6 - 91
  GROUP BY ALL
)
SELECT
  l.*,
  CASE WHEN l.days_left < 0 THEN 0 WHEN l.days_left <= 30 THEN 30 WHEN l.days_left <= 60 THEN 60
    ELSE 90 END AS horizon_days,
  CAST(l.at_risk AS DECIMAL(20, 6)) * CAST(l.unit_cost AS DECIMAL(18, 6)) AS at_risk_cost,
  coalesce(b.breaches, 0) AS breaches_91
FROM lot_outlook l
LEFT JOIN breached b
  ON b.practice_id = l.practice_id AND b.location_id = l.location_id
  AND b.product_id = l.product_id AND b.lot IS NOT DISTINCT FROM l.lot
  AND b.expires_on = l.expires_on
WHERE l.days_left <= 90
ORDER BY l.practice_id, l.location_id, l.expires_on, l.product_id, l.lot
