WITH facts AS (
  SELECT
    l.practice_id, l.location_id,
    EXISTS (FROM stock_plan p WHERE p.practice_id = l.practice_id AND p.location_id = l.location_id)
      AS has_stock,
    coalesce(
      (SELECT 'the exports tell nothing of stock after the week of ' || max(week_start)
        FROM stock_weekly w
        WHERE w.practice_id = l.practice_id AND w.location_id = l.location_id),
      'no stock movements or counts by the end of the last week') AS no_stock,
    EXISTS (FROM stock_movements m
      WHERE m.practice_id = l.practice_id AND m.location_id = l.location_id
        AND m.expires_on IS NOT NULL) AS has_expiry,
    (SELECT count(*)
      FROM stock_weekly w
      JOIN computed c ON w.week_start = c.last_week
      WHERE w.practice_id = l.practice_id AND w.location_id = l.location_id
        AND NOT w.is_consignment AND w.history_days >= 28 AND w.unit_cost > 0
        AND w.mean_stock_value_91 > 0) AS costed,
    EXISTS (FROM service_products r WHERE r.practice_id = l.practice_id) AS has_recipes,
    EXISTS (FROM appointments a
      WHERE a.practice_id = l.practice_id AND a.location_id = l.location_id) AS has_bookings
  FROM locations l
)
SELECT
  practice_id, location_id, unnest(['inventory_reorder', 'inventory_overstock']) AS list,
  no_stock AS reason
FROM facts
WHERE NOT has_stock
UNION ALL BY NAME
SELECT
  practice_id, location_id, 'inventory_expiring' AS list,
  CASE WHEN has_stock THEN 'no stock movement has an expiry date'
    ELSE no_stock END AS reason
FROM facts
WHERE NOT has_stock OR NOT has_expiry
UNION ALL BY NAME
SELECT
  practice_id, location_id, 'stock_at_risk' AS list,
  CASE WHEN NOT has_recipes THEN 'no export of what services use (service_products)'
    WHEN NOT has_bookings THEN 'no appointment export'
    ELSE no_stock END AS reason
FROM facts
WHERE NOT has_recipes OR NOT has_bookings OR NOT has_stock
UNION ALL BY NAME
SELECT
  practice_id, location_id, 'inventory_consignment' AS list,
  CASE WHEN has_stock THEN 'fewer than four owned products of known cost with 28 days of history'
    ELSE no_stock END AS reason
FROM facts
WHERE costed < 4
ORDER BY practice_id, location_id, list
