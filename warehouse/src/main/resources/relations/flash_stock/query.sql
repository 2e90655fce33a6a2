WITH needed AS (
  SELECT
    b.practice_id, b.location_id, r.product_id, count(*) AS rows_booked, sum(r.quantity) AS need
  FROM flash_bookings b
  JOIN service_products r USING (practice_id, service_id)
  CROSS JOIN computed c
  WHERE b.date = c.as_of AND b.is_standing
  GROUP BY ALL
)
SELECT
  n.practice_id, n.location_id, n.product_id, n.rows_booked, n.need,
  CASE WHEN s.usable_on_hand IS NOT NULL THEN greatest(0, s.usable_on_hand) END AS usable_on_hand,
  CASE WHEN s.usable_on_hand IS NOT NULL
    THEN greatest(0, n.need - greatest(0, s.usable_on_hand)) END AS short_quantity
FROM needed n
JOIN flash_today t USING (practice_id, location_id)
LEFT JOIN stock_today s USING (practice_id, location_id, product_id)
ORDER BY n.practice_id, n.location_id, n.product_id
