-- Products of which coming bookings need more than there is, the first to run short first.
SELECT
  s.practice_id, s.location_id, coalesce(p.name, s.product_id) AS name, min(s.date) FILTER (s.short_quantity > 0) AS short_on,
  max(s.short_quantity) AS short_quantity, sum(s.booked_rows) AS booked_rows,
  max(s.usable_on_hand) AS usable_on_hand, any_value(s.lead_time_days) AS lead_time_days
FROM stock_at_risk s
LEFT JOIN products p ON p.practice_id = s.practice_id AND p.product_id = s.product_id
WHERE s.practice_id = ANY($1)
GROUP BY s.practice_id, s.location_id, s.product_id, p.name
HAVING max(s.short_quantity) > 0
ORDER BY short_on, short_quantity DESC, name
