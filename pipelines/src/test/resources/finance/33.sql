-- Which services bring the revenue?
SELECT location_id, service_id, sum(quantity), sum(net)
FROM answer
WHERE location_id IN (${places})
GROUP BY ALL
ORDER BY ALL
-- from the files
SELECT location_id, service_id, sum(quantity), sum(net)
FROM current_sale_lines
WHERE NOT is_gone AND day < DATE '2026-04-13' AND kind = 'service'
GROUP BY ALL
ORDER BY ALL
