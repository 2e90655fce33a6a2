-- What is on the shelves of each location, with the arithmetic of each product's reorder point.
SELECT
    i.practice_id,
    i.location_id,
    i.product_id,
    i.on_date,
    i.on_hand,
    i.usable_on_hand,
    i.stock_value,
    i.is_consignment,
    i.used_91_days,
    i.expired_on_hand,
    coalesce(p.name, i.product_id) AS name,
    r.product_id IS NOT NULL AS has_reorder,
    r.weekly_usage,
    r.lead_time_days,
    r.demand_in_lead_time,
    r.safety_stock,
    r.par,
    r.available,
    r.pack_quantity,
    r.order_packs,
    r.order_cost,
    r.unavailable_reason
FROM inventory_on_hand i
LEFT JOIN products p ON p.practice_id = i.practice_id AND p.product_id = i.product_id
LEFT JOIN inventory_reorder r
    ON r.practice_id = i.practice_id AND r.location_id = i.location_id AND r.product_id = i.product_id
WHERE i.practice_id = ANY($1)
ORDER BY i.product_id
