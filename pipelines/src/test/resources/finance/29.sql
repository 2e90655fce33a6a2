-- What was received from vendors, at which cost?
SELECT location_id, sum(units), sum(cost)
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, sum(quantity), sum(quantity * unit_cost)
FROM current_stock_movements
WHERE NOT is_gone AND day < DATE '2026-04-13' AND kind = 'receipt'
GROUP BY ALL
ORDER BY ALL
