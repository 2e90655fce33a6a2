-- What expired or was thrown away?
SELECT location_id, sum(expired + wasted)
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, sum(quantity)
FROM current_stock_movements
WHERE NOT is_gone AND day < DATE '2026-04-13' AND kind IN ('expired', 'waste')
GROUP BY ALL
ORDER BY ALL
