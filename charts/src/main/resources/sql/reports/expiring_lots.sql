-- The lots of some practices that have expired or soon will, the first to expire first.
SELECT e.*, coalesce(p.name, e.product_id) AS name
FROM inventory_expiring e
LEFT JOIN products p ON p.practice_id = e.practice_id AND p.product_id = e.product_id
WHERE e.practice_id = ANY($1)
ORDER BY e.expires_on, e.at_risk_cost DESC NULLS LAST, e.product_id, e.lot
